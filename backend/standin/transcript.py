"""What was heard in a sound, and the forms in which Groq writes it down."""

from dataclasses import dataclass, replace
from typing import Any

from standin.speech import Spoken
from standin.vocabulary import LANGUAGE_NAMES
from standin.wire import Reply

_WINDOW_SECONDS = 30
_WINDOW_FRAMES = 3_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word without punctuation."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or a part of one, with what the model thought of it."""

    text: str
    start_seconds: float
    end_seconds: float
    words: tuple[Word, ...]
    avg_logprob: float = -0.22
    compression_ratio: float = 1.6
    no_speech_prob: float = 0.02

    def moved(self, seconds: float) -> "Segment":
        """Return the same at a later time."""
        words = tuple(
            Word(each.text, each.start_seconds + seconds, each.end_seconds + seconds)
            for each in self.words
        )
        start, end = self.start_seconds + seconds, self.end_seconds + seconds
        return replace(self, start_seconds=start, end_seconds=end, words=words)


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything heard in an upload.

    Attributes:
        language: Code of the language.
        duration_seconds: Length of the upload.
        segments: In the order of time.
    """

    language: str
    duration_seconds: float
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """All of it in a row."""
        return " ".join(segment.text for segment in self.segments)

    def partial(self) -> "Transcript":
        """Return it as an answer that stops in the middle."""
        middle = self.duration_seconds / 2
        kept = tuple(each for each in self.segments if each.end_seconds <= middle)
        return replace(self, segments=kept)

    def hallucinated(self) -> "Transcript":
        """Return it with what Whisper invents at the end of a sound and beyond."""
        end = self.duration_seconds
        unheard = _invented("Thanks for watching!", end - 0.6, end)
        again = _invented("So, so, so, so, so, so, so, so, so, so, so, so, so,", end - 0.3, end)
        beyond = _invented("Bye.", end + 0.4, end + 1.9)
        more = (
            replace(unheard, no_speech_prob=0.93, avg_logprob=-1.31),
            replace(again, compression_ratio=6.1, avg_logprob=-0.4),
            beyond,
        )
        return replace(self, segments=(*self.segments, *more))

    def reply(self, form: str, wanted: list[str]) -> Reply:
        """Return it in a `response_format`.

        Args:
            form: `json`, `verbose_json`, `text`, `vtt` or `srt`.
            wanted: What `verbose_json` shall tell the times of: `segment`, `word`.
        """
        if form in ("text", "vtt", "srt"):
            body = self.text if form == "text" else self._cues(form)
            return Reply(200, body.encode(), "text/plain; charset=utf-8")
        answer: dict[str, Any] = {"text": f" {self.text}" if self.segments else ""}
        if form == "verbose_json":
            answer = {
                "task": "transcribe",
                "language": LANGUAGE_NAMES.get(self.language, self.language),
                "duration": round(self.duration_seconds, 2),
                **answer,
            }
            if "segment" in wanted:
                answer["segments"] = [_segment(n, each) for n, each in enumerate(self.segments)]
            if "word" in wanted:
                answer["words"] = [_word(each) for one in self.segments for each in one.words]
        return Reply.of_json(answer)

    def _cues(self, form: str) -> str:
        mark = "," if form == "srt" else "."
        lines = [] if form == "srt" else ["WEBVTT", ""]
        for number, each in enumerate(self.segments, 1):
            lines += [str(number)] if form == "srt" else []
            times = (_stamp(each.start_seconds, mark), _stamp(each.end_seconds, mark))
            lines += [" --> ".join(times), each.text, ""]
        return "\n".join(lines)


def invented(spoken: tuple[Spoken, ...], language: str, duration_seconds: float) -> Transcript:
    """Return sentences from the pool as if they had been heard."""
    segments = tuple(
        _of_spoken(each, duration_seconds)
        for each in spoken
        if each.start_ms < duration_seconds * 1000
    )
    return Transcript(language, duration_seconds, segments)


def _of_spoken(spoken: Spoken, limit: float) -> Segment:
    words = []
    at = spoken.start_ms
    for line in spoken.sentence.lines:
        ends = (*line.offsets_ms[1:], line.duration_ms)
        for word, begin, end in zip(line.words, line.offsets_ms, ends, strict=True):
            start, stop = min(limit, (at + begin) / 1000), min(limit, (at + end) / 1000)
            words.append(Word(word, start, stop))
        at += line.duration_ms
    start, stop = spoken.start_ms / 1000, min(limit, at / 1000)
    return Segment(spoken.sentence.text, start, stop, tuple(words))


def _invented(text: str, start: float, end: float) -> Segment:
    start = max(0.0, start)
    texts = [word.strip(".,!") for word in text.split()]
    step = (end - start) / len(texts)
    words = tuple(
        Word(word, start + n * step, start + (n + 1) * step) for n, word in enumerate(texts)
    )
    return Segment(text, start, end, words)


def _segment(index: int, segment: Segment) -> dict[str, Any]:
    return {
        "id": index,
        "seek": int(segment.start_seconds // _WINDOW_SECONDS) * _WINDOW_FRAMES,
        "start": round(segment.start_seconds, 2),
        "end": round(segment.end_seconds, 2),
        "text": f" {segment.text}",
        "tokens": [50_364, 50_464],
        "temperature": 0,
        "avg_logprob": segment.avg_logprob,
        "compression_ratio": segment.compression_ratio,
        "no_speech_prob": segment.no_speech_prob,
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "word": word.text,
        "start": round(word.start_seconds, 2),
        "end": round(word.end_seconds, 2),
    }


def _stamp(seconds: float, mark: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{mark}{rest % 1000:03}"

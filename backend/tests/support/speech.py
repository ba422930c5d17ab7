"""Comparing what was heard with what was said."""

import io
import re
from array import array
from collections.abc import Iterable, Sequence

import av
from rapidfuzz.distance import Levenshtein

from standin.talk import Said
from standin.voices import RATE, samples_of

_NOT_OF_A_WORD = re.compile(r"[^a-z0-9' ]+")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation."""
    return _NOT_OF_A_WORD.sub(" ", text.lower()).split()


def words_said(said: Iterable[Said], start: float = 0.0, end: float = float("inf")) -> list[str]:
    """Return the words of all sentences that lie between two moments."""
    inside = [one for one in said if start <= one.start_seconds and one.end_seconds <= end]
    return [word for one in inside for word in plain_words(one.text)]


def alignment(said: Sequence[str], heard: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how to turn the one into the other with the fewest changes, as `difflib` writes it.

    Not `difflib` itself: it begins with the longest common run, and a speech that is repeated is then
    laid beside its repetition as soon as one word of it was misheard.
    """
    codes = Levenshtein.opcodes(said, heard)
    return [
        (each.tag, each.src_start, each.src_end, each.dest_start, each.dest_end) for each in codes
    ]


def word_error(said: Sequence[str], heard: Sequence[str]) -> float:
    """Return the share of wrong words: replaced, left out or added ones per word said."""
    return Levenshtein.distance(said, heard) / max(1, len(said))


def start_errors(said: Iterable[Said], heard: Iterable[tuple[float, str]]) -> list[float]:
    """Return by how many seconds the first words of sentences were heard away from their places.

    Args:
        said: The sentences.
        heard: Time and text of each word that was heard, in order; what has several words counts
            with its first one only.
    """
    spoken = [
        (one.start_seconds if index == 0 else None, word)
        for one in said
        for index, word in enumerate(plain_words(one.text))
    ]
    found = [
        (at if index == 0 else None, word)
        for at, text in heard
        for index, word in enumerate(plain_words(text))
    ]
    errors = []
    for kind, first, last, other, end in alignment([w for _, w in spoken], [w for _, w in found]):
        if kind != "equal":
            continue
        for (there, _), (here, _) in zip(spoken[first:last], found[other:end], strict=True):
            if there is not None and here is not None:
                errors.append(abs(there - here))
    return errors


def ogg_of(sound: bytes, start_seconds: float = 0.0, end_seconds: float | None = None) -> bytes:
    """Return a stretch of a sound file as Ogg/Opus of 24 kbit/s, as the product sends it."""
    samples = samples_of(io.BytesIO(sound))
    end = len(samples) if end_seconds is None else round(end_seconds * RATE)
    written = io.BytesIO()
    with av.open(written, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = 24_000
        container.mux(stream.encode(_frame(samples[round(start_seconds * RATE) : end])))
        container.mux(stream.encode(None))
    return written.getvalue()


def _frame(samples: "array[int]") -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
    frame.planes[0].update(samples.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate = RATE
    return frame

"""What is said in a video: sentences from a pool per topic, laid out along its length."""

import json
import random
from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from standin.catalog import Video
from standin.seeds import rng_of
from standin.vocabulary import languages

_POOL_SIZE = 400
_NOT_AGAIN_WITHIN = 25
_DRAWS = 6
_WORDS_PER_LINE = 8
_LEAD_IN_MS = 1_200


@dataclass(frozen=True, slots=True)
class Line:
    """One caption line with the time of each word relative to the line's start."""

    text: str
    words: tuple[str, ...]
    offsets_ms: tuple[int, ...]
    duration_ms: int
    segments_json: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is written, and as an automatic track would show it."""

    text: str
    lines: tuple[Line, ...]
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence at its place in a video."""

    start_ms: int
    sentence: Sentence


def _line(words: list[str], rng: random.Random, *, first: bool) -> Line:
    offsets, at = [], 0
    for word in words:
        offsets.append(at)
        at += 150 + 45 * len(word) + rng.randrange(90)
    segments = [
        {"utf8": word if index == 0 else f" {word}", "acAsrConf": 0}
        | ({} if index == 0 else {"tOffsetMs": offset})
        for index, (word, offset) in enumerate(zip(words, offsets, strict=True))
    ]
    return Line(
        text=" ".join(words),
        words=tuple(words),
        offsets_ms=tuple(offsets),
        duration_ms=at + (240 if first else 60),
        segments_json=json.dumps(segments, ensure_ascii=False, separators=(",", ":")),
    )


def make_sentence(text: str, rng: random.Random, code: str) -> Sentence:
    """Split a sentence into caption lines and give every word a time."""
    # Automatic tracks have no punctuation; only German ones keep their capital letters.
    heard = text if code == "de" else text.lower()
    words = [word.strip(".,;:!?„“”»«؟،") or word for word in heard.split()]
    count = max(1, -(-len(words) // _WORDS_PER_LINE))
    size = -(-len(words) // count)
    lines = tuple(
        _line(words[start : start + size], rng, first=start == 0)
        for start in range(0, len(words), size)
    )
    return Sentence(text, lines, sum(line.duration_ms for line in lines))


@lru_cache(maxsize=64)
def _pool(code: str, topic_index: int) -> tuple[Sentence, ...]:
    language = languages()[code]
    topic = language.topics[topic_index % len(language.topics)]
    rng = rng_of(f"{code}/{topic_index}", "pool")
    pool = []
    for _ in range(_POOL_SIZE):
        first, second = rng.sample(topic.terms, 2)
        source = rng.choices((topic.sentences, language.frames, language.generic), (5, 4, 4))[0]
        text = rng.choice(source).format(t=first, u=second)
        pool.append(make_sentence(text[:1].upper() + text[1:], rng, code))
    return tuple(pool)


def _another(pool: tuple[Sentence, ...], rng: random.Random, recent: deque[str]) -> Sentence:
    """Draw a sentence that was not said a moment ago."""
    sentence = pool[int(rng.random() * _POOL_SIZE)]
    for _ in range(_DRAWS):
        if sentence.text not in recent:
            break
        sentence = pool[int(rng.random() * _POOL_SIZE)]
    recent.append(sentence.text)
    return sentence


@lru_cache(maxsize=64)
def speech_of(video: Video, code: str) -> tuple[Spoken, ...]:
    """Return everything said in a video, in a language, from its start to its end."""
    language = languages().get(code) or languages()["en"]
    rng = rng_of(video.video_id, f"speech-{language.code}")
    topic_index = video.topic_index if language.code == video.language else 0
    pool = _pool(language.code, topic_index)
    end_ms = video.duration_seconds * 1000
    greeting = make_sentence(language.number.format(n=video.episode), rng, language.code)
    goodbye = make_sentence(language.bye, rng, language.code)
    spoken: list[Spoken] = []
    at = _LEAD_IN_MS if end_ms > 10 * _LEAD_IN_MS else 0
    sentence = greeting
    recent: deque[str] = deque(maxlen=_NOT_AGAIN_WITHIN)
    while at + sentence.duration_ms <= end_ms - goodbye.duration_ms or not spoken:
        spoken.append(Spoken(at, sentence))
        at += sentence.duration_ms + rng.randrange(100, 900)
        sentence = _another(pool, rng, recent)
    if at + goodbye.duration_ms <= end_ms:
        spoken.append(Spoken(at, goodbye))
    return tuple(spoken)

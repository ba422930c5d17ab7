"""Ten thousand videos that nobody has to watch: real sentences, and a tail of rare words.

The order of the words is that of real texts, English ones of Python's own documentation and German
ones of the tests' library, so that frequent words, pairs and phrases are as frequent as in life. Each
video has words of its own, of which there are ever more (Zipf): names, terms, misheard words.
"""

import json
import pydoc_data.topics
import random
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from tests.support.spoken import LIBRARY_FOLDER

# A caption line of an automatic track.
_WORDS_IN_A_LINE = (5, 9)
_SECONDS_OF_A_LINE = 3.2
_TAIL_WORDS = 200_000
_WORDS_OF_A_VIDEO = 60
_OWN_WORDS_EVERY_LINES = 3
_SYLLABLES = (  # noqa: SIM905 - read as a row
    "ba be bi bo da de di do fa fe fi ga ge go ha he ka ke ki ko la le li lo ma me mi mo na ne ni no "
    "pa pe po ra re ri ro sa se si so ta te ti to va ve vi wa we wo za ze an en in on ar er or al el ol"
).split()


@dataclass(frozen=True)
class Corpus:
    """What is said in the videos of one language.

    Attributes:
        language: Its code.
        lines: Runs of words as they stand in real texts.
        counts: How often each word stands in them.
    """

    language: str
    lines: list[str]
    counts: Counter[str]


def _corpus(language: str, words: list[str], chance: random.Random) -> Corpus:
    lines = []
    place = 0
    while place < len(words):
        length = chance.randint(*_WORDS_IN_A_LINE)
        lines.append(" ".join(words[place : place + length]))
        place += length
    return Corpus(language, lines, Counter(words))


def _english() -> list[str]:
    text = " ".join(pydoc_data.topics.topics.values())
    return re.findall(r"[a-z']*[a-z]", text.lower())


def _german() -> list[str]:
    texts = (json.loads(path.read_text("utf-8")) for path in sorted(LIBRARY_FOLDER.glob("*.json")))
    spoken = " ".join(cue[2] for one in texts if one["language"] == "de" for cue in one["cues"])
    return re.findall(r"[^\W\d_]+", spoken)


class Library:
    """Makes videos, the same ones each time.

    Args:
        lines_each: Caption lines of each video.
    """

    def __init__(self, lines_each: int) -> None:
        chance = random.Random(7)
        self._lines_each = lines_each
        self.corpora = (
            _corpus("en", _english(), chance),
            _corpus("de", _german(), chance),
        )
        self.tail = _made_up(chance)
        self._tail_weights = list(accumulate(1 / (rank + 50) for rank in range(len(self.tail))))

    def video(self, number: int) -> dict[str, Any]:
        """Make a video: title, channel, description, language, cues, chapters."""
        chance = random.Random(number)
        corpus = self.corpora[number % 3 == 2]
        own = chance.choices(self.tail, cum_weights=self._tail_weights, k=_WORDS_OF_A_VIDEO)
        return {
            "title": f"{own[0].title()} {chance.choice(corpus.lines)} {own[1]}",
            "channel": f"{chance.choice(self.tail[:300]).title()} TV",
            "description": " ".join(chance.choices(corpus.lines, k=20)),
            "language": corpus.language,
            "cues": self._cues(corpus, own, chance),
            "chapters": [
                [place * 400.0, (place + 1) * 400.0, chance.choice(corpus.lines)]
                for place in range(8)
            ],
        }

    def _cues(self, corpus: Corpus, own: list[str], chance: random.Random) -> list[list[Any]]:
        lines = chance.choices(corpus.lines, k=self._lines_each)
        mine = chance.choices(own, k=self._lines_each)
        return [
            [
                round(place * _SECONDS_OF_A_LINE, 2),
                round((place + 1) * _SECONDS_OF_A_LINE, 2),
                f"{line} {word}" if place % _OWN_WORDS_EVERY_LINES == 0 else line,
            ]
            for place, (line, word) in enumerate(zip(lines, mine, strict=True))
        ]


def _made_up(chance: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < _TAIL_WORDS:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5)))] = None
    return list(words)


def published(number: int) -> datetime:
    """When a video was published."""
    return datetime(2015, 1, 1, tzinfo=UTC) + timedelta(hours=7 * number)


class Questions:
    """What people might ask of these videos, by kind.

    Args:
        library: Of which it is asked.
    """

    def __init__(self, library: Library) -> None:
        chance = random.Random(11)
        corpora = [library.corpora[0], library.corpora[0], library.corpora[1]]
        by_rank = [[word for word, _ in one.counts.most_common()] for one in corpora]
        lines = [one.lines for one in corpora]

        def some(first: int, last: int) -> str:
            return chance.choice(chance.choice(by_rank)[first:last])

        def run(length: int) -> str:
            words = chance.choice(chance.choice(lines)).split()
            start = chance.randint(0, max(0, len(words) - length))
            return " ".join(words[start : start + length])

        frequent = Counter(
            " ".join(three)
            for one in corpora
            for line in one.lines
            for words in (line.split(),)
            for three in zip(words, words[1:], words[2:], strict=False)
        )
        common = [three for three, _ in frequent.most_common(40)]
        kinds: dict[str, list[str]] = {
            "one word": [some(60, 1500) for _ in range(40)],
            "a very common word": [some(0, 12) for _ in range(40)],
            "a rare word": [chance.choice(library.tail[2000:]) for _ in range(40)],
            "two words": [f"{some(60, 1500)} {some(60, 1500)}" for _ in range(40)],
            "two very common words": [f"{some(0, 12)} {some(0, 12)}" for _ in range(30)],
            "a common and a rare word": [
                f"{some(0, 12)} {chance.choice(library.tail[500:])}" for _ in range(40)
            ],
            "a phrase of three words": [f'"{run(3)}"' for _ in range(40)],
            "a phrase of very common words": [f'"{three}"' for three in common],
            "the beginning of a word, 3 letters": [f"{some(60, 1500)[:3]}*" for _ in range(40)],
            "the beginning of a word, 5 letters": [f"{some(60, 1500)[:5]}*" for _ in range(40)],
            "two words, without a third": [
                f"{some(60, 600)} {some(60, 600)} -{some(60, 600)}" for _ in range(40)
            ],
            "a question": [
                f"how does the {some(60, 1500)} {run(2)} in {some(60, 1500)}" for _ in range(40)
            ],
            "a whole line": [run(8) for _ in range(40)],
            "words that are nowhere together": [
                f"{' '.join(chance.choices(library.tail[9000:], k=2))} {some(60, 900)}"
                for _ in range(30)
            ],
        }
        typed = [f"{some(60, 900)} {some(60, 900)}" for _ in range(8)]
        kinds["letter by letter"] = [
            text[:end].strip() for text in typed for end in range(1, len(text) + 1)
        ]
        self.kinds = kinds

"""Forty questions as people type them, and where in the fixed library their answers are.

The library and the questions were written before there was a search. A question is answered if one of
the first three moments of the page begins where the answer is said, or a few seconds before.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.schemas.search import SearchOut
from tests.support.spoken import Shelf, made_id, the_library

QUESTIONS = json.loads((Path(__file__).parent / "questions.json").read_text("utf-8"))
GOAL = 36
FIRST_MOMENTS = 3
# Who begins here hears the answer soon enough.
LEAD_SECONDS = 5.0


@dataclass(frozen=True)
class Answer:
    """A question, and what came of it.

    Attributes:
        place: Of the right moment among all moments of the page, in reading order; None if it is
            not among them.
    """

    query: str
    video: str
    place: int | None
    seen: str

    @property
    def is_right(self) -> bool:
        return self.place is not None and self.place <= FIRST_MOMENTS

    def line(self) -> str:
        place = "-" if self.place is None else str(self.place)
        return f"{'yes' if self.is_right else 'NO':<4}{place:>3}  {self.query:<50}{self.seen}"


def _moments(found: SearchOut) -> list[tuple[str, float]]:
    """The moments of a page in reading order; of one video only the first three count."""
    return [
        (result.video.youtube_id, hit.start_seconds)
        for result in found.results
        for hit in result.hits[:FIRST_MOMENTS]
    ]


async def _ask(library: Shelf, query: str, video: str, first: float, last: float) -> Answer:
    found = await library.find(query, limit=20)
    youtube_id = made_id(video).replace("-", "")[:11]
    moments = _moments(found)
    right = [
        place
        for place, (name, start) in enumerate(moments, 1)
        if name == youtube_id and first - LEAD_SECONDS <= start <= last
    ]
    seen = " ".join(f"{_NAMES[name]}@{start:.0f}" for name, start in moments[:FIRST_MOMENTS])
    wanted = f"{video}@{first:.0f}-{last:.0f}"
    relaxed = " (relaxed)" if found.is_relaxed else ""
    return Answer(query, video, min(right, default=None), f"{wanted} <- {seen}{relaxed}")


_NAMES = {made_id(video.name).replace("-", "")[:11]: video.name for video in the_library()}


async def test_at_least_36_of_40_questions_lead_to_the_right_moment(
    library: Shelf, capsys: pytest.CaptureFixture[str]
):
    answers = [await _ask(library, *question) for question in QUESTIONS]
    right = sum(answer.is_right for answer in answers)
    table = "\n".join(answer.line() for answer in answers)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{library.database.url.get_backend_name()}: {right} of {len(answers)}"
            + "\n"
            + table
            + "\n"
        )
    assert len(answers) == 40
    assert right >= GOAL


async def test_every_line_of_the_library_finds_itself(library: Shelf):
    """Each of these questions is a line as it is said somewhere, in quotes.

    A line of one or two words is said more often than there is room for.
    """
    lost = []
    for video in the_library():
        for start, _end, text in list(video.cues)[3::17]:
            words = " ".join(text.split())
            if len(words) < 12:
                continue
            found = await library.find(f'"{words}"', limit=3)
            moments = [(r.video.title, hit.start_seconds) for r in found.results for hit in r.hits]
            if (video.title, start) not in moments:
                lost.append((video.name, start, words))
    assert lost == []

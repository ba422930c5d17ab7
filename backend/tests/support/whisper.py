"""An application that makes captions from the sound, and what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from app.core.database import Database
from app.core.settings import Settings
from app.models import TranscriptionUsage
from standin.server import StandIn
from standin.talk import Said
from tests.support.server import Client, until
from tests.support.speech import alignment, plain_words, word_error

BASE_PATH = "/openai/v1"


def with_groq(settings: Settings, standin: StandIn, **more: Any) -> Settings:
    """Settings with the stand-in in Groq's place."""
    groq = {"groq_base_url": f"{standin.url}{BASE_PATH}", "groq_api_key": SecretStr("gsk_test")}
    return settings.model_copy(update={**groq, **more})


def groq_environment(standin: StandIn, **more: str) -> dict[str, str]:
    """The same for a process of its own."""
    return {
        "VIDEOTHEK_YOUTUBE_GATEWAY": standin.url,
        "VIDEOTHEK_GROQ_BASE_URL": f"{standin.url}{BASE_PATH}",
        "VIDEOTHEK_GROQ_API_KEY": "gsk_test",
        **more,
    }


def make_silent(standin: StandIn, *video_ids: str, seconds: int, **more: Any) -> None:
    """Videos without captions whose tune is answered with invented words, which costs no time."""
    for video_id in video_ids:
        standin.set_scenario(video_id, captions="none", duration_seconds=seconds, **more)


async def until_source(
    client: Client, source: str = "whisper", seconds: float = 40, youtube_id: str | None = None
) -> list[dict[str, Any]]:
    """Wait until all videos, or one, are complete and have captions from there."""

    async def there() -> list[dict[str, Any]] | None:
        videos = await client.videos()
        some = [video for video in videos if youtube_id in (None, video["youtube_id"])]
        ended = [(video["import_stage"], video["captions_source"]) for video in some]
        return some if set(ended) == {("complete", source)} else None

    found: list[dict[str, Any]] = await until(there, seconds)
    return found


async def until_given_up(client: Client, seconds: float) -> dict[str, Any]:
    """Wait until the only video is complete, and its captions have failed."""

    async def given_up() -> dict[str, Any] | None:
        (now,) = await client.videos()
        is_over = now["import_stage"] == "complete"
        return now if is_over and now["captions_code"] == "captions_failed" else None

    found: dict[str, Any] = await until(given_up, seconds)
    return found


async def captions_of(client: Client, video_id: str) -> dict[str, Any]:
    """Source, language and cues."""
    answer = (await client.http.get(f"/videos/{video_id}/enrichment")).json()
    captions: dict[str, Any] = answer["captions"]
    return captions


async def spent_seconds(database: Database) -> float:
    """What was written down as spent."""
    async with database.read() as session:
        milliseconds = await session.scalar(select(func.sum(TranscriptionUsage.billed_ms)))
    return float(milliseconds or 0) / 1000


def billed_seconds(standin: StandIn) -> float:
    """What the stand-in counts."""
    return sum(upload.billed_seconds for upload in standin.uploads)


def times_sent(standin: StandIn) -> Counter[str]:
    """How often each sound was sent."""
    return Counter(upload.sha256 for upload in standin.uploads)


def leftovers(data_dir: Path) -> list[Path]:
    """Sounds that were not removed."""
    return [path for path in (data_dir / "sound").rglob("*") if path.suffix not in ("", ".lock")]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Captions beside what was really said.

    Args:
        word_error: The share of wrong words.
        start_errors: By how many seconds cues begin away from the sentences they begin with.
        longest_slip: The most words in a row that were lost, or that nobody said.
    """

    word_error: float
    start_errors: Sequence[float]
    longest_slip: int


def compare(said: Sequence[Said], cues: Sequence[dict[str, Any]]) -> Comparison:
    """Lay captions beside what was said, word by word.

    What was heard before and after is left out: a last sentence may end in the middle, and a cue may
    hold the end of a sentence that is not looked at.
    """
    spoken = [(word, one.start_seconds if not n else None) for one in said
              for n, word in enumerate(plain_words(one.text))]  # fmt: skip
    heard = [(word, cue["start_seconds"] if not n else None) for cue in cues
             for n, word in enumerate(plain_words(cue["text"]))]  # fmt: skip
    words, others = [word for word, _ in spoken], [word for word, _ in heard]
    codes = alignment(words, others)
    if codes[-1][0] == "insert":
        others = others[: codes.pop()[3]]
    before = codes.pop(0)[4] if codes[0][0] == "insert" else 0
    errors, slip = [], 0
    for kind, first, last, other, end in codes:
        if kind == "equal":
            pairs = zip(spoken[first:last], heard[other:end], strict=True)
            errors += [abs(a - b) for (_, a), (_, b) in pairs if a is not None and b is not None]
        else:
            slip = max(slip, abs((last - first) - (end - other)))
    return Comparison(word_error(words, others[before:]), errors, slip)


def assert_in_order(cues: Sequence[dict[str, Any]], seconds: float) -> None:
    """Cues follow each other and stay inside of the sound."""
    assert all(0 <= cue["start_seconds"] <= cue["end_seconds"] <= seconds for cue in cues)
    assert all(a["end_seconds"] <= b["start_seconds"] for a, b in pairwise(cues))

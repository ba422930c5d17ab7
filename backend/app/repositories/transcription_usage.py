"""What was sent to be transcribed, and what is still to be: sums for the caps, the bill, estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Float, and_, case, cast, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode
from app.models import (
    CaptionsSource,
    ImportStage,
    Transcription,
    TranscriptionPart,
    TranscriptionState,
    TranscriptionUsage,
    Video,
    VideoEnrichment,
    VideoList,
)
from app.repositories.dialects import chunks

_MS_PER_SECOND = 1000
_WAITS_FOR_BUDGET = Transcription.reason_code == ErrorCode.TRANSCRIPTION_BUDGET.value
# What is left of a sound, by its parts as far as it has been cut. Whose length is not known counts as
# nothing: it is not begun before it is.
_LEFT_SECONDS = func.coalesce(Video.duration_seconds, 0) * case(
    (
        Transcription.part_count > 0,
        1.0 - cast(Transcription.parts_done, Float) / Transcription.part_count,
    ),
    else_=1.0,
)
_MADE_WITHOUT_YOUTUBE = (CaptionsSource.WHISPER.value, CaptionsSource.NONE.value)


@dataclass(frozen=True, slots=True)
class UsageSums:
    """What was sent since two moments.

    Args:
        day_ms: Since the later one.
        month_ms: Since the earlier one.
        month_cost_micros: What that cost.
    """

    day_ms: int
    month_ms: int
    month_cost_micros: int


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Transcripts that are being made or wait for it.

    Args:
        videos: How many.
        left_seconds: How much sound of them is still to be transcribed.
        over_budget: How many of them wait for the budget.
        resumes_at: When the first of these goes on.
    """

    videos: int = 0
    left_seconds: float = 0.0
    over_budget: int = 0
    resumes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """What a library's newest videos are like.

    Args:
        settled: Of how many it is known whether YouTube has captions.
        without: How many of these have none.
        timed: Of how many the length is known.
        seconds: How long these are in all.
    """

    settled: int
    without: int
    timed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class KnownVideo:
    """What is known of a video that is in the installation already.

    Args:
        has_captions: Some are there, from wherever.
        duration_seconds: How long it is.
    """

    has_captions: bool
    duration_seconds: int | None


async def add(session: AsyncSession, row: dict[str, Any]) -> None:
    """Write down that a part is being sent."""
    await session.execute(insert(TranscriptionUsage).values(**row))


async def remove(session: AsyncSession, usage_id: str) -> None:
    """It was not billed."""
    await session.execute(delete(TranscriptionUsage).where(TranscriptionUsage.id == usage_id))


async def sums(session: AsyncSession, *, day: datetime, month: datetime) -> UsageSums:
    """What was sent since a day and a month began."""
    usage = TranscriptionUsage
    row = (
        await session.execute(
            select(
                func.sum(case((usage.at >= day, usage.billed_ms), else_=0)),
                func.sum(usage.billed_ms),
                func.sum(usage.cost_micros),
            ).where(usage.at >= month)
        )
    ).one()
    # Sums of big integers are decimals on PostgreSQL.
    return UsageSums(*(int(value or 0) for value in row))


async def was_sent(session: AsyncSession, video_id: str) -> bool:
    """Whether somebody has listened to a video."""
    sent = exists().where(TranscriptionUsage.video_id == video_id)
    return bool(await session.scalar(select(sent)))


async def under_way_ms(session: AsyncSession, except_video_id: str | None) -> int:
    """What transcripts that have begun still need: sounds being fetched, parts without an answer.

    Args:
        session: A session.
        except_video_id: A video that is left out.
    """
    part, begun = TranscriptionPart, Transcription
    # While a sound is being cut, its length stands for its parts.
    parts = await session.scalar(
        select(func.sum(part.end_ms - part.start_ms))
        .join(begun, begun.video_id == part.video_id)
        .where(
            begun.state == TranscriptionState.WORDS.value,
            part.answer.is_(None),
            part.is_sent.is_(False),
            part.video_id != (except_video_id or ""),
        )
    )
    sounds = await session.scalar(
        select(func.sum(Video.duration_seconds))
        .join(begun, begun.video_id == Video.id)
        .where(
            begun.state == TranscriptionState.SOUND.value,
            begun.reason_code.is_(None) | ~_WAITS_FOR_BUDGET,
            begun.video_id != (except_video_id or ""),
        )
    )
    return int(parts or 0) + int(sounds or 0) * _MS_PER_SECOND


async def spent_on_imports(
    session: AsyncSession, import_ids: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """What was sent for imports: milliseconds, and what they cost."""
    usage = TranscriptionUsage
    rows = await session.execute(
        select(usage.import_id, func.sum(usage.billed_ms), func.sum(usage.cost_micros))
        .where(usage.import_id.in_(import_ids))
        .group_by(usage.import_id)
    )
    return {import_id: (int(ms), int(cost)) for import_id, ms, cost in rows if import_id}


async def under_way_of_imports(
    session: AsyncSession, import_ids: Sequence[str]
) -> dict[str, UnderWay]:
    """Transcripts of imports that are being made or wait for it."""
    rows = await session.execute(
        select(Video.import_id, *_figures())
        .join(Transcription, Transcription.video_id == Video.id)
        .where(Video.import_id.in_(import_ids))
        .group_by(Video.import_id)
    )
    return {row[0]: _under_way(tuple(row)[1:]) for row in rows if row[0]}


async def under_way_of_user(session: AsyncSession, user_id: str) -> UnderWay:
    """A person's transcripts that are being made or wait for it."""
    row = (
        await session.execute(
            select(*_figures())
            .select_from(Transcription)
            .join(Video, Transcription.video_id == Video.id)
            .join(VideoList, VideoList.id == Video.list_id)
            .where(VideoList.user_id == user_id)
        )
    ).one()
    return _under_way(tuple(row))


async def habits(session: AsyncSession, newest: int) -> Habits:
    """What the newest videos of the installation are like.

    Args:
        session: A session.
        newest: How many are looked at.
    """
    # Ids sort by the time they were made.
    looked_at = select(Video.id, Video.duration_seconds).order_by(Video.id.desc()).limit(newest)
    of = looked_at.subquery()
    source = VideoEnrichment.captions_source
    row = (
        await session.execute(
            select(
                func.count(source),
                func.sum(case((source.in_(_MADE_WITHOUT_YOUTUBE), 1), else_=0)),
                func.count(of.c.duration_seconds),
                func.sum(of.c.duration_seconds),
            )
            .select_from(of)
            .join(VideoEnrichment, VideoEnrichment.video_id == of.c.id)
        )
    ).one()
    settled, without, timed, seconds = row
    return Habits(settled, int(without or 0), timed, float(seconds or 0))


async def known_videos(
    session: AsyncSession, youtube_ids: Sequence[str], since: datetime
) -> dict[str, KnownVideo]:
    """Videos that are in the installation already, and what was found for them lately."""
    found: dict[str, KnownVideo] = {}
    source = VideoEnrichment.captions_source
    has_captions = case((source == CaptionsSource.NONE.value, 0), else_=1)
    for chunk in chunks(youtube_ids):
        rows = await session.execute(
            select(Video.youtube_id, func.max(has_captions), func.max(Video.duration_seconds))
            .join(VideoEnrichment, VideoEnrichment.video_id == Video.id)
            .where(
                Video.youtube_id.in_(chunk),
                Video.import_stage == ImportStage.COMPLETE.value,
                and_(source.is_not(None), VideoEnrichment.extracted_at >= since),
            )
            .group_by(Video.youtube_id)
        )
        for youtube_id, has_some, seconds in rows:
            found[youtube_id] = KnownVideo(bool(has_some), seconds)
    return found


def _figures() -> tuple[Any, ...]:
    return (
        func.count(),
        func.sum(_LEFT_SECONDS),
        func.sum(case((_WAITS_FOR_BUDGET, 1), else_=0)),
        func.min(case((_WAITS_FOR_BUDGET, Transcription.resumes_at))),
    )


def _under_way(row: tuple[Any, ...]) -> UnderWay:
    videos, left, over_budget, resumes_at = row
    return UnderWay(videos, float(left or 0.0), int(over_budget or 0), resumes_at)

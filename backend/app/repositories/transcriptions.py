"""Questions about transcripts under way and their parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from app.core.errors import ErrorCode
from app.models import Transcription, TranscriptionPart, TranscriptionState, Video
from app.repositories.dialects import chunks, insert_for, locked, table_of

_TRANSCRIPTIONS = table_of(Transcription)
_PARTS = table_of(TranscriptionPart)

_REMOVE = (
    delete(_TRANSCRIPTIONS)
    .where(_TRANSCRIPTIONS.c.video_id == bindparam("this_video"))
    .returning(_TRANSCRIPTIONS.c.video_id)
)

_IS_BY_HAND = select(_TRANSCRIPTIONS.c.by_hand).where(
    _TRANSCRIPTIONS.c.video_id == bindparam("this_video")
)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part without its sound and its answer.

    Args:
        id: Its id.
        start_ms: Where it begins.
        end_ms: Where it ends.
        voiced_ms: How much of it is louder than the background.
        is_half: It was asked for again in halves.
    """

    id: str
    start_ms: int
    end_ms: int
    voiced_ms: int
    is_half: bool

    @property
    def duration_seconds(self) -> float:
        """How long it is."""
        return (self.end_ms - self.start_ms) / 1000


@dataclass(frozen=True, slots=True)
class AnsweredPart:
    """A part's place and what was heard in it."""

    start_ms: int
    end_ms: int
    answer: dict[str, Any]


_PART_COLUMNS = (
    TranscriptionPart.id,
    TranscriptionPart.start_ms,
    TranscriptionPart.end_ms,
    TranscriptionPart.voiced_ms,
    TranscriptionPart.is_half,
)


async def begin(session: AsyncSession, video_id: str, values: dict[str, Any]) -> bool:
    """Note that a transcript is wanted.

    Returns:
        False if it is under way already; then nothing changes.
    """
    statement = insert_for(session, _TRANSCRIPTIONS).values(video_id=video_id, **values)
    result = await session.execute(
        statement.on_conflict_do_nothing().returning(_TRANSCRIPTIONS.c.video_id)
    )
    return result.scalar_one_or_none() is not None


async def begin_by_hand(session: AsyncSession, video_ids: Sequence[str], now: datetime) -> None:
    """Note that a person wants these transcripts, also of those that are under way."""
    if not video_ids:
        return
    statement = insert_for(session, _TRANSCRIPTIONS)
    freed = {"by_hand": True, "reason_code": None, "resumes_at": None}
    rows = [
        {
            "video_id": video_id,
            "state": TranscriptionState.SOUND,
            "asked_at": now,
            "by_hand": True,
            "captions_code": ErrorCode.CAPTIONS_NONE,
        }
        for video_id in video_ids
    ]
    await session.execute(
        statement.on_conflict_do_update(index_elements=["video_id"], set_=freed), rows
    )


async def at_it(session: AsyncSession, youtube_ids: Sequence[str]) -> dict[str, str]:
    """Which of these ids of YouTube's have a transcript under way, and for which of our videos."""
    found: dict[str, str] = {}
    for chunk in chunks(youtube_ids):
        rows = await session.execute(
            select(Video.youtube_id, Video.id)
            .join(Transcription, Transcription.video_id == Video.id)
            .where(Video.youtube_id.in_(chunk))
        )
        found.update(rows.all())
    return found


async def with_sound(session: AsyncSession, video_ids: Sequence[str]) -> set[str]:
    """Whose parts are stored."""
    found: set[str] = set()
    for chunk in chunks(video_ids):
        statement = select(Transcription.video_id).where(
            Transcription.video_id.in_(chunk), Transcription.state == TranscriptionState.WORDS
        )
        found |= set(await session.scalars(statement))
    return found


async def get(session: AsyncSession, video_id: str) -> Transcription | None:
    """The transcript of a video that is under way."""
    row: Transcription | None = await session.scalar(
        select(Transcription)
        .where(Transcription.video_id == video_id)
        .execution_options(populate_existing=True)
    )
    return row


async def is_by_hand(session: AsyncSession, video_id: str) -> bool:
    """Whether a person asked for the transcript of a video that is under way."""
    found = await session.scalar(_IS_BY_HAND, {"this_video": video_id})
    return bool(found)


async def hold(session: AsyncSession, video_id: str) -> Transcription | None:
    """Likewise, locked until the transaction ends."""
    row: Transcription | None = await session.scalar(
        locked(select(Transcription).where(Transcription.video_id == video_id))
    )
    return row


async def change(session: AsyncSession, video_ids: Sequence[str], values: dict[str, Any]) -> None:
    """Write some members."""
    await session.execute(
        update(Transcription).where(Transcription.video_id.in_(video_ids)).values(**values)
    )


async def video_ids(session: AsyncSession) -> list[str]:
    """The videos whose transcripts are under way."""
    return list(await session.scalars(select(Transcription.video_id)))


async def begin_waiting(session: AsyncSession) -> list[str]:
    """Transcripts that wait for a time of their own do so no longer.

    Returns:
        Their videos.
    """
    result = await session.scalars(
        update(Transcription)
        .where(Transcription.resumes_at.is_not(None))
        .values(reason_code=None, resumes_at=None)
        .returning(Transcription.video_id)
    )
    return list(result)


async def remove(session: AsyncSession, video_id: str) -> bool:
    """A transcript is there, or not wanted any more: its parts go with it.

    Returns:
        Whether there was one.
    """
    result = await session.execute(_REMOVE, {"this_video": video_id})
    return result.scalar_one_or_none() is not None


async def is_twin_at_it(session: AsyncSession, video_id: str, youtube_id: str) -> bool:
    """Whether a transcript of the same video in another list is under way."""
    found = await session.scalar(
        select(Transcription.video_id)
        .join(Video, Video.id == Transcription.video_id)
        .where(Video.youtube_id == youtube_id, Video.id != video_id)
        .limit(1)
    )
    return found is not None


async def seconds_ahead(session: AsyncSession, video_id: str) -> float:
    """How much sound other transcripts that wait for nothing but their turn have."""
    seconds = await session.scalar(
        select(func.sum(Video.duration_seconds))
        .join(Transcription, Transcription.video_id == Video.id)
        .where(Transcription.resumes_at.is_(None), Transcription.video_id != video_id)
    )
    return float(seconds or 0)


# -- parts ---------------------------------------------------------------------------------------


async def stored_ms(session: AsyncSession) -> int:
    """How much sound is stored, ready to be sent."""
    found = await session.scalar(
        select(func.sum(_PARTS.c.end_ms - _PARTS.c.start_ms)).where(_PARTS.c.answer.is_(None))
    )
    return int(found or 0)


async def add_part(session: AsyncSession, values: dict[str, Any]) -> None:
    """Store a part."""
    await session.execute(insert(_PARTS).values(**values))


async def remove_parts(session: AsyncSession, video_id: str) -> None:
    """Forget the parts of a sound that was not cut to its end."""
    await session.execute(delete(_PARTS).where(_PARTS.c.video_id == video_id))


async def next_part(session: AsyncSession, video_id: str) -> PartRow | None:
    """The first part without an answer."""
    statement = (
        select(*_PART_COLUMNS)
        .where(TranscriptionPart.video_id == video_id, TranscriptionPart.answer.is_(None))
        .order_by(TranscriptionPart.start_ms)
        .limit(1)
    )
    row = (await session.execute(statement)).one_or_none()
    return PartRow(*row) if row else None


async def note_sent(session: AsyncSession, part_id: str, *, is_sent: bool) -> None:
    """A part is being sent, and what it costs is written down; or that was taken back."""
    await session.execute(
        update(TranscriptionPart).where(TranscriptionPart.id == part_id).values(is_sent=is_sent)
    )


async def sound_of(session: AsyncSession, part_id: str) -> bytes | None:
    """The sound of a part; None if somebody has removed it."""
    sound: bytes | None = await session.scalar(
        select(TranscriptionPart.sound).where(TranscriptionPart.id == part_id)
    )
    return sound


async def answer_before(
    session: AsyncSession, video_id: str, start_ms: int
) -> dict[str, Any] | None:
    """What was heard in the part before."""
    answer: dict[str, Any] | None = await session.scalar(
        select(TranscriptionPart.answer)
        .where(TranscriptionPart.video_id == video_id, TranscriptionPart.start_ms < start_ms)
        .order_by(TranscriptionPart.start_ms.desc())
        .limit(1)
    )
    return answer


async def answer(session: AsyncSession, part_id: str, found: dict[str, Any]) -> None:
    """Store what was heard; the sound is not needed any more."""
    await session.execute(
        update(_PARTS).where(_PARTS.c.id == part_id).values(answer=found, sound=None)
    )


async def replace_part(
    session: AsyncSession, part_id: str, halves: Sequence[dict[str, Any]]
) -> None:
    """Put smaller parts in the place of one."""
    await session.execute(delete(_PARTS).where(_PARTS.c.id == part_id))
    await session.execute(insert(_PARTS), list(halves))


async def count_parts(session: AsyncSession, video_id: str) -> tuple[int, int]:
    """How many parts a sound has, and how many of them have an answer."""
    statement = select(func.count(), func.count(_PARTS.c.answer)).where(
        _PARTS.c.video_id == video_id
    )
    total, answered = (await session.execute(statement)).one()
    return total, answered


async def answers(session: AsyncSession, video_id: str) -> list[AnsweredPart]:
    """What was heard in all parts, in order."""
    rows = await session.scalars(
        select(TranscriptionPart)
        .where(TranscriptionPart.video_id == video_id, TranscriptionPart.answer.is_not(None))
        .options(undefer(TranscriptionPart.answer))
        .order_by(TranscriptionPart.start_ms)
    )
    return [AnsweredPart(row.start_ms, row.end_ms, row.answer or {}) for row in rows]

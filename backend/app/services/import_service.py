"""Accepts drops: every line becomes an item, every new video a row and a job, in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.core.identifiers import new_id
from app.models import ImportState, Verdict, VideoImport
from app.repositories import imports, videos
from app.repositories.imports import ImportTally
from app.repositories.videos import VideoRow
from app.schemas.imports import CountsOut, ImportOut, ImportPage, PlaylistsOut, SummaryOut
from app.services.import_estimates import ImportEstimates
from app.services.import_items import own_import
from app.services.import_undo import undo_until
from app.services.importing.text import InputItem
from app.services.job_queue import JobQueue, priority_for
from app.services.list_service import own_list
from app.services.new_videos import new_rows, store_new
from app.services.paging import decode_cursor, encode_cursor

_PLAYLIST_REASONS = (ReasonCode.PLAYLIST, ReasonCode.CHANNEL)


@dataclass(frozen=True, slots=True)
class AcceptedImport:
    """A committed drop (once the transaction is)."""

    import_id: str
    counts: CountsOut
    new_videos: list[VideoRow]


@dataclass(frozen=True, slots=True)
class _Judged:
    item: InputItem
    verdict: Verdict
    video_id: str | None


class ImportService:
    """Imports.

    Args:
        queue: Where the first jobs go.
        estimates: How long imports still take.
        max_items: The most items of one import.
    """

    def __init__(self, *, queue: JobQueue, estimates: ImportEstimates, max_items: int) -> None:
        self._queue = queue
        self._estimates = estimates
        self._max_items = max_items

    async def add_single(
        self, unit: UnitOfWork, *, user_id: str, list_id: str, item: InputItem
    ) -> VideoRow:
        """Add one video: an import of one line that is refused unless it makes a new video.

        Raises:
            VideothekError: ``list_not_found``, ``not_a_video``, ``video_already_in_list``.
        """
        # Locked, so that two drops of the same link into a list pass one after the other.
        await own_list(unit.session, list_id, user_id, lock=True)
        if item.youtube_id is None:
            raise VideothekError(ErrorCode.NOT_A_VIDEO, 422, reason_code=item.reason_code)
        existing = await videos.ids_in_list(unit.session, list_id, [item.youtube_id])
        if existing:
            video_id = existing[item.youtube_id]
            raise VideothekError(ErrorCode.VIDEO_ALREADY_IN_LIST, 409, video_id=video_id)
        accepted = await self.accept(unit, user_id=user_id, list_id=list_id, items=[item])
        return accepted.new_videos[0]

    async def accept(
        self, unit: UnitOfWork, *, user_id: str, list_id: str, items: Sequence[InputItem]
    ) -> AcceptedImport:
        """Accept a drop.

        Args:
            unit: The transaction; the answer may go out once it is committed.
            user_id: Whose drop it is.
            list_id: Where the videos go.
            items: What was read from the input.

        Raises:
            VideothekError: ``list_not_found``, ``too_many_items``, ``no_links_found``.
        """
        # Locked, so that two drops of the same link into a list pass one after the other.
        await own_list(unit.session, list_id, user_id, lock=True)
        if len(items) > self._max_items:
            raise VideothekError(ErrorCode.TOO_MANY_ITEMS, 413)
        if all(_is_rejected(item) for item in items):
            reasons = {item.reason_code for item in items}
            # One reason for all of it is worth saying.
            known = {"reason_code": reasons.pop()} if len(reasons) == 1 else {}
            raise VideothekError(ErrorCode.NO_LINKS_FOUND, 422, **known)
        wanted = list(dict.fromkeys(item.youtube_id for item in items if item.youtube_id))
        existing = await videos.ids_in_list(unit.session, list_id, wanted)
        new = [youtube_id for youtube_id in wanted if youtube_id not in existing]
        import_id = new_id()
        rows = new_rows(user_id, list_id, import_id, new)
        judged = _judge(items, existing, {row.youtube_id: row.id for row in rows})
        counts = _count(judged)
        await self._store_import(unit, user_id, list_id, import_id, counts)
        await store_new(unit, self._queue, rows, priority_for(len(rows)))
        known_ids = set(existing.values())
        # Somebody else may have removed one meanwhile: its line says so, as if it went a moment later.
        gone = known_ids - await videos.hold(unit.session, list(known_ids))
        await imports.add_items(unit.session, _item_rows(import_id, judged, gone))
        unit.changes.imports.add(import_id)
        return AcceptedImport(import_id, counts, rows)

    async def show(self, session: AsyncSession, row: VideoImport) -> ImportOut:
        """An import with its progress and summary."""
        return (await self.show_all(session, [row]))[0]

    async def show_all(self, session: AsyncSession, rows: Sequence[VideoImport]) -> list[ImportOut]:
        """Imports with their progress and summaries; the lanes are looked at once for all."""
        tallies = await imports.tally(session, [row.id for row in rows])
        shown = [(row, tallies[row.id]) for row in rows]
        seconds = await self._estimates.of(session, shown)
        return [_show(row, tally, seconds[row.id]) for row, tally in shown]

    async def get(self, session: AsyncSession, *, user_id: str, import_id: str) -> ImportOut:
        """One import.

        Raises:
            VideothekError: ``import_not_found``.
        """
        return await self.show(session, await own_import(session, import_id, user_id))

    async def page(
        self, session: AsyncSession, *, user_id: str, limit: int, cursor: str | None
    ) -> ImportPage:
        """A user's imports, newest first."""
        rows = await imports.page(session, user_id, limit=limit + 1, before=decode_cursor(cursor))
        shown = rows[:limit]
        more = len(rows) > limit
        return ImportPage(
            items=await self.show_all(session, shown),
            next_cursor=encode_cursor(shown[-1].created_at, shown[-1].id) if more else None,
            total=await imports.count(session, user_id),
        )

    # -- inside ----------------------------------------------------------------------------------

    @staticmethod
    async def _store_import(
        unit: UnitOfWork, user_id: str, list_id: str, import_id: str, counts: CountsOut
    ) -> None:
        now = datetime.now(UTC)
        row: dict[str, Any] = {
            "id": import_id,
            "user_id": user_id,
            "list_id": list_id,
            "state": ImportState.RUNNING if counts.new else ImportState.FINISHED,
            "created_at": now,
            "finished_at": None if counts.new else now,
        }
        row |= {f"{name}_count": number for name, number in counts.model_dump().items()}
        await imports.add(unit.session, row)


def _show(row: VideoImport, tally: ImportTally, eta_seconds: float | None) -> ImportOut:
    percent = tally.progress_sum / tally.total if tally.total else 100.0
    return ImportOut(
        id=row.id,
        list_id=row.list_id,
        list_count=row.list_count,
        label=row.label,
        state=ImportState(row.state),
        created_at=row.created_at,
        finished_at=row.finished_at,
        undo_until=undo_until(row, datetime.now(UTC)),
        counts=CountsOut(
            new=row.new_count,
            duplicate=row.duplicate_count,
            repeated=row.repeated_count,
            rejected=row.rejected_count,
            playlist=row.playlist_count,
        ),
        progress_percent=round(percent, 1),
        eta_seconds=eta_seconds,
        summary=SummaryOut(
            total=tally.total,
            imported=tally.imported,
            without_captions=tally.without_captions,
            unavailable={ErrorCode(code): n for code, n in tally.unavailable.items()},
            waiting=tally.waiting,
            later=tally.postponed,
            stopped=tally.stopped,
            playlists=PlaylistsOut(),
        ),
    )


def _is_rejected(item: InputItem) -> bool:
    return item.youtube_id is None and item.reason_code not in _PLAYLIST_REASONS


def _judge(
    items: Sequence[InputItem], existing: dict[str, str], created: dict[str, str]
) -> list[_Judged]:
    judged: list[_Judged] = []
    seen: set[str] = set()
    for item in items:
        youtube_id = item.youtube_id
        if youtube_id is None:
            verdict = Verdict.REJECTED if _is_rejected(item) else Verdict.PLAYLIST
            judged.append(_Judged(item, verdict, None))
            continue
        if youtube_id in seen:
            verdict = Verdict.REPEATED
        else:
            verdict = Verdict.NEW if youtube_id in created else Verdict.DUPLICATE
        seen.add(youtube_id)
        judged.append(_Judged(item, verdict, created.get(youtube_id) or existing[youtube_id]))
    return judged


def _count(judged: Sequence[_Judged]) -> CountsOut:
    counts = CountsOut()
    for entry in judged:
        setattr(counts, entry.verdict, getattr(counts, entry.verdict) + 1)
    return counts


def _item_rows(
    import_id: str, judged: Sequence[_Judged], gone: Collection[str]
) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "import_id": import_id,
            "position": position,
            "line": entry.item.line,
            "text": entry.item.text,
            "youtube_id": entry.item.youtube_id,
            "verdict": entry.verdict,
            "reason_code": entry.item.reason_code,
            "video_id": None if entry.video_id in gone else entry.video_id,
        }
        for position, entry in enumerate(judged)
    ]

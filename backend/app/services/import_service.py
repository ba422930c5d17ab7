"""Accepts drops: every line becomes an item, every new video a row and a job, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.core.identifiers import new_id
from app.models import Access, ImportState, Verdict, VideoImport
from app.repositories import imports, videos
from app.repositories.imports import ImportTally
from app.repositories.playlist_reads import ReadTally
from app.repositories.videos import VideoRow
from app.schemas.imports import CountsOut, ImportOut, ImportPage, PlaylistsOut, SummaryOut
from app.schemas.previews import ImportOptions
from app.schemas.transcription import ImportTranscriptionOut
from app.services.import_estimates import ImportEstimates
from app.services.import_items import own_import
from app.services.import_judging import Judged, count, judge, refuse_useless
from app.services.import_targets import Target, claim_targets, open_targets
from app.services.import_undo import undo_until
from app.services.importing.items import InputItem, Reading
from app.services.job_queue import JobQueue, priority_for
from app.services.list_access import list_for
from app.services.new_videos import new_rows, store_new
from app.services.paging import decode_cursor, encode_cursor
from app.services.playlists.acceptance import NewRead, queue_reads
from app.services.rate_limiter import Priority
from app.services.transcription.estimates import TranscriptionEstimates


@dataclass(frozen=True, slots=True)
class AcceptedImport:
    """A committed drop (once the transaction is)."""

    import_id: str
    counts: CountsOut
    new_videos: list[VideoRow]


@dataclass(frozen=True, slots=True)
class _Drop:
    """What is being accepted."""

    user_id: str
    import_id: str
    label: str | None
    judged: list[Judged]
    list_ids: dict[Target, str]


class ImportService:
    """Imports.

    Args:
        queue: Where the first jobs go.
        estimates: How long imports still take.
        transcription: What captions from the sound take.
    """

    def __init__(
        self,
        *,
        queue: JobQueue,
        estimates: ImportEstimates,
        transcription: TranscriptionEstimates,
    ) -> None:
        self._queue = queue
        self._estimates = estimates
        self._transcription = transcription

    async def add_single(
        self, unit: UnitOfWork, *, user_id: str, list_id: str, item: InputItem
    ) -> VideoRow:
        """Add one video: an import of one line that is refused unless it makes a new video.

        Raises:
            VideothekError: ``list_not_found``, ``not_a_video``, ``video_already_in_list``.
        """
        # Locked, so that two drops of the same link into a list pass one after the other.
        await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
        if item.youtube_id is None:
            raise VideothekError(ErrorCode.NOT_A_VIDEO, 422, reason_code=item.reason_code)
        existing = await videos.ids_in_list(unit.session, list_id, [item.youtube_id])
        if existing:
            video_id = existing[item.youtube_id]
            raise VideothekError(ErrorCode.VIDEO_ALREADY_IN_LIST, 409, video_id=video_id)
        accepted = await self.accept(
            unit, user_id=user_id, reading=Reading([item]), options=ImportOptions(list_id=list_id)
        )
        return accepted.new_videos[0]

    async def accept(
        self, unit: UnitOfWork, *, user_id: str, reading: Reading, options: ImportOptions
    ) -> AcceptedImport:
        """Accept a drop.

        Args:
            unit: The transaction; the answer may go out once it is committed.
            user_id: Whose drop it is.
            reading: What was read from the input.
            options: What of it goes where.

        Raises:
            VideothekError: ``list_not_found``, ``no_links_found``.
        """
        targets = await claim_targets(unit, user_id=user_id, reading=reading, options=options)
        left_out = frozenset(options.skip)
        items = [item for item in reading.items if item.position not in left_out]
        refuse_useless(items)
        used = dict.fromkeys(targets.of(item) for item in items if not item.is_rejected)
        import_id = new_id()
        list_ids = await open_targets(unit, user_id=user_id, import_id=import_id, targets=used)
        judged = await judge(unit.session, items, targets.of)
        drop = _Drop(user_id, import_id, reading.label, judged, list_ids)
        counts = count(judged)
        await imports.add(unit.session, _import_row(drop, counts))
        created = await self._store_videos(unit, drop, priority_for(counts.new))
        await self._store_items(unit, drop, created)
        unit.changes.imports.add(drop.import_id)
        return AcceptedImport(drop.import_id, counts, list(created.values()))

    async def show(self, session: AsyncSession, row: VideoImport) -> ImportOut:
        """An import with its progress and summary."""
        return (await self.show_all(session, [row]))[0]

    async def show_all(self, session: AsyncSession, rows: Sequence[VideoImport]) -> list[ImportOut]:
        """Imports with their progress and summaries; the lanes are looked at once for all."""
        tallies = await imports.tally(session, [row.id for row in rows])
        shown = [(row, tallies[row.id]) for row in rows]
        seconds = await self._estimates.of(session, shown)
        sounds = await self._transcription.of_imports(
            session, {row.id: tally.from_sound for row, tally in shown}
        )
        return [_show(row, tally, seconds[row.id], sounds.get(row.id)) for row, tally in shown]

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

    async def _store_videos(
        self, unit: UnitOfWork, drop: _Drop, priority: Priority
    ) -> dict[tuple[Target, str], VideoRow]:
        """The new videos, list by list: what two lists get is asked of YouTube once."""
        new = [
            (entry.target, entry.item.youtube_id)
            for entry in drop.judged
            if entry.verdict is Verdict.NEW and entry.item.youtube_id
        ]
        created: dict[tuple[Target, str], VideoRow] = {}
        for target, list_id in drop.list_ids.items():
            youtube_ids = [youtube_id for its, youtube_id in new if its == target]
            rows = new_rows(drop.user_id, list_id, drop.import_id, youtube_ids)
            await store_new(unit, self._queue, rows, priority)
            created |= {(target, row.youtube_id): row for row in rows}
        return {key: created[key] for key in new}

    @staticmethod
    async def _store_items(
        unit: UnitOfWork, drop: _Drop, created: dict[tuple[Target, str], VideoRow]
    ) -> None:
        known = {entry.video_id for entry in drop.judged if entry.video_id}
        # Somebody else may have removed one meanwhile: its line says so, as if it went a moment later.
        held = await videos.hold(unit.session, list(known))
        rows: list[dict[str, Any]] = []
        reads: list[NewRead] = []
        for position, entry in enumerate(drop.judged):
            row = _item_row(drop.import_id, position, entry)
            video = created.get((entry.target, entry.item.youtube_id or ""))
            row["video_id"] = video.id if video else entry.video_id
            if row["video_id"] in known - held:
                row["video_id"] = None
            rows.append(row)
            if entry.verdict is Verdict.PLAYLIST and entry.item.source:
                list_id = drop.list_ids[entry.target]
                reads.append(NewRead(list_id, drop.import_id, row["id"], entry.item.source))
        await imports.add_items(unit.session, rows)
        await queue_reads(unit, reads)


def _show(
    row: VideoImport,
    tally: ImportTally,
    eta_seconds: float | None,
    sounds: ImportTranscriptionOut | None,
) -> ImportOut:
    # Videos that are not known yet count as if nothing was done for them.
    total = tally.total + tally.reads.missing
    percent = tally.progress_sum / total if total else 100.0
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
            playlists=_show_playlists(row, tally.reads),
            transcription=sounds,
        ),
    )


def _show_playlists(row: VideoImport, reads: ReadTally) -> PlaylistsOut:
    unread = reads.waiting + reads.failed + reads.stopped
    return PlaylistsOut(
        read=max(0, row.playlist_count - unread),
        waiting=reads.waiting,
        unavailable=reads.failed,
        stopped=reads.stopped,
        found=reads.found,
        expected=reads.found + reads.announced,
    )


def _import_row(drop: _Drop, counts: CountsOut) -> dict[str, Any]:
    now = datetime.now(UTC)
    is_over = not counts.new and not counts.playlist
    row: dict[str, Any] = {
        "id": drop.import_id,
        "user_id": drop.user_id,
        "list_id": next(iter(drop.list_ids.values())),
        "list_count": len(drop.list_ids),
        "label": drop.label,
        "state": ImportState.FINISHED if is_over else ImportState.RUNNING,
        "created_at": now,
        "finished_at": now if is_over else None,
    }
    return row | {f"{name}_count": number for name, number in counts.model_dump().items()}


def _item_row(import_id: str, position: int, entry: Judged) -> dict[str, Any]:
    return {
        "id": new_id(),
        "import_id": import_id,
        "position": position,
        "line": entry.item.line,
        "text": entry.item.text,
        "youtube_id": entry.item.youtube_id,
        "verdict": entry.verdict,
        "reason_code": entry.item.reason_code,
    }

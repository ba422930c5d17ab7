"""The videos of a playlist as lines of an import, below the line that links to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import ImportState, Verdict, VideoImport
from app.repositories import imports, playlist_reads, videos
from app.services.job_queue import JobQueue
from app.services.list_access import tell_of_lists
from app.services.new_videos import new_rows, store_new
from app.services.playlists.rules import Placed
from app.services.rate_limiter import Priority


@dataclass(frozen=True, slots=True)
class Parent:
    """Where the videos of a playlist go.

    Args:
        user_id: Whose it is.
        list_id: Their list.
        item_id: The line that links to the playlist.
    """

    user_id: str
    list_id: str
    item_id: str


async def add_children(
    unit: UnitOfWork,
    queue: JobQueue,
    row: VideoImport,
    parent: Parent,
    entries: Sequence[Placed],
    priority: Priority,
) -> None:
    """Store entries of a playlist: new videos with their jobs, and a line for each entry.

    The list is locked, the queue holds still, and the import is locked, in this order.

    Args:
        unit: The transaction.
        queue: Where the jobs go.
        row: The import.
        parent: What they belong to.
        entries: In the playlist's order.
        priority: Of new videos.
    """
    if not entries:
        return
    ids = list(dict.fromkeys(entry.youtube_id for entry in entries))
    existing = await videos.ids_in_list(unit.session, parent.list_id, ids)
    seen = await playlist_reads.ids_of_import_in_list(unit.session, row.id, parent.list_id, ids)
    position = await imports.last_position(unit.session, row.id) + 1
    created = new_rows(
        parent.user_id,
        parent.list_id,
        row.id,
        [youtube_id for youtube_id in ids if youtube_id not in existing],
        newest_at=await _newest_at(unit, row, position),
    )
    is_held = row.state == ImportState.PAUSED
    await store_new(unit, queue, created, Priority.BATCH if is_held else priority)
    gone = set(existing.values()) - await videos.hold(unit.session, list(existing.values()))
    known = existing | {video.youtube_id: video.id for video in created}
    items: list[dict[str, Any]] = []
    for entry in entries:
        verdict = _judge(entry.youtube_id, existing, seen)
        seen.add(entry.youtube_id)
        video_id = known[entry.youtube_id]
        items.append(
            {
                "id": new_id(),
                "import_id": row.id,
                "parent_item_id": parent.item_id,
                "position": position + len(items),
                "line": entry.place,
                "text": f"https://www.youtube.com/watch?v={entry.youtube_id}",
                "youtube_id": entry.youtube_id,
                "verdict": verdict,
                "reason_code": None,
                "video_id": None if video_id in gone else video_id,
            }
        )
    await imports.add_items(unit.session, items)
    row.new_count += len(created)
    row.duplicate_count += sum(item["verdict"] == Verdict.DUPLICATE for item in items)
    row.repeated_count += sum(item["verdict"] == Verdict.REPEATED for item in items)
    unit.changes.imports.add(row.id)
    if created:
        # They come between other videos, where nobody looks for news.
        await tell_of_lists(unit, [parent.list_id])


def _judge(youtube_id: str, existing: dict[str, str], seen: set[str]) -> Verdict:
    if youtube_id in seen:
        return Verdict.REPEATED
    return Verdict.DUPLICATE if youtube_id in existing else Verdict.NEW


async def _newest_at(unit: UnitOfWork, row: VideoImport, position: int) -> datetime:
    """The time of the next new video: behind all that the import brought so far.

    The grid shows the newest first, so it shows the import's own lines and then its playlists, each in
    its own order.
    """
    newest = await videos.newest_of_import(unit.session, row.id)
    begin = min(row.created_at, newest) if newest else row.created_at
    return begin.astimezone(UTC) - timedelta(microseconds=position)

"""New videos: their rows, and the jobs they begin with, in the transaction that accepts them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import ImportStage, JobKind
from app.repositories import videos
from app.repositories.videos import VideoRow
from app.services.enrichment.reuse import REUSE_DAYS
from app.services.job_queue import FIRST_JOBS, JobQueue, NewJob
from app.services.rate_limiter import Priority


def new_rows(
    user_id: str,
    list_id: str,
    import_id: str | None,
    youtube_ids: Sequence[str],
    *,
    newest_at: datetime | None = None,
) -> list[VideoRow]:
    """Rows of videos that a list does not have yet.

    Args:
        user_id: Whose list it is.
        list_id: Where they go.
        import_id: What brings them, unless a person copies them.
        youtube_ids: Each once, in the order of the input.
        newest_at: The time of the first one; now unless given.
    """
    newest = newest_at or datetime.now(UTC)
    return [
        VideoRow(
            id=new_id(),
            user_id=user_id,
            list_id=list_id,
            import_id=import_id,
            youtube_id=youtube_id,
            title=None,
            channel=None,
            duration_seconds=None,
            published_at=None,
            # The first line is the newest, so that newest first keeps the input's order.
            created_at=newest - timedelta(microseconds=position),
            import_stage=ImportStage.CREATED,
            import_progress=0,
            error_code=None,
            language=None,
            captions_source=None,
            captions_pending=False,
            captions_code=None,
            next_attempt_at=None,
            position_seconds=None,
            tag_names=None,
        )
        for position, youtube_id in enumerate(youtube_ids)
    ]


async def store_new(
    unit: UnitOfWork, queue: JobQueue, rows: Sequence[VideoRow], priority: Priority
) -> None:
    """Store new videos with their first jobs.

    Args:
        unit: The transaction that accepts them.
        queue: Where the jobs go.
        rows: From ``new_rows``.
        priority: Their place among the others.
    """
    if not rows:
        return
    since = datetime.now(UTC) - timedelta(days=REUSE_DAYS)
    youtube_ids = [row.youtube_id for row in rows]
    known = await videos.known_elsewhere(unit.session, youtube_ids, since)
    await videos.insert_many(
        unit.session,
        [
            {
                "id": row.id,
                "list_id": row.list_id,
                "import_id": row.import_id,
                "youtube_id": row.youtube_id,
                "created_at": row.created_at,
                "import_stage": row.import_stage,
                "import_progress": row.import_progress,
            }
            for row in rows
        ],
    )
    await queue.defer(
        unit,
        [
            NewJob(kind, row.id, priority, row.import_id or "")
            for row in rows
            for kind in ([JobKind.REUSE] if row.youtube_id in known else FIRST_JOBS)
        ],
    )
    if priority is Priority.INTERACTIVE and known:
        await queue.hasten(unit, list(known.values()))
    unit.changes.videos.update(row.id for row in rows)

"""Videos put into a state by hand, for tests of what people do to them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update

from app.models import STAGE_PROGRESS, ImportStage, Job, Video, VideoEnrichment
from tests.support.server import RunningApp


async def put(app: RunningApp, video_id: str, stage: str, /, **values: Any) -> None:
    """Bring a video to a stage, as if workers had done it; members of its enrichment too."""
    reached = ImportStage(stage)
    video = {name: values.pop(name) for name in ("error_code", "title") if name in values}
    if reached is not ImportStage.ERROR:
        video["import_progress"] = STAGE_PROGRESS[reached]
    async with app.runtime.database.write() as unit:
        await unit.session.execute(
            update(Video).where(Video.id == video_id).values(import_stage=reached, **video)
        )
        if values:
            await unit.session.execute(
                update(VideoEnrichment).where(VideoEnrichment.video_id == video_id).values(**values)
            )
        if reached in (ImportStage.COMPLETE, ImportStage.ERROR):
            await unit.session.execute(delete(Job).where(Job.video_id == video_id))


async def postpone_jobs(app: RunningApp, seconds: int) -> None:
    """All jobs wait for so long yet."""
    table = f"UPDATE jobs SET run_at = run_at + {seconds}"
    engine = f"UPDATE procrastinate_jobs SET scheduled_at = now() + interval '{seconds} seconds'"
    database = app.runtime.database
    async with database.write() as unit:
        await unit.session.execute(text(table if database.is_sqlite else engine))


async def jobs_of(app: RunningApp, *video_ids: str) -> list[tuple[str, int]]:
    """Kind and priority of the jobs of videos, in the order of the queue."""
    async with app.runtime.database.read() as session:
        rows = await session.execute(
            select(Job.kind, Job.priority).where(Job.video_id.in_(video_ids)).order_by(Job.id)
        )
        return [(kind, priority) for kind, priority in rows]


async def job_count(app: RunningApp) -> int:
    """How many jobs there are."""
    async with app.runtime.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Job)) or 0


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

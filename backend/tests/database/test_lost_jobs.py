"""A step whose job was taken from it while it was being done stores nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from app.core.errors import ErrorCode, UpstreamFailed, VideoNotYet, VideoUnavailable
from app.models import ChaptersSource
from app.services.enrichment.ports import Extraction
from app.services.job_queue import JOB_COSTS, QueuedJob
from app.services.lanes import LaneName
from app.services.rate_limiter import Permit, Priority
from app.workers.video_processor import VideoProcessor
from tests.api.test_batch_import import video_ids
from tests.support.arranged import job_count
from tests.support.server import Client, RunningApp

Outcome = Callable[[], Any]


def extraction(title: str) -> Extraction:
    """A video without anything but a title."""
    return Extraction(
        youtube_id="dQw4w9WgXcQ",
        title=title,
        channel=None,
        description=None,
        duration_seconds=None,
        published_at=None,
        language=None,
        manual_track=None,
        other_track=None,
        captions_locked=False,
        chapters=(),
        chapters_source=ChaptersSource.NONE,
        sound_track=None,
    )


def processor_of(app: RunningApp) -> VideoProcessor:
    runtime = app.runtime
    return VideoProcessor(
        database=runtime.database,
        queue=runtime.queue,
        limiter=runtime.limiter,
        service=runtime.enrichment,
        reuse=runtime.reuse,
        transcripts=runtime.transcription.transcripts,
        transcript_steps=runtime.transcription.steps,
    )


async def taken(app: RunningApp, attempts: int = 0) -> tuple[QueuedJob, Permit]:
    """The next extraction, in work."""
    async with app.runtime.database.write() as unit:
        job = await app.runtime.queue.peek(unit, LaneName.PLAYER)
        assert job is not None
        cost = JOB_COSTS[job.kind]
        permit = await app.runtime.limiter.acquire(
            unit, LaneName.PLAYER, Priority.INTERACTIVE, cost
        )
        assert isinstance(permit, Permit)
        await app.runtime.queue.take(unit, job)
    return QueuedJob(
        job.id, job.kind, job.video_id, job.youtube_id, job.priority, job.batch, attempts
    ), permit


def fetching(app: RunningApp, monkeypatch: pytest.MonkeyPatch, answer: Callable[[], Any]) -> None:
    async def fetch(_job: QueuedJob, _charge: Any) -> Any:
        found = answer()
        return await found if isinstance(found, Awaitable) else found

    monkeypatch.setattr(app.runtime.enrichment, "fetch_extraction", fetch)


def raising(error: Exception) -> Outcome:
    def answer() -> Any:
        raise error

    return answer


OUTCOMES: dict[str, tuple[Outcome, int]] = {
    "found": (lambda: extraction("Zu spät"), 0),
    "not yet": (raising(VideoNotYet(ErrorCode.VIDEO_UPCOMING)), 0),
    "gone": (raising(VideoUnavailable(ErrorCode.VIDEO_PRIVATE)), 0),
    "failed": (raising(UpstreamFailed("nichts")), 0),
    "failed for long": (raising(UpstreamFailed("nichts")), 7),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_the_result_of_a_step_that_comes_after_a_cancellation_changes_nothing(
    idle_client: Client, idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    answer, attempts = OUTCOMES[outcome]
    body = (await idle_client.batch({"urls": video_ids(1)})).json()
    job, permit = await taken(idle_app, attempts)
    cancelled = await idle_client.http.post(f"/imports/{body['import_id']}/cancel")
    before = await idle_client.videos()
    fetching(idle_app, monkeypatch, answer)

    await processor_of(idle_app).run(job, permit)

    assert await idle_client.videos() == before
    assert before[0]["error_code"] == "import_cancelled"
    after = await idle_client.http.get(f"/imports/{body['import_id']}")
    assert after.json() == cancelled.json()
    assert await job_count(idle_app) == 0


async def test_the_number_of_a_lost_job_may_be_given_again_without_harm(
    idle_client: Client, idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = video_ids(2)
    import_id = (await idle_client.batch({"urls": [first]})).json()["import_id"]
    job, permit = await taken(idle_app)
    await idle_client.http.post(f"/imports/{import_id}/cancel")
    await idle_client.batch({"urls": [second]})
    await taken(idle_app)
    fetching(idle_app, monkeypatch, OUTCOMES["found"][0])

    await processor_of(idle_app).run(job, permit)

    assert [video["title"] for video in await idle_client.videos()] == [None, None]
    assert await job_count(idle_app) == 2


@pytest.mark.parametrize("outcome", ["not yet", "failed for long"])
async def test_a_step_that_is_put_off_locks_its_job_before_its_video_and_its_import(
    idle_client: Client, idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    answer, attempts = OUTCOMES[outcome]
    await idle_client.batch({"urls": video_ids(1)})
    job, permit = await taken(idle_app, attempts)
    fetching(idle_app, monkeypatch, answer)
    written: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words = statement.split()
        if words[0] in ("UPDATE", "INSERT", "DELETE"):
            table = next(w for w in words[1:] if w not in ("INTO", "FROM"))
            written.append(table.removeprefix("procrastinate_"))

    engine = idle_app.runtime.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await processor_of(idle_app).run(job, permit)
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert "jobs" in written
    assert "video_enrichments" in written
    others = [table for table in written if table not in ("jobs", "lanes")]
    assert written.index("jobs") < written.index(others[0])
    assert "jobs" not in written[written.index(others[0]) :]

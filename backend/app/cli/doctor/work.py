"""Is the work that waits being done?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from app.cli.doctor.findings import Finding, State
from app.cli.words import number_text, say, terminal_language
from app.core.database import Database
from app.core.errors import ErrorCode
from app.core.messages import message_for
from app.core.settings import Settings
from app.repositories import engine_workers, jobs, lanes
from app.repositories.jobs import QueueState
from app.schemas.lanes import LaneOut, LaneState
from app.services.lanes import LaneLimiter, LaneName
from app.services.metrics.installation import Installation, InstallationReader

# Somebody who works takes something on at least every few seconds; steps of a lane are minutes at most.
_PATIENCE_SECONDS: Final = 300.0
# Workers say every ten seconds that they live.
_SILENT_SECONDS: Final = 60.0
# These wait for a budget, and for each other.
_MAY_REST: Final = (LaneName.MEDIA, LaneName.GROQ)


async def work(settings: Settings) -> list[Finding]:
    """Look at the queue and the lanes of a database that is well."""
    database = Database(settings.resolved_database_url)
    try:
        reader = InstallationReader(database, LaneLimiter(database, settings.pacing_scale))
        installation = await reader.read()
        if installation is None:
            return []
        running = _count(installation, QueueState.RUNNING)
        async with database.read() as session:
            if database.is_sqlite:
                abandoned = await jobs.count_abandoned(session, await lanes.clock(session))
            else:
                # The engine takes what they hold for under way until another worker frees it.
                abandoned = await engine_workers.count_abandoned(session, _SILENT_SECONDS)
                running = max(0, running - abandoned)
    finally:
        await database.close()
    return list(_judged(installation, running, abandoned))


def _judged(installation: Installation, running: int, abandoned: int) -> Iterator[Finding]:
    yield Finding(State.GOOD, _summary(installation, running))
    for lane in installation.lanes:
        if lane.state is LaneState.PAUSED and lane.resumes_at:
            yield Finding(State.OFF, _paused(lane, lane.resumes_at))
    if abandoned and not running:
        gone = say("doctor_work_abandoned", count=number_text(abandoned))
        yield Finding(State.BAD, gone, say("doctor_work_advice"))
    yield from _idle(installation)


def _idle(installation: Installation) -> Iterator[Finding]:
    closed = {lane.name for lane in installation.lanes if lane.state is LaneState.PAUSED}
    for queue in installation.queues:
        if queue.lane in closed or queue.lane in _MAY_REST or queue.jobs[QueueState.RUNNING]:
            continue
        if queue.oldest_seconds > _PATIENCE_SECONDS:
            sentence = say(
                "doctor_work_idle",
                lane=queue.lane,
                count=number_text(queue.jobs[QueueState.WAITING]),
                minutes=number_text(int(queue.oldest_seconds // 60)),
            )
            yield Finding(State.BAD, sentence, say("doctor_work_advice"))


def _summary(installation: Installation, running: int) -> str:
    return say(
        "doctor_work",
        running=number_text(running),
        waiting=number_text(_count(installation, QueueState.WAITING)),
        later=number_text(
            _count(installation, QueueState.LATER) + _count(installation, QueueState.HELD)
        ),
    )


def _count(installation: Installation, state: QueueState) -> int:
    return sum(queue.jobs[state] for queue in installation.queues)


def _paused(lane: LaneOut, resumes_at: datetime) -> str:
    why = lane.reason_code or ErrorCode.UPSTREAM_THROTTLED
    return say(
        "doctor_lane_paused",
        lane=lane.name,
        at=resumes_at.astimezone().strftime("%H:%M"),
        count=number_text(lane.waiting),
        why=message_for(why, terminal_language()),
    )

"""Can YouTube be reached, and does its clock agree with ours?"""

from collections.abc import AsyncIterator

from app.adapters.reachability import Obstacle, Reachability, ask_youtube
from app.cli.doctor.clock import clock
from app.cli.doctor.findings import Finding, State
from app.cli.words import plain, say
from app.core.settings import Settings

_YOUTUBE = "YouTube"


async def upstream(settings: Settings) -> AsyncIterator[Finding]:
    """Ask once, the way the application asks."""
    found = await ask_youtube(gateway=settings.youtube_gateway, proxy=settings.youtube_proxy)
    yield _reached(found, settings)
    if found.clock_offset_seconds is not None:
        yield clock(found.clock_offset_seconds, _YOUTUBE)


def _reached(found: Reachability, settings: Settings) -> Finding:
    if found.obstacle is None:
        return Finding(State.GOOD, say("doctor_upstream", where=_YOUTUBE))
    if found.obstacle is Obstacle.WALL:
        wall = say("doctor_upstream_wall", where=_YOUTUBE)
        return Finding(State.WARNING, wall, say("doctor_upstream_wall_advice"))
    reason = say(
        f"doctor_upstream_{found.obstacle}", status=found.status, detail=plain(found.detail)
    )
    sentence = say("doctor_upstream_bad", where=_YOUTUBE, reason=reason)
    return Finding(State.BAD, sentence, say(_advice(found.obstacle, settings)))


def _advice(obstacle: Obstacle, settings: Settings) -> str:
    if settings.youtube_gateway:
        return "doctor_upstream_gateway_advice"
    if settings.youtube_proxy:
        return "doctor_upstream_proxy_advice"
    return "doctor_upstream_tls_advice" if obstacle is Obstacle.TLS else "doctor_upstream_advice"

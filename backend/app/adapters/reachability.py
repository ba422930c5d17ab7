"""One cheap request that says whether YouTube can be reached, and what its clock says."""

import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

import httpx

from app.adapters.authorities import authorities
from app.adapters.gateway import route
from app.adapters.http_answers import refusal_of
from app.core.errors import UpstreamThrottled

# Answered with nothing, whoever asks: it is what browsers ask to see whether they are connected.
_URL: Final = "https://www.youtube.com/generate_204"
_PATIENCE_SECONDS: Final = 10.0


class Obstacle(StrEnum):
    """What was in the way."""

    NAME = "name"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    PROXY = "proxy"
    # It answers, and is in trouble itself; it answers, and takes us for a robot.
    TROUBLE = "trouble"
    WALL = "wall"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reachability:
    """What came of the request.

    Args:
        obstacle: None if it was answered well.
        detail: For whom the obstacle is not enough.
        status: Of the answer, if there was one.
        clock_offset_seconds: By how much this machine's clock is ahead of the upstream's, to about a
            second; None if it did not tell the time.
    """

    obstacle: Obstacle | None = None
    detail: str = ""
    status: int = 0
    clock_offset_seconds: float | None = None


async def ask_youtube(*, gateway: str, proxy: str) -> Reachability:
    """Ask once.

    Args:
        gateway: As for every request to YouTube.
        proxy: Likewise.
    """
    url, headers = route(_URL, gateway)
    try:
        async with httpx.AsyncClient(
            verify=authorities(),
            proxy=proxy or None,
            trust_env=False,
            timeout=_PATIENCE_SECONDS,
        ) as client:
            sent_at = time.time()
            answer = await client.get(url, headers=headers)
            received_at = time.time()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        return Reachability(_obstacle(error), type(error).__name__)
    offset = _offset_seconds(answer.headers.get("date", ""), sent_at, received_at)
    refusal = refusal_of(answer.status_code, answer.headers, answer.content, _URL)
    obstacle = None
    if isinstance(refusal, UpstreamThrottled):
        obstacle = Obstacle.WALL
    elif refusal is not None:
        obstacle = Obstacle.TROUBLE
    return Reachability(obstacle, str(refusal or ""), answer.status_code, offset)


def _offset_seconds(date: str, sent_at: float, received_at: float) -> float | None:
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return None
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    # Only whole seconds are told, of some moment between sending and receiving.
    earliest, latest = told.timestamp(), told.timestamp() + 1.0
    if sent_at > latest:
        return sent_at - latest
    if received_at < earliest:
        return received_at - earliest
    return 0.0


def _obstacle(error: BaseException) -> Obstacle:
    if isinstance(error, httpx.ProxyError):
        return Obstacle.PROXY
    causes = _causes(error)
    for kind, obstacle in (
        (ssl.SSLError, Obstacle.TLS),
        (socket.gaierror, Obstacle.NAME),
        (httpx.TimeoutException, Obstacle.TIMEOUT),
        (ConnectionRefusedError, Obstacle.REFUSED),
    ):
        if any(isinstance(cause, kind) for cause in causes):
            return obstacle
    return Obstacle.OTHER


def _causes(error: BaseException | None) -> list[BaseException]:
    """An error and all that led to it, those of attempts side by side as well."""
    if error is None:
        return []
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    found = [error]
    for cause in (error.__cause__ or error.__context__, *inner):
        found += _causes(cause)
    return found

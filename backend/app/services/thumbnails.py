"""Pictures: fetched once, kept on disk, served for ever."""

import asyncio
import secrets
from pathlib import Path

from app.core import security
from app.core.errors import UpstreamError, UpstreamThrottled
from app.services.enrichment.ports import ThumbnailSource
from app.services.lanes import LaneLimiter, LaneName, LaneReport
from app.services.rate_limiter import Outcome, Permit, Priority, Wait

# A browser shows its own placeholder and asks again; nobody waits longer for a picture.
_MAX_WAIT_SECONDS = 15.0


class ThumbnailService:
    """Keeps pictures.

    Args:
        source: Where they come from.
        limiter: The pace of their lane.
        directory: Where they are kept.
        key: Signs their addresses.
    """

    def __init__(
        self, *, source: ThumbnailSource, limiter: LaneLimiter, directory: Path, key: str
    ) -> None:
        self._source = source
        self._limiter = limiter
        self._directory = directory
        self._key = key
        self._in_flight: dict[str, asyncio.Task[Path | None]] = {}

    async def get(self, youtube_id: str, signature: str) -> Path | None:
        """The file of a picture, or None if there is none to be had now.

        Args:
            youtube_id: 11 characters.
            signature: From the address; anything but ours is as if there were no picture.
        """
        expected = security.sign_thumbnail(youtube_id, self._key)
        if not security.is_same(expected, signature):
            return None
        path = self._path(youtube_id)
        if path.exists():
            return path
        task = self._in_flight.get(youtube_id)
        if task is None:
            task = asyncio.create_task(self._fetch(youtube_id, path))
            self._in_flight[youtube_id] = task
            task.add_done_callback(lambda _task: self._in_flight.pop(youtube_id, None))
        # Shielded: when one browser goes away, the others still want the picture.
        return await asyncio.shield(task)

    def _path(self, youtube_id: str) -> Path:
        # Named by its hex form, because file systems may not tell upper from lower case.
        name = youtube_id.encode().hex()
        return self._directory / name[:2] / f"{name}.jpg"

    async def _fetch(self, youtube_id: str, path: Path) -> Path | None:
        permit = await self._acquire()
        if permit is None:
            return None
        data, report = await self._ask(youtube_id, permit)
        await self._limiter.report_now(report)
        if not data:
            return None
        await asyncio.to_thread(_write, path, data)
        return path

    async def _ask(self, youtube_id: str, permit: Permit) -> tuple[bytes | None, LaneReport]:
        lane = LaneName.THUMBNAIL
        try:
            data = await self._source.fetch(youtube_id)
        except UpstreamThrottled as throttled:
            return None, LaneReport(
                lane,
                permit,
                Outcome.THROTTLED,
                retry_after_seconds=throttled.retry_after_seconds,
                pause_seconds=throttled.pause_seconds,
                reason_code=throttled.code,
            )
        except UpstreamError:
            return None, LaneReport(lane, permit, Outcome.FAILED)
        return data, LaneReport(lane, permit, Outcome.OK)

    async def _acquire(self) -> Permit | None:
        waited = 0.0
        while isinstance(
            answer := await self._limiter.acquire_now(LaneName.THUMBNAIL, Priority.INTERACTIVE),
            Wait,
        ):
            delay = max(0.05, answer.until - await self._limiter.now())
            waited += delay
            if waited > _MAX_WAIT_SECONDS:
                return None
            await asyncio.sleep(delay)
        await asyncio.sleep(max(0.0, answer.send_at - await self._limiter.now()))
        return answer


def _write(path: Path, data: bytes) -> None:
    """Write a file so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{secrets.token_hex(4)}.part")
    partial.write_bytes(data)
    partial.replace(path)

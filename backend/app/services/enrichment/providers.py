"""Where captions come from, one after the other, until one has them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any, Protocol

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode
from app.models import JobKind
from app.repositories import enrichments
from app.services.enrichment.captions import CaptionTrack
from app.services.enrichment.ports import Extraction
from app.services.enrichment.settling import CaptionSettler
from app.services.enrichment.stages import defer_next
from app.services.job_queue import JobQueue, QueuedJob

_PROVIDER = "provider"


class ProviderName(StrEnum):
    """Every provider; their order is a setting."""

    YOUTUBE_MANUAL = "youtube_manual"
    YOUTUBE_AUTO = "youtube_auto"
    WHISPER = "whisper"


class CaptionProvider(Protocol):
    """One place captions can come from."""

    def plan(self, found: Extraction) -> dict[str, Any] | None:
        """What is needed once it is this provider's turn, as plain data; None if it has nothing."""

    async def begin(self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode) -> ErrorCode | None:
        """Take a video on: defer the step that ends in captions or in ``CaptionChain.go_on``.

        Args:
            unit: The transaction that stores the result of the step before.
            job: The step before.
            code: Why the providers before had nothing.

        Returns:
            None if it is taken on; otherwise why there are still no captions.
        """


class YouTubeTracks:
    """The caption files of YouTube's: those that people wrote, or the others.

    Args:
        queue: Where the fetching is deferred.
        is_manual: Which of the two.
    """

    def __init__(self, queue: JobQueue, *, is_manual: bool) -> None:
        self._queue = queue
        self._is_manual = is_manual

    def plan(self, found: Extraction) -> dict[str, Any] | None:
        """See ``CaptionProvider``."""
        track = found.manual_track if self._is_manual else found.other_track
        return asdict(track) if track else None

    async def begin(self, unit: UnitOfWork, job: QueuedJob, _code: ErrorCode) -> ErrorCode | None:
        """See ``CaptionProvider``."""
        await defer_next(self._queue, unit, job, JobKind.CAPTIONS)
        return None


class CaptionChain:
    """Asks one provider after the other; what is left to ask is kept with the video.

    Args:
        providers: In the order in which they are asked.
        settler: Told when all had nothing.
    """

    def __init__(
        self, providers: Mapping[ProviderName, CaptionProvider], settler: CaptionSettler
    ) -> None:
        self._providers = providers
        self._settler = settler

    async def start(self, unit: UnitOfWork, job: QueuedJob, found: Extraction) -> None:
        """Begin with the first provider that has something."""
        steps = [
            {_PROVIDER: name.value, **plan}
            for name, provider in self._providers.items()
            if (plan := provider.plan(found)) is not None
        ]
        code = ErrorCode.CAPTIONS_LOCKED if found.captions_locked else ErrorCode.CAPTIONS_NONE
        await self._begin(unit, job, steps, code)

    async def go_on(
        self, unit: UnitOfWork, job: QueuedJob, after: ProviderName | None, code: ErrorCode
    ) -> None:
        """A provider is known to have nothing: ask those after it.

        Args:
            unit: The transaction that stores this.
            job: The provider's step.
            after: Which provider; None is the one whose turn it was.
            code: Why it had nothing.
        """
        steps = await enrichments.caption_steps(unit.session, job.video_id)
        while steps:
            name = steps.pop(0).get(_PROVIDER)
            if after is None or name == after:
                break
        await self._begin(unit, job, steps, code)

    async def _begin(
        self, unit: UnitOfWork, job: QueuedJob, steps: Sequence[dict[str, Any]], code: ErrorCode
    ) -> None:
        for index, step in enumerate(steps):
            provider = self._providers.get(ProviderName(step[_PROVIDER]))
            if provider is None:
                continue
            # Before the provider is told, which may settle for now and still leave these to be asked.
            left = {"caption_track": list(steps[index:])}
            await enrichments.store(unit.session, job.video_id, left)
            refused = await provider.begin(unit, job, code)
            if refused is None:
                return
            code = refused
        await self._settler.without(unit, job, code)


def track_of(steps: Sequence[dict[str, Any]]) -> CaptionTrack | None:
    """The track whose turn it is, if it is one's."""
    if not steps or steps[0].get(_PROVIDER) == ProviderName.WHISPER:
        return None
    return CaptionTrack(**{name: value for name, value in steps[0].items() if name != _PROVIDER})

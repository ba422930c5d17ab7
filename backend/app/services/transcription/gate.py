"""Whether the next part may be sent: the budget, the upstream's quota, and the lane's pace."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, QuotaReached
from app.services.rate_limiter import Permit, Priority
from app.services.transcription.ports import QuotaLevel


@dataclass(frozen=True, slots=True)
class Admission:
    """A part may be sent: everything it costs is reserved.

    Args:
        permit: Of the lane.
        usage_id: What was written down as spent.
        billed_ms: How much.
        admitted_at: When, in seconds of the lanes' clock.
    """

    permit: Permit
    usage_id: str
    billed_ms: int
    admitted_at: float


@dataclass(frozen=True, slots=True)
class NotYet:
    """A part has to wait.

    Args:
        wait_seconds: How long at least.
        code: ``transcription_budget`` if it waits for the budget; None if for the upstream.
    """

    wait_seconds: float
    code: ErrorCode | None


class TranscriptionGate:
    """Grants leave to send parts; all in the lane's row and the usage's rows, so for all processes."""

    async def admit(
        self,
        unit: UnitOfWork,
        *,
        priority: Priority,
        video_id: str,
        import_id: str | None,
        duration_seconds: float,
        ignores_budget: bool,
    ) -> Admission | NotYet:
        """Ask to send a part, inside the caller's transaction; what it costs counts from here on.

        Args:
            unit: The transaction.
            priority: Who waits for it.
            video_id: Of which video it is.
            import_id: Which import brought that.
            duration_seconds: How long the part is.
            ignores_budget: A person wants it at any price.
        """
        raise NotImplementedError

    async def give_back(self, unit: UnitOfWork, admission: Admission) -> None:
        """The part was not billed."""
        raise NotImplementedError

    async def correct(self, unit: UnitOfWork, reached: QuotaReached) -> None:
        """The upstream said that a quota is used up."""
        raise NotImplementedError

    async def observe(self, unit: UnitOfWork, levels: Sequence[QuotaLevel]) -> None:
        """An answer came: whoever transcribes is set up rightly, and the quotas are as it says.

        Args:
            unit: The transaction that stores the answer.
            levels: ``Heard.levels``, which may be empty.
        """
        raise NotImplementedError

    async def stop(self, unit: UnitOfWork, code: ErrorCode) -> None:
        """Whoever transcribes is not set up rightly (``TranscriberNotReady``): nothing is sent now.

        One part is let through when the settings have changed, or every six hours.
        """
        raise NotImplementedError

    async def begin(self, unit: UnitOfWork) -> None:
        """A process starts; what was wrong is forgotten if the settings are others than before."""
        raise NotImplementedError

    async def problem(self, session: AsyncSession) -> ErrorCode | None:
        """What has to be put right in the settings."""
        raise NotImplementedError

    async def budget_wait_seconds(
        self, session: AsyncSession, duration_seconds: float, *, video_id: str | None = None
    ) -> float | None:
        """How long until the budget allows to begin with a sound this long; None if it does now.

        What other transcripts under way still need is counted as spent, so that no more sounds are
        fetched than can be transcribed.

        Args:
            session: A session.
            duration_seconds: How long the sound is.
            video_id: Whose it is: its own transcript under way is left out.
        """
        raise NotImplementedError

    async def expected_seconds(self, session: AsyncSession, duration_seconds: float) -> float:
        """About when a sound this long would be transcribed if it were next, in seconds from now."""
        raise NotImplementedError

"""How captions are made from the sound here, and what was spent."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories import lanes as lane_rows
from app.repositories import transcription_usage as usage_rows
from app.schemas.transcription import CapOut, TranscriptionStatusOut
from app.services.transcription.budget import MS_PER_MINUTE, day_of, month_of, next_day, next_month
from app.services.transcription.estimates import TranscriptionEstimates
from app.services.transcription.gate import TranscriptionGate
from app.services.transcription.terms import TranscriptionTerms

_MICROS = 1_000_000


class TranscriptionStatus:
    """Shows it.

    Args:
        terms: Who transcribes, for how much, and how much at most.
        gate: Knows what is wrong.
        estimates: Of what waits.
    """

    def __init__(
        self,
        terms: TranscriptionTerms,
        gate: TranscriptionGate,
        estimates: TranscriptionEstimates,
    ) -> None:
        self._terms = terms
        self._gate = gate
        self._estimates = estimates

    async def show(self, session: AsyncSession, user_id: str) -> TranscriptionStatusOut:
        """The whole of it; caps and costs are the installation's, what waits is the person's.

        Args:
            session: A session.
            user_id: Who asks.
        """
        terms = self._terms
        now = datetime.fromtimestamp(await lane_rows.clock(session), UTC)
        sums = await usage_rows.sums(session, day=day_of(now), month=month_of(now))
        waiting = await usage_rows.under_way_of_user(session, user_id)
        return TranscriptionStatusOut(
            provider=terms.provider,
            model=terms.model,
            problem_code=await self._gate.problem(session),
            price_per_hour=terms.price_per_hour,
            currency=terms.currency,
            max_minutes=None if terms.max_seconds is None else round(terms.max_seconds / 60),
            day=_cap(terms.caps.daily_ms, sums.day_ms, next_day(now)),
            month=_cap(terms.caps.monthly_ms, sums.month_ms, next_month(now)),
            cost_this_month=round(sums.month_cost_micros / _MICROS, 4),
            waiting=self._estimates.of_sound(waiting.left_seconds, videos=waiting.videos),
        )


def _cap(cap_ms: int | None, used_ms: int, resets_at: datetime) -> CapOut:
    return CapOut(
        cap_minutes=None if cap_ms is None else cap_ms / MS_PER_MINUTE,
        used_minutes=round(used_ms / MS_PER_MINUTE, 2),
        resets_at=resets_at,
    )

"""Whether the next part may be sent: the budget, the upstream's quota, and the lane's pace.

Everything is decided under the lock of the lane's row, which all processes share, so that caps and
quotas are exact however many of them work.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, QuotaReached
from app.core.identifiers import new_id
from app.models import JobKind
from app.repositories import lanes as lane_rows
from app.repositories import transcription_usage as usage_rows
from app.services.job_queue import JOB_COSTS
from app.services.lanes import LaneLimiter, LaneName
from app.services.pacing.quota import Quota, QuotaName, QuotaState, QuotaTerms
from app.services.rate_limiter import Permit, Priority, Wait
from app.services.transcription.budget import (
    Spent,
    billed_ms,
    cost_micros,
    day_of,
    month_of,
    part_waits_until,
    sound_waits_until,
)
from app.services.transcription.ports import CutPlan, QuotaLevel
from app.services.transcription.terms import TranscriptionTerms

_LANE = LaneName.GROQ
_NO_QUOTA = QuotaTerms({})
_MS_PER_SECOND = 1000
# Rights that were missing may come back without anybody changing a setting here (a bill that is paid, a
# model that is put in its place), so one part tries it now and then.
_STOPPED_SECONDS = 6 * 3600.0
# How long others wait for the answer of that one.
_TRIAL_SECONDS = 300.0
# A shorter wait for room is not worth telling anybody.
_WORTH_TELLING_SECONDS = 10.0
# What making captions takes beside waiting: fetching and cutting the sound, and hearing it. Groq hears
# about 200 times faster than people; a small model at home needs half of the time that people need.
_FETCH_SECONDS = 5.0
_SECONDS_PER_PART = 3.0
_HEARING_TIME = {"groq": 0.01, "local": 0.5, "off": 0.0}


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
    """Grants leave to send parts; all in the lane's row and the usage's rows, so for all processes.

    Args:
        limiter: Of the lanes.
        terms: The caps, the price and what the upstream allows.
    """

    def __init__(self, limiter: LaneLimiter, terms: TranscriptionTerms) -> None:
        self._limiter = limiter
        self._terms = terms

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
        quota = await self._hold(unit.session)
        now = await lane_rows.clock(unit.session)
        billed = billed_ms(duration_seconds)
        if not ignores_budget and (wait := await self._budget_wait(unit.session, now, billed)):
            return NotYet(wait, ErrorCode.TRANSCRIPTION_BUDGET)
        due_at = max(quota.due_at(now, billed / _MS_PER_SECOND), quota.state.stopped_until)
        if due_at > now:
            await self._wait(unit, quota, now, due_at)
            return NotYet(due_at - now, None)
        cost = JOB_COSTS[JobKind.TRANSCRIBE]
        answer = await self._limiter.acquire(unit, _LANE, priority, cost)
        if isinstance(answer, Wait):
            return NotYet(max(0.0, answer.until - now), None)
        quota.charge(now, billed / _MS_PER_SECOND)
        if quota.state.problem_code:
            quota.state.stopped_until = now + _TRIAL_SECONDS / self._terms.time_scale
        await self._save(unit, quota)
        usage_id = new_id()
        await usage_rows.add(
            unit.session,
            {
                "id": usage_id,
                "at": _moment(now),
                "video_id": video_id,
                "import_id": import_id,
                "billed_ms": billed,
                "cost_micros": cost_micros(billed, self._terms.price_per_hour),
            },
        )
        return Admission(answer, usage_id, billed, now)

    async def give_back(self, unit: UnitOfWork, admission: Admission) -> None:
        """The part was not billed."""
        quota = await self._hold(unit.session)
        now = await lane_rows.clock(unit.session)
        quota.give_back(now, admission.billed_ms / _MS_PER_SECOND, admission.admitted_at)
        await self._save(unit, quota)
        await usage_rows.remove(unit.session, admission.usage_id)

    async def correct(self, unit: UnitOfWork, reached: QuotaReached) -> None:
        """The upstream said that a quota is used up."""
        quota = await self._hold(unit.session)
        known = reached.limit in QuotaName.__members__.values()
        quota.refuse(
            await lane_rows.clock(unit.session),
            retry_after_seconds=reached.retry_after_seconds,
            name=QuotaName(reached.limit) if reached.limit and known else None,
            allowed=reached.allowed,
            used=reached.used,
        )
        await self._save(unit, quota, is_news=True)

    async def observe(self, unit: UnitOfWork, levels: Sequence[QuotaLevel]) -> None:
        """An answer came: whoever transcribes is set up rightly, and the quotas are as it says.

        Args:
            unit: The transaction that stores the answer.
            levels: ``Heard.levels``, which may be empty.
        """
        quota = await self._hold(unit.session)
        named = []
        for level in levels:
            name = quota.name_of(level.unit, level.allowed, level.remaining, level.reset_seconds)
            if name is not None and level.allowed is not None:
                named.append((name, level.allowed, level.remaining))
        quota.observe(await lane_rows.clock(unit.session), named)
        was_stopped = quota.state.problem_code is not None
        if was_stopped:
            quota.state.problem_code = None
            quota.state.stopped_until = quota.state.waits_until = 0.0
        await self._save(unit, quota, is_news=was_stopped)

    async def stop(self, unit: UnitOfWork, code: ErrorCode) -> None:
        """Whoever transcribes is not set up rightly (``TranscriberNotReady``): nothing is sent now.

        One part is let through when the settings have changed, or every six hours.
        """
        quota = await self._hold(unit.session)
        now = await lane_rows.clock(unit.session)
        quota.state.problem_code = code.value
        quota.state.stopped_until = now + _STOPPED_SECONDS / self._terms.time_scale
        await self._save(unit, quota, is_news=True)

    async def begin(self, unit: UnitOfWork) -> None:
        """A process starts; what was wrong is forgotten if the settings are others than before."""
        if not self._terms.is_on:
            # A process that was started without the settings of the others says nothing of theirs.
            return
        quota = await self._hold(unit.session)
        if quota.state.fingerprint != self._terms.fingerprint:
            # Another key is another account, so what is known of its quotas is nothing, too.
            quota.state = QuotaState(fingerprint=self._terms.fingerprint)
            await self._save(unit, quota, is_news=True)

    async def problem(self, session: AsyncSession) -> ErrorCode | None:
        """What has to be put right in the settings."""
        state = QuotaState.from_dict(await lane_rows.quota(session, _LANE))
        is_ours = state.fingerprint == self._terms.fingerprint
        return ErrorCode(state.problem_code) if state.problem_code and is_ours else None

    async def waits_until(self, session: AsyncSession) -> datetime | None:
        """Until when the upstream's quota lets nothing more be sent; None if it does now."""
        now = await lane_rows.clock(session)
        state = QuotaState.from_dict(await lane_rows.quota(session, _LANE))
        until = state.pause_until(now)
        return None if until is None or until <= now else _moment(until)

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
        now = await lane_rows.clock(session)
        until = sound_waits_until(
            self._terms.caps,
            await self._spent(session, now),
            await usage_rows.under_way_ms(session, video_id),
            billed_ms(duration_seconds),
            _moment(now),
        )
        return None if until is None else until.timestamp() - now

    async def expected_seconds(self, session: AsyncSession, duration_seconds: float) -> float:
        """About when a sound this long would be transcribed if it were next, in seconds from now."""
        now = await lane_rows.clock(session)
        quota = self._quota(await lane_rows.quota(session, _LANE))
        lanes = await self._limiter.outlook(session)
        begins_in = max(
            lanes[LaneName.MEDIA].pause_seconds + _FETCH_SECONDS,
            lanes[_LANE].pause_seconds,
            quota.state.stopped_until - now,
        )
        at = now + begins_in
        parts = max(1, math.ceil(duration_seconds / CutPlan().part_seconds))
        part_seconds = billed_ms(duration_seconds / parts) / _MS_PER_SECOND
        for _ in range(parts):
            at = max(at + _SECONDS_PER_PART, quota.due_at(at, part_seconds))
            quota.charge(at, part_seconds)
        return at - now + duration_seconds * _HEARING_TIME[self._terms.provider]

    # -- inside ----------------------------------------------------------------------------------

    async def _budget_wait(self, session: AsyncSession, now: float, part_ms: int) -> float | None:
        spent = await self._spent(session, now)
        until = part_waits_until(self._terms.caps, spent, part_ms, _moment(now))
        return None if until is None else until.timestamp() - now

    async def _spent(self, session: AsyncSession, now: float) -> Spent:
        caps, moment = self._terms.caps, _moment(now)
        if caps.daily_ms is None and caps.monthly_ms is None:
            return Spent()
        sums = await usage_rows.sums(session, day=day_of(moment), month=month_of(moment))
        return Spent(sums.day_ms, sums.month_ms)

    async def _wait(self, unit: UnitOfWork, quota: Quota, now: float, until: float) -> None:
        """Remember that something waits for room, for people to see."""
        is_told = abs(quota.state.waits_until - until) < 1.0
        if is_told or until - now < _WORTH_TELLING_SECONDS:
            return
        quota.state.waits_until = until
        await self._save(unit, quota, is_news=True)

    async def _hold(self, session: AsyncSession) -> Quota:
        return self._quota(await lane_rows.hold_quota(session, _LANE))

    def _quota(self, state: dict[str, object] | None) -> Quota:
        return Quota(self._terms.quota or _NO_QUOTA, QuotaState.from_dict(state))

    @staticmethod
    async def _save(unit: UnitOfWork, quota: Quota, *, is_news: bool = False) -> None:
        await lane_rows.save_quota(unit.session, _LANE, quota.state.to_dict())
        if is_news:
            unit.changes.lanes.add(_LANE)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

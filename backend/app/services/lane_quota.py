"""A lane whose upstream says what it allows, as people see it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.core.errors import ErrorCode
from app.services.pacing.quota import QuotaState
from app.services.rate_limiter import LanePhase, PacerView


def with_quota(
    view: PacerView, reason: str | None, quota: Mapping[str, Any] | None, now: float
) -> tuple[PacerView, str | None]:
    """A lane's pace and why it is so; a quota that is used up makes it pause, too.

    Args:
        view: Of its pacer.
        reason: Why that pauses or is slow.
        quota: ``QuotaState`` as plain data, where there is one.
        now: Seconds.
    """
    if not quota:
        return view, reason
    state = QuotaState.from_dict(quota)
    until = state.pause_until(now)
    if until is None or until <= (view.resumes_at or 0.0):
        return view, reason
    # What people read of the budget is true of the quota as well: it goes on when there is more again.
    code = state.problem_code or ErrorCode.TRANSCRIPTION_BUDGET
    return replace(view, phase=LanePhase.PAUSED, resumes_at=until), code

"""Measures a step of work, and notes what was in its way."""

import re
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from app.core.errors import ErrorCode, UpstreamError
from app.services.metrics.meter import Meter

Result = TypeVar("Result")

OK: Final = "ok"
# Its result could not be stored, so that it will be done again; or its process ended meanwhile.
_NOT_STORED: Final = "not_stored"
_INTERRUPTED: Final = "interrupted"
_UNEXPECTED: Final = "internal"


@dataclass(slots=True)
class MeasuredStep:
    """A step under way.

    Args:
        outcome: What came of it so far.
    """

    outcome: str = OK

    async def noting(self, work: Awaitable[Result]) -> Result:
        """Wait for something that may fail, and note how it did; the failure goes on."""
        try:
            return await work
        except Exception as error:
            self.outcome = outcome_of(error)
            raise


@contextmanager
def measured_step(meter: Meter, kind: str) -> Iterator[MeasuredStep]:
    """Count a step and how long it takes.

    Args:
        meter: Where it is counted.
        kind: Of the step.
    """
    step = MeasuredStep()
    started = time.monotonic()
    try:
        yield step
    except Exception:
        step.outcome = _NOT_STORED
        raise
    except BaseException:
        step.outcome = _INTERRUPTED
        raise
    finally:
        meter.count_step(kind, step.outcome, time.monotonic() - started)


def outcome_of(error: Exception) -> str:
    """A stable word for what was in the way: the code it carries, else its kind."""
    code = getattr(error, "code", None)
    if isinstance(code, ErrorCode):
        return code.value
    if not isinstance(error, UpstreamError):
        return _UNEXPECTED
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()

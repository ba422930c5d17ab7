"""Faults on demand: which request goes wrong, and how."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from standin.routing import KINDS

_STATUS = re.compile(r"status_([45]\d\d)(_retry_after|_quota)?")
LIMITS = ("RPM", "RPD", "ASPH", "ASPD")
NAMED = (
    "bot_check",
    "session_limit",
    "hang",
    "reset",
    "drip",
    "truncated",
    "empty",
    "garbage",
    "sorry_page",
    "sorry_redirect",
    "consent_page",
    "partial",
    "hallucination",
)


class FaultError(ValueError):
    """A fault or limit was asked for that does not exist."""


def check_fault_name(name: str) -> None:
    """Refuse a fault that does not exist.

    Raises:
        FaultError: If it does not.
    """
    if name not in NAMED and not _STATUS.fullmatch(name):
        raise FaultError(f"unknown fault {name!r}; there are status_4xx, status_5xx and {NAMED}")


def status_in(name: str) -> int | None:
    """Return the HTTP status in a fault's name, None where there is none."""
    match = _STATUS.fullmatch(name)
    return int(match[1]) if match else None


@dataclass(slots=True)
class FaultSpec:
    """A fault waiting for requests.

    Attributes:
        kind: Which requests it may hit (`*` for all).
        fault: What happens to them.
        retry_after_seconds: For faults that carry the header; also named in Groq's messages.
        video_id: Only requests about this video.
        probability: Share of the matching requests that are hit.
        count: So many are hit, then it is spent.
        duration_seconds: It ends so long after it was added.
        after: So many matching requests pass unharmed first.
        interval_seconds: Pause between the bytes of a drip.
        language: Language of the words of a bot check or session limit (`en` or `de`).
        limit: Which limit Groq's 429 and 413 speak of: `RPM`, `RPD`, `ASPH` or `ASPD`.
        seed: For what is left to chance.
    """

    kind: str = "*"
    fault: str = "status_500"
    retry_after_seconds: float | None = None
    video_id: str | None = None
    probability: float = 1.0
    count: int | None = None
    duration_seconds: float | None = None
    after: int = 0
    interval_seconds: float = 0.5
    language: str = "en"
    limit: str = "ASPH"
    seed: int = 1
    id: str = ""
    added_at: float = 0.0
    seen: int = 0
    hits: int = 0
    chance: random.Random = field(default_factory=random.Random, repr=False)

    @classmethod
    def of_json(cls, raw: dict[str, Any]) -> "FaultSpec":
        """Read a fault from the control API.

        Raises:
            FaultError: If something in it does not exist.
        """
        own = {"id", "added_at", "seen", "hits", "chance"}
        known = {entry.name for entry in fields(cls)} - own
        if unknown := set(raw) - known:
            raise FaultError(f"unknown {sorted(unknown)}; a fault has {sorted(known)}")
        spec = cls(**raw)
        check_fault_name(spec.fault)
        if spec.kind not in (*KINDS, "*"):
            raise FaultError(f"kind must be one of {KINDS} or *")
        if spec.limit not in LIMITS:
            raise FaultError(f"limit must be one of {LIMITS}")
        return spec

    def as_json(self) -> dict[str, Any]:
        """Return the fault as the control API shows it."""
        hidden = {"chance"}
        return {e.name: getattr(self, e.name) for e in fields(self) if e.name not in hidden}


class Faults:
    """All faults, in the order they were added; the first that fits is taken."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._added = 0
        self._specs: dict[str, FaultSpec] = {}

    def add(self, spec: FaultSpec) -> str:
        """Arm a fault and return its id."""
        self._added += 1
        spec.id = f"f{self._added}"
        spec.added_at = self._clock()
        spec.chance = random.Random(spec.seed)  # noqa: S311 - repeatable on purpose
        self._specs[spec.id] = spec
        return spec.id

    def all(self) -> list[FaultSpec]:
        """Return all faults, spent ones too."""
        return list(self._specs.values())

    def remove(self, fault_id: str) -> bool:
        """Disarm a fault; tell whether there was one."""
        return self._specs.pop(fault_id, None) is not None

    def clear(self) -> None:
        """Disarm all faults."""
        self._specs.clear()

    def pick(self, kind: str, video_id: str | None) -> FaultSpec | None:
        """Return the fault that hits a request arriving now, if any."""
        for spec in list(self._specs.values()):
            if self._matches(spec, kind, video_id) and self._hits(spec):
                return spec
        return None

    def _matches(self, spec: FaultSpec, kind: str, video_id: str | None) -> bool:
        if spec.kind not in (kind, "*"):
            return False
        if spec.video_id is not None and spec.video_id not in (video_id or "").split(","):
            return False
        age = self._clock() - spec.added_at
        return spec.duration_seconds is None or age < spec.duration_seconds

    def _hits(self, spec: FaultSpec) -> bool:
        spec.seen += 1
        if spec.seen <= spec.after or (spec.count is not None and spec.hits >= spec.count):
            return False
        if spec.probability < 1 and spec.chance.random() >= spec.probability:
            return False
        spec.hits += 1
        return True

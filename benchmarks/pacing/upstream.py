"""A hidden limit, and an oracle that knows it."""

import math
import random
from collections import deque
from dataclasses import dataclass
from functools import cache

from app.services.rate_limiter import Outcome
from benchmarks.pacing.scenarios import Scenario

SLOWEST, FASTEST = 0.25, 2.5
# Nobody has more than this many requests a second on the way.
_ORACLE_MAX_RATE = 18.0
_ORACLE_STEP_SECONDS = 0.5
_LIE_SECONDS = 5.0
# A ban is forgotten after this time without another one.
_FORGIVEN_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request brought.

    Attributes:
        outcome: As the pacer is told.
        retry_after_seconds: What the upstream named.
        latency_seconds: How long it took.
    """

    outcome: Outcome
    retry_after_seconds: float | None
    latency_seconds: float


class Limit:
    """What is tolerated when.

    Args:
        scenario: How it changes.
        seed: How fast it is, from 0.25 to 2.5 a second: the golden ratio spreads seeds evenly.
        requests: How many are to be sent: durations depend on it.
    """

    def __init__(self, scenario: Scenario, seed: int, requests: int) -> None:
        part = (seed * (math.sqrt(5) - 1) / 2) % 1.0
        self.nominal = SLOWEST * (FASTEST / SLOWEST) ** part
        self.duration = requests / self.nominal
        self.outage: tuple[float, float] | None = None
        if scenario.outage_at is not None:
            start = scenario.outage_at * self.duration
            self.outage = start, start + scenario.outage_seconds
        self._scenario = scenario
        chance = random.Random(seed)
        self._waves = [
            (weight, self.duration * length, chance.uniform(0, 2 * math.pi))
            for weight, length in ((0.6, 0.7), (0.4, 0.13))
        ]

    def at(self, now: float) -> float:
        """Return requests a second.

        Args:
            now: Seconds.
        """
        rate = self.nominal
        for part, factor in self._scenario.steps:
            if now >= part * self.duration:
                rate = self.nominal * factor
        if self.outage and 0 <= now - self.outage[1] < self._scenario.wary_seconds:
            rate *= 0.5
        if self._scenario.swing:
            wave = sum(
                weight * math.sin(2 * math.pi * now / length + phase)
                for weight, length, phase in self._waves
            )
            rate *= 1 + self._scenario.swing * wave
        return rate


class Upstream:
    """Answers requests, which have to come in the order of time.

    Args:
        scenario: What it does.
        seed: For speed and chance.
        requests: How many are to be sent.
    """

    def __init__(self, scenario: Scenario, seed: int, requests: int) -> None:
        self.limit = Limit(scenario, seed, requests)
        self.penalties: list[tuple[float, float]] = []
        self._scenario = scenario
        self._chance = random.Random(seed + 1)
        self._tokens, self._filled_at = float(scenario.burst), 0.0
        self._accepted: deque[float] = deque()
        self._outage_end = self.limit.outage[1] if self.limit.outage else 0.0
        self._banned_until = self._last_ban_at = 0.0
        self._bans = 0

    def ask(self, now: float) -> Answer:
        """Send one request.

        Args:
            now: Seconds.
        """
        latency = min(8.0, 0.55 * math.exp(0.5 * self._chance.gauss(0, 1)))
        wait = self._refused_for(now)
        if wait is not None:
            return Answer(Outcome.THROTTLED, self._named(wait), latency * 0.4)
        if self._chance.random() < self._scenario.failures:
            return Answer(Outcome.FAILED, None, latency)
        return Answer(Outcome.OK, None, latency)

    def _refused_for(self, now: float) -> float | None:
        if self.limit.outage and self.limit.outage[0] <= now < self._outage_end:
            self._outage_end += self._scenario.outage_extended_seconds
            self._note_penalty(self.limit.outage[0], self._outage_end)
            return self._outage_end - now
        if now < self._banned_until:
            return self._ban(now)
        wait = self._over_limit_for(now)
        return None if wait is None else max(wait, self._ban(now))

    def _over_limit_for(self, now: float) -> float | None:
        rate, window = self.limit.at(now), self._scenario.window_seconds
        if window is None:
            filled = (now - self._filled_at) * self.limit.at((now + self._filled_at) / 2)
            self._tokens = min(self._scenario.burst, self._tokens + filled)
            self._filled_at = now
            if self._tokens < 1:
                return (1 - self._tokens) / rate
            self._tokens -= 1
            return None
        while self._accepted and self._accepted[0] <= now - window:
            self._accepted.popleft()
        if len(self._accepted) >= max(2, rate * window):
            return self._accepted[0] + window - now
        self._accepted.append(now)
        return None

    def _ban(self, now: float) -> float:
        scenario = self._scenario
        if not scenario.ban_seconds:
            return 0.0
        if now - self._last_ban_at > _FORGIVEN_SECONDS:
            self._bans = 0
        seconds = scenario.ban_seconds * scenario.ban_growth ** min(self._bans, 40)
        self._bans += 1
        self._last_ban_at = now
        self._banned_until = max(self._banned_until, now + min(seconds, scenario.ban_max_seconds))
        self._note_penalty(now, self._banned_until)
        return self._banned_until - now

    def _note_penalty(self, start: float, end: float) -> None:
        if self.penalties and self.penalties[-1][1] >= start:
            start, _ = self.penalties.pop()
        self.penalties.append((start, end))

    def _named(self, wait: float) -> float | None:
        kind = self._scenario.retry_after
        if not kind or (kind == "half" and self._chance.random() < 0.5):
            return None
        return _LIE_SECONDS if kind == "lie" else float(math.ceil(max(1.0, wait)))


@cache
def oracle_seconds(scenario: Scenario, seed: int, requests: int) -> float:
    """Return how long it takes at least, for who knows the limit at every moment.

    Args:
        scenario: What the upstream does.
        seed: Its speed.
        requests: How many have to go well.
    """
    limit = Limit(scenario, seed, requests)
    left, now, step = requests / (1 - scenario.failures), 0.0, _ORACLE_STEP_SECONDS
    tokens, in_window = float(scenario.burst), 0.0
    sent: deque[float] = deque()
    while left > 0:
        rate = limit.at(now)
        is_out = limit.outage is not None and limit.outage[0] <= now < limit.outage[1]
        tokens = min(scenario.burst, tokens + rate * step)
        room = tokens
        if scenario.window_seconds is not None:
            room = max(2.0, rate * scenario.window_seconds) - in_window
        now_sent = 0.0 if is_out else max(0.0, min(room, _ORACLE_MAX_RATE * step, left))
        tokens -= now_sent
        if scenario.window_seconds is not None:
            sent.append(now_sent)
            in_window += now_sent
            if len(sent) > scenario.window_seconds / step:
                in_window -= sent.popleft()
        left -= now_sent
        now += step
    return now + 1.2

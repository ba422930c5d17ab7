"""One batch in virtual time: many videos of two requests each, and a few that a person adds."""

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.services.rate_limiter import Outcome, Permit, Priority
from benchmarks.pacing.limiters import Later, Limiter
from benchmarks.pacing.scenarios import Scenario
from benchmarks.pacing.upstream import Answer, Upstream, oracle_seconds

ADDED_VIDEOS = 6
# A batch that takes 12 times as long as it could, or throttles as often, is given up.
_GIVEN_UP_AFTER = 12
_MOST_THROTTLES = 4000


@dataclass(slots=True)
class Video:
    """Two requests that follow each other.

    Attributes:
        priority: Who waits for it.
        added_at: When it was asked for.
        requests_left: Until it is complete.
        attempts: Failures of the current request.
    """

    priority: Priority
    added_at: float
    requests_left: int = 2
    attempts: int = 0


@dataclass(slots=True)
class Run:
    """What came of a batch.

    Attributes:
        is_finished: Whether all videos are complete.
        goodput: The oracle's time by ours; what was done of it, if unfinished.
        throttles_per_1000: Per 1000 requests that went well.
        waits: Seconds from adding a single video until it was complete.
        recoveries: Seconds from the end of a penalty to 80 % of the limit.
    """

    is_finished: bool
    goodput: float
    throttles_per_1000: float
    waits: list[float]
    recoveries: list[float]


@dataclass(slots=True)
class _Progress:
    good_at: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    throttles: int = 0
    videos_left: int = 0


class Simulation:
    """Runs one batch.

    Args:
        scenario: What the upstream does.
        seed: For everything that is left to chance.
        videos: Size of the batch.
        limiter: Who paces it.
    """

    def __init__(self, scenario: Scenario, seed: int, videos: int, limiter: Limiter) -> None:
        self._requests = 2 * (videos + ADDED_VIDEOS)
        self._oracle = oracle_seconds(scenario, seed, self._requests)
        self._upstream = Upstream(scenario, seed, self._requests)
        self._limiter = limiter
        self._chance = random.Random(seed + 2)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._now = 0.0
        self._idle_workers = limiter.workers
        self._batch = deque(Video(Priority.BATCH, 0.0) for _ in range(videos))
        self._people: deque[Video] = deque()
        self._wakes_at = float("inf")
        self._progress = _Progress(videos_left=videos + ADDED_VIDEOS)

    def run(self) -> Run:
        """Run to the end."""
        for _ in range(ADDED_VIDEOS):
            at = self._chance.uniform(0.05, 0.9) * self._oracle
            self._at(at, partial(self._queue, Video(Priority.INTERACTIVE, at)))
        self._dispatch()
        progress, end = self._progress, _GIVEN_UP_AFTER * self._oracle + 3600
        while self._events and progress.videos_left and progress.throttles < _MOST_THROTTLES:
            self._now, _, step = heapq.heappop(self._events)
            if self._now > end:
                break
            step()
        return self._result(self._now if not progress.videos_left else end)

    def _at(self, at: float, step: Callable[[], None]) -> None:
        heapq.heappush(self._events, (at, next(self._order), step))

    def _queue(self, video: Video, *, first: bool = False) -> None:
        is_person = video.priority is Priority.INTERACTIVE and self._limiter.knows_people
        queue = self._people if is_person else self._batch
        (queue.appendleft if first else queue.append)(video)
        self._dispatch()

    def _wake(self, at: float) -> None:
        # A later alarm that an earlier one replaced would set off a chain of its own.
        if at == self._wakes_at:
            self._wakes_at = float("inf")
            self._dispatch()

    def _dispatch(self) -> None:
        while self._idle_workers and (queue := self._people or self._batch):
            answer = self._limiter.acquire(self._now, queue[0].priority)
            if isinstance(answer, Later):
                # Workers are not on time to the millisecond.
                at = max(answer.at, self._now + 0.001) + self._chance.uniform(0, 0.1)
                if at < self._wakes_at:
                    self._wakes_at = at
                    self._at(at, partial(self._wake, at))
                return
            self._idle_workers -= 1
            self._send(queue.popleft(), answer)

    def _send(self, video: Video, permit: Permit) -> None:
        arrives_at = permit.send_at + self._chance.uniform(0.02, 0.15)

        def arrive() -> None:
            answer = self._upstream.ask(self._now)
            self._at(self._now + answer.latency_seconds, lambda: self._done(video, permit, answer))

        self._at(arrives_at, arrive)

    def _done(self, video: Video, permit: Permit, answer: Answer) -> None:
        self._idle_workers += 1
        self._limiter.report(permit, self._now, answer.outcome, answer.retry_after_seconds)
        if answer.outcome is Outcome.FAILED:
            video.attempts += 1
            delay = min(30.0, 2.0**video.attempts)
            self._at(self._now + delay, lambda: self._queue(video, first=True))
        elif answer.outcome is Outcome.THROTTLED:
            self._progress.throttles += 1
            self._queue(video, first=True)
        else:
            self._progress.good_at.append(self._now)
            self._advance(video)
        self._dispatch()

    def _advance(self, video: Video) -> None:
        video.requests_left -= 1
        video.attempts = 0
        if video.requests_left:
            self._queue(video, first=True)
            return
        self._progress.videos_left -= 1
        if video.priority is Priority.INTERACTIVE:
            self._progress.waits.append(self._now - video.added_at)

    def _result(self, seconds: float) -> Run:
        progress = self._progress
        good = len(progress.good_at)
        is_finished = not progress.videos_left
        return Run(
            is_finished=is_finished,
            goodput=self._oracle / seconds * (1.0 if is_finished else good / self._requests),
            throttles_per_1000=1000 * progress.throttles / max(1, good),
            waits=progress.waits,
            recoveries=[
                self._recovery(end, seconds)
                for _, end in self._upstream.penalties
                if end < seconds - 60
            ],
        )

    def _recovery(self, since: float, end: float) -> float:
        """Seconds until as many requests went well as 80 % of the limit would be."""
        good_at = [at for at in self._progress.good_at if at >= since]
        length = max(20.0, 15.0 / self._upstream.limit.nominal)
        for index, start in enumerate(good_at):
            goal = 0.8 * self._upstream.limit.at(start + length / 2) * min(length, end - start)
            last = index + max(0, round(goal) - 1)
            if last < len(good_at) and good_at[last] <= start + length:
                return start - since
        return end - since

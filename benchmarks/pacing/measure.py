"""Compares limiters on all scenarios and prints."""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.pacing.limiters import Additive, Limiter, Ours, SemaphoreAndDelay
from benchmarks.pacing.scenarios import SCENARIOS
from benchmarks.pacing.simulation import Run, Simulation
from benchmarks.table import Result, aligned, seconds, show

# Videos of a batch, and how many upstreams of each kind it is tried on.
SEEDS = {200: 21, 1000: 8}
_FIRST_SEED = 1

Make = Callable[[int], Limiter]
_OURS: tuple[str, Make] = ("ours (PACE)", Ours)
_SEMAPHORE: tuple[str, Make] = ("semaphore 3 + delay 2 s", lambda _: SemaphoreAndDelay())
_FIXED: list[tuple[str, Make]] = [
    ("fixed 0.25/s, cool-down", lambda _: Additive(0.25, cool_down=60)),
    ("fixed 0.5/s, cool-down", lambda _: Additive(0.5, cool_down=60)),
    ("fixed 1/s, cool-down", lambda _: Additive(1.0, cool_down=60)),
]
_AIMD: list[tuple[str, Make]] = [
    ("AIMD +0.0003 x0.7", lambda _: Additive(0.5, 0.0003, 0.7, 30)),
    ("AIMD +0.001 x0.7", lambda _: Additive(0.5, 0.001, 0.7, 60)),
    ("AIMD +0.003 x0.5", lambda _: Additive(0.5, 0.003, 0.5, 60)),
]


@dataclass(frozen=True, slots=True)
class Score:
    """What a limiter reached on all scenarios.

    Attributes:
        goodput: The geometric mean of all runs.
        worst: The mean of the worst scenario.
        worst_name: Its name.
        throttles: The mean per 1000 requests.
        recovery: The median in seconds.
        finished: Part of the batches.
        wait: The median wait of a single added video in seconds.
    """

    goodput: float
    worst: float
    worst_name: str
    throttles: float
    recovery: float
    finished: float
    wait: float

    def cells(self, name: str) -> tuple[str, ...]:
        """Return its line of the table.

        Args:
            name: Whose it is.
        """
        return (
            name,
            f"{self.goodput:.2f}",
            f"{self.worst:.2f}",
            f"{self.throttles:.1f}",
            f"{self.recovery:.0f} s",
            f"{self.finished:.0%}",
            f"{self.wait:.1f} s",
            self.worst_name,
        )


def score(make: Make, videos: int, seeds: int) -> Score:
    """Run a limiter on every scenario.

    Args:
        make: Makes one for a seed.
        videos: Size of a batch.
        seeds: Upstreams per scenario.
    """
    runs: dict[str, list[Run]] = {}
    for scenario in SCENARIOS:
        runs[scenario.name] = [
            Simulation(scenario, seed, videos, make(seed)).run()
            for seed in range(_FIRST_SEED, _FIRST_SEED + seeds)
        ]
    every = [run for of_one in runs.values() for run in of_one]
    means = {name: statistics.mean(run.goodput for run in of) for name, of in runs.items()}
    worst_name = min(means, key=lambda name: means[name])
    return Score(
        goodput=math.exp(statistics.mean(math.log(max(run.goodput, 1e-3)) for run in every)),
        worst=means[worst_name],
        worst_name=worst_name,
        throttles=statistics.mean(run.throttles_per_1000 for run in every),
        recovery=_median([took for run in every for took in run.recoveries]),
        finished=statistics.mean(run.is_finished for run in every),
        wait=_median([wait for run in every for wait in run.waits]),
    )


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


def _plain(value: float) -> str:
    return f"{value:.2f}"


def _goals(videos: int, ours: Score, aimd: Score, semaphore: Score) -> list[Result]:
    least_goodput, longest_wait = {200: (0.66, 7.0), 1000: (0.77, 4.0)}[videos]
    over_aimd, over_semaphore = ours.goodput / aimd.goodput, ours.goodput / semaphore.goodput
    return [
        Result("goodput", ours.goodput, least_goodput, _plain, is_least=True),
        Result("goodput of the worst scenario", ours.worst, 0.58, _plain, is_least=True),
        Result("times the best AIMD", over_aimd, 1.3, _plain, is_least=True),
        Result("times semaphore and delay", over_semaphore, 1.5, _plain, is_least=True),
        Result("throttles per 1000 requests", ours.throttles, 7.0, _plain),
        Result("batches finished", ours.finished, 1.0, _plain, is_least=True),
        Result("wait of a single added video", ours.wait, longest_wait, seconds),
    ]


def _measure(videos: int, seeds: int) -> None:
    ours, semaphore = score(_OURS[1], videos, seeds), score(_SEMAPHORE[1], videos, seeds)
    tuned = [(name, score(make, videos, seeds)) for name, make in _AIMD]
    best_name, best = max(tuned, key=lambda one: one[1].goodput)
    lines = [(_OURS[0], ours), (f"{best_name} (best of {len(_AIMD)})", best)]
    lines += [(name, score(make, videos, seeds)) for name, make in _FIXED]
    lines.append((_SEMAPHORE[0], semaphore))
    head = ("", "goodput", "worst", "429/1000", "recovery", "finished", "wait", "worst scenario")
    print(f"\npacing: {videos} videos, {len(SCENARIOS)} kinds of upstream x {seeds} speeds\n")
    for line in aligned([head, *(result.cells(name) for name, result in lines)]):
        print(f"  {line}")
    show(f"pacing, {videos} videos: our pacer", _goals(videos, ours, best, semaphore))


async def run() -> None:
    """Measure both sizes and print."""
    for videos, seeds in SEEDS.items():
        _measure(videos, seeds)

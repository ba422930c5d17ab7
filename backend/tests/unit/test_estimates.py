"""How long an import still takes, honest and steady."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.services.estimates import LaneWork, SteadyEstimates, lane_seconds, remaining_seconds


def work(
    requests: int, rate: float = 0.5, pause: float = 0.0, competing: tuple[int, ...] = ()
) -> LaneWork:
    return LaneWork(requests, competing, rate, pause)


def test_an_import_alone_takes_its_requests_at_the_lanes_rate() -> None:
    assert lane_seconds(work(100)) == 200


def test_a_pause_comes_on_top_for_what_needs_the_lane_and_only_for_that() -> None:
    assert lane_seconds(work(100, pause=3600)) == 3800
    assert lane_seconds(work(0, pause=3600)) == 0


def test_batches_take_turns_so_a_small_import_waits_for_as_much_of_a_large_one() -> None:
    assert lane_seconds(work(10, competing=(1000,))) == 40
    assert lane_seconds(work(1000, competing=(10,))) == 2020


def test_the_slowest_lane_decides() -> None:
    assert remaining_seconds([work(100), work(10, pause=500), work(3)]) == 520
    assert remaining_seconds([]) == 0


def test_the_first_figure_is_shown_as_it_is_and_counts_down() -> None:
    steady = SteadyEstimates()

    assert steady.settle("a", 100, now=0) == 100
    assert steady.settle("a", 90, now=10) == 90


def test_noise_of_a_fifth_moves_the_shown_end_by_little() -> None:
    steady, noise = SteadyEstimates(), random.Random(7)
    ends = []
    for second in range(0, 600, 1):
        true_end = 1200.0
        raw = (true_end - second) * noise.uniform(0.8, 1.2)
        ends.append(second + steady.settle("a", raw, now=float(second)))

    steps = [abs(after - before) for before, after in pairwise(ends)]
    # Shown as "about 20 minutes": half a minute goes unseen.
    assert max(steps) < 15
    assert abs(ends[-1] - 1200) < 60


def test_an_hour_of_pause_is_said_at_once() -> None:
    steady = SteadyEstimates()
    steady.settle("a", 300, now=0)

    assert steady.settle("a", 3900, now=1) == 3900


def test_imports_do_not_disturb_each_other_and_one_that_is_over_is_forgotten() -> None:
    steady = SteadyEstimates()
    steady.settle("a", 1000, now=0)
    assert steady.settle("b", 10, now=0) == 10

    steady.forget("a")
    assert steady.settle("a", 990, now=1) == 990


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e4)), min_size=1, max_size=50))
def test_it_is_a_second_at_least_and_lies_between_the_old_and_the_new_figure(
    steps: list[tuple[float, float]],
) -> None:
    steady, now, shown_end = SteadyEstimates(), 0.0, None
    for raw, gap in steps:
        now += gap
        shown = steady.settle("a", raw, now)
        assert shown >= 1
        if shown_end is not None:
            low, high = sorted((shown_end, now + raw))
            assert low - 1e-6 <= now + shown <= max(high, now + 1) + 1e-6
        shown_end = now + shown

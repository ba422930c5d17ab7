"""Hidden limits, on a clock the test holds in its hand."""

import httpx
import pytest

from standin.faults import FaultError
from standin.limits import Limits, LimitSpec
from standin.server import StandIn


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def limits(clock: Clock, **spec: object) -> Limits:
    all_limits = Limits(clock)
    all_limits.set([LimitSpec.of_json(spec)])
    return all_limits


def accepted(all_limits: Limits, clock: Clock, count: int, every: float) -> int:
    passed = 0
    for _ in range(count):
        clock.now += every
        passed += all_limits.judge("player") is None
    return passed


def test_a_bucket_takes_a_burst_and_then_its_rate(clock: Clock) -> None:
    bucket = limits(clock, rate_per_second=2, burst=5)

    assert accepted(bucket, clock, 10, every=0) == 5
    assert accepted(bucket, clock, 20, every=0.5) == 20
    assert accepted(bucket, clock, 20, every=0.25) == 10


def test_a_window_takes_so_many_in_any_window(clock: Clock) -> None:
    window = limits(clock, model="window", rate_per_second=0.5, window_seconds=60)

    assert accepted(window, clock, 100, every=0.1) == 30
    clock.now += 60
    assert accepted(window, clock, 100, every=0.1) == 30


def test_a_penalty_grows_with_every_knock_and_fades_with_time(clock: Clock) -> None:
    spec = {"penalty_seconds": 10, "penalty_growth": 2, "retry_after": "honest"}
    punishing = limits(clock, rate_per_second=1, burst=1, **spec)
    assert punishing.judge("player") is None

    said = []
    for _ in range(3):
        refusal = punishing.judge("player")
        assert refusal is not None
        said.append(refusal.retry_after_seconds)

    assert said == [10, 20, 40]
    clock.now += 39
    assert punishing.judge("player") is not None
    clock.now += 81
    assert punishing.judge("player") is None


@pytest.mark.parametrize(
    ("mode", "expected"), [("none", {None}), ("honest", {2}), ("lie", {5}), ("half", {None, 2})]
)
def test_a_refusal_says_what_it_was_told_to_say(
    clock: Clock, mode: str, expected: set[int | None]
) -> None:
    bucket = limits(clock, rate_per_second=0.5, burst=1, retry_after=mode)
    bucket.judge("player")

    said = {refusal.retry_after_seconds for _ in range(30) if (refusal := bucket.judge("player"))}

    assert said == expected


def test_the_rate_can_change_on_the_way(clock: Clock) -> None:
    steps = [{"at_seconds": 100, "factor": 0.5}, {"at_seconds": 200, "factor": 1}]
    bucket = limits(clock, rate_per_second=1, burst=1, steps=steps)

    assert accepted(bucket, clock, 99, every=1) == 99
    assert 50 <= accepted(bucket, clock, 100, every=1) <= 52
    clock.now += 2
    assert accepted(bucket, clock, 50, every=1) == 50


def test_a_ban_refuses_everything_and_gets_longer_when_hammered(clock: Clock) -> None:
    bans = [{"at_request": 5, "duration_seconds": 60, "extends_seconds": 10}]
    banning = limits(clock, rate_per_second=100, burst=100, bans=bans)

    assert accepted(banning, clock, 5, every=1) == 5
    assert accepted(banning, clock, 3, every=1) == 0
    clock.now += 75
    assert banning.judge("player") is not None
    clock.now += 20
    assert banning.judge("player") is None


def test_a_limit_covers_only_its_kinds(clock: Clock) -> None:
    captions = limits(clock, kinds=["timedtext"], rate_per_second=1, burst=1)

    assert captions.judge("timedtext") is None
    assert captions.judge("timedtext") is not None
    assert captions.judge("player") is None


def test_kinds_can_share_one_budget(clock: Clock) -> None:
    shared = limits(clock, kinds=["watch", "player"], rate_per_second=1, burst=2)

    assert shared.judge("watch") is None
    assert shared.judge("player") is None
    assert shared.judge("watch") is not None


@pytest.mark.parametrize(
    "spec",
    [
        {"model": "sieve"},
        {"retry_after": "maybe"},
        {"kinds": ["mail"]},
        {"answer": "meteor"},
        {"steps": [{"factor": 2}]},
        {"colour": "red"},
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(spec: dict[str, object]) -> None:
    with pytest.raises(FaultError):
        LimitSpec.of_json(spec)


def test_a_limit_can_answer_as_a_session_limit_on_the_wire(stand_in: StandIn) -> None:
    stand_in.set_limits({"rate_per_second": 0.001, "burst": 1, "answer": "session_limit"})
    address = stand_in.url + "/watch?v=abcdefghijk"

    first, second = httpx.get(address), httpx.get(address)

    assert "try again later" not in first.text
    assert second.status_code == 200
    assert "try again later" in second.text
    assert [entry.fault for entry in stand_in.requests] == [None, "limit"]

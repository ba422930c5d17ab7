"""What a process counts, and what becomes of it when it can't be written."""

import pytest

from app.core.database import Changes
from app.core.errors import ErrorCode, LaneClosed, UpstreamFailed, UpstreamThrottled, VideoNotYet
from app.services.metrics.measuring import measured_step, outcome_of
from app.services.metrics.meter import Meter, as_rows, labels_of
from app.services.metrics.names import STAGE_SECONDS, STEP_SECONDS, STEPS


def test_a_duration_falls_into_the_bucket_of_the_next_bound() -> None:
    meter = Meter()
    for seconds in (0.05, 0.051, 10_000.0):
        meter.observe(STEP_SECONDS, seconds, kind="title")

    rows = as_rows(meter.take())

    buckets = {labels_of(labels)["le"]: n for (name, labels), n in rows.items() if "bucket" in name}
    assert buckets == {"0.05": 1, "0.1": 1, "+Inf": 1}
    assert rows[f"{STEP_SECONDS}_sum", '{"kind": "title"}'] == pytest.approx(10_000.101)


def test_what_was_taken_is_not_counted_twice_and_what_was_given_back_is_not_lost() -> None:
    meter = Meter()
    meter.count("a", kind="x")
    taken = meter.take()
    meter.count("a", kind="x")
    meter.give_back(taken)
    assert as_rows(meter.take()) == {("a", '{"kind": "x"}'): 2}
    assert meter.take() == {}


def test_labels_in_any_order_are_the_same_series() -> None:
    meter = Meter()
    meter.count("a", lane="x", outcome="y")
    meter.count("a", 2, outcome="y", lane="x")
    assert list(as_rows(meter.take()).values()) == [3]


def test_stages_are_counted_when_they_are_committed() -> None:
    meter = Meter()
    meter.on_commit(Changes(reached=[("metadata", 3.0)]))
    rows = as_rows(meter.take())
    assert rows[f"{STAGE_SECONDS}_sum", '{"stage": "metadata"}'] == 3.0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (UpstreamThrottled("x", code=ErrorCode.UPSTREAM_BLOCKED), "upstream_blocked"),
        (UpstreamFailed("x"), "upstream_failed"),
        (UpstreamFailed("x", code=ErrorCode.CAPTIONS_LOCKED), "captions_locked"),
        (LaneClosed("x"), "lane_closed"),
        (VideoNotYet(ErrorCode.VIDEO_UPCOMING), "video_upcoming"),
        (ValueError("x"), "internal"),
    ],
)
def test_every_outcome_has_a_stable_word(error: Exception, outcome: str) -> None:
    assert outcome_of(error) == outcome


def test_a_result_that_could_not_be_stored_is_no_success() -> None:
    meter = Meter()
    with pytest.raises(OSError, match="full"), measured_step(meter, "title"):
        raise OSError("full")
    assert (STEPS, '{"kind": "title", "outcome": "not_stored"}') in as_rows(meter.take())

"""Faults on demand, on the wire and as yt-dlp sees them."""

import time
from typing import Any

import httpx
import pytest

from standin.faults import FaultError
from standin.server import StandIn

WATCH = "/watch?v=abcdefghijk"
YOUTUBE = {"X-Standin-Host": "www.youtube.com"}


def get(stand_in: StandIn, target: str = WATCH, timeout: float = 5.0) -> httpx.Response:
    return httpx.get(stand_in.url + target, headers=YOUTUBE, timeout=timeout)


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_status_fault_answers_with_that_status(stand_in: StandIn, status: int) -> None:
    stand_in.add_fault(kind="watch", fault=f"status_{status}")

    answer = get(stand_in)

    assert answer.status_code == status
    assert "retry-after" not in answer.headers


def test_a_throttle_can_name_the_time_to_wait(stand_in: StandIn) -> None:
    stand_in.add_fault(kind="watch", fault="status_429_retry_after", retry_after_seconds=7)

    assert get(stand_in).headers["retry-after"] == "7"


def test_a_refused_player_answers_in_googles_json(stand_in: StandIn) -> None:
    stand_in.add_fault(kind="player", fault="status_429")

    answer = httpx.post(
        stand_in.url + "/youtubei/v1/player",
        json={"context": {"client": {"clientName": "VISIONOS"}}, "videoId": "abcdefghijk"},
        headers=YOUTUBE,
    )

    assert answer.json()["error"]["status"] == "RESOURCE_EXHAUSTED"


def test_a_reset_tears_the_connection_down_without_an_answer(
    stand_in: StandIn, raw_get: Any
) -> None:
    stand_in.add_fault(fault="reset")

    with pytest.raises(ConnectionResetError):
        raw_get(WATCH)


def test_a_hang_never_answers_and_ends_with_the_client(stand_in: StandIn) -> None:
    stand_in.add_fault(fault="hang")

    with pytest.raises(httpx.ReadTimeout):
        get(stand_in, timeout=0.3)

    assert stand_in.requests[0].status is None
    assert stand_in.requests[0].fault == "hang"


def test_a_truncated_answer_breaks_its_promise(stand_in: StandIn) -> None:
    stand_in.add_fault(fault="truncated")

    with pytest.raises(httpx.RemoteProtocolError):
        get(stand_in)


def test_a_drip_sends_so_slowly_that_no_read_ever_times_out(
    stand_in: StandIn, raw_get: Any
) -> None:
    stand_in.add_fault(kind="oembed", fault="drip", interval_seconds=0.001)
    target = "/oembed?url=https://www.youtube.com/watch?v=abcdefghijk"
    started = time.monotonic()

    received = raw_get(target, timeout=0.5)

    assert received.endswith(b"}")
    assert time.monotonic() - started > 0.5


def test_an_empty_answer_is_a_200_without_a_body(stand_in: StandIn) -> None:
    stand_in.add_fault(fault="empty")

    answer = get(stand_in)

    assert (answer.status_code, answer.content) == (200, b"")


def test_garbage_has_the_right_type_and_the_wrong_content(stand_in: StandIn) -> None:
    stand_in.add_fault(fault="garbage")

    answer = get(stand_in)

    assert answer.headers["content-type"].startswith("text/html")
    assert b"ytInitial" not in answer.content


def test_the_sorry_page_is_a_429_with_a_captcha(stand_in: StandIn) -> None:
    stand_in.add_fault(fault="sorry_page")

    answer = get(stand_in)

    assert answer.status_code == 429
    assert "unusual traffic" in answer.text


def test_a_fault_can_wait_and_then_end_by_count(stand_in: StandIn) -> None:
    stand_in.add_fault(kind="watch", fault="status_500", after=2, count=2)

    statuses = [get(stand_in).status_code for _ in range(6)]

    assert statuses == [200, 200, 500, 500, 200, 200]


def test_a_fault_can_be_about_one_video_only(stand_in: StandIn) -> None:
    stand_in.add_fault(fault="status_503", video_id="abcdefghijk")

    assert get(stand_in).status_code == 503
    assert get(stand_in, "/watch?v=ABCDEFGHIJK").status_code == 200


def test_a_fault_can_hit_a_share_of_requests_repeatably(stand_in: StandIn) -> None:
    def hits() -> list[bool]:
        stand_in.clear_faults()
        stand_in.add_fault(kind="watch", fault="status_500", probability=0.3, seed=4)
        return [stand_in.faults.pick("watch", None) is not None for _ in range(200)]

    first = hits()

    assert 40 <= first.count(True) <= 80
    assert hits() == first


def test_a_removed_fault_no_longer_hits(stand_in: StandIn) -> None:
    fault_id = stand_in.add_fault(fault="status_500")
    stand_in.remove_fault(fault_id)

    assert get(stand_in).status_code == 200


def test_a_fault_that_does_not_exist_is_refused(stand_in: StandIn) -> None:
    with pytest.raises(FaultError):
        stand_in.add_fault(fault="meteor")
    with pytest.raises(FaultError):
        stand_in.add_fault(kind="mail", fault="reset")
    with pytest.raises(FaultError):
        stand_in.add_fault(colour="red")


def test_a_bot_check_comes_with_200_and_reads_as_on_youtube(
    stand_in: StandIn, extract: Any
) -> None:
    stand_in.add_fault(fault="bot_check")

    outcome = extract("abcdefghijk")

    assert "Sign in to confirm you’re not a bot" in str(outcome.error)
    assert [entry.status for entry in stand_in.requests] == [200, 200]


def test_a_bot_check_can_speak_german(stand_in: StandIn, extract: Any) -> None:
    stand_in.add_fault(fault="bot_check", language="de")

    assert "dass du kein Bot bist" in str(extract("abcdefghijk").error)


def test_a_session_limit_can_speak_german(stand_in: StandIn, extract: Any) -> None:
    stand_in.add_fault(fault="session_limit", language="de")

    assert "Diese Inhalte sind derzeit nicht verfügbar" in str(extract("abcdefghijk").error)


def test_a_bot_check_on_the_player_alone_is_recognised_too(stand_in: StandIn, extract: Any) -> None:
    stand_in.add_fault(kind="player", fault="bot_check")

    assert "not a bot" in str(extract("abcdefghijk").error)


def test_a_session_limit_reads_as_on_youtube(stand_in: StandIn, extract: Any) -> None:
    stand_in.add_fault(fault="session_limit")

    message = str(extract("abcdefghijk").error)

    assert "This content isn't available, try again later" in message
    assert "rate-limited by YouTube for up to an hour" in message


def test_a_throttled_watch_page_makes_yt_dlp_send_next_as_well(
    stand_in: StandIn, extract: Any
) -> None:
    stand_in.add_fault(kind="watch", fault="status_429")

    extract("abcdefghijk")

    assert [e.kind for e in stand_in.requests] == ["watch", "next", "player"]
    assert [e.status for e in stand_in.requests] == [429, 200, 200]


@pytest.mark.parametrize("fault", ["status_429", "status_500", "reset", "truncated", "garbage"])
def test_a_player_that_fails_leaves_yt_dlp_without_formats(
    stand_in: StandIn, extract: Any, fault: str
) -> None:
    stand_in.add_fault(kind="player", fault=fault)

    outcome = extract("abcdefghijk", process=True)

    assert "No video formats found!" in str(outcome.error)
    assert stand_in.counts()["total"] == {"watch": 1, "player": 1}


def test_a_consent_page_is_not_taken_for_a_video_page(stand_in: StandIn, extract: Any) -> None:
    stand_in.add_fault(kind="watch", fault="consent_page")

    extract("abcdefghijk")

    assert [entry.kind for entry in stand_in.requests] == ["watch", "next", "player"]


def test_answers_can_be_late(stand_in: StandIn) -> None:
    stand_in.set_latency(0.2, ["watch"])

    started = time.monotonic()
    get(stand_in)
    waited = time.monotonic() - started
    get(stand_in, "/oembed?url=https://www.youtube.com/watch?v=abcdefghijk")

    assert waited >= 0.2
    assert time.monotonic() - started - waited < 0.15

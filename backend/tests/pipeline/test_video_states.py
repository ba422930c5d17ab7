"""Videos that can't be had, and videos that come later, each end in their own state."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import ErrorCode
from app.core.messages import message_for
from standin.server import StandIn
from tests.support.server import Client, until

FINAL = {
    "private": "video_private",
    "private_german": "video_private",
    "deleted": "video_deleted",
    "deleted_curly": "video_deleted",
    "deleted_german": "video_deleted",
    "account_terminated": "video_deleted",
    "members_only": "video_members_only",
    "age_restricted": "video_age_restricted",
    "geo_blocked": "video_geo_blocked",
    "geo_blocked_domain": "video_geo_blocked",
    "paid": "video_paid",
}
WAITING = {
    "upcoming": "video_upcoming",
    "premiere": "video_upcoming",
    "live": "video_live",
    "processing": "video_processing",
}
UNSURE = ("private_empty_reason", "placeholder", "other_id", "html_reason")
NAME = "statesofvid"


async def add(client: Client, standin: StandIn, availability: str, **scenario: Any) -> None:
    standin.set_scenario(NAME, availability=availability, **scenario)
    answer = await client.add(f"https://youtu.be/{NAME}")
    assert answer.status_code == 201


# What is judged here knows no database, so one of them will do.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ON_SQLITE
@pytest.mark.parametrize(("availability", "code"), FINAL.items())
async def test_a_video_that_can_not_be_had_says_why(
    client: Client, standin: StandIn, availability: str, code: str
) -> None:
    await add(client, standin, availability)

    (video,) = await client.until_settled()

    assert (video["import_stage"], video["error_code"]) == ("error", code)
    assert video["waiting_until"] is None
    found = (await client.http.get("/search", params={"q": NAME})).json()
    assert [result["video"]["id"] for result in found["results"]] == [video["id"]]
    assert all(message_for(ErrorCode(code), language) for language in ("de", "en"))  # type: ignore[arg-type]


@pytest.mark.parametrize(("availability", "code"), WAITING.items())
async def test_a_video_that_comes_later_waits_without_an_error(
    client: Client, standin: StandIn, availability: str, code: str
) -> None:
    await add(client, standin, availability)

    async def waiting() -> dict[str, Any] | None:
        (video,) = await client.videos()
        return video if video["error_code"] else None

    video = await until(waiting)
    assert (video["import_stage"] in ("created", "metadata"), video["error_code"]) == (True, code)
    assert video["waiting_until"] is not None

    async def ended() -> dict[str, Any] | None:
        (shown,) = (await client.http.get("/imports")).json()["items"]
        return shown if shown["state"] == "finished" else None

    shown = await until(ended)
    assert shown["eta_seconds"] is None
    assert (shown["summary"]["waiting"], shown["summary"]["later"]) == (1, 1)
    assert shown["summary"]["unavailable"] == {}

    standin.set_scenario(NAME, availability="ok", captions="auto")
    await client.http.post(f"/videos/{video['id']}/enrichment/retry")
    (video,) = await client.until_settled()
    assert (video["import_stage"], video["error_code"]) == ("complete", None)


async def test_a_premiere_waits_for_its_announced_time(client: Client, standin: StandIn) -> None:
    await add(client, standin, "upcoming", starts_in_seconds=7200)

    async def waiting() -> dict[str, Any] | None:
        (video,) = await client.videos()
        return video if video["waiting_until"] else None

    video = await until(waiting)
    # Announced times are round ones.
    later = datetime.fromisoformat(video["waiting_until"]) - datetime.now(UTC)
    assert timedelta(hours=1, minutes=58) < later < timedelta(hours=2, minutes=20)


async def test_an_overdue_premiere_completes_by_itself_once_it_is_out(
    client: Client, standin: StandIn
) -> None:
    await add(client, standin, "upcoming", starts_in_seconds=-3600)

    async def waiting() -> bool | None:
        (video,) = await client.videos()
        return True if video["error_code"] == "video_upcoming" else None

    await until(waiting)
    standin.set_scenario(NAME, availability="ok", captions="auto")

    (video,) = await client.until_settled()
    assert (video["import_stage"], video["error_code"]) == ("complete", None)
    assert video["captions_source"] == "youtube_auto"


@ON_SQLITE
@pytest.mark.parametrize("availability", UNSURE)
async def test_what_is_unsure_is_tried_again_later_and_never_called_dead(
    client: Client, standin: StandIn, availability: str
) -> None:
    await add(client, standin, availability)

    async def postponed() -> dict[str, Any] | None:
        (video,) = await client.videos()
        return video if video["waiting_until"] else None

    video = await until(postponed)
    assert video["import_stage"] != "error"
    assert video["error_code"] is None

    standin.set_scenario(NAME, availability="ok", captions="auto")
    (video,) = await client.until_settled()
    assert video["import_stage"] == "complete"
    assert video["title"] == standin.video(NAME).title


async def test_a_video_for_children_is_asked_for_once_more_and_complete(
    client: Client, standin: StandIn
) -> None:
    await add(client, standin, "made_for_kids", captions="auto")

    (video,) = await client.until_settled()

    assert (video["import_stage"], video["captions_source"]) == ("complete", "youtube_auto")
    assert standin.counts()["total"]["player"] == 2


@ON_SQLITE
@pytest.mark.parametrize("availability", ["upcoming", "live", "members_only", "geo_blocked"])
async def test_a_refusal_brings_the_title_while_the_cheap_lane_is_paused(
    client: Client, standin: StandIn, availability: str
) -> None:
    standin.add_fault(kind="oembed", fault="status_429_retry_after", retry_after_seconds=600)
    await add(client, standin, availability)

    async def told() -> dict[str, Any] | None:
        (video,) = await client.videos()
        return video if video["error_code"] else None

    video = await until(told)
    assert video["title"] == standin.video(NAME).title

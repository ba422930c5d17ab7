"""Undoing a whole import: while it runs, when it is over, and when it is too late."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.core.identifiers import new_id
from app.models import Job, PlaylistRead, Verdict, VideoImport
from app.services.import_undo import UNDO_TIME, undo_until
from app.services.list_service import create_list
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.api.test_import_life import ON_SQLITE, act, by_id, imported, items, shown
from tests.support.arranged import job_count, postpone_jobs, put
from tests.support.server import Client, RunningApp, until


async def other_list(client: Client, name: str = "Andere") -> str:
    created = await client.http.post("/lists", json={"name": name})
    list_id: str = created.json()["id"]
    return list_id


async def end(app: RunningApp, import_id: str, *, hours_ago: float) -> None:
    """Let an import have ended so long ago."""
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    async with app.runtime.database.write() as unit:
        await unit.session.execute(
            update(VideoImport)
            .where(VideoImport.id == import_id)
            .values(state="finished", finished_at=at)
        )


async def test_all_that_an_import_brought_goes_wherever_it_is_and_its_lines_stay(
    idle_client: Client, idle_app: RunningApp
) -> None:
    kept, (before,) = await imported(idle_client, 1, seed=2)
    text = f"{links(video_ids(6))}\n{before['youtube_id']}\nkein Link\n{video_ids(1)[0]}"
    body = (await idle_client.batch({"text": text})).json()
    import_id, videos = body["import_id"], body["videos"]
    done, gone, moved, stopped, *_ = (video["id"] for video in videos)
    await put(idle_app, done, "complete", title="Fertig")
    await put(idle_app, gone, "error", error_code="video_private")
    await put(idle_app, stopped, "metadata", error_code="video_upcoming")
    elsewhere = await other_list(idle_client)
    await idle_client.http.post("/videos/move", json={"video_ids": [moved], "list_id": elsewhere})
    running = await shown(idle_client, import_id)
    assert datetime.fromisoformat(running["undo_until"]) > datetime.now(UTC)

    answer = await act(idle_client, import_id, "undo")

    assert answer.status_code == 200, answer.text
    assert answer.json() == await shown(idle_client, import_id)
    assert (answer.json()["state"], answer.json()["undo_until"]) == ("undone", None)
    assert answer.json()["finished_at"] is not None
    assert answer.json()["summary"]["total"] == answer.json()["summary"]["waiting"] == 0
    assert answer.json()["counts"] == running["counts"]
    assert list(await by_id(idle_client)) == [before["id"]]
    assert await idle_client.videos(elsewhere) == []
    assert await job_count(idle_app) == 2, "those of the video that was there before"
    page = await items(idle_client, import_id)
    outcomes = page["outcomes"]
    assert (outcomes["removed"], outcomes["duplicate"]) == (6, 1)
    assert (outcomes["rejected"], outcomes["repeated"]) == (1, 1)
    assert sum(outcomes.values()) == page["total"] == sum(running["counts"].values())
    assert (await shown(idle_client, kept))["state"] == "running"


@pytest.mark.parametrize("before", ["pause", "cancel"])
async def test_nothing_more_can_be_done_with_an_import_that_was_undone(
    idle_client: Client, before: str
) -> None:
    import_id, _ = await imported(idle_client, 7)
    await act(idle_client, import_id, before)
    assert (await shown(idle_client, import_id))["undo_until"] is not None
    assert (await act(idle_client, import_id, "undo")).status_code == 200

    for what in ("pause", "resume", "cancel", "retry-failed", "undo"):
        answer = await act(idle_client, import_id, what)
        assert (answer.status_code, answer.json()["code"]) == (409, "import_is_over"), what
    assert (await shown(idle_client, import_id))["state"] == "undone"
    again, videos = await imported(idle_client, 7)
    assert again != import_id
    assert len(videos) == 7


async def test_an_import_can_be_undone_for_a_day_after_its_end(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, _ = await imported(idle_client, 2)
    await end(idle_app, import_id, hours_ago=24.1)
    assert (await shown(idle_client, import_id))["undo_until"] is None
    answer = await act(idle_client, import_id, "undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "undo_too_late")
    assert len(await idle_client.videos()) == 2

    await end(idle_app, import_id, hours_ago=23.9)
    ended = await shown(idle_client, import_id)
    left = datetime.fromisoformat(ended["undo_until"]) - datetime.now(UTC)
    assert timedelta(minutes=4) < left < timedelta(minutes=8)
    assert (await act(idle_client, import_id, "undo")).json()["state"] == "undone"
    assert await idle_client.videos() == []


def test_what_is_not_over_can_be_undone_for_longer_than_it_says_and_what_brought_nothing_not() -> (
    None
):
    began = datetime(2026, 1, 1, tzinfo=UTC)
    counts = {f"{verdict}_count": 0 for verdict in Verdict}
    row = VideoImport(**counts | {"new_count": 1}, state="running", created_at=began)
    for hours in (0, 1, 23, 24, 25, 100):
        now = began + timedelta(hours=hours)
        promised = undo_until(row, now)
        assert promised is not None
        assert now < promised <= now + UNDO_TIME, "it may end right now"
    nothing = VideoImport(**counts, state="finished", created_at=began, finished_at=began)
    assert undo_until(nothing, began) is None


async def test_who_waits_elsewhere_for_a_video_that_goes_does_not_wait_any_more(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 7)
    elsewhere = await other_list(idle_client)
    youtube_ids = [video["youtube_id"] for video in videos]
    copies = (await idle_client.batch({"urls": youtube_ids}, elsewhere)).json()["videos"]
    assert len(copies) == 7
    await postpone_jobs(idle_app, 3600)

    await act(idle_client, import_id, "undo")

    async with idle_app.runtime.database.read() as session:
        rows = (await session.execute(select(Job.kind, Job.run_at))).all()
    assert {kind for kind, _ in rows} == {"reuse"}
    assert len(rows) == 7
    assert max(run_at for _, run_at in rows) <= datetime.now(UTC).timestamp() + 5


async def test_lists_that_an_import_made_go_with_it_unless_something_else_is_in_them(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, _ = await imported(idle_client, 1)
    async with idle_app.runtime.database.write() as unit:
        user_id = (await idle_app.runtime.auth.ensure_owner(unit)).id
        made = [
            (await create_list(unit, user_id=user_id, name=name, made_by_import_id=import_id)).id
            for name in ("Leer", "Benutzt", "Liest noch")
        ]
        for list_id, by in zip(made[1:], (import_id, None), strict=True):
            unit.session.add(
                PlaylistRead(
                    id=new_id(),
                    list_id=list_id,
                    import_id=by,
                    source="playlist:PL1",
                    state="waiting",
                    run_at=0.0,
                )
            )
    used = (await idle_client.add(video_ids(1, seed=5)[0], made[1])).json()

    await act(idle_client, import_id, "undo")

    left = {entry["id"]: entry["name"] for entry in (await idle_client.http.get("/lists")).json()}
    assert set(left.values()) == {"Videothek", "Benutzt", "Liest noch"}
    assert [video["id"] for video in await idle_client.videos(made[1])] == [used["id"]]
    async with idle_app.runtime.database.read() as session:
        reads = (await session.scalars(select(PlaylistRead.list_id))).all()
    assert reads == [made[2]], "only what it was to read itself is forgotten"


async def test_nobody_undoes_somebody_elses_import(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    import_id, _ = await imported(owner, 2)

    answer = await act(stranger, import_id, "undo")

    assert (answer.status_code, answer.json()["code"]) == (404, "import_not_found")
    assert len(await owner.videos()) == 2


@pytest.mark.timeout(120)
async def test_what_is_in_flight_when_its_import_is_undone_is_dropped_without_a_word(
    app: RunningApp, client: Client, standin: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    standin.set_latency(0.2)
    elsewhere = await other_list(client)
    import_id, videos = await imported(client, 60)
    youtube_ids = [video["youtube_id"] for video in videos[:8]]
    await client.batch({"urls": youtube_ids}, elsewhere)

    async def some_are_done() -> bool | None:
        return (await shown(client, import_id))["summary"]["imported"] >= 5 or None

    await until(some_are_done)
    with caplog.at_level(logging.WARNING):
        assert (await act(client, import_id, "undo")).status_code == 200
        standin.set_latency(0.0)
        copies = await client.until_settled(60, elsewhere)

    assert [video["youtube_id"] for video in copies] == youtube_ids
    assert {video["import_stage"] for video in copies} == {"complete"}
    assert await client.videos() == []
    assert await job_count(app) == 0
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    undone = await shown(client, import_id)
    assert (undone["state"], undone["summary"]["total"]) == ("undone", 0)
    assert (await items(client, import_id))["outcomes"]["removed"] == 60


@ON_SQLITE
@pytest.mark.timeout(120)
async def test_ten_thousand_videos_are_undone_quickly(idle_client: Client) -> None:
    body = (await idle_client.batch({"text": links(video_ids(10_000))})).json()
    began = datetime.now(UTC)

    assert (await act(idle_client, body["import_id"], "undo")).status_code == 200

    assert datetime.now(UTC) - began < timedelta(seconds=5)
    outcomes = (await items(idle_client, body["import_id"]))["outcomes"]
    assert outcomes["removed"] == 10_000

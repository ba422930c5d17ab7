"""Pausing, resuming and cancelling an import; what became of each line; trying groups again."""

import asyncio
import csv
import io
from typing import Any

import httpx
import pytest

from tests.api.test_batch_import import links, video_ids
from tests.support.arranged import LONG_AGO, job_count, jobs_of, put
from tests.support.server import Client, RunningApp, progress_socket

# What is judged here knows no database, so one of them will do.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def imported(client: Client, count: int, seed: int = 1) -> tuple[str, list[dict[str, Any]]]:
    """A drop of so many videos, in the order of the input."""
    body = (await client.batch({"urls": video_ids(count, seed)})).json()
    return body["import_id"], body["videos"]


async def act(client: Client, import_id: str, what: str, **body: Any) -> httpx.Response:
    return await client.http.post(f"/imports/{import_id}/{what}", json=body or None)


async def shown(client: Client, import_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
    return found


async def items(client: Client, import_id: str, **query: Any) -> dict[str, Any]:
    answer = await client.http.get(f"/imports/{import_id}/items", params=query)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def by_id(client: Client, list_id: str | None = None) -> dict[str, dict[str, Any]]:
    return {video["id"]: video for video in await client.videos(list_id)}


# -- pausing ------------------------------------------------------------------------------------


async def test_a_paused_import_says_so_and_promises_no_end(idle_client: Client) -> None:
    import_id, _ = await imported(idle_client, 20)

    answer = await act(idle_client, import_id, "pause")

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["eta_seconds"]) == ("paused", None)
    assert answer.json() == await shown(idle_client, import_id)
    again = await act(idle_client, import_id, "pause")
    assert (again.status_code, again.json()) == (200, answer.json())
    resumed = await act(idle_client, import_id, "resume")
    assert (resumed.status_code, resumed.json()["state"]) == (200, "running")
    assert resumed.json()["eta_seconds"] is not None
    assert (await act(idle_client, import_id, "resume")).json()["state"] == "running"


async def test_what_is_paused_waits_for_no_lane_and_competes_with_no_import(
    idle_client: Client,
) -> None:
    paused = [(await imported(idle_client, 40, seed))[0] for seed in (1, 2)]
    other, _ = await imported(idle_client, 30, seed=3)
    beside = (await shown(idle_client, other))["eta_seconds"]
    for import_id in paused:
        await act(idle_client, import_id, "pause")

    lanes = {lane["name"]: lane for lane in (await idle_client.http.get("/lanes")).json()}
    assert lanes["player"]["waiting"] == lanes["oembed"]["waiting"] == 30
    # Two requests for each of its videos; beside the other two imports they took turns.
    alone = (await shown(idle_client, other))["eta_seconds"]
    assert beside == pytest.approx(3 * alone, rel=0.05)
    assert alone == pytest.approx(30 * 2 * 5.5 / 200, rel=0.05)


async def test_an_import_that_is_over_can_not_be_paused_resumed_or_cancelled(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, (video,) = await imported(idle_client, 1)
    await put(idle_app, video["id"], "complete")
    other, (gone,) = await imported(idle_client, 1, seed=2)
    await idle_client.http.delete(f"/videos/{gone['id']}")
    assert (await shown(idle_client, other))["state"] == "finished"

    for what in ("pause", "resume", "cancel"):
        answer = await act(idle_client, other, what)
        assert (answer.status_code, answer.json()["code"]) == (409, "import_is_over")
    await act(idle_client, import_id, "cancel")
    for what in ("pause", "resume"):
        # Cancelled when nothing was left of it: there is nothing to go on with.
        answer = await act(idle_client, import_id, what)
        assert (answer.status_code, answer.json()["code"]) == (409, "import_is_over")


async def test_a_paused_import_ends_when_its_last_video_is_gone(idle_client: Client) -> None:
    import_id, (first, second) = await imported(idle_client, 2)
    await act(idle_client, import_id, "pause")

    await idle_client.http.delete(f"/videos/{first['id']}")
    assert (await shown(idle_client, import_id))["state"] == "paused"
    await idle_client.http.delete(f"/videos/{second['id']}")
    assert (await shown(idle_client, import_id))["state"] == "finished"


async def test_a_paused_import_holds_its_premieres_too_and_ends_with_them_once_resumed(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, (done, premiere) = await imported(idle_client, 2)
    await put(idle_app, premiere["id"], "created", next_attempt_at=LONG_AGO)
    await act(idle_client, import_id, "pause")
    await put(idle_app, done["id"], "complete")
    await idle_client.http.delete(f"/videos/{done['id']}")
    assert (await shown(idle_client, import_id))["state"] == "paused"

    resumed = await act(idle_client, import_id, "resume")

    assert (resumed.json()["state"], resumed.json()["summary"]["later"]) == ("finished", 1)


# -- cancelling ---------------------------------------------------------------------------------


async def test_a_cancelled_import_keeps_its_videos_where_they_are_and_goes_on_from_there(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 6)
    done, titled, fetched, settled, premiere, new = (video["id"] for video in videos)
    track = {"url": "https://example.org", "ext": "json3", "language": "de", "kind": "auto"}
    await put(idle_app, done, "complete", title="Fertig", captions_source="youtube_auto")
    await put(idle_app, titled, "metadata", title="Titel")
    await put(idle_app, fetched, "metadata", title="Da", extracted_at=LONG_AGO, caption_track=track)
    await put(idle_app, settled, "captions", title="Fast", extracted_at=LONG_AGO)
    await put(idle_app, premiere, "created", error_code="video_upcoming", next_attempt_at=LONG_AGO)

    answer = await act(idle_client, import_id, "cancel")

    assert answer.status_code == 200
    assert answer.json()["state"] == "cancelled"
    assert answer.json()["finished_at"] is not None
    summary = answer.json()["summary"]
    assert (summary["imported"], summary["waiting"]) == (1, 5)
    assert (summary["stopped"], summary["later"]) == (5, 0)
    assert await job_count(idle_app) == 0
    rows = await by_id(idle_client)
    assert [
        (rows[v]["import_progress"], rows[v]["error_code"]) for v in (done, titled, settled)
    ] == [
        (100, None),
        (25, "import_cancelled"),
        (60, "import_cancelled"),
    ]
    assert all(row["waiting_until"] is None for row in rows.values())
    assert (await act(idle_client, import_id, "cancel")).json() == answer.json()

    resumed = await act(idle_client, import_id, "resume")

    assert resumed.json()["state"] == "running"
    assert resumed.json()["finished_at"] is None
    assert resumed.json()["summary"]["stopped"] == 0
    # Each goes on where it was; nothing that is known is asked for again.
    kinds = [[kind for kind, _ in await jobs_of(idle_app, video["id"])] for video in videos]
    assert kinds == [
        [],
        ["extract"],
        ["captions"],
        ["finish"],
        ["title", "extract"],
        ["title", "extract"],
    ]
    rows = await by_id(idle_client)
    assert {row["error_code"] for row in rows.values()} == {None}
    assert rows[settled]["import_progress"] == 60
    assert new in rows


async def test_what_a_cancelled_import_has_not_finished_can_be_removed_at_once_or_later(
    idle_client: Client, idle_app: RunningApp
) -> None:
    for at_once in (True, False):
        import_id, videos = await imported(idle_client, 3, seed=3 + at_once)
        await put(idle_app, videos[0]["id"], "complete")
        if not at_once:
            kept = await act(idle_client, import_id, "cancel", remaining="keep")
            assert kept.json()["summary"]["stopped"] == 2

        answer = await act(idle_client, import_id, "cancel", remaining="remove")

        assert answer.json()["state"] == "cancelled"
        assert answer.json()["summary"]["total"] == answer.json()["summary"]["imported"] == 1
        outcomes = (await items(idle_client, import_id))["outcomes"]
        assert (outcomes["imported"], outcomes["removed"]) == (1, 2)
        assert (await act(idle_client, import_id, "resume")).status_code == 409
    assert len(await idle_client.videos()) == 2
    assert await job_count(idle_app) == 0


async def test_one_stopped_video_is_tried_again_while_its_import_stays_cancelled(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 3)
    await act(idle_client, import_id, "cancel")

    answer = await idle_client.http.post(f"/videos/{videos[1]['id']}/enrichment/retry")

    assert answer.status_code == 202
    import_now = await shown(idle_client, import_id)
    assert (import_now["state"], import_now["eta_seconds"]) == ("cancelled", None)
    assert (import_now["summary"]["waiting"], import_now["summary"]["stopped"]) == (3, 2)
    rows = await by_id(idle_client)
    assert rows[videos[1]["id"]]["error_code"] is None
    assert await jobs_of(idle_app, videos[1]["id"]) == [("title", 0), ("extract", 0)]
    # And cancelled again, it stops again.
    again = await act(idle_client, import_id, "cancel")
    assert again.json()["summary"]["stopped"] == 3


@ON_SQLITE
async def test_what_may_be_said_of_the_remaining_videos_is_keep_or_remove(
    idle_client: Client,
) -> None:
    import_id, _ = await imported(idle_client, 1)
    for what, body in (
        ("cancel", {"remaining": "burn"}),
        ("retry-failed", {"outcome": "imported"}),
        ("retry-failed", {"outcome": 5}),
    ):
        answer = await act(idle_client, import_id, what, **body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


# -- trying a group again -----------------------------------------------------------------------


async def test_each_group_of_an_import_can_be_tried_again(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 5)
    done, silent, gone, half_gone, later = (video["id"] for video in videos)
    await put(idle_app, done, "complete", title="A", captions_source="youtube_auto")
    await put(idle_app, silent, "complete", title="B", captions_source="none")
    await put(idle_app, gone, "error", error_code="video_private")
    await put(idle_app, half_gone, "metadata", title="C")
    await put(idle_app, half_gone, "error", error_code="video_deleted")
    await put(idle_app, later, "metadata", error_code="video_upcoming", next_attempt_at=LONG_AGO)

    answer = await act(idle_client, import_id, "retry-failed")
    assert (answer.status_code, answer.json()) == (202, {"retried": 2})
    rows = await by_id(idle_client)
    assert (rows[gone]["import_stage"], rows[gone]["import_progress"]) == ("created", 0)
    assert (rows[half_gone]["import_stage"], rows[half_gone]["import_progress"]) == ("metadata", 25)
    assert rows[gone]["error_code"] is None
    assert await jobs_of(idle_app, gone) == [("title", 0), ("extract", 0)]
    assert await jobs_of(idle_app, half_gone) == [("extract", 0)]

    answer = await act(idle_client, import_id, "retry-failed", outcome="without_captions")
    assert answer.json() == {"retried": 1}
    assert await jobs_of(idle_app, silent) == [("extract", 0)]
    assert (await by_id(idle_client))[silent]["import_stage"] == "complete"

    answer = await act(idle_client, import_id, "retry-failed", outcome="waiting")
    assert answer.json() == {"retried": 3}
    assert (await by_id(idle_client))[later]["waiting_until"] is None
    assert (await act(idle_client, import_id, "retry-failed", outcome="stopped")).json() == {
        "retried": 0
    }
    assert await jobs_of(idle_app, done) == []


async def test_trying_again_wakes_a_finished_import_and_all_stopped_ones_a_cancelled_one(
    idle_client: Client, idle_app: RunningApp
) -> None:
    finished, (gone, other) = await imported(idle_client, 2)
    await put(idle_app, gone["id"], "error", error_code="video_private")
    await idle_client.http.delete(f"/videos/{other['id']}")
    assert (await shown(idle_client, finished))["state"] == "finished"
    await act(idle_client, finished, "retry-failed")
    assert (await shown(idle_client, finished))["state"] == "running"

    cancelled, _ = await imported(idle_client, 7, seed=2)
    await act(idle_client, cancelled, "cancel")
    answer = await act(idle_client, cancelled, "retry-failed", outcome="stopped")
    assert answer.json() == {"retried": 7}
    assert (await shown(idle_client, cancelled))["state"] == "running"


async def test_many_that_are_tried_again_are_a_batch_and_few_go_before_it(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 8)
    ids = [video["id"] for video in videos]
    for video_id in ids:
        await put(idle_app, video_id, "error", title="T", error_code="video_private")

    await idle_client.http.post("/videos/retry", json={"video_ids": ids[:2]})
    assert await jobs_of(idle_app, *ids) == [("extract", 0)] * 2
    await act(idle_client, import_id, "retry-failed")
    assert await jobs_of(idle_app, *ids[2:]) == [("extract", 1)] * 6


# -- what became of each line -------------------------------------------------------------------


async def mixed_import(client: Client, app: RunningApp) -> tuple[str, dict[str, str]]:
    """One line of every outcome; and which video is which."""
    names = ("known", "done", "silent", "gone", "new", "later", "removed")
    youtube = dict(zip(names, video_ids(len(names), seed=9), strict=True))
    known = (await client.add(youtube["known"])).json()["id"]
    await put(app, known, "complete", title="Schon da", captions_source="youtube_manual")
    text = links([youtube[name] for name in names[1:]])
    text += f"\n{youtube['done']}\nhttps://youtu.be/{youtube['known']}\nkein Link\n"
    text += "https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf"
    body = (await client.batch({"text": text})).json()
    ids = dict(zip(names[1:], (video["id"] for video in body["videos"]), strict=True))
    await put(app, ids["done"], "complete", title="=1+1", captions_source="youtube_auto")
    await put(
        app,
        ids["silent"],
        "complete",
        title='Ein "stilles", Video',
        captions_source="none",
        last_error_code="captions_locked",
    )
    await put(app, ids["gone"], "error", error_code="video_private")
    await put(app, ids["later"], "created", error_code="video_live", next_attempt_at=LONG_AGO)
    await client.http.delete(f"/videos/{ids['removed']}")
    return body["import_id"], ids | {"known": known}


async def test_every_line_has_one_outcome_and_they_add_up_to_the_input(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, ids = await mixed_import(idle_client, idle_app)

    page = await items(idle_client, import_id)

    counts = (await shown(idle_client, import_id))["counts"]
    assert page["total"] == sum(page["outcomes"].values()) == sum(counts.values()) == 10
    told = [
        (item["line"], item["outcome"], (item["video"] or {}).get("id")) for item in page["items"]
    ]
    assert told == [
        (1, "imported", ids["done"]),
        (2, "without_captions", ids["silent"]),
        (3, "unavailable", ids["gone"]),
        (4, "waiting", ids["new"]),
        (5, "waiting", ids["later"]),
        (6, "removed", None),
        (7, "repeated", ids["done"]),
        (8, "duplicate", ids["known"]),
        (9, "rejected", None),
        (10, "waiting", None),
    ]
    assert page["items"][2]["video"] == {
        "id": ids["gone"],
        "list_id": idle_client.list_id,
        "title": None,
        "channel": None,
        "thumbnail_url": page["items"][2]["video"]["thumbnail_url"],
        "import_stage": "error",
        "import_progress": 0,
        "error_code": "video_private",
        "captions_source": None,
    }
    assert page["items"][7]["video"]["title"] == "Schon da"
    await act(idle_client, import_id, "cancel")
    outcomes = (await items(idle_client, import_id))["outcomes"]
    assert (outcomes["stopped"], outcomes["waiting"]) == (3, 0)


async def test_the_lines_of_one_outcome_are_paged_without_gaps(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 25)
    for video in videos[::2]:
        await put(idle_app, video["id"], "error", error_code="video_private")
    wanted = [video["youtube_id"] for video in videos[::2]]

    seen: list[str] = []
    cursor = None
    while True:
        query = {"outcome": "unavailable", "limit": 5} | ({"cursor": cursor} if cursor else {})
        page = await items(idle_client, import_id, **query)
        assert (page["total"], page["outcomes"]["waiting"]) == (13, 12)
        seen += [item["youtube_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == wanted
    wrong = await idle_client.http.get(f"/imports/{import_id}/items?outcome=anything")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_request")


async def test_the_report_is_a_table_of_every_line_in_the_language_that_was_asked_for(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, _ = await mixed_import(idle_client, idle_app)
    address = f"/imports/{import_id}/report.csv"

    answer = await idle_client.http.get(address, headers={"Accept-Language": "de-DE,de;q=0.9"})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="videothek-import-20')
    assert disposition.endswith('.csv"')
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    assert text.replace("\r\n", "").count("\n") == 0
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[0] == [
        *("Zeile", "Eingabe", "Ergebnis", "Grund", "Titel", "Kanal"),
        *("Video-ID", "Adresse", "Untertitel"),
    ]
    assert len(rows) == 11
    assert [row[2] for row in rows[1:]] == [
        *("Importiert", "Ohne Untertitel", "Nicht verfügbar", "Im Import", "Wartend"),
        *("Nicht mehr da", "Mehrfach", "War schon da", "Kein Video"),
        "Wird gelesen",
    ]
    assert rows[1][4] == "'=1+1"
    assert rows[2][3:5] == [
        "YouTube gibt die Untertitel dieses Videos nicht heraus.",
        'Ein "stilles", Video',
    ]
    assert rows[3][3] == "Dieses Video ist privat."
    assert rows[9][3] == "Darin ist kein Link zu einem Video."
    assert rows[1][7].startswith("https://www.youtube.com/watch?v=")

    english = await idle_client.http.get(
        address, params={"outcome": "unavailable"}, headers={"Accept-Language": "en"}
    )
    only = list(csv.reader(io.StringIO(english.content.decode("utf-8-sig"), newline="")))
    assert [row[2:4] for row in only] == [
        ["Outcome", "Reason"],
        ["Not available", "This video is private."],
    ]
    assert "-unavailable.csv" in english.headers["content-disposition"]

    # The words of the page: paused is one thing, stopped another.
    for what, word in (("pause", "Angehalten"), ("cancel", "Gestoppt")):
        await act(idle_client, import_id, what)
        german = await idle_client.http.get(address, headers={"Accept-Language": "de"})
        rows = list(csv.reader(io.StringIO(german.content.decode("utf-8-sig"), newline="")))
        assert [row[2] for row in rows[4:6]] == [word, word]


@ON_SQLITE
async def test_ten_thousand_lines_are_filtered_counted_and_reported_quickly(
    idle_client: Client,
) -> None:
    body = (await idle_client.batch({"text": links(video_ids(10_000))})).json()
    import_id = body["import_id"]
    loop = asyncio.get_running_loop()

    for what, seconds in (("pause", 2.0), ("resume", 2.0), ("cancel", 5.0), ("resume", 10.0)):
        begun = loop.time()
        assert (await act(idle_client, import_id, what)).status_code == 200
        assert loop.time() - begun < seconds
    begun = loop.time()
    page = await items(idle_client, import_id, outcome="waiting", limit=200)
    assert page["total"] == 10_000
    report = await idle_client.http.get(f"/imports/{import_id}/report.csv")
    assert report.content.count(b"\r\n") == 10_001
    assert loop.time() - begun < 10


# -- what is told -------------------------------------------------------------------------------


async def test_every_tab_is_told_of_a_pause_a_cancellation_and_a_resumption(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, videos = await imported(idle_client, 3)
    async with progress_socket(idle_app.url, idle_client.token) as socket:
        await socket.next()
        snapshot = await socket.next()
        assert snapshot["snapshot"]

        async def told(state: str) -> dict[str, Any]:
            codes: dict[str, str | None] = {}
            async with asyncio.timeout(10):
                while True:
                    message = await socket.next()
                    codes |= {v["video_id"]: v["error_code"] for v in message["videos"]}
                    if any(one["state"] == state for one in message["imports"]):
                        return codes

        await act(idle_client, import_id, "pause")
        await told("paused")
        await act(idle_client, import_id, "cancel")
        ids = {video["id"] for video in videos}
        assert await told("cancelled") == dict.fromkeys(ids, "import_cancelled")
        await act(idle_client, import_id, "resume")
        assert await told("running") == dict.fromkeys(ids, None)


async def test_another_persons_import_can_not_be_touched(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    import_id, _ = await imported(owner, 2)

    for what in ("pause", "resume", "cancel", "retry-failed"):
        answer = await act(stranger, import_id, what)
        assert (answer.status_code, answer.json()["code"]) == (404, "import_not_found")
    report = await stranger.http.get(f"/imports/{import_id}/report.csv")
    assert (report.status_code, report.json()["code"]) == (404, "import_not_found")
    assert (await shown(owner, import_id))["state"] == "running"

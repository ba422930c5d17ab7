"""Taking a library along, in every format."""

import asyncio
import csv
import gc
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from app.core.identifiers import new_id
from app.repositories import videos as video_rows
from app.services.export.export_service import ExportFormat, write_export
from app.services.export.takeout import lists_by_file
from tests.api.test_batch_import import video_ids
from tests.api.test_import_life import ON_SQLITE
from tests.support.arranged import put
from tests.support.server import Client, RunningApp

FOLDER = "Takeout/YouTube and YouTube Music/playlists/"
HOSTILE = (
    "=HYPERLINK(1)",
    "'=1+1",
    "a/b\\c:*?",
    "a_b_c___",
    "..",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "x[31m",
    "W" * 200,
    "𝕎" * 200,
    'Komma, "Anführung"; Ende',
    "CON",
    "مرحبا",
    "con",
)


async def export(client: Client, export_format: str, **query: Any) -> httpx.Response:
    answer = await client.http.get("/export", params={"format": export_format} | query)
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    return answer


async def add_list(client: Client, name: str, youtube_ids: list[str]) -> str:
    list_id: str = (await client.http.post("/lists", json={"name": name})).json()["id"]
    if youtube_ids:
        await client.batch({"urls": youtube_ids}, list_id)
    return list_id


@pytest.fixture
async def library(idle_client: Client, idle_app: RunningApp) -> list[tuple[str, list[str]]]:
    """Three lists, the last of them empty, one video in two of them; the newest ones first."""
    first, second, third, fourth = video_ids(4)
    added = (await idle_client.batch({"urls": [second, third]})).json()["videos"]
    await idle_client.add(first)
    await add_list(idle_client, "Über „alles“", [fourth, third])
    await add_list(idle_client, "Leer", [])
    await put(
        idle_app,
        added[0]["id"],
        "complete",
        title='=1+1 <b>"fett"</b>\r\nzweite Zeile',
    )
    return [
        ("Videothek", [first, second, third]),
        ("Über „alles“", [fourth, third]),
        ("Leer", []),
    ]


async def test_json_holds_all_that_is_known_list_by_list_newest_first(
    idle_client: Client, library: list[tuple[str, list[str]]]
) -> None:
    answer = await export(idle_client, "json")

    assert answer.headers["content-type"] == "application/json"
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert f'attachment; filename="videothek-{today}.json"' in answer.headers["content-disposition"]
    found = answer.json()
    assert (found["format"], found["version"]) == ("videothek", 1)
    assert datetime.fromisoformat(found["exported_at"]).tzinfo is not None
    assert [
        (entry["name"], [video["youtube_id"] for video in entry["videos"]])
        for entry in found["lists"]
    ] == library
    titled = found["lists"][0]["videos"][1]
    assert titled["title"] == '=1+1 <b>"fett"</b>\r\nzweite Zeile'
    assert set(titled) == {
        *("youtube_id", "url", "title", "channel"),
        *("duration_seconds", "published_at", "added_at"),
    }
    times = [video["added_at"] for video in found["lists"][0]["videos"]]
    assert times == sorted(times, reverse=True)
    assert (await idle_client.http.get("/export")).json()["lists"] == found["lists"]


async def test_a_table_holds_a_row_for_each_video_and_no_formula(
    idle_client: Client, library: list[tuple[str, list[str]]]
) -> None:
    answer = await export(idle_client, "csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [(row["list"], row["youtube_id"].removeprefix("'")) for row in rows] == [
        (name, youtube_id) for name, ids in library for youtube_id in ids
    ]
    assert rows[1]["title"].startswith("'=1+1")
    assert rows[0]["url"] == f"https://www.youtube.com/watch?v={library[0][1][0]}"
    assert not any(value[:1] in "=+-@" for row in rows for value in row.values() if value)


async def test_takeout_is_what_google_gives_its_people(
    idle_client: Client, library: list[tuple[str, list[str]]]
) -> None:
    answer = await export(idle_client, "takeout")

    assert answer.headers["content-type"] == "application/zip"
    assert "videothek-takeout-20" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            f"{FOLDER}Videothek-videos.csv",
            f"{FOLDER}Über „alles“-videos.csv",
            f"{FOLDER}Leer-videos.csv",
            f"{FOLDER}playlists.csv",
        ]
        for name, ids in library:
            rows = list(csv.reader(archive.read(f"{FOLDER}{name}-videos.csv").decode().split("\n")))
            assert rows[0] == ["Video ID", "Playlist Video Creation Timestamp"]
            assert [row[0] for row in rows[1:] if row] == ids
            for row in filter(None, rows[1:]):
                assert datetime.fromisoformat(row[1]).tzinfo is not None
        index = list(csv.DictReader(archive.read(f"{FOLDER}playlists.csv").decode().splitlines()))
        assert [row["Playlist Title (Original)"] for row in index] == [name for name, _ in library]


async def test_bookmarks_have_a_folder_for_each_list(
    idle_client: Client, library: list[tuple[str, list[str]]]
) -> None:
    answer = await export(idle_client, "html")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    page = answer.content.decode()
    assert page.startswith("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n")
    tree = LexborHTMLParser(page)
    assert [node.text() for node in tree.css("h3")] == [name for name, _ in library]
    links = tree.css("a")
    assert [(node.attributes["href"] or "")[-11:] for node in links] == [
        youtube_id for _, ids in library for youtube_id in ids
    ]
    assert links[1].text() == '=1+1 <b>"fett"</b> zweite Zeile'
    assert links[0].text() == links[0].attributes["href"], "a video without a title yet"


async def test_an_archive_for_yt_dlp_names_each_video_once(
    idle_client: Client, library: list[tuple[str, list[str]]]
) -> None:
    answer = await export(idle_client, "archive")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "videothek-archive-20" in answer.headers["content-disposition"]
    wanted = dict.fromkeys(youtube_id for _, ids in library for youtube_id in ids)
    assert answer.text == "".join(f"youtube {youtube_id}\n" for youtube_id in wanted)


async def test_one_list_is_taken_along_by_itself_under_its_own_name(
    idle_client: Client, library: list[tuple[str, list[str]]]
) -> None:
    rows = (await idle_client.http.get("/lists")).json()
    answer = await export(idle_client, "json", list_id=rows[1]["id"])

    assert [entry["name"] for entry in answer.json()["lists"]] == [library[1][0]]
    disposition = answer.headers["content-disposition"]
    assert 'filename="videothek-Uber-alles-20' in disposition
    assert "filename*=UTF-8''videothek-%C3%9Cber-alles-20" in disposition


async def test_only_what_is_ones_own_can_be_taken_along(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    await owner.add(video_ids(1)[0])

    answer = await stranger.http.get("/export", params={"list_id": owner.list_id})
    assert (answer.status_code, answer.json()["code"]) == (404, "list_not_found")
    assert [entry["videos"] for entry in (await export(stranger, "json")).json()["lists"]] == [[]]
    unknown = await owner.http.get("/export", params={"format": "xlsx"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid_request")


@ON_SQLITE
async def test_lists_may_be_called_anything_and_every_format_is_still_safe(
    idle_client: Client,
) -> None:
    ids = video_ids(len(HOSTILE))
    for name, youtube_id in zip(HOSTILE, ids, strict=True):
        await add_list(idle_client, name, [youtube_id])

    found = (await export(idle_client, "json")).json()["lists"]
    assert [entry["name"] for entry in found[1:]] == list(HOSTILE)

    rows = list(csv.reader(io.StringIO((await export(idle_client, "csv")).content.decode()[1:])))
    assert [row[0] for row in rows[1:3]] == ["'=HYPERLINK(1)", "''=1+1"]
    assert [row[0] for row in rows[3:]] == list(HOSTILE[2:])

    tree = LexborHTMLParser((await export(idle_client, "html")).content)
    assert tree.css("script") == []
    assert [node.text() for node in tree.css("h3")][1:] == list(HOSTILE)

    with zipfile.ZipFile(io.BytesIO((await export(idle_client, "takeout")).content)) as archive:
        names = [name.removeprefix(FOLDER) for name in archive.namelist()]
        index = csv.DictReader(io.StringIO(archive.read(f"{FOLDER}playlists.csv").decode()))
        titles = [row["Playlist Title (Original)"].removeprefix("'") for row in index]
    assert titles[1:] == [HOSTILE[0], *HOSTILE[1:]]
    assert len({name.casefold() for name in names}) == len(names) == len(HOSTILE) + 2
    for name in names:
        assert not set(name) & set('/\\:*?"<>|\x1b\x07\u202e'), name
        assert len(name.encode()) <= 255
        assert not name.startswith(".")
    assert list(lists_by_file(["Videothek", *HOSTILE])) == names[:-1]
    for list_id in [entry["id"] for entry in (await idle_client.http.get("/lists")).json()]:
        disposition = (await export(idle_client, "csv", list_id=list_id)).headers[
            "content-disposition"
        ]
        assert len(disposition) < 1200
        assert disposition.isascii()


@ON_SQLITE
async def test_a_large_library_is_taken_along_in_flat_memory_while_videos_come_and_go(
    idle_client: Client, idle_app: RunningApp
) -> None:
    database = idle_app.runtime.database
    now = datetime.now(UTC)
    async with database.write() as unit:
        owner = await idle_app.runtime.auth.ensure_owner(unit)
        rows = [
            {
                "id": new_id(),
                "list_id": idle_client.list_id,
                "youtube_id": youtube_id,
                "title": "Ein Titel wie viele andere " * 4,
                "created_at": now - timedelta(microseconds=number),
                "import_stage": "complete",
                "import_progress": 100,
            }
            for number, youtube_id in enumerate(video_ids(20_000))
        ]
        await video_rows.insert_many(unit.session, rows)
    ids = [row["youtube_id"] for row in rows]
    del rows

    tracemalloc.start()
    written, _ = await asyncio.gather(
        write_export(database, user_id=owner.id, export_format=ExportFormat.JSON, list_id=None),
        idle_client.add(video_ids(1, seed=7)[0]),
    )
    size = 0
    async for part in written.parts():
        size += len(part)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == written.size_bytes > 4_000_000
    assert peak < 5_000_000

    found = (await export(idle_client, "json")).json()["lists"][0]["videos"]
    assert [video["youtube_id"] for video in found][-20_000:] == ids
    assert json.dumps(found)


async def test_an_archive_of_a_list_that_is_not_there_is_never_begun(idle_client: Client) -> None:
    """Begun and left, it would close itself later, and that is an error of nobody's request."""
    answer = await idle_client.http.get(
        "/export", params={"format": "takeout", "list_id": "nobody's"}
    )
    gc.collect()

    assert (answer.status_code, answer.json()["code"]) == (404, "list_not_found")

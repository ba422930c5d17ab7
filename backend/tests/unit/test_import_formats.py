"""Made-up exports of every program we know, in languages and shapes that the real ones don't have."""

import json
import plistlib
import sqlite3
from typing import Any

import pytest

from app.core.errors import ReasonCode
from tests.support.inputs import (
    CHANNEL,
    FOREIGN,
    PLAYLIST,
    A,
    B,
    C,
    D,
    ids,
    in_groups,
    read,
    reasons,
    url,
    zipped,
)

# -- Google Takeout ------------------------------------------------------------------------------


# -- pages and bookmarks -------------------------------------------------------------------------


def test_bookmarks_stand_in_the_innermost_folder() -> None:
    reading = read(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Lesezeichen</TITLE>\n<H1>x</H1>\n<DL><p>\n"
        f'<DT><A HREF="{url(A)}" ICON="data:image/png;base64,aGk=">Oben</A>\n'
        "<DT><H3>Musik</H3>\n<DL><p>\n"
        f'<DT><A HREF="{url(B)}">Lied</A>\n<DD>auch {url(FOREIGN)}\n'
        f'<DT><H3>Jazz</H3>\n<DL><p>\n<DT><A HREF="{url(C)}">Trompete</A>\n</DL><p>\n'
        '<DT><A HREF="https://example.org/">Andere</A>\n'
        f'</DL><p>\n<DT><A HREF="{url(D)}">Unten</A>\n</DL><p>\n'
    )

    assert reading.format == "bookmarks"
    assert in_groups(reading) == {None: [A, D], "Musik": [B], "Jazz": [C]}
    assert reasons(reading) == [ReasonCode.FOREIGN_HOST]


def test_of_any_other_page_each_video_counts_once() -> None:
    reading = read(
        f'<html><body><nav><a href="/">x</a><a href="{CHANNEL}">y</a></nav>'
        f'<a href="{url(A)}"><img src="https://i.ytimg.com/vi/{FOREIGN}/0.jpg"></a>'
        f'<a href="{url(A)}">A</a>'
        f'<a href="/watch?v={B}&amp;t=3">B</a></body></html>'
    )

    assert (ids(reading), len(reading.items), reading.format) == ([A, B], 2, "html")


def test_pockets_page_has_read_and_unread_ones() -> None:
    reading = read(
        "<!DOCTYPE html>\n<html>\n<!--So long-->\n<head><title>Pocket Export</title></head><body>"
        f'<h1>Unread</h1><ul><li><a href="{url(A)}" time_added="1" tags="">x</a></li></ul>'
        f'<h1>Read Archive</h1><ul><li><a href="{url(B)}" time_added="1">y</a></li></ul></body></html>'
    )

    assert reading.format == "pocket"
    assert in_groups(reading) == {"Unread": [A], "Read Archive": [B]}


# -- files that are one link ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        f"[InternetShortcut]\r\nURL={url(A)}\r\nIconFile=C:\\x.ico\r\n",
        f"[{{000214A0-0000-0000-C000-000000000046}}]\nProp3=19,2\n[InternetShortcut]\nIDList=\nURL={url(A)}\n",
        f"#!/usr/bin/env xdg-open\n[Desktop Entry]\nType=Link\nName={url(FOREIGN)}\nURL[$e]={url(A)}\n",
        plistlib.dumps({"URL": url(A)}),
        plistlib.dumps({"URL": url(A)}, fmt=plistlib.FMT_BINARY),
    ],
)
def test_a_shortcut_is_its_address(content: str | bytes) -> None:
    reading = read(content)

    assert (ids(reading), reading.format) == ([A], "shortcut")


# -- other programs ------------------------------------------------------------------------------

JSON_EXPORTS: list[tuple[str, Any, dict[str | None, list[str]]]] = [
    (
        "invidious",
        {
            "subscriptions": ["UC6s4Xu10_laCZMuahny8kUA"],
            "watch_history": [A, B],
            "playlists": [{"title": "Musik", "description": url(FOREIGN), "videos": [C]}],
        },
        {None: [A, B], "Musik": [C]},
    ),
    (
        "libretube",
        {
            "watchHistory": [
                {
                    "videoId": A,
                    "title": "x",
                    "thumbnailUrl": f"https://i.ytimg.com/vi/{FOREIGN}/0.jpg",
                }
            ],
            "localPlaylists": [
                {
                    "playlist": {"id": 1, "name": "Musik", "description": url(FOREIGN)},
                    "videos": [{"playlistId": 1, "videoId": B, "title": "y"}],
                }
            ],
            "playlists": None,
        },
        {None: [A], "Musik": [B]},
    ),
    (
        "libretube",
        {
            "format": "Piped",
            "version": 1,
            "playlists": [{"name": "Musik", "type": "playlist", "videos": [url(A), url(B)]}],
        },
        {"Musik": [A, B]},
    ),
    (
        "videothek",
        {
            "format": "videothek",
            "version": 1,
            "lists": [{"name": "Eins", "videos": [{"youtube_id": A, "title": url(FOREIGN)}]}],
        },
        {"Eins": [A]},
    ),
    (
        "bookmarks",
        {
            "type": "text/x-moz-place-container",
            "title": "",
            "children": [
                {
                    "type": "text/x-moz-place-container",
                    "title": "Musik",
                    "children": [{"type": "text/x-moz-place", "title": "x", "uri": url(A)}],
                }
            ],
        },
        {"Musik": [A]},
    ),
    (
        "json",
        {
            "data": [
                {"title": "x", "description": url(FOREIGN), "link": url(A), "thumbnail": url(D)}
            ]
        },
        {None: [A]},
    ),
    ("json", [url(A), B, "Wörter"], {None: [A, B]}),
    (
        "json",
        {"title": "Musik", "entries": [{"id": A, "title": "x", "url": url(A)}]},
        {"Musik": [A]},
    ),
]


@pytest.mark.parametrize(("format_", "document", "expected"), JSON_EXPORTS)
@pytest.mark.parametrize("indent", [None, 2])
def test_an_export_in_json_gives_what_its_records_are_about(
    format_: str, document: Any, expected: dict[str | None, list[str]], indent: int | None
) -> None:
    reading = read(json.dumps(document, indent=indent))

    assert (reading.format, in_groups(reading)) == (format_, expected)


def test_freetubes_databases_have_a_document_per_line() -> None:
    history = {"videoId": A, "title": "x", "description": f"auch {url(FOREIGN)}", "_id": "1"}
    playlist = {"playlistName": "Musik", "_id": "2", "videos": [{"videoId": B}, {"videoId": C}]}
    profile = {"_id": "allChannels", "name": "All", "subscriptions": [{"id": "UC1", "name": "K"}]}
    lines = [json.dumps(line) for line in (history, playlist, {"$$deleted": True, "_id": "3"})]

    reading = read("\n".join(lines))

    assert (reading.format, in_groups(reading)) == ("freetube", {None: [A], "Musik": [B, C]})
    for one in (history, playlist, profile):
        assert read(json.dumps(one)).format == "freetube"
    assert reasons(read(json.dumps(profile))) == [ReasonCode.SUBSCRIPTION]


def newpipe_database(*, journal: str = "DELETE") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """
        CREATE TABLE streams (uid INTEGER PRIMARY KEY, service_id INTEGER, url TEXT, title TEXT);
        CREATE TABLE playlists (uid INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE playlist_stream_join (playlist_id INTEGER, stream_id INTEGER, join_index INTEGER);
        CREATE TABLE subscriptions (uid INTEGER PRIMARY KEY, service_id INTEGER, url TEXT, name TEXT);
        CREATE TABLE remote_playlists (uid INTEGER PRIMARY KEY, service_id INTEGER, name TEXT, url TEXT);
        """
    )
    streams = [(0, url(A)), (1, "https://soundcloud.com/x"), (0, url(B)), (0, url(C))]
    connection.executemany(
        "INSERT INTO streams (service_id, url, title) VALUES (?, ?, 'x')", streams
    )
    connection.execute("INSERT INTO playlists VALUES (1, 'Musik')")
    connection.execute("INSERT INTO playlist_stream_join VALUES (1, 3, 0)")
    connection.execute("INSERT INTO subscriptions VALUES (1, 0, ?, 'K')", (CHANNEL,))
    connection.execute("INSERT INTO remote_playlists VALUES (1, 0, 'Andere', ?)", (PLAYLIST,))
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content[:18] + b"\x02\x02" + content[20:] if journal == "WAL" else content


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_newpipes_database_has_videos_and_playlists(journal: str) -> None:
    database = newpipe_database(journal=journal)
    for content in (
        database,
        zipped({"newpipe.db": database, "newpipe.settings": b"\xac\xed\x00"}),
    ):
        reading = read(content)

        assert (reading.format, ids(reading)) == ("newpipe", [A, B, C])
        assert in_groups(reading)["Musik"] == [B]
        assert reasons(reading) == [ReasonCode.PLAYLIST, ReasonCode.SUBSCRIPTION]


def test_grayjays_archive_has_stores() -> None:
    stores = {
        "exportInfo": '{"version": 1}',
        "stores/Playlists": json.dumps([f"Musik:::uuid\n{url(A)}\n{url(B)}"]),
        "stores/history": json.dumps([f"{url(C)}|||1716703148|||12|||Titel {url(FOREIGN)}"]),
        "stores/subscriptions": json.dumps([CHANNEL]),
        "cache_videos": json.dumps([{"url": url(FOREIGN)}]),
    }
    reading = read(zipped(dict(stores)))

    assert reading.format == "grayjay"
    assert in_groups(reading) == {"Musik": [A, B], "History": [C]}


def test_onetab_keeps_a_title_that_may_be_a_link() -> None:
    reading = read(f"{url(A)} | {url(FOREIGN)} | x\n\n{url(B)} | y\nhttps://example.org/ | z\n")

    assert (ids(reading), reading.format) == ([A, B], "onetab")


def test_the_archive_of_ytdlp_knows_other_sites_too() -> None:
    reading = read(f"youtube {A}\nvimeo 76979871\nyoutube {B}\n")

    assert (ids(reading), reading.format, len(reading.items)) == ([A, B], "ytdlp_archive", 3)


# -- what can't be read --------------------------------------------------------------------------


def test_folders_of_one_name_are_told_apart_by_their_parents() -> None:
    def folder(name: str, content: str) -> str:
        return f"<DT><H3>{name}</H3><DL><p>{content}</DL><p>"

    def mark(youtube_id: str) -> str:
        return f'<DT><A HREF="{url(youtube_id)}">x</A>'

    page = (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
        + folder("Work", folder("Video", mark(A)) + folder("Talks", mark(B)))
        + folder("Home", folder("Video", mark(C)))
        + "</DL>"
    )
    assert in_groups(read(page)) == {"Work / Video": [A], "Talks": [B], "Home / Video": [C]}


def test_of_a_list_that_breaks_off_the_whole_records_are_read_and_the_rest_is_said() -> None:
    records = [
        {"header": "YouTube", "title": "x", "time": "2020", "titleUrl": url(one)} for one in (A, B)
    ]
    subtitles = [{"name": "K", "url": CHANNEL}]
    broken = json.dumps([*records, {"subtitles": subtitles, "titleUrl": url(C)}], indent=1)
    reading = read(broken[: broken.index('"titleUrl"', broken.index("subtitles"))])
    assert reading.format == "takeout_history"
    assert ids(reading) == [A, B]
    assert reasons(reading) == [ReasonCode.UNREADABLE]
    assert not any(item.source for item in reading.items)


def test_a_chat_that_begins_with_a_time_in_brackets_is_text() -> None:
    chat = f"[01.02.21, 12:00:00] Max: {url(A)}\n[01.02.21, 12:00:01] Eva: ja\n"
    assert (read(chat).format, ids(read(chat))) == ("text", [A])


def test_of_a_document_without_any_field_we_know_the_links_are_read() -> None:
    found = {
        "a": url(A),
        "notes": [{"x": f"see {url(B)} now"}],
        "word": "Kartoffeln1",
        "id": CHANNEL,
    }
    assert ids(read(json.dumps(found))) == [A, B]
    assert ids(read(json.dumps({**found, "description": url(FOREIGN)}))) == [A, B]

"""Made-up exports of every program we know, in languages and shapes that the real ones don't have."""

import io
import json
import plistlib
import sqlite3
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest

from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

A, B, C, D = "aB3_x-9Qw1k", "-Zz0yY7_pP2", "_kL9mN8bV7c", "Q1w2E3r4T5y"
FOREIGN = "X9x8X7x6X5x"
PLAYLIST = "https://www.youtube.com/playlist?list=PLx8Nfm2nO8M0pWQ5zW1s4A9gXJ3cQvU7y"
CHANNEL = "https://www.youtube.com/channel/UC6s4Xu10_laCZMuahny8kUA"


def url(youtube_id: str) -> str:
    return f"https://www.youtube.com/watch?v={youtube_id}"


def read(content: str | bytes, groups: Sequence[int] | None = None) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return read_source(Source(files=[SourceFile("drop", raw)]), 10_000, groups)


def ids(reading: Reading) -> list[str]:
    return [item.youtube_id for item in reading.items if item.youtube_id]


def reasons(reading: Reading) -> list[ReasonCode]:
    return [item.reason_code for item in reading.items if item.reason_code]


def in_groups(reading: Reading) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for item in reading.items:
        if item.youtube_id:
            name = None if item.group is None else reading.groups[item.group].name
            found.setdefault(name, []).append(item.youtube_id)
    return found


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# -- tables --------------------------------------------------------------------------------------

SEMICOLONS = f"Titel;Adresse;Notiz\nLied, schön;{url(A)};siehe {url(FOREIGN)}\nTanz;{url(B)};\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"]
)
def test_a_table_is_read_in_every_encoding(encoding: str) -> None:
    reading = read(SEMICOLONS.encode(encoding))

    assert (ids(reading), reading.format) == ([A, B], "csv")
    assert "Lied, sch" in reading.items[0].text


@pytest.mark.parametrize(
    ("encoding", "word"), [("cp1251", "Привет всем людям"), ("cp932", "こんにちは世界の動画一覧")]
)
def test_old_encodings_of_other_alphabets_are_guessed(encoding: str, word: str) -> None:
    text = "".join(f"{word} {n}\t{url(youtube_id)}\n" for n, youtube_id in enumerate((A, B, C)))

    reading = read(text.encode(encoding))

    assert ids(reading) == [A, B, C]
    assert all(word in item.text for item in reading.items)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("has_header", [True, False])
@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("is_url", [True, False])
def test_ids_and_links_stand_in_any_column(
    delimiter: str, has_header: bool, column: int, is_url: bool
) -> None:
    rows = [["2024-05-01", "Ein Titel mit Wörtern"] for _ in range(4)]
    for row, youtube_id in zip(rows, (A, B, C, D), strict=True):
        row.insert(column, url(youtube_id) if is_url else youtube_id)
    names = ["Datum", "Titel"]
    names.insert(column, "Video")
    lines = [names, *rows] if has_header else rows

    reading = read("\r\n".join(delimiter.join(line) for line in lines) + "\r\n\r\n\r\n")

    assert ids(reading) == [A, B, C, D]
    assert len(reading.items) == 4


def test_a_row_is_one_item_per_video_of_its_own() -> None:
    reading = read(f"title,url\n{url(A)},{url(A)}\nTitel {url(FOREIGN)},{url(B)}\n")

    assert ids(reading) == [A, B]


def test_descriptions_thumbnails_and_channels_are_no_videos_of_a_row() -> None:
    text = (
        "title,description,thumbnail,channel_url,url\n"
        f'Eins,"Mehr: {url(FOREIGN)}\nzweite Zeile",https://i.ytimg.com/vi/{FOREIGN}/0.jpg,{CHANNEL},{url(A)}\n'
        f"Zwei,{url(FOREIGN)},,{CHANNEL},https://example.org/\n"
        f"Drei,,,{CHANNEL},{url(B)}\n"
    )
    reading = read(text)

    assert ids(reading) == [A, B]
    assert [(item.line, item.reason_code) for item in reading.items] == [
        (2, None),
        (4, ReasonCode.FOREIGN_HOST),
        (5, None),
    ]
    assert all(item.source is None for item in reading.items)


def test_a_quotation_mark_that_is_never_closed_swallows_no_lines() -> None:
    reading = read(f'url,title\n{url(A)},"ach\n{url(B)},y\n{url(C)},z\n')

    assert ids(reading) == [A, B, C]


def test_words_of_eleven_letters_are_no_ids() -> None:
    reading = read("name,ort\nAnna Müller,Deutschland\nBernd Maier,Switzerland\nCarl,Max-Power99\n")

    assert ids(reading) == []


def test_folders_of_a_table_are_groups() -> None:
    reading = read(
        "id,title,note,excerpt,url,folder,tags,created\n"
        f"1,Eins,,{url(FOREIGN)},{url(A)},Privat / Musik,,2024\n2,Zwei,,,{url(B)},Kochen,,2024\n"
    )

    assert reading.format == "raindrop"
    assert in_groups(reading) == {"Musik": [A], "Kochen": [B]}


def test_the_spreadsheets_separator_line_is_no_item() -> None:
    reading = read(f"sep=;\nTitel;Link\nEins;{url(A)}\n")

    assert (ids(reading), len(reading.items)) == ([A], 1)


# -- Google Takeout ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "Video-ID,Zeitstempel der Erstellung des Playlist-Videos",
        "動画 ID,再生リストの動画の作成タイムスタンプ",
        "ID de la vidéo,Code temporel de création de la vidéo de la playlist",
    ],
)
def test_a_playlist_of_takeout_is_read_in_every_language(header: str) -> None:
    times = ("2022-08-12T10:26:22+00:00", "2022-08-12T10:26:39+00:00")
    rows = [f"{header}", f"{A},{times[0]}", f" {B},{times[1]}", "", "", ""]

    reading = read("\n".join(rows))

    assert (ids(reading), reading.format) == ([A, B], "takeout_playlist")
    assert len(reading.items) == 2


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_an_old_playlist_of_takeout_begins_with_metadata(count: int) -> None:
    found = [A, B, C, D, "N4n5N6n7N8n", "M4m5M6m7M8m", "K4k5K6k7K8k"][:count]
    text = (
        "Playlist-ID,Kanal-ID,Erstellt,Aktualisiert,Titel,Beschreibung,Sichtbarkeit\n"
        "PLxxxxxxxxxxxxxxxx,UCxxxxxxxxxxxxxxxxxxxxxx,2018-07-08 15:36:57 UTC,2022-01-27 02:44:30 UTC,"
        f'Musik,"Alles von {url(FOREIGN)}\n\nund mehr",Privat\n\nVideo-ID,Hinzugefügt am\n'
    ) + "".join(f"{youtube_id},2022-01-25 19:36:09 UTC\n" for youtube_id in found)

    assert ids(read(text)) == found


def history_page(records: Sequence[str]) -> str:
    cells = "".join(
        '<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell"><p>YouTube</p>'
        f'</div><div class="content-cell mdl-cell">{record}<br>12.05.2024</div></div></div>'
        for record in records
    )
    return f"<html><head><style>a{{}}</style></head><body>{cells}</body></html>"


def test_of_a_watch_history_page_only_what_was_watched_is_read() -> None:
    reading = read(
        history_page(
            [
                f'<a href="{url(A)}">Lied</a> angesehen<br><a href="{CHANNEL}">Kanal</a>',
                f'{url(FOREIGN)} angesehen<br><a href="{CHANNEL}">Kanal</a>',
                "Ein entferntes Video angesehen",
                f'<a href="{url(B)}">{url(B)}</a> angesehen',
            ]
        )
    )

    assert (ids(reading), reading.format) == ([A, B], "takeout_history")
    assert reasons(reading) == [ReasonCode.NOT_A_VIDEO, ReasonCode.NOT_A_VIDEO]


def test_of_a_watch_history_document_only_the_address_is_read() -> None:
    records = [
        {
            "header": "YouTube",
            "title": f"{url(FOREIGN)} angesehen",
            "titleUrl": url(A),
            "time": "x",
        },
        {"header": "YouTube", "title": "Beitrag", "titleUrl": "https://www.youtube.com/post/Ugkx"},
        {"header": "YouTube", "title": f"entfernt {url(FOREIGN)}", "time": "x"},
        {
            "header": "YouTube Music",
            "title": "x",
            "titleUrl": f"https://music.youtube.com/watch?v={B}",
        },
    ]
    reading = read(json.dumps(records))

    assert (ids(reading), len(reading.items)) == ([A, B], 4)


def test_what_somebody_wrote_below_videos_is_no_list_of_videos() -> None:
    rows = [
        "Kommentar-ID,Kanal-ID,Zeitstempel,Preis,Video-ID,Kommentartext",
        f"UgxKREWxIgDrw8w2e_Z4AaABAg,UC6s4Xu10_laCZMuahny8kUA,2020-01-01T00:00:00,0,{A},Schön",
        f"UgyRrnHkFxYdbPqLmn14AaABAg,UC6s4Xu10_laCZMuahny8kUA,2020-01-02T00:00:00,0,{B},{url(C)}",
    ]
    reading = read("\n".join(rows))
    assert ids(reading) == []
    assert reasons(reading)[-2:] == [ReasonCode.NOT_A_VIDEO] * 2


def test_a_whole_takeout_has_a_group_for_each_playlist() -> None:
    def playlist(*found: str) -> str:
        rows = [f"{youtube_id},2022-08-12T10:26:22+00:00" for youtube_id in found]
        return "\n".join(["Video-ID,Zeitstempel", *rows])

    folder = "Takeout/YouTube und YouTube Music"
    reading = read(
        zipped(
            {
                "Takeout/archive_browser.html": "<html><a href='https://google.com'>x</a></html>",
                f"{folder}/Playlists/AC_DC-Videos.csv": playlist(A),
                f"{folder}/Playlists/Später ansehen-Videos.csv": playlist(B, C),
                f"{folder}/Playlists/Playlists.csv": "Playlist-ID,Titel,Sichtbarkeit\n"
                "PL5u2tU9gK0Gvc24wxnO5RtMScIgNdkVU1,AC/DC,Privat\n",
                f"{folder}/Verlauf/Wiedergabeverlauf.html": history_page(
                    [f'<a href="{url(D)}">x</a>']
                ),
                f"{folder}/Abos/Abos.csv": "Kanal-ID,Kanal-URL,Kanaltitel\n"
                f"UC6s4Xu10_laCZMuahny8kUA,{CHANNEL},Name\n",
                f"{folder}/Kanäle/bild.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8,
            }
        )
    )

    assert reading.format == "takeout_archive"
    assert in_groups(reading) == {
        "AC/DC": [A],
        "Später ansehen": [B, C],
        "Wiedergabeverlauf": [D],
    }
    assert reasons(reading) == [ReasonCode.SUBSCRIPTION, ReasonCode.UNREADABLE]


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


def test_our_own_table_comes_back_with_its_lists() -> None:
    reading = read(
        "\ufefflist,youtube_id,url,title\r\n"
        f'"\'=Formeln",\'{B},{url(B)},"\'=x"\r\nAC/DC,{A},{url(A)},{url(FOREIGN)}\r\n'
    )

    assert reading.format == "videothek"
    assert in_groups(reading) == {"=Formeln": [B], "AC/DC": [A]}


def test_ids_one_per_line_are_all_ids() -> None:
    assert ids(read(f"{A}\n{B}\nabcdefghijk\n{C}\n{D}\nQ9q8Q7q6Q5q\n")) == [
        A, B, "abcdefghijk", C, D, "Q9q8Q7q6Q5q",
    ]  # fmt: skip


# -- what can't be read --------------------------------------------------------------------------


def refused(content: bytes) -> ErrorCode:
    with pytest.raises(VideothekError) as caught:
        read(content)
    return caught.value.code


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16,
        zipped({"a.txt": url(A)})[:60],
        b"SQLite format 3\x00" + b"\x01" * 5000,
    ],
)
def test_a_file_of_no_kind_is_refused(content: bytes) -> None:
    assert refused(content) is ErrorCode.FILE_UNREADABLE


def test_archives_that_unpack_to_too_much_are_refused() -> None:
    assert refused(zipped({"a.csv": "0" * 30_000_000})) is ErrorCode.ARCHIVE_TOO_LARGE
    assert refused(zipped({f"{n}": "" for n in range(20_001)})) is ErrorCode.ARCHIVE_TOO_LARGE


def test_paths_are_names_only_and_archives_within_archives_stay_closed() -> None:
    reading = read(
        zipped(
            {
                "../../etc/Eins.txt": url(A),
                "C:\\Windows\\Zwei.txt": url(B),
                "/root/Drei.txt": url(C),
                "vier.zip": zipped({"x.txt": url(FOREIGN)}),
            }
        )
    )

    assert in_groups(reading) == {"Eins": [A], "Zwei": [B], "Drei": [C]}
    assert reasons(reading) == [ReasonCode.UNREADABLE]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        "[" * 2000 + "]" * 2000,
        f'[{{"videoId": "x", "n": {"9" * 5000}}}]',
        "<html>" + "<div>" * 100_000,
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<DL><DT>" * 50_000,
        "," * 1_000_000,
        '"a",' * 300_000,
        "https://" * 100_000,
        "youtube.com " * 100_000,
        "a.b " * 300_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_texts_are_read_in_no_time(text: str) -> None:
    assert ids(read(text)) == []


def test_only_the_wanted_groups_are_kept_and_all_are_counted() -> None:
    files = {"Eins.txt": f"{url(A)}\n{url(B)}", "Zwei.txt": url(C)}

    reading = read(zipped(dict(files)), groups=[1])

    assert [(item.youtube_id, item.position) for item in reading.items] == [(C, 2)]
    assert [(group.name, group.video_count) for group in reading.groups] == [
        ("Eins", 2),
        ("Zwei", 1),
    ]


def test_of_a_takeout_only_playlists_and_what_was_watched_are_imports() -> None:
    root = "Takeout/YouTube und YouTube Music/"
    channel = "UC6s4Xu10_laCZMuahny8kUA"
    searched = "".join(
        f'<div class="outer-cell"><div class="content-cell"><a href="{address}">x</a></div></div>'
        for address in ("https://www.youtube.com/results?search_query=a",) * 3 + (url(FOREIGN),)
    )
    reading = read(
        zipped(
            {
                f"{root}Playlists/Kochen-Videos.csv": (
                    f"Video-ID,Zeitstempel\n{A},2023-01-01T00:00:00+00:00\n"
                ),
                f"{root}Videos/Videos.csv": f"Video-ID,Kanal-ID\n{FOREIGN},{channel}\n",
                f"{root}Verlauf/Suchverlauf.html": f"<html>{searched}</html>",
                "Takeout/Archiv_Übersicht.html": f'<html><a href="{url(FOREIGN)}">x</a></html>',
            }
        )
    )
    assert in_groups(reading) == {"Kochen": [A]}
    assert len(reading.items) == 1


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

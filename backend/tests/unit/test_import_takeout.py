"""Google Takeout's history and archives."""

import json
from collections.abc import Sequence

from app.core.errors import ReasonCode
from tests.support.inputs import (
    CHANNEL,
    FOREIGN,
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

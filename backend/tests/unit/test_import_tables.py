"""Tables of every shape: delimiters, headers, encodings, ids and links in any column."""

import pytest

from app.core.errors import ReasonCode
from tests.support.inputs import CHANNEL, FOREIGN, A, B, C, D, ids, in_groups, read, url

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

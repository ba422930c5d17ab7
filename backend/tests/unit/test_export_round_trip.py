"""A library that is taken along and imported into an empty one is the same library."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.repositories.library import LibraryList, LibraryVideo
from app.schemas.lists import ListIn
from app.services.export.bookmarks import Bookmarks
from app.services.export.csv_table import CsvTable
from app.services.export.download_archive import DownloadArchive
from app.services.export.json_library import JsonLibrary
from app.services.export.takeout import TakeoutArchive
from app.services.export.writing import LibraryWriter
from app.services.importing.reading import Source, SourceFile, read_source
from app.services.youtube_ids import extract_video_id

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

# What people call things, and what only somebody hostile would.
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40),
    st.sampled_from(
        [
            "=1+1",
            "'=1+1",
            "'",
            "''",
            "-",
            "@cmd",
            "＝1",
            "Watch later",
            "a/b",
            "a_b",
            "a:b",
            "Musik videos",
            "Musik-videos",
            "videos",
            "Kochen (1)",
            "A / B",
            "https://youtu.be/dQw4w9WgXcQ",
            "dQw4w9WgXcQ",
            "youtube dQw4w9WgXcQ",
            "https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf",
            "<script>alert(1)</script>",
            "</DL><DT><A HREF='https://youtu.be/dQw4w9WgXcQ'>x</A>",
            "&lt;b&gt; &amp;amp;",
            "\u202egnp.exe",
            "\x1b[31mrot",
            "..",
            "CON",
            "list,youtube_id,url",
            '"',
            ";",
            "|",
            "\ufeff",
            "W" * 200,
            "𝕎" * 200,
            "Ω" * 199 + "x",
            "playlists",
            "subscriptions",
            "Subscriptions_ 7",
        ]
    ),
)


def _list_name(text: str) -> str | None:
    """The name as a list may have it; None if no list may have it."""
    try:
        return ListIn(name=text[:200]).name
    except ValueError:
        return None


NAMES = WORDS.map(_list_name).filter(bool)
IDS = st.text(LETTERS, min_size=11, max_size=11).filter(
    # Two words of the player's own addresses have eleven letters.
    lambda text: extract_video_id(f"https://youtu.be/{text}") == text
)
VIDEOS = st.tuples(IDS, st.none() | WORDS, st.none() | WORDS)
LISTS = st.lists(
    st.tuples(NAMES, st.lists(VIDEOS, min_size=1, max_size=5, unique_by=lambda video: video[0])),
    min_size=1,
    max_size=5,
    # Lists whose names differ in case only become one.
    unique_by=lambda entry: str(entry[0]).casefold(),
)
Library = Sequence[tuple[str, Sequence[tuple[str, str | None, str | None]]]]


def written(library: Library, make: type[LibraryWriter]) -> bytes:
    out = io.BytesIO()
    writer = make(out, NOW)
    for number, (name, videos) in enumerate(library):
        writer.open_list(LibraryList(f"list{number}", name, NOW))
        for place, (youtube_id, title, channel) in enumerate(videos):
            added = NOW - timedelta(microseconds=place)
            writer.add(LibraryVideo(youtube_id, title, channel, 61, NOW, added))
        writer.close_list()
    writer.close()
    return out.getvalue()


def imported(content: bytes, name: str) -> tuple[str, list[tuple[str | None, list[str | None]]]]:
    reading = read_source(Source(files=[SourceFile(name, content)]), 10_000)
    lists: dict[str | None, list[str | None]] = {}
    for item in reading.items:
        group = None if item.group is None else reading.groups[item.group].name
        lists.setdefault(group, []).append(item.youtube_id)
    return reading.format, list(lists.items())


@pytest.mark.parametrize(
    ("make", "recognised"),
    [
        (JsonLibrary, "videothek"),
        (CsvTable, "videothek"),
        (Bookmarks, "bookmarks"),
        (TakeoutArchive, "takeout_archive"),
    ],
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(library=LISTS)
def test_every_list_comes_back_with_its_name_and_its_videos_in_their_order(
    make: type[LibraryWriter], recognised: str, library: Library
) -> None:
    found, lists = imported(written(library, make), f"videothek{make.suffix}")

    assert lists == [(name, [video[0] for video in videos]) for name, videos in library]
    assert found == recognised


@settings(max_examples=30, deadline=None)
@given(library=LISTS)
def test_an_archive_for_yt_dlp_comes_back_with_each_id_once(library: Library) -> None:
    found, lists = imported(written(library, DownloadArchive), "videothek-archive.txt")

    wanted = dict.fromkeys(youtube_id for _, videos in library for youtube_id, *_ in videos)
    assert lists == [(None, list(wanted))]
    assert found == "ytdlp_archive"

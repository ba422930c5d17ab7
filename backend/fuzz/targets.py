"""What is fuzzed, and what is true of every answer. Knows nothing of the fuzzer."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, Final

from app.adapters.http_answers import retry_after_seconds
from app.core.errors import UpstreamError, VideothekError
from app.services import paging, watch_page, youtube_ids
from app.services.enrichment.captions import (
    CaptionError,
    Cue,
    parse_captions,
    to_transcript,
    to_webvtt,
)
from app.services.enrichment.chapters import parse_description_chapters
from app.services.enrichment.groq_transcriber import Answer, quota_levels, read_answer
from app.services.error_classifier import judge_player_answers
from app.services.file_names import attachment, fitting
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source
from app.services.playlists.words import judge_playlist_message
from app.services.search import query
from app.services.transcript_files.subrip import to_subrip

Target = Callable[[bytes], None]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_SOURCE: Final = re.compile(
    r"playlist:[A-Za-z0-9_-]{2,64}|channel:UC[A-Za-z0-9_-]{22}|page:/[^\s/?#]{1,120}(/[^\s/?#]{1,100})?"
)
_MAX_ITEMS: Final = 200
_ASKED: Final = "aB3_x-9Qw1k"


def links(data: bytes) -> None:
    """Ids in any text."""
    text = data.decode("utf-8", "replace")
    found = youtube_ids.find_video_ids(text)
    _check_ids(found)
    assert len(found) == len(set(found))
    first = youtube_ids.extract_video_id(text)
    assert first == (found[0] if found else None)
    is_video = youtube_ids.classify_link(text) is youtube_ids.LinkKind.VIDEO
    assert is_video == (first is not None)
    source = youtube_ids.extract_source(text)
    assert source is None or _SOURCE.fullmatch(source), source
    playlist_id = youtube_ids.extract_playlist_id(text)
    assert playlist_id is None or re.fullmatch(r"[A-Za-z0-9_-]{2,64}", playlist_id), playlist_id


def any_file(data: bytes) -> None:
    """A file of any kind."""
    _read(Source(files=[SourceFile("x", data)]))


def any_text(data: bytes) -> None:
    """What somebody pastes: also halves of characters."""
    _read(Source(text=data.decode("utf-8", "surrogateescape")))


def document(data: bytes) -> None:
    """JSON of any program."""
    _read(Source(text="[{" + data.decode("utf-8", "replace")))
    _read(Source(text='{"' + data.decode("utf-8", "replace")))


def page(data: bytes) -> None:
    """HTML of any program."""
    _read(Source(text="<html>" + data.decode("utf-8", "replace")))
    _read(Source(text="<!DOCTYPE NETSCAPE-Bookmark-file-1>" + data.decode("utf-8", "replace")))


def table(data: bytes) -> None:
    """Tables, whose header is known or is not."""
    text = data.decode("utf-8", "replace")
    _read(Source(text="Video ID,Titel,Liste\n" + text))
    _read(Source(text=text))


def archive(data: bytes) -> None:
    """A ZIP of several files, and one that is broken somewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for number, part in enumerate(data.split(b"\xff\xfe", 8)):
            name, _, content = part.partition(b"\n")
            shown = name[:80].decode("utf-8", "replace").replace("\x00", "")
            written.writestr(f"{number}/{shown}", content)
    _read(Source(files=[SourceFile("x.zip", out.getvalue())]))
    _read(Source(files=[SourceFile("x.zip", b"PK\x03\x04" + data)]))


def database(data: bytes) -> None:
    """SQLite's files."""
    _read(Source(files=[SourceFile("x.db", b"SQLite format 3\x00" + data)]))


def shortcut(data: bytes) -> None:
    """Files that are one link."""
    _read(Source(files=[SourceFile("x.url", b"[InternetShortcut]\n" + data)]))
    _read(Source(files=[SourceFile("x.webloc", b"bplist00" + data)]))
    _read(Source(files=[SourceFile("x.webloc", b"<?xml version='1.0'?><plist>" + data)]))


def captions(data: bytes) -> None:
    """Caption files; the first byte says as what they are declared."""
    formats = ("json3", "vtt", "srt", "sbv", "srv1", "srv3", "ttml")
    declared = formats[data[0] % len(formats)] if data else "vtt"
    try:
        cues = parse_captions(data[1:], declared)
    except CaptionError:
        return
    _check_cues(cues)
    for write in (to_webvtt, to_subrip, to_transcript):
        # Each cue brings its times along, and escapes are longer than what they stand for.
        assert len(write(cues).encode()) <= 30 * len(data) + 200 * len(cues) + 100
    _check_cues(parse_captions(to_webvtt(cues).encode(), "vtt"))


def chapters(data: bytes) -> None:
    """Descriptions; the first two bytes say how long the video is."""
    duration = int.from_bytes(data[:2]) or None
    found = parse_description_chapters(data[2:].decode("utf-8", "replace"), duration)
    assert not found or (len(found) >= 3 and found[0].start_seconds == 0)
    for before, after in pairwise(found):
        assert before.end_seconds == after.start_seconds > before.start_seconds
    assert all(chapter.title for chapter in found)


def search(data: bytes) -> None:
    """What is typed into the search."""
    text = data.decode("utf-8", "replace")[:400]
    asked = query.parse(text)
    assert len(asked.required) + len(asked.optional) <= query.TERMS_MAX
    assert len(asked.excluded) <= query.TERMS_MAX
    asked.still_typed()


def player(data: bytes) -> None:
    """Watch pages and answers of the player."""
    answers = []
    prefix = b"ytInitialData; ytInitialPlayerResponse = "
    for read, body in (
        (watch_page.read_player_body, data),
        (watch_page.read_watch_page, data),
        (watch_page.read_watch_page, prefix + data),
    ):
        try:
            answers.append(read(body))
        except UpstreamError:
            continue
    known = [answer for answer in answers if answer is not None]
    judge_player_answers(_ASKED, known, known[0] if known else None)
    for answer in known:
        str(answer).encode()
    judge_playlist_message(data.decode("utf-8", "replace"))


def transcripts(data: bytes) -> None:
    """Answers of transcribers, and their headers; the first byte chooses the status."""
    status = (200, 200, 400, 401, 404, 413, 429, 498, 500)[data[0] % 9] if data else 200
    text = data[1:].decode("latin-1")
    headers = {"retry-after": text[:40], "x-ratelimit-limit-requests": text[:20]}
    headers |= {"x-ratelimit-reset-requests": text[20:60], "x-ratelimit-remaining-requests": "1"}
    try:
        heard = read_answer(Answer(status, headers, data[1:]))
    except UpstreamError:
        heard = None
    quota_levels(headers)
    seconds = retry_after_seconds(text[:80])
    assert seconds is None or seconds >= 0
    for segment in heard.transcript.segments if heard else ():
        assert 0 <= segment.start_seconds <= segment.end_seconds


def cursors(data: bytes) -> None:
    """Where a page begins, as a caller may write it."""
    text = data.decode("utf-8", "replace")
    for decode in (
        paging.decode_cursor,
        paging.decode_position,
        lambda cursor: paging.decode_search_place(cursor, "asked"),
    ):
        try:
            decode(text)
        except VideothekError:
            continue


def names(data: bytes) -> None:
    """File names and the header that brings them."""
    text = data.decode("utf-8", "replace")
    name = fitting(text)
    assert name not in ("", ".", "..")
    assert len(name.encode()) <= 180
    assert not set(name) & set('/\\:*?"<>|\r\n\x00')
    header = attachment(name)
    assert header.isascii()
    assert "\r" not in header
    assert "\n" not in header


TARGETS: Final[dict[str, Target]] = {
    target.__name__: target
    for target in (
        links, any_file, any_text, document, page, table, archive, database, shortcut,
        captions, chapters, search, player, transcripts, cursors, names,
    )
}  # fmt: skip


def _read(source: Source) -> None:
    try:
        reading = read_source(source, _MAX_ITEMS)
    except VideothekError:
        return
    _check_reading(reading)


def _check_reading(reading: Reading) -> None:
    assert len(reading.items) <= _MAX_ITEMS
    _check_ids(item.youtube_id for item in reading.items if item.youtube_id is not None)
    for item in reading.items:
        assert item.source is None or _SOURCE.fullmatch(item.source), item.source
    texts = [item.text for item in reading.items] + [group.name for group in reading.groups]
    assert all(len(text) <= 1000 for text in texts)
    _check_storable([*texts, reading.label or ""])


def _check_ids(found: Iterable[str]) -> None:
    for youtube_id in found:
        assert _ID.fullmatch(youtube_id), youtube_id


def _check_cues(cues: list[Cue]) -> None:
    for cue in cues:
        assert 0 <= cue.start_seconds <= cue.end_seconds
        assert cue.text.strip()
    _check_storable(cue.text for cue in cues)


def _check_storable(texts: Iterable[Any]) -> None:
    for text in texts:
        text.encode()
        assert "\x00" not in text, json.dumps(text)

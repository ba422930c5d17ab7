"""Exports that are JSON, each by its own fields."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from app.core.errors import ReasonCode
from app.services.importing import json_records
from app.services.importing.folders import Path, names_of
from app.services.importing.items import ItemSink
from app.services.importing.text import add_without_video, read_line
from app.services.youtube_ids import LinkKind, classify_link, extract_video_id, is_video_id

_MAX_DEPTH: Final = 60


def read(found: Any, sink: ItemSink, group: str | None = None) -> str | None:
    """Read an export that is known.

    Args:
        found: The parsed document.
        sink: Takes the items.
        group: What the document is a part of.

    Returns:
        Whose it is; None for others, of which nothing was read.
    """
    if isinstance(found, list):
        return _read_list(found, sink, group)
    if not isinstance(found, dict):
        return None
    for is_it, reader, name in _EXPORTS:
        if is_it(found):
            reader(found, sink, group)
            return name
    return None


def read_lines(lines: Iterable[tuple[int, Any]], sink: ItemSink, group: str | None = None) -> str:
    """Read one document per line, as FreeTube's databases are.

    Args:
        lines: Each with its number; text where a line is no document.
        sink: Takes the items.
        group: What the file is a part of.
    """
    is_freetube = False
    for line, found in lines:
        if sink.is_full:
            break
        if not isinstance(found, dict):
            read_line(line, str(found), sink, group)
        elif "$$deleted" in found or "$$indexCreated" in found:
            is_freetube = True
        else:
            is_freetube |= "_id" in found
            _read_line(line, found, sink, group)
    return "freetube" if is_freetube else "json"


def _read_line(line: int, found: dict[str, Any], sink: ItemSink, group: str | None) -> None:
    if isinstance(found.get("videoId"), str):
        _add_id(line, found["videoId"], found.get("title"), sink, group)
    elif isinstance(found.get("playlistName"), str):
        for video in _records(found.get("videos")):
            _add_id(line, video.get("videoId"), video.get("title"), sink, found["playlistName"])
    elif isinstance(found.get("subscriptions"), list):
        _read_subscriptions(found["subscriptions"], sink, group)
    elif (fields := json_records.own_fields(found)) or not found:
        json_records.add_fields(line, fields, found, sink, group)
    else:
        json_records.read(found, sink, group)


# -- Google Takeout ------------------------------------------------------------------------------


def _read_list(found: list[Any], sink: ItemSink, group: str | None) -> str | None:
    records = list(_records(found))
    if not records:
        return None
    if any(isinstance(record.get("titleUrl"), str) for record in records) or _is_activity(records):
        _read_history(records, sink, group)
        return "takeout_history"
    if all(str(record.get("kind", "")).startswith("youtube#") for record in records):
        _read_api_items(records, sink, group)
        return "takeout_playlist"
    if any("playlistName" in record for record in records):
        read_lines(enumerate(records, 1), sink, group)
        return "freetube"
    return None


def _is_activity(records: list[dict[str, Any]]) -> bool:
    return all({"header", "title", "time"} <= record.keys() for record in records)


def _read_history(records: list[dict[str, Any]], sink: ItemSink, group: str | None) -> None:
    """What was watched is the address of the record's title, and nothing else in it."""
    for line, record in enumerate(records, 1):
        if sink.is_full:
            return
        address = record.get("titleUrl")
        address = address if isinstance(address, str) else ""
        youtube_id = extract_video_id(address) if address else None
        reason = None if youtube_id else ReasonCode.NOT_A_VIDEO
        text = " ".join(
            part for part in (record.get("title"), address) if isinstance(part, str) and part
        )
        sink.add(line, text, youtube_id=youtube_id, reason=reason, group=group)


def _read_api_items(records: list[dict[str, Any]], sink: ItemSink, group: str | None) -> None:
    for line, record in enumerate(records, 1):
        if sink.is_full:
            return
        snippet = _record(record.get("snippet"))
        if record.get("kind") == "youtube#subscription":
            sink.add(
                line, str(snippet.get("title", "")), reason=ReasonCode.SUBSCRIPTION, group=group
            )
            continue
        identity = record.get("id")
        candidates = (
            _record(record.get("contentDetails")).get("videoId"),
            _record(snippet.get("resourceId")).get("videoId"),
            _record(identity).get("videoId"),
            identity if record.get("kind") == "youtube#video" else None,
        )
        youtube_id = next((value for value in candidates if isinstance(value, str)), None)
        _add_id(line, youtube_id, snippet.get("title"), sink, group)


# -- other programs ------------------------------------------------------------------------------


def _read_api_answer(found: dict[str, Any], sink: ItemSink, group: str | None) -> None:
    _read_api_items(list(_records(found.get("items"))), sink, group)


def _read_own(found: dict[str, Any], sink: ItemSink, group: str | None) -> None:
    line = 0
    for one in _records(found.get("lists")):
        name = one.get("name")
        for video in _records(one.get("videos")):
            line += 1
            named = name if isinstance(name, str) else group
            _add_id(line, video.get("youtube_id"), video.get("title"), sink, named)


def _read_invidious(found: dict[str, Any], sink: ItemSink, group: str | None) -> None:
    line = 0
    for line, youtube_id in enumerate(_list(found.get("watch_history")), 1):
        _add_id(line, youtube_id, None, sink, group)
    for playlist in _records(found.get("playlists")):
        for youtube_id in _list(playlist.get("videos")):
            line += 1
            _add_id(line, youtube_id, None, sink, _name(playlist, group))
    _read_subscriptions(_list(found.get("subscriptions")), sink, group)


def _read_playlists(found: dict[str, Any], sink: ItemSink, group: str | None) -> None:
    """LibreTube's backups and Piped's playlists: videos are links, or records with an id."""
    line = 0
    for name in ("watchHistory", "history"):
        for line, video in enumerate(_records(found.get(name)), 1):
            _add_id(line, video.get("videoId"), video.get("title"), sink, group)
    for name in ("localPlaylists", "playlists"):
        for playlist in _records(found.get(name)):
            about = _record(playlist.get("playlist")) or playlist
            for video in _list(playlist.get("videos")):
                line += 1
                _add_video(line, video, sink, _name(about, group))
    for bookmark in _records(found.get("playlistBookmarks")):
        line += 1
        address = f"https://www.youtube.com/playlist?list={bookmark.get('playlistId')}"
        add_without_video(line, address, sink, group)
    for name in ("subscriptions", "localSubscriptions"):
        _read_subscriptions(_list(found.get(name)), sink, group)


def _read_subscriptions(channels: Iterable[Any], sink: ItemSink, group: str | None) -> None:
    for line, channel in enumerate(channels, 1):
        if isinstance(channel, dict):
            parts = (channel.get(name) for name in ("name", "url", "channelId", "id"))
            text = " ".join(part for part in parts if isinstance(part, str))
        else:
            text = str(channel)
        sink.add(line, text, reason=ReasonCode.SUBSCRIPTION, group=group)


def _read_bookmarks(found: dict[str, Any], sink: ItemSink, group: str | None) -> None:
    """Chrome's file, and Firefox' backups: folders in folders."""
    roots = found.get("roots")
    tops = list(roots.values()) if isinstance(roots, dict) else [found]
    marks = [mark for top in tops for mark in _bookmarks_in(top, (), 0)]
    names = names_of(path for path, _ in marks)
    for line, (path, address) in enumerate(marks, 1):
        if sink.is_full:
            return
        if not read_line(line, address, sink, names.get(path) or group):
            sink.add(line, "", reason=ReasonCode.NO_LINK, group=group)


def _bookmarks_in(node: Any, path: Path, depth: int) -> Iterator[tuple[Path, str]]:
    if not isinstance(node, dict) or depth > _MAX_DEPTH:
        return
    address = node.get("url") or node.get("uri")
    if isinstance(address, str):
        yield path, address
    name = json_records.name_of(node)
    for child in _list(node.get("children")):
        yield from _bookmarks_in(child, (*path, name) if name else path, depth + 1)


# -- what they have in common --------------------------------------------------------------------


def _add_video(line: int, video: Any, sink: ItemSink, group: str | None) -> None:
    if isinstance(video, dict):
        known = video.get("videoId") or video.get("url")
        _add_id(line, known, video.get("title"), sink, group)
    else:
        _add_id(line, video, None, sink, group)


def _add_id(line: int, value: Any, title: Any, sink: ItemSink, group: str | None) -> None:
    """A field that is known to hold a video's id, or a link to it."""
    known = value.strip() if isinstance(value, str) else ""
    text = f"{title} {known}" if isinstance(title, str) and title else known
    youtube_id = known if is_video_id(known) else extract_video_id(known)
    if youtube_id:
        sink.add(line, text, youtube_id=youtube_id, group=group)
    elif classify_link(known) in (LinkKind.PLAYLIST, LinkKind.CHANNEL):
        add_without_video(line, known, sink, group)
    else:
        sink.add(line, text, reason=ReasonCode.BAD_ID if known else ReasonCode.NO_LINK, group=group)


def _name(record: dict[str, Any], otherwise: str | None) -> str | None:
    return json_records.name_of(record) or otherwise


def _record(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _records(value: Any) -> Iterator[dict[str, Any]]:
    return (part for part in _list(value) if isinstance(part, dict))


def _is_libretube(found: dict[str, Any]) -> bool:
    if any(name in found for name in ("watchHistory", "localPlaylists", "localSubscriptions")):
        return True
    return isinstance(found.get("preferences"), list)


_EXPORTS: Final = (
    (lambda found: found.get("format") == "videothek", _read_own, "videothek"),
    (lambda found: isinstance(found.get("roots"), dict), _read_bookmarks, "bookmarks"),
    (
        lambda found: str(found.get("type", "")).startswith("text/x-moz-place"),
        _read_bookmarks,
        "bookmarks",
    ),
    (lambda found: isinstance(found.get("watch_history"), list), _read_invidious, "invidious"),
    (lambda found: found.get("format") == "Piped", _read_playlists, "libretube"),
    (_is_libretube, _read_playlists, "libretube"),
    (
        lambda found: "_id" in found and isinstance(found.get("subscriptions"), list),
        _read_playlists,
        "freetube",
    ),
    (lambda found: isinstance(found.get("subscriptions"), list), _read_playlists, "newpipe"),
    (
        lambda found: str(found.get("kind", "")).startswith("youtube#") and "items" in found,
        _read_api_answer,
        "json",
    ),
    (
        lambda found: "playlistName" in found or ("videoId" in found and "_id" in found),
        lambda found, sink, group: _read_line(1, found, sink, group),
        "freetube",
    ),
)

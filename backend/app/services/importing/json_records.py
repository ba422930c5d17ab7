"""Reads JSON of programs that we don't know, by the names of fields that hold a record's video."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.core.errors import ReasonCode
from app.services.importing.fields import Field, judge_field, looks_random
from app.services.importing.items import ItemSink
from app.services.importing.text import add_source, add_without_video
from app.services.youtube_ids import find_video_ids, is_video_id

_IDS: Final = frozenset({"videoid", "youtubeid", "ytid", "youtubevideoid", "ytvideoid", "vid"})
_LINKS: Final = frozenset(
    {
        "url", "uri", "link", "href", "titleurl", "videourl", "webpageurl", "originalurl",
        "watchurl", "youtubeurl", "youtubelink", "videolink", "shareurl", "permalink", "givenurl",
        "resolvedurl", "youtube", "video", "src", "source", "address", "pageurl",
    }
)  # fmt: skip
_MAYBE_ID: Final = "id"
# A record with a name beside its id is about what has that id.
_NAMES: Final = frozenset(
    {"title", "name", "channel", "author", "uploader", "duration", "ekey", "iekey"}
)
_FOREIGN: Final = (
    "descri", "thumb", "comment", "image", "avatar", "icon", "cover", "related", "format",
    "caption", "subtitle", "channel", "author", "uploader", "preference", "setting",
)  # fmt: skip
_MAX_DEPTH: Final = 60
_MAX_NAMES: Final = 200
_GROUP_NAMES: Final = ("playlistName", "playlist_name", "playlistTitle", "name", "title")


def read(found: Any, sink: ItemSink, group: str | None = None) -> str:
    """Read any JSON.

    Args:
        found: The parsed document.
        sink: Takes the items.
        group: What the document is a part of.
    """
    before = sink.total
    _Walk(sink).visit(found, group, 0)
    if sink.total == before:
        # No field that we know: then whatever the texts link to, as in running text.
        for line, text in enumerate(_own_texts(found, 0), 1):
            if sink.is_full:
                break
            # A lone word of eleven letters is any word here, and a channel is not what is meant.
            for youtube_id in find_video_ids(text) if "youtu" in text.lower() else ():
                sink.add(line, text, youtube_id=youtube_id, group=group)
    return "json"


def _own_texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        for part in value:
            yield from _own_texts(part, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        for name, part in value.items():
            if not is_foreign(name):
                yield from _own_texts(part, depth + 1)


def plain(name: str) -> str:
    """A field's name without what programs differ in."""
    return name.replace("_", "").replace("-", "").replace(" ", "").casefold()


def own_fields(record: Mapping[str, Any]) -> list[Field]:
    """What a record's own fields hold, in their order."""
    found = []
    for name, value in record.items():
        if isinstance(value, str) and (judged := _judge_named(plain(name), value, record)):
            found.append(judged)
    return found


def _judge_named(name: str, value: str, record: Mapping[str, Any]) -> Field | None:
    if name in _IDS:
        text = value.strip()
        return Field((text,)) if is_video_id(text) else judge_field(value)
    if name in _LINKS:
        judged = judge_field(value)
        return judged if judged.youtube_ids or judged.source or judged.is_link else None
    if name == _MAYBE_ID and is_video_id(value) and looks_random(value):
        names = {plain(other) for other in list(record)[:_MAX_NAMES]}
        return Field((value,)) if names & _NAMES else None
    return None


class _Walk:
    """Goes through a document in its order.

    Args:
        sink: Takes the items.
    """

    def __init__(self, sink: ItemSink) -> None:
        self._sink = sink
        self._line = 0

    def visit(self, value: Any, group: str | None, depth: int) -> None:
        if depth > _MAX_DEPTH or self._sink.is_full:
            return
        if isinstance(value, dict):
            self._visit_record(value, group, depth)
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, str):
                    self._visit_text(part, group)
                else:
                    self.visit(part, group, depth + 1)

    def _visit_record(self, record: dict[str, Any], group: str | None, depth: int) -> None:
        has_own = self._add_record(record, group)
        for name, value in record.items():
            if not isinstance(value, dict | list) or is_foreign(name):
                continue
            inner = group
            if isinstance(value, list) and not has_own:
                inner = name_of(record) or group
            self.visit(value, inner, depth + 1)

    def _add_record(self, record: dict[str, Any], group: str | None) -> bool:
        fields = own_fields(record)
        if not fields:
            return False
        self._line += 1
        return add_fields(self._line, fields, record, self._sink, group)

    def _visit_text(self, text: str, group: str | None) -> None:
        judged = judge_field(text)
        ids = judged.youtube_ids or ((judged.bare_id,) if judged.bare_id else ())
        if ids and (judged.youtube_ids or looks_random(ids[0])):
            self._line += 1
            for youtube_id in ids:
                self._sink.add(self._line, text, youtube_id=youtube_id, group=group)
        elif judged.is_link or judged.source:
            self._line += 1
            add_without_video(self._line, text, self._sink, group)


def add_fields(
    line: int, fields: Iterable[Field], record: Mapping[str, Any], sink: ItemSink, group: str | None
) -> bool:
    """Take a record: its videos, or its playlist, or why it has neither.

    Returns:
        Whether it is a video.
    """
    judged = list(fields)
    text = " ".join(_texts(record))
    ids = dict.fromkeys(youtube_id for one in judged for youtube_id in one.youtube_ids)
    for youtube_id in ids:
        sink.add(line, text, youtube_id=youtube_id, group=group)
    if ids:
        return True
    source = next((one.source for one in judged if one.source), None)
    if source and source.startswith("playlist:"):
        add_source(line, text, source, sink, group)
    elif source:
        sink.add(line, text, reason=ReasonCode.SUBSCRIPTION, group=group)
    else:
        add_without_video(line, text, sink, group)
    return False


def _texts(record: Mapping[str, Any]) -> Iterator[str]:
    for name in ("title", "name"):
        if isinstance(value := record.get(name), str):
            yield value
            break
    for name, value in record.items():
        if isinstance(value, str) and plain(name) in _IDS | _LINKS:
            yield value
            break


def is_foreign(name: str) -> bool:
    """Whether what a field holds is about something else than the record's own video."""
    return plain(name).startswith(_FOREIGN)


def name_of(record: Mapping[str, Any]) -> str | None:
    """What a playlist or folder calls itself."""
    return next(
        (value for name in _GROUP_NAMES if isinstance(value := record.get(name), str)), None
    )

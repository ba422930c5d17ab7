"""Finding YouTube video ids in whatever people paste: links, lines, whole exports.

A wrong id would import somebody else's video, so a text yields an id only where YouTube itself
would open that video: the host must be YouTube's own (userinfo tricks and lookalikes are judged
by the host a browser would really contact), and the id must have exactly eleven characters.

Every step is linear in the length of the text, because imports accept 20 MB from anyone: the text
is cut into lines, words and segments once, and every regular expression is bounded or anchored.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote

from app.services._youtube_links import (
    VIDEO_ID,
    Judgement,
    LinkKind,
    judge_address,
    judge_app_link,
)

__all__ = [
    "LinkKind",
    "classify_link",
    "extract_playlist_id",
    "extract_source",
    "extract_video_id",
    "find_video_ids",
    "is_ordinary_word",
    "is_personal_playlist",
    "is_video_id",
]

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_JSON_ESCAPES: Final = re.compile(r"\\u00(26|3d|3f|2f)", re.IGNORECASE)
_WORD: Final = re.compile(r"""[^\s<>"'`\\]+""")
# Where a second address begins inside one word: after a separator, or glued to the first one.
# A nested address (`?url=https://...`) belongs to the outer one and is not cut off.
_SEGMENT: Final = re.compile(
    r"[,;|()\[\]{}](?=(?:[a-z.]{2,16}:)?//|[a-z0-9.-]{0,24}youtu|[a-z.]{2,16}:\S)"
    r"|(?<![=/?&#:%@])(?=https?:/)",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"(?<![a-z0-9])(?:h?ttps?|feed|intent):/{1,3}", re.IGNORECASE)
_APP_SCHEME: Final = re.compile(
    r"(?<![\w.-])(?:vnd\.youtube(?:\.launch)?:(?://)?|youtube://|yt:video:)(?!https?:)",
    re.IGNORECASE,
)
_YOUTUBE_NAME: Final = re.compile(
    r"youtu(?:\.be|be(?:-nocookie|kids|education)?\.com|be\.googleapis\.com)"
    r"\.?(?=[/?#:]|$|[^\w.@-])",
    re.IGNORECASE,
)
_MAX_SUBDOMAIN_LENGTH: Final = 64
_MAX_FOREIGN_PROBE: Final = 512
_LOOKS_LIKE_ADDRESS: Final = re.compile(r"(?<![\w-])[\w-]{1,63}\.[a-z]{2,18}[:/?#]", re.IGNORECASE)
_FOREIGN_ADDRESS: Final = re.compile(
    r"(?<![\w@-])(?:[\w-]{1,63}\.){1,8}[a-z]{2,18}(?:[:/?#@]|$)", re.IGNORECASE
)
_ENCODED_SCHEME: Final = re.compile(r"https?%3A%2F%2F", re.IGNORECASE)
_MAX_ENCODED_LENGTH: Final = 8192

# Where prose goes on for longer than this, nobody asks what else it links to.
_MAX_PROSE: Final = 8192
_MAX_FOREIGN_WORDS: Final = 500
# Twice as many as an import takes.
_MAX_LINKS_PER_LINE: Final = 20_000

# A line that is only an id, with what lists and quotations put around it.
_LONE_ID: Final = re.compile(
    r"(?:(?:[-*•]|\d{1,5}[.)])\s+)?[\"'`(\[]?([A-Za-z0-9_-]{11})[\"'`)\]]?[,;]?"
)
_ARCHIVE_LINE: Final = re.compile(r"youtube ([A-Za-z0-9_-]{11})")
_MAX_LONE_LINE: Final = 32
# Watch later, liked videos and music, favourites and history of old, temporary queues, and mixes.
_PERSONAL_PLAYLIST: Final = re.compile(r"WL|LL|LM|HL|(?:LL|FL|RD|UL|TL)[A-Za-z0-9_-]+")
# Eleven characters that people write without meaning a video: words, names, numbers, rules.
# Of random ids, fewer than one in a thousand looks like one of these.
_ORDINARY: Final = re.compile(
    r"[a-z_-]+|[A-Z_-]+|[\d_-]+"
    r"|[A-Za-z][a-z]+(?:[-_](?:[A-Za-z]?[a-z]+|[A-Z]{2,3}))*"
    r"|[A-Za-z][a-z]{3,}(?:[A-Z][a-z]{3,})+"
    r"|[A-Z]?[a-z]{3,}[-_]?\d+|[A-Z]{3,}[-_]?\d+"
)


def is_video_id(text: str) -> bool:
    """Whether a text has the shape of a video id: eleven characters of A-Z, a-z, 0-9, - and _.

    For fields that are known to hold ids; in free text an ordinary word has that shape too.
    """
    return len(text) == 11 and VIDEO_ID.match(text) is not None  # noqa: PLR2004


def is_ordinary_word(text: str) -> bool:
    """Whether eleven characters look like a word, a name or a number, and so hardly mean a video."""
    return _ORDINARY.fullmatch(text) is not None


def extract_video_id(text: str) -> str | None:
    """Reads the video out of one link, one id or one line.

    Args:
        text: Anything a person may drop as one item.

    Returns:
        The first video's id, or None where there is no video.
    """
    return next(_video_ids(text), None)


def find_video_ids(text: str) -> list[str]:
    """Reads every video out of running text, a list of links, or a whole file.

    A bare id counts only where it is alone on its line and doesn't look like an ordinary word.

    Args:
        text: Any text; time and memory grow linearly with it.

    Returns:
        The ids in the order of their first appearance, each once.
    """
    return list(dict.fromkeys(_video_ids(text)))


def classify_link(text: str) -> LinkKind:
    """Says what a text is, above all why it holds no video.

    Args:
        text: One item, as for `extract_video_id`.

    Returns:
        `VIDEO` exactly when `extract_video_id` finds one, else the reason: what its first YouTube
        address is, else `FOREIGN_HOST`, else `BAD_ID` for a lone word that is nearly an id.
    """
    if extract_video_id(text) is not None:
        return LinkKind.VIDEO
    foreign = False
    for number, word in enumerate(_words(text if _may_hold_link(text) else text[:_MAX_PROSE])):
        if number > _MAX_FOREIGN_WORDS and not _may_hold_link(word):
            continue
        for segment in _segments(word):
            judgement = _judge(segment)
            if judgement.kind is LinkKind.FOREIGN_HOST:
                foreign = True
            elif judgement.kind is not LinkKind.NO_LINK:
                return judgement.kind
    if foreign:
        return LinkKind.FOREIGN_HOST
    return LinkKind.BAD_ID if _is_nearly_an_id(text) else LinkKind.NO_LINK


def extract_playlist_id(text: str) -> str | None:
    """Reads the playlist out of one link; a video opened inside a playlist names it as well.

    Args:
        text: One item, as for `extract_video_id`.

    Returns:
        The id of the playlist (`PL...`, `UU...`, `WL`, ...), or None.
    """
    judgements = (_judge(segment) for word in _words(text) for segment in _segments(word))
    return next((found.list_id for found in judgements if found.list_id), None)


def extract_source(text: str) -> str | None:
    """Reads out of one link which playlist or channel it opens.

    Args:
        text: One item, as for `extract_video_id`.

    Returns:
        `playlist:<id>`, `channel:<id>`, or `page:<path>` of a channel that is named by its page
        (`page:/@name`); None where there is neither, or only beside a video.
    """
    for word in _words(text):
        if not _may_hold_link(word):
            continue
        for segment in _segments(word):
            found = _judge(segment)
            if found.kind is LinkKind.PLAYLIST and found.list_id:
                return f"playlist:{found.list_id}"
            if found.kind is LinkKind.CHANNEL and found.channel:
                scheme = "page" if found.channel.startswith("/") else "channel"
                return f"{scheme}:{found.channel}"
    return None


def is_personal_playlist(playlist_id: str) -> bool:
    """Whether only its owner sees a playlist, or it never ends: watch later, likes, mixes."""
    return _PERSONAL_PLAYLIST.fullmatch(playlist_id) is not None


def _video_ids(text: str) -> Iterator[str]:
    for line in _unescape(text).splitlines():
        visible = line if line.isascii() else _INVISIBLE.sub("", line)
        if _may_hold_link(visible):
            yield from _ids_in_links(line)
        elif len(visible) <= _MAX_LONE_LINE or len(visible.strip()) <= _MAX_LONE_LINE:
            yield from _lone_id(visible.strip())


def _may_hold_link(text: str) -> bool:
    if "youtu" in text:
        return True
    folded = text.lower()
    return "youtu" in folded or "yt:video:" in folded


def _unescape(text: str) -> str:
    r"""Undoes what JSON and JavaScript do to addresses: `https:\/\/`, `\u0026`."""
    if "\\" not in text:
        return text
    text = text.replace("\\/", "/")
    return _JSON_ESCAPES.sub(lambda found: chr(int(found[1], 16)), text)


def _ids_in_links(line: str) -> Iterator[str]:
    archived = _ARCHIVE_LINE.fullmatch(line.strip()) if len(line) <= _MAX_LONE_LINE else None
    if archived:  # yt-dlp's download archive
        yield archived[1]
        return
    links = filter(_may_hold_link, _words(line))
    for word in islice(links, _MAX_LINKS_PER_LINE):
        for segment in _segments(word):
            yield from _judge(segment).video_ids


def _lone_id(line: str) -> Iterator[str]:
    lone = _LONE_ID.fullmatch(line)
    if lone and not _ORDINARY.fullmatch(lone[1]):
        yield lone[1]


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(_unescape(text)):
        word = _without_emphasis(found[0])
        if word.isascii() or not _INVISIBLE.search(word):
            yield word
        elif _judge(_INVISIBLE.sub("", word)).video_ids:
            yield _INVISIBLE.sub("", word)
        else:  # the invisible character separated the address from what follows it
            yield from filter(None, _INVISIBLE.split(word))


def _without_emphasis(word: str) -> str:
    """Takes Markdown's underscores off both ends: they are id characters, too."""
    before = len(word) - len(word.lstrip("_"))
    return word[before:].removesuffix("_" * before) if before else word


def _segments(word: str) -> Iterator[str]:
    return filter(None, _SEGMENT.split(word))


def _judge(segment: str) -> Judgement:
    """Judges the first address in a segment; `NO_LINK` if there is none."""
    app = _APP_SCHEME.search(segment)
    if app and not _LOOKS_LIKE_ADDRESS.search(segment, 0, app.start()):
        return judge_app_link(segment[app.end() :])
    scheme = _SCHEME.search(segment)
    if scheme and not _LOOKS_LIKE_ADDRESS.search(segment, 0, scheme.start()):
        return judge_address(segment[scheme.end() :])
    start = None if scheme else _schemeless_start(segment)
    if start is not None:
        return judge_address(segment[start:])
    if _ENCODED_SCHEME.match(segment):
        return _judge(unquote(segment[:_MAX_ENCODED_LENGTH]))
    return _judge_foreign_looking(segment)


def _judge_foreign_looking(segment: str) -> Judgement:
    foreign = _FOREIGN_ADDRESS.search(segment[:_MAX_FOREIGN_PROBE])
    if not foreign:
        return Judgement(LinkKind.NO_LINK)
    address = segment[foreign.start() :]
    if "@" in address[:_MAX_FOREIGN_PROBE].partition("/")[0]:
        return Judgement(LinkKind.FOREIGN_HOST)  # a mail address or a userinfo trick
    return judge_address(address)


def _schemeless_start(segment: str) -> int | None:
    """Where an address without `https://` begins: a YouTube host that is part of nothing else."""
    for name in _YOUTUBE_NAME.finditer(segment):
        start = name.start()
        floor = max(0, start - _MAX_SUBDOMAIN_LENGTH)
        while start > floor and (segment[start - 1] in ".-" or segment[start - 1].isalnum()):
            start -= 1
        subdomain = segment[start : name.start()]
        if (not subdomain or subdomain.endswith(".")) and _may_begin_after(segment[:start][-3:]):
            return start
    return None


def _may_begin_after(before: str) -> bool:
    if before.endswith("//"):  # //www.youtube.com/embed/ID, but not https://evil.example//...
        return not before[:-2] or not (before[0].isalnum() or before[0] in ":/._-")
    return not before or not (before[-1].isalnum() or before[-1] in "_@/%&?#.-")


def _is_nearly_an_id(text: str) -> bool:
    word = text.strip()
    looks_random = not _ORDINARY.fullmatch(word)
    return looks_random and re.fullmatch(r"[A-Za-z0-9_-]{9,14}", word) is not None

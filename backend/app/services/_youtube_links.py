"""Judging one web address: which video does it open on YouTube, and if none, what is it?

The public face is `youtube_ids`; this module knows YouTube's addresses and nothing about the text
around them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import unquote

VIDEO_ID: Final = re.compile(r"[A-Za-z0-9_-]{11}(?![A-Za-z0-9_-])")
_LIST_ID: Final = re.compile(r"[A-Za-z0-9_-]{2,64}(?![A-Za-z0-9_-])")

_CHANNEL_ID: Final = re.compile(r"UC[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")
# Handles and old names of channels, in any alphabet.
_PAGE_NAME: Final = re.compile(r"[\w.·-]{1,100}")

# Longer addresses are cut: no id is ever found further back, and hostile ones stay cheap.
_MAX_ADDRESS_LENGTH: Final = 8192
_MAX_WRAPPERS: Final = 3

_AMPERSAND: Final = re.compile(r"&(?:amp;)*")
_AUTHORITY_END: Final = re.compile(r"[/?#\\]")
_YOUTUBE_HOST: Final = re.compile(
    r"(?:[a-z0-9-]+\.)*"
    r"(?:youtube\.com|youtube-nocookie\.com|youtubekids\.com|youtubeeducation\.com"
    r"|youtube\.googleapis\.com|youtu\.be)"
)
# Picture and feed servers: an address there shows a video's thumbnail, it does not open a video.
_PICTURE_HOST: Final = re.compile(r"(?:img|i\d*|s\d*|gdata)\.youtube\.com")

_ID_FOLDERS: Final = frozenset({"watch", "shorts", "embed", "live", "v", "vi", "e", "video"})
_LIST_PAGES: Final = frozenset({"playlist", "p", "view_play_list", "watch_videos"})
_CHANNEL_PAGES: Final = frozenset({"channel", "c", "user", "profile"})
# Pages whose own `v` belongs to another address (wrappers) or means something else.
_PAGES_WITHOUT_V: Final = _CHANNEL_PAGES | {
    "redirect", "oembed", "playlist", "results", "feed", "hashtag", "post", "clip", "browse"
}  # fmt: skip
_WRAPPED_KEYS: Final = ("u", "url", "next", "next_url", "continue")
# `embed/videoseries` and `embed/live_stream` are pages whose names have eleven letters.
_RESERVED: Final = {"videoseries": "playlist", "live_stream": "channel"}
# The fragment of channel links of 2010: #p/u/11/ID and #p/c/LIST/11/ID.
_OLD_CHANNEL_FRAGMENT: Final = re.compile(r"p/(?:[^/]{1,64}/){1,4}")

# Other sites' "you are leaving" pages that people copy by accident: host, path, parameter.
_WRAPPERS: Final = (
    (re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}"), "/url", ("q", "url")),
    (re.compile(r"(?:consent|accounts)\.google\.com"), "/", ("continue",)),
    (re.compile(r"(?:l|lm|m|www)\.facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"l\.instagram\.com"), "/", ("u",)),
    (re.compile(r"out\.reddit\.com"), "/", ("url",)),
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
)


class LinkKind(StrEnum):
    """What a text turned out to be; the values are stored as reason codes."""

    VIDEO = "video"
    PLAYLIST = "playlist"
    CHANNEL = "channel"
    NOT_A_VIDEO = "not_a_video"
    FOREIGN_HOST = "foreign_host"
    BAD_ID = "bad_id"
    NO_LINK = "no_link"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one address.

    Attributes:
        kind: What the address is.
        video_ids: The videos it opens, in order; only a queue link has more than one.
        list_id: The playlist it names, also beside a video.
        channel: The channel it names: its id (`UC...`), or the path of its page (`/@name`).
    """

    kind: LinkKind
    video_ids: tuple[str, ...] = ()
    list_id: str | None = None
    channel: str | None = None


class _Page(NamedTuple):
    host: str
    folders: list[str]
    query: list[tuple[str, str]]
    fragment: str

    def name(self) -> str:
        return self.folders[0].lower() if self.folders else ""

    def values(self, key: str) -> Iterator[str]:
        return (value for name, value in self.query if name == key)


def judge_address(address: str, wrappers: int = 0) -> Judgement:
    """Judges an address that begins with its host (the scheme already taken off).

    Args:
        address: For example `www.youtube.com/watch?v=dQw4w9WgXcQ`; may carry trailing text.
        wrappers: How many redirect addresses this one was found in.

    Returns:
        The verdict; `FOREIGN_HOST` for every host that isn't YouTube's.
    """
    address = address[:_MAX_ADDRESS_LENGTH]
    end = _AUTHORITY_END.search(address)
    authority, rest = (address[: end.start()], address[end.start() :]) if end else (address, "")
    host = _host(authority)
    if not host:
        return Judgement(LinkKind.FOREIGN_HOST if authority else LinkKind.NO_LINK)
    page = _page(host, rest)
    if _YOUTUBE_HOST.fullmatch(host):
        return _judge_youtube(page, wrappers)
    return _judge_foreign(page, rest, wrappers)


def judge_app_link(rest: str) -> Judgement:
    """Judges what follows `vnd.youtube:` or `youtube://`: an id, a page, or a whole address.

    Args:
        rest: The text after the scheme and its slashes.
    """
    found = VIDEO_ID.match(rest)
    if found:
        return Judgement(LinkKind.VIDEO, (found[0],))
    if rest[:5].lower() == "watch":
        return judge_address("www.youtube.com/" + rest)
    return judge_address(rest)


def _host(authority: str) -> str:
    """The host a browser would contact: after the last `@`, without port, lower-case, or empty."""
    host, colon, port = authority.rpartition("@")[2].partition(":")
    if colon and port and not port.isdigit():
        host = host if not port[0].isalnum() else ""
    host = host.lower().rstrip(".,;:!)]}'*_")
    return host if re.fullmatch(r"[\w.-]+", host) else ""


def _page(host: str, rest: str) -> _Page:
    rest, _, fragment = rest.partition("#")
    path, _, query = rest.partition("?")
    path = unquote(path)
    if "?" in path:  # the whole address was percent-encoded: watch%3Fv%3DID
        path, _, encoded_query = path.partition("?")
        query = f"{encoded_query}&{query}"
    folders = [folder for folder in path.replace("\\", "/").split("/") if folder]
    return _Page(host, folders, list(_parameters(query)), unquote(fragment))


def _parameters(query: str) -> Iterator[tuple[str, str]]:
    for pair in _AMPERSAND.split(query):
        name, _, value = pair.partition("=")
        # A second question mark is a frequent slip for an ampersand: watch?feature=share?v=ID.
        if "?" in value and "/" not in value:
            value, _, slip = value.partition("?")
            yield from _parameters(slip.replace("?", "&"))
        yield unquote(name).lower(), unquote(value)


def _judge_youtube(page: _Page, wrappers: int) -> Judgement:
    if _PICTURE_HOST.fullmatch(page.host):
        return Judgement(LinkKind.NOT_A_VIDEO)
    list_id = _list_id(page)
    if page.name() == "watch_videos":
        return _judge_queue(page)
    slot = _id_slot(page)
    if slot is not None:
        return _judge_slot(slot, page, list_id)
    wrapped = _judge_wrapped(page, wrappers)
    if wrapped:
        return wrapped
    return Judgement(_kind_without_video(page, list_id), (), list_id, _channel(page))


def _judge_queue(page: _Page) -> Judgement:
    ids = [
        found[0]
        for value in page.values("video_ids")
        for part in value.split(",")
        if (found := VIDEO_ID.match(part))
    ]
    return Judgement(LinkKind.VIDEO if ids else LinkKind.PLAYLIST, tuple(dict.fromkeys(ids)))


def _judge_slot(slot: str, page: _Page, list_id: str | None) -> Judgement:
    found = VIDEO_ID.match(slot)
    if not found:
        return Judgement(LinkKind.BAD_ID, (), list_id)
    if found[0] in _RESERVED:
        channel = next(page.values("channel"), None)
        return Judgement(LinkKind(_RESERVED[found[0]]), (), list_id, _channel_id(channel or ""))
    return Judgement(LinkKind.VIDEO, (found[0],), list_id)


def _id_slot(page: _Page) -> str | None:
    """The text standing where a video's id belongs, or None if the address has no such place."""
    name = page.name()
    if len(page.folders) > 1 and name in _ID_FOLDERS:
        return page.folders[1]
    if page.host.endswith("youtu.be") and name and name not in _ID_FOLDERS | _LIST_PAGES:
        return page.folders[0]
    if name not in _PAGES_WITHOUT_V and not name.startswith("@"):
        for key in ("v", "vi", "video_id"):
            value = next(page.values(key), "")
            if value:
                return value
    return _fragment_slot(page.fragment)


def _fragment_slot(fragment: str) -> str | None:
    """Old pages kept the video behind the `#`: #!v=ID, #/watch?v=ID, #p/u/1/ID."""
    old_channel = _OLD_CHANNEL_FRAGMENT.match(fragment)
    if old_channel:
        slot = fragment[old_channel.end() :]
        return slot if VIDEO_ID.match(slot) else None
    query = fragment.partition("?")[2] if fragment.startswith("/") else fragment.lstrip("!")
    return next((value for name, value in _parameters(query) if name == "v" and value), None)


def _judge_wrapped(page: _Page, wrappers: int) -> Judgement | None:
    """Follows YouTube's own redirects (share, sign-in, consent, oEmbed) to a video, if they do."""
    if wrappers >= _MAX_WRAPPERS:
        return None
    keys = ("q", *_WRAPPED_KEYS) if page.name() == "redirect" else _WRAPPED_KEYS
    for key in keys:
        for value in page.values(key):
            if value.startswith("/") and not value.startswith("//"):
                inner = judge_address("www.youtube.com" + value, wrappers + 1)
            else:
                inner = _judge_nested(value, wrappers)
            if inner.video_ids:
                return inner
    return None


def _judge_nested(value: str, wrappers: int) -> Judgement:
    if "%" in value and "//" not in value:
        value = unquote(value)
    scheme = re.match(r"(?:https?:)?//", value, re.IGNORECASE)
    return judge_address(value[scheme.end() :] if scheme else value, wrappers + 1)


def _judge_foreign(page: _Page, rest: str, wrappers: int) -> Judgement:
    if wrappers < _MAX_WRAPPERS:
        for host, path, keys in _WRAPPERS:
            if host.fullmatch(page.host) and rest.startswith(path):
                for value in (value for key in keys for value in page.values(key)):
                    inner = _judge_nested(value, wrappers)
                    if inner.kind is not LinkKind.FOREIGN_HOST:
                        return inner
        archived = re.match(r"/web/\w{1,20}/https?:/{1,2}", rest)
        if page.host == "web.archive.org" and archived:
            return judge_address(rest[archived.end() :], wrappers + 1)
    return Judgement(LinkKind.FOREIGN_HOST)


def _list_id(page: _Page) -> str | None:
    keys = ("list", "p") if page.name() in _LIST_PAGES else ("list",)
    values = [value for key in keys for value in page.values(key)]
    if page.name() == "p" and len(page.folders) > 1:
        values.append(page.folders[1])
    if page.name() == "browse" and len(page.folders) > 1 and page.folders[1].startswith("VL"):
        values.append(page.folders[1][2:])
    return next((found[0] for value in values if (found := _LIST_ID.match(value))), None)


def _kind_without_video(page: _Page, list_id: str | None) -> LinkKind:
    if list_id or page.name() in _LIST_PAGES:
        return LinkKind.PLAYLIST
    if page.name().startswith("@") or page.name() in _CHANNEL_PAGES:
        return LinkKind.CHANNEL
    if page.name() == "browse" and len(page.folders) > 1 and page.folders[1].startswith("UC"):
        return LinkKind.CHANNEL
    return LinkKind.NOT_A_VIDEO


def _channel(page: _Page) -> str | None:
    """What names the channel whose page this is."""
    name = page.name()
    second = page.folders[1] if len(page.folders) > 1 else ""
    if name in ("channel", "browse"):
        return _channel_id(second)
    if name.startswith("@") and _PAGE_NAME.fullmatch(page.folders[0], 1):
        return f"/{page.folders[0]}"
    if name == "profile":
        name, second = "user", next(page.values("user"), "")
    return f"/{name}/{second}" if name in ("c", "user") and _PAGE_NAME.fullmatch(second) else None


def _channel_id(text: str) -> str | None:
    found = _CHANNEL_ID.match(text)
    return found[0] if found else None

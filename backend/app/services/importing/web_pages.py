"""Reads pages: bookmarks of browsers, Takeout's watch history, Pocket's export, any other page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from app.core.errors import ReasonCode
from app.services.importing.folders import Path, names_of
from app.services.importing.items import ItemSink
from app.services.importing.text import add_without_video, read_line
from app.services.youtube_ids import LinkKind, classify_link, extract_video_id

_IS_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|!--|html|head|meta|body|title|dl|div|a |ul|ol|p>|h1)",
    re.IGNORECASE,
)
_IS_BOOKMARKS: Final = re.compile(
    r"<!doctype\s+netscape-bookmark|<dl>?\s*(?:<p>\s*)?<dt>", re.IGNORECASE
)
_IS_OPML: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<opml", re.IGNORECASE)
_FEED: Final = re.compile(r"""xmlUrl\s*=\s*["']([^"']{1,500})["']""", re.IGNORECASE)
_LINK: Final = re.compile(r"""<a\s[^>]{0,2000}?href\s*=\s*["']?([^"'\s>]{1,2048})""", re.IGNORECASE)
# A tree of more elements would need more memory than any real page is worth.
_MAX_ELEMENTS: Final = 1_500_000
# Elements within elements within elements cost the square of their number, whatever they are called.
_MAX_DEPTH: Final = 500
_MAX_OPEN: Final = 10_000
# HTML opens all of these anew behind each element that ends while they are open.
_REOPENED: Final = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()  # noqa: SIM905 - one line
)
_MAX_REOPENED: Final = 2_000_000
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_CLOSED_BY_THEMSELVES: Final = frozenset(
    (
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "option",
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    )
)
_MAX_FOLDER_DEPTH: Final = 64
_MAX_HEADING_LENGTH: Final = 200
_VIDEO_LINKS: Final = 'a[href*="youtu"], a[href^="/watch?"]'
_MAX_PLAYLISTS: Final = 1000


def is_page(text: str) -> bool:
    """Whether a text is HTML, or a list of feeds (OPML)."""
    return _IS_PAGE.match(text) is not None or _IS_OPML.match(text) is not None


def read_page(text: str, sink: ItemSink, group: str | None = None) -> str:
    """Read a page's links that are records of their own.

    Args:
        text: The page.
        sink: Takes the items.
        group: What the page is a part of.

    Returns:
        What it was recognised as.
    """
    if _IS_OPML.match(text):
        return _read_feeds(text, sink, group)
    tree = None if _is_too_much(text) else _tree(text)
    if tree is None:
        _read_addresses((found[1] for found in _LINK.finditer(text)), sink, group)
        # In an archive of Takeout's all other pages are beside the point.
        return "takeout_history" if "outer-cell" in text else "html"
    if "outer-cell" in text and tree.css_first(".outer-cell") is not None:
        _read_history(tree, sink, group)
        return "takeout_history"
    if _IS_BOOKMARKS.search(text):
        _read_bookmarks(tree, sink, group)
        return "raindrop" if "Raindrop.io" in text[:20_000] else "bookmarks"
    if "time_added=" in text:
        _read_sections(tree, sink, group)
        return "pocket"
    _read_addresses(_addresses(tree), sink, group)
    return "html"


def _tree(text: str) -> LexborHTMLParser | None:
    """The page's elements; None if there is not the memory for them."""
    try:
        return LexborHTMLParser(text)
    except (SelectolaxError, MemoryError):
        return None


def _is_too_much(text: str) -> bool:
    """Whether building the tree of a page would take longer than any real page is worth."""
    if text.count("<") > _MAX_ELEMENTS:
        return True
    open_tags: Counter[str] = Counter()
    depth = to_reopen = reopened = 0
    for found in _TAG.finditer(text):
        name = found[2].lower()
        reopened += to_reopen
        if name not in _CLOSED_BY_THEMSELVES:
            # What closes nothing makes no room for what is opened later.
            step = 1 if not found[1] else -1 if open_tags[name] else 0
            open_tags[name] += step
            depth += step
            to_reopen += step if name in _REOPENED else 0
        if open_tags[name] > _MAX_DEPTH or depth > _MAX_OPEN or reopened > _MAX_REOPENED:
            return True
    return False


def _read_feeds(text: str, sink: ItemSink, group: str | None) -> str:
    for line, found in enumerate(_FEED.finditer(text), 1):
        sink.add(line, found[1], reason=ReasonCode.SUBSCRIPTION, group=group)
    return "html"


def _read_history(tree: LexborHTMLParser, sink: ItemSink, group: str | None) -> None:
    """One record per cell; its first link is what was watched, the next one is its channel."""
    for line, cell in enumerate(tree.css(".outer-cell"), 1):
        if sink.is_full:
            return
        link = cell.css_first(".content-cell a[href]")
        address = _address(link) if link is not None else ""
        youtube_id = extract_video_id(address) if address else None
        reason = None if youtube_id else ReasonCode.NOT_A_VIDEO
        shown = f"{link.text()} {address}" if link is not None and address else cell.text()
        sink.add(line, " ".join(shown.split()), youtube_id=youtube_id, reason=reason, group=group)


def _read_bookmarks(tree: LexborHTMLParser, sink: ItemSink, group: str | None) -> None:
    """Every bookmark, in the order of the file, in the group of the folder it stands in."""
    nodes = tree.css("h3, dl, a[href]")
    paths = _paths(nodes)
    names = names_of(paths.values())
    line = 0
    for node in nodes:
        if sink.is_full:
            return
        if node.tag == "a":
            line += 1
            _read_bookmark(line, node, sink, names.get(_path(node, paths)) or group)


def _paths(nodes: Iterable[LexborNode]) -> dict[int, Path]:
    """Where each folder is; the heading before it says how it is called."""
    paths: dict[int, Path] = {}
    heading = ""
    for node in nodes:
        if node.tag == "h3":
            heading = " ".join(node.text().split())[:_MAX_HEADING_LENGTH]
        elif node.tag == "dl":
            outer = _path(node, paths)
            paths[node.mem_id] = (*outer, heading) if heading else outer
            heading = ""
    return paths


def _path(node: LexborNode, paths: dict[int, Path]) -> Path:
    for _ in range(_MAX_FOLDER_DEPTH):
        parent = node.parent
        if parent is None:
            return ()
        if path := paths.get(parent.mem_id):
            return path
        node = parent
    return ()


def _read_bookmark(line: int, node: LexborNode, sink: ItemSink, group: str | None) -> None:
    address = _address(node)
    if not address or not read_line(line, address, sink, group, node.text()):
        sink.add(line, node.text(), reason=ReasonCode.NO_LINK, group=group)


def _read_sections(tree: LexborHTMLParser, sink: ItemSink, group: str | None) -> None:
    """Lists of links under headings: "Unread", "Read Archive"."""
    heading: str | None = None
    line = 0
    for node in tree.css("h1, a[href]"):
        if sink.is_full:
            return
        if node.tag == "h1":
            heading = node.text()
        else:
            line += 1
            _read_bookmark(line, node, sink, heading or group)


def _addresses(tree: LexborHTMLParser) -> Iterator[str]:
    return (_address(node) for node in tree.css(_VIDEO_LINKS))


def _address(node: LexborNode) -> str:
    return (node.attributes.get("href") or "").strip()


def _read_addresses(addresses: Iterator[str], sink: ItemSink, group: str | None) -> None:
    """A page links to its videos more than once, and to much else: only the videos count, once.

    Where there is none, a playlist that it links to may be what is meant.
    """
    seen: set[str] = set()
    playlists: dict[str, None] = {}
    for address in dict.fromkeys(addresses):
        if sink.is_full:
            return
        if address.startswith("/watch?"):
            address = f"https://www.youtube.com{address}"  # noqa: PLW2901 - as saved by a browser
        if "youtu" not in address:
            continue
        youtube_id = extract_video_id(address)
        if youtube_id and youtube_id not in seen:
            seen.add(youtube_id)
            sink.add(len(seen), address, youtube_id=youtube_id, group=group)
        elif (
            not youtube_id
            and len(playlists) < _MAX_PLAYLISTS
            and classify_link(address) is LinkKind.PLAYLIST
        ):
            playlists[address] = None
    if not seen:
        for line, address in enumerate(playlists, 1):
            add_without_video(line, address, sink, group)

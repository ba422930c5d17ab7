"""What Takeout's playlists are called: file names say it in every language's own way."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from app.services.export.takeout import TITLE_COLUMN, lists_by_file
from app.services.importing.items import Group
from app.services.importing.table_text import original_cell
from app.services.importing.tables import titles_in

# "Music videos.csv", "Musik-Videos.csv": where nothing else tells the title from what is added.
_ADDED: Final = re.compile(
    r"(?:[ _-]+(?:videos|vídeos|vidéos|video|wideo|filmy))?(?: ?\(\d+\))?$", re.IGNORECASE
)
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_MAX_TITLES: Final = 5000
_MAX_HEADER_BYTES: Final = 2000


def is_index(content: bytes) -> bool:
    """Whether this is the table of an archive's playlists, as Google writes it in English.

    So does an export of this library, whose lists may be called anything, even like a video.

    Args:
        content: A file of the archive.
    """
    header = content[:_MAX_HEADER_BYTES].partition(b"\n")[0]
    return TITLE_COLUMN.casefold().encode() in header.lower()


class Names:
    """Finds the titles of an archive's playlists.

    Attributes:
        playlists: The names of their files, without endings.
    """

    def __init__(self) -> None:
        self.playlists: list[str] = []
        self._titles: dict[str, str] = {}
        self._by_stem: dict[str, str] = {}

    def learn(self, text: str) -> None:
        """Take the titles from the archive's table of playlists.

        Args:
            text: The table.
        """
        titles = _titles_of_index(text)
        # An export of this library: each file's name is made from its list's, in the same order.
        by_file = lists_by_file(original_cell(title) for title in titles)
        self._by_stem |= {file.removesuffix(".csv"): title for file, title in by_file.items()}
        for title in (titles or titles_in(text))[:_MAX_TITLES]:
            self._titles.setdefault(_folded(title), title)
        self._titles.pop("", None)

    def apply(self, groups: Sequence[Group]) -> None:
        """Give the groups that are playlists their titles.

        Args:
            groups: Named after their files so far.
        """
        stems = set(self.playlists)
        ending = _common_ending(sorted(stems))
        for group in groups:
            if group.name in stems:
                known = self._by_stem.get(group.name) or self._title(group.name)
                group.name = known or _stripped(group.name, ending)

    def _title(self, stem: str) -> str | None:
        folded = _folded(stem)
        found = [
            title for title in self._titles if folded.startswith(title) or folded.endswith(title)
        ]
        return self._titles[max(found, key=len)] if found else None


def _titles_of_index(text: str) -> list[str]:
    """All titles in an index's own column, in its order; none if it is no index."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        column = names.index(TITLE_COLUMN.casefold())
        return [row[column] for row in islice(reader, _MAX_TITLES) if len(row) > column]
    except (csv.Error, ValueError):
        return []


def _folded(text: str) -> str:
    return _NOT_LETTERS.sub("_", text).strip("_").casefold()


def _stripped(stem: str, ending: str) -> str:
    shown = stem.removesuffix(ending) if ending else _ADDED.sub("", stem)
    return shown.strip() or stem


def _common_ending(stems: Sequence[str]) -> str:
    """What all names end in, from a space or hyphen on: " videos", "-Videos"."""
    if len(stems) < 2:  # noqa: PLR2004 - one name has nothing in common
        return ""
    ending = _common_start([stem[::-1] for stem in stems])[::-1]
    start = min((place for mark in " -" if (place := ending.find(mark)) >= 0), default=None)
    return ending[start:] if start is not None else ""


def _common_start(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    same = (place for place, letter in enumerate(first) if last[place : place + 1] != letter)
    return first[: next(same, len(first))]

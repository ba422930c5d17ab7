"""What is read out of an input: its items, and the groups they stand in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.core.texts import visible_name

_KEPT_TEXT_LENGTH: Final = 500
_MAX_NAME_LENGTH: Final = 200
# Reading ends after so many times the items that an import may have: nobody chooses among more.
_MOST_COUNTED: Final = 50
# What a file is kept for, even if no line of it is a video.
_WORTH_TELLING: Final = frozenset(
    {
        ReasonCode.PLAYLIST,
        ReasonCode.CHANNEL,
        ReasonCode.PERSONAL_PLAYLIST,
        ReasonCode.SUBSCRIPTION,
        ReasonCode.BAD_ID,
    }
)


@dataclass(frozen=True, slots=True)
class InputItem:
    """One video link, or one line without any.

    Args:
        line: From 1.
        text: The line, shortened.
        youtube_id: The video, if there is one.
        reason_code: Why there is none.
        source: The playlist or channel it links to: ``playlist:<id>``, ``channel:<id>``, or
            ``page:<path>`` of a channel without its id (``page:/@name``).
        group: Its place among the input's playlists, folders or files, if it stands in one.
        position: Its place in everything that was read, from 0.
    """

    line: int
    text: str
    youtube_id: str | None
    reason_code: ReasonCode | None = None
    source: str | None = None
    group: int | None = None
    position: int = 0

    @property
    def is_rejected(self) -> bool:
        """Whether it is neither a video nor a playlist."""
        return self.youtube_id is None and self.source is None


@dataclass(slots=True)
class Group:
    """A playlist, folder or file of the input, with everything that stands in it."""

    name: str
    item_count: int = 0
    video_count: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """An input that was read.

    Args:
        items: Those of the groups that were wanted, in the order of the input.
        groups: All there are.
        format: What it was recognised as.
        label: What to call the input.
    """

    items: list[InputItem]
    groups: list[Group] = field(default_factory=list)
    format: str = "text"
    label: str | None = None


class ItemSink:
    """Takes what the readers find; memory stays bounded, whatever they are given.

    Args:
        max_items: The most items of one import.
        wanted_groups: Only items of these groups are kept; the others are counted.

    Attributes:
        items: What is kept, at most one more than may be.
        groups: All groups so far.
        found: How much since ``begin`` was worth reading.
    """

    def __init__(self, max_items: int, wanted_groups: Collection[int] | None = None) -> None:
        self._max_items = max_items
        self._wanted = None if wanted_groups is None else frozenset(wanted_groups)
        self._places: dict[str, int] = {}
        self._total = 0
        # Also what was forgotten again: it took its time.
        self._ever = 0
        self._begun: tuple[int, int, int] = (0, 0, 0)
        self._touched: dict[int, tuple[int, int]] = {}
        self.found = 0
        self.items: list[InputItem] = []
        self.groups: list[Group] = []

    @property
    def is_full(self) -> bool:
        """Whether reading on changes nothing: too many items, and no group to choose from."""
        return self._is_exhausted or (len(self.items) > self._max_items and not self.groups)

    @property
    def _is_exhausted(self) -> bool:
        return self._ever > self._max_items * _MOST_COUNTED

    @property
    def total(self) -> int:
        """How many items were found, of all groups."""
        return self._total

    def add(
        self,
        line: int,
        text: str,
        *,
        youtube_id: str | None = None,
        reason: ReasonCode | None = None,
        source: str | None = None,
        group: str | None = None,
    ) -> None:
        """Take one item.

        Args:
            line: Where it stands in its file, from 1.
            text: What stands there.
            youtube_id: The video.
            reason: Why it is none.
            source: The playlist or channel it is instead.
            group: The name of the group it stands in; groups of one name are one.
        """
        place = self._place_of(group) if group is not None else None
        if place is not None:
            counted = self.groups[place]
            self._touched.setdefault(place, (counted.item_count, counted.video_count))
            counted.item_count += 1
            counted.video_count += youtube_id is not None
        self.found += youtube_id is not None or reason in _WORTH_TELLING
        is_wanted = self._wanted is None or place in self._wanted
        if is_wanted and len(self.items) <= self._max_items:
            kept = storable(text[:_KEPT_TEXT_LENGTH]).strip()
            item = InputItem(line, kept, youtube_id, reason, source, place, self._total)
            self.items.append(item)
        self._total += 1
        self._ever += 1

    def begin(self) -> None:
        """Remember this moment: what comes from here on is one file of several."""
        self._begun = (self._total, len(self.items), len(self.groups))
        self._touched = {}
        self.found = 0

    def undo(self) -> None:
        """Forget everything since ``begin``."""
        self._total, items, groups = self._begun
        del self.items[items:]
        for group in self.groups[groups:]:
            del self._places[group.name.casefold()]
        del self.groups[groups:]
        for place, counts in self._touched.items():
            if place < groups:
                self.groups[place].item_count, self.groups[place].video_count = counts

    def refuse_too_many(self) -> None:
        """Say so if there are more items than one import may have.

        Raises:
            VideothekError: ``too_many_items``, with the groups, so that fewer can be chosen.
        """
        if len(self.items) <= self._max_items and not self._is_exhausted:
            return
        choice = [
            {"name": group.name, "item_count": group.item_count, "video_count": group.video_count}
            for group in self.groups
        ]
        extra = {"groups": choice} if len(choice) > 1 else {}
        raise VideothekError(ErrorCode.TOO_MANY_ITEMS, 413, limit=self._max_items, **extra)

    def _place_of(self, name: str) -> int | None:
        shown = group_name(name)
        if not shown:
            return None
        place = self._places.setdefault(shown.casefold(), len(self.groups))
        if place == len(self.groups):
            self.groups.append(Group(shown))
        return place


def group_name(name: str) -> str:
    """A group's name as a list may have it: one line, not too long."""
    return visible_name(storable(name[: 4 * _MAX_NAME_LENGTH]))[:_MAX_NAME_LENGTH].strip()


def storable(text: str) -> str:
    """Text that can be stored and sent: no NUL (PostgreSQL) and no halves of characters (UTF-8)."""
    text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()

"""Chapters: from YouTube's markers, or read out of a description as YouTube itself would.

YouTube's published rules decide whether a list of times in a description is a list of chapters:
the first is at 0:00, there are at least three, each begins later than the one before, and each is
at least ten seconds long. A list that breaks them (track lengths, opening hours, a summary that
begins in the middle) gives no chapters at all, because YouTube shows none either.

Creators write the list in every notation. So each line is read for what it could be, and a few
readings of the whole text are tried, the most usual first; the first one that obeys the rules wins.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple

__all__ = ["Chapter", "chapters_from_markers", "parse_description_chapters"]

_FEWEST_CHAPTERS: Final = 3
_SHORTEST_SECONDS: Final = 10
# One time after the end may be a rounding or a slip; with more, the list is about another video.
_MOST_PAST_THE_END: Final = 1

_STAMP: Final = re.compile(
    r"(?<![\d:：A-Za-z])(?<!\d[.,])"
    r"(?:(\d{1,3})[:：])?(\d{1,3})[:：](\d\d)(?:[.,]\d{1,3})?(?!\d|[:：]\d)"
)
# What makes a time one of the clock: 9:00 pm, 20:15 Uhr, 9:00 CET.
_CLOCK_WORD: Final = re.compile(
    r"\s?(?:[ap]m\b|[AP]M\b|[ap]\.m\.|[Uu]hr\b|UHR\b|o'clock|GMT\b|UTC\b|[CEMP][DES]?S?T\b)"
)
_DATE: Final = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})[T, ]{0,2}\Z"
)
_DATE_LENGTH: Final = 12
_URL: Final = re.compile(r"https?://\S+")
_RANGE: Final = re.compile(
    r"[\s\])}】]{0,4}(?:[-–—~〜～→>/]{1,3}|to|bis|until|a|à|до)[\s\[({【]{0,4}", re.IGNORECASE
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_UNTITLED: Final = re.compile(r"<Untitled Chapter \d+>")

_CLOSERS: Final = {"(": ")", "[": "]", "{": "}", "<": ">", "【": "】", "「": "」", "（": "）"}
_OPENING: Final = "".join(_CLOSERS)
_CLOSING: Final = "".join(_CLOSERS.values())
_SEPARATORS: Final = " \t\u00a0\u3000-–—―‐:：;,|¦/\\~〜～=>→►▶▸➜➤»›·•"
_BULLETS: Final = " \t\u00a0\u3000-–—•·●○◦▪▫■□►▶▸➤➜→»›*+~|"
# What may stand before a time at the head of a line: bullets, emoji, brackets, `1.`, `02)`, `#3`.
_LEAD: Final = re.compile(r"[^\w]{0,20}(?:\d{1,3}[^\w]{1,10})?")
_DOT_LEADERS: Final = re.compile(r"(?<![\s._])[\s._]{4,}$")
_LONGEST_TITLE_IN_A_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a video.

    Attributes:
        start_seconds: Where it begins.
        end_seconds: Where it ends, or None if that is unknown (the last one, length unknown).
        title: Its name, never empty.
    """

    start_seconds: float | int
    end_seconds: float | int | None
    title: str


# `prose` is a time in the middle of words: "see 12:30 for more".
_Place = Literal["head", "tail", "middle", "prose"]


class _Stamp(NamedTuple):
    """A time in a line: where it stands, and which second of the video it names."""

    start: int
    end: int
    seconds: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A time with the text that names it.

    Attributes:
        line: The number of its line.
        seconds: The position in the video.
        written: The time as it was written.
        title: The text of its line without times and decoration; may be empty.
        place: Where the time stands in its line.
    """

    line: int
    seconds: int
    written: str
    title: str
    place: _Place


def parse_description_chapters(description: str, duration_seconds: int | None) -> list[Chapter]:
    """Reads chapters out of a video's description by YouTube's rules.

    Args:
        description: The whole description, any length, any language.
        duration_seconds: The video's length, or None if unknown.

    Returns:
        At least three chapters, the first at 0, without gaps; or none.
    """
    lines = [_INVISIBLE.sub("", line).strip() for line in description.splitlines()]
    stamps = [list(_stamps(line)) for line in lines]
    for run in _candidates(lines, stamps):
        if chapters := _by_the_rules(run, duration_seconds):
            return chapters
    return []


def chapters_from_markers(
    markers: Sequence[Mapping[str, Any]] | None, duration_seconds: float | None = None
) -> list[Chapter]:
    """Takes over the chapters yt-dlp found in YouTube's own markers.

    Args:
        markers: yt-dlp's `chapters`: `[{start_time, end_time, title}]`, in seconds.
        duration_seconds: The video's length, or None if unknown.

    Returns:
        Chapters by start, none twice, none nameless, none beyond the video's end.
    """
    named: dict[float, tuple[float | None, str]] = {}
    for marker in markers or ():
        start, title = _seconds(marker.get("start_time")), _marker_title(marker.get("title"))
        if start is not None and title and not (duration_seconds and start >= duration_seconds):
            named.setdefault(start, (_seconds(marker.get("end_time")), title))
    starts = sorted(named)
    limits: list[float | None] = [*starts[1:], duration_seconds or None]
    return [
        Chapter(start, _marker_end(start, named[start][0], limit), named[start][1])
        for start, limit in zip(starts, limits, strict=False)
    ]


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _marker_title(value: object) -> str:
    title = " ".join(value.split()) if isinstance(value, str) else ""
    return "" if _UNTITLED.fullmatch(title) else title  # yt-dlp's filler, not YouTube's


def _marker_end(start: float, end: float | None, limit: float | None) -> float | None:
    if end is None or end <= start:
        return limit
    return end if limit is None else min(end, limit)


def _by_the_rules(run: list[_Entry], duration_seconds: int | None) -> list[Chapter]:
    if duration_seconds and duration_seconds > 0:
        inside = [entry for entry in run if entry.seconds < duration_seconds]
        if len(run) - len(inside) > _MOST_PAST_THE_END:
            return []
        run = inside
    if len(run) < _FEWEST_CHAPTERS or run[0].seconds:
        return []
    if any(after.seconds - before.seconds < _SHORTEST_SECONDS for before, after in pairwise(run)):
        return []
    last_end = duration_seconds if duration_seconds and duration_seconds > 0 else None
    ends = [*(entry.seconds for entry in run[1:]), last_end]
    return [
        Chapter(entry.seconds, end, entry.title or entry.written)
        for entry, end in zip(run, ends, strict=True)
    ]


def _candidates(lines: list[str], stamps: list[list[_Stamp]]) -> Iterator[list[_Entry]]:
    """Every list of times the text may be meant as, the most usual notations first."""
    for pick in (0, -1):  # the last time of a line, if the first ones are lengths
        for run in _runs(list(_one_per_line(lines, stamps, pick))):
            yield _titled_by_neighbours(run, lines, stamps)
    for number, (line, found) in enumerate(zip(lines, stamps, strict=True)):
        if len(found) >= _FEWEST_CHAPTERS:
            yield list(_all_in_one_line(number, line, found))


def _stamps(line: str) -> Iterator[_Stamp]:
    if ":" not in line and "：" not in line:
        return
    visible = _URL.sub(lambda found: " " * len(found[0]), line)
    for found in _STAMP.finditer(visible):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        is_clock = _CLOCK_WORD.match(visible, found.end()) or _DATE.search(
            visible, max(0, found.start() - _DATE_LENGTH), found.start()
        )
        if seconds < 60 and not is_clock:  # noqa: PLR2004 - a minute
            yield _Stamp(found.start(), found.end(), hours * 3600 + minutes * 60 + seconds)


def _one_per_line(lines: list[str], stamps: list[list[_Stamp]], pick: int) -> Iterator[_Entry]:
    for number, (line, found) in enumerate(zip(lines, stamps, strict=True)):
        if not found:
            continue
        stamp = found[pick]
        end = stamp.end
        if pick == 0 and len(found) > 1 and _RANGE.fullmatch(line, end, found[1].start):
            end = found[1].end  # 0:00 - 1:20
        before, after = line[: stamp.start], line[end:]
        title, place = _title_and_place(before, after)
        yield _Entry(number, stamp.seconds, line[stamp.start : stamp.end], title, place)


def _title_and_place(before: str, after: str) -> tuple[str, _Place]:
    leading = _title_after(before, after)
    if _LEAD.fullmatch(before) and leading:
        return leading, "head"
    trailing = _title_before(before)
    if not any(character.isalnum() for character in after):
        return trailing if any(c.isalnum() for c in trailing) else "", "tail"
    is_prose = before.rstrip()[-1:].isalnum()
    return f"{trailing} {leading}".strip(), "prose" if is_prose else "middle"


def _title_after(before: str, after: str) -> str:
    title = after.lstrip(_SEPARATORS + _CLOSING)
    if before[-1:] in {"*", "_"}:  # Markdown: **0:00** Intro
        title = title.lstrip("*_" + _SEPARATORS)
    title = title.removeprefix(". ").strip().rstrip("| \t")
    opened = before.rstrip()[-1:]
    closer = _CLOSERS.get(opened, "")
    if (
        closer
        and not after.lstrip().startswith(closer)
        and title.count(opened) < title.count(closer)
    ):
        title = title.removesuffix(closer).rstrip()  # (0:00 Intro)
    return title


def _title_before(before: str) -> str:
    title = before.rstrip(_SEPARATORS + _OPENING + "@*")
    return _DOT_LEADERS.sub("", title).rstrip(_SEPARATORS).lstrip(_BULLETS)


def _runs(entries: list[_Entry]) -> Iterator[list[_Entry]]:
    """Cuts the times of a description into lists that begin at 0:00 and ascend.

    A time that goes back within a list breaks it. After other text it may be something else (a
    correction, a quotation), so there it only ends the list.
    """
    run: list[_Entry] = []
    for entry in entries:
        if entry.seconds == 0:
            if run:
                yield run
            run = [entry]
        elif run:
            is_apart = entry.line - run[-1].line > 1
            if not _belongs(entry, run[0], is_apart=is_apart):
                continue
            if entry.seconds > run[-1].seconds:
                run.append(entry)
            else:
                if is_apart:
                    yield run
                run = []
    if run:
        yield run


def _belongs(entry: _Entry, first: _Entry, *, is_apart: bool) -> bool:
    """Whether a line looks like the list's first one; apart from the list, it has to."""
    if entry.place == first.place or first.place in {"middle", "prose"} or not entry.title:
        return True
    return not is_apart and entry.place != "prose"


def _titled_by_neighbours(
    run: list[_Entry], lines: list[str], stamps: list[list[_Stamp]]
) -> list[_Entry]:
    """Names times that stand alone in their lines by the line below, or else above, each."""

    def beside(entry: _Entry, step: int) -> str:
        number = entry.line + step
        is_plain = 0 <= number < len(lines) and not stamps[number]
        return lines[number].strip(_BULLETS) if is_plain else ""

    nameless = [entry for entry in run if not entry.title]
    below = all(beside(entry, 1) for entry in nameless)
    above = not below and all(beside(entry, -1) for entry in nameless)
    step = -1 if above else 1
    return [entry if entry.title else replace(entry, title=beside(entry, step)) for entry in run]


def _all_in_one_line(number: int, line: str, found: list[_Stamp]) -> Iterator[_Entry]:
    """Reads a list whose line breaks were lost: 0:00 Intro 1:00 First 2:00 Second."""
    first = next((place for place, stamp in enumerate(found) if stamp.seconds == 0), len(found))
    kept = [
        stamp
        for place, stamp in enumerate(found[first:], first)
        if place == first or not _RANGE.fullmatch(line, found[place - 1].end, stamp.start)
    ]
    if not kept:
        return
    lead = line[found[first - 1].end if first else 0 : kept[0].start]
    texts = [line[a.end : b.start] for a, b in pairwise(kept)]
    tail = line[kept[-1].end :]
    titles = [_title_in_text(text) for text in [*texts, tail]]
    if not titles[-1]:
        titles = [_title_in_text(text) for text in [lead, *texts]]
    if all(titles):
        for stamp, title in zip(kept, titles, strict=True):
            yield _Entry(number, stamp.seconds, line[stamp.start : stamp.end], title, "middle")


def _title_in_text(text: str) -> str:
    text = text[: 4 * _LONGEST_TITLE_IN_A_TEXT].partition("http")[0].strip()
    around = _SEPARATORS + _OPENING + _CLOSING
    return text.strip(around)[:_LONGEST_TITLE_IN_A_TEXT].strip()

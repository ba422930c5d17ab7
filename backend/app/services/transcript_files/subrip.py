"""Captions as SubRip (SRT), which has no way to escape what players take for markup."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.services.enrichment.captions import Cue, clock, shown_lines

# Joins words and is not seen: behind it `<b>` is no tag, and nothing that can be read is lost.
_JOINER = "\u2060"
# The beginnings of tags, entities, styles, escapes and of the arrow between two times.
_MARKUP = re.compile(
    r"<(?=[A-Za-z/!])|&(?=[#A-Za-z])|\{(?=\\|[A-Za-z]:)|\\(?=[Nnh])|\[(?=br\])|--(?=>)"
)
# A line that a forgiving reader takes for the times of a cue.
_TIMES = re.compile(r"[\d:.]+\s*(?:-?-|[–—]|→|,)")


def to_subrip(cues: Sequence[Cue]) -> str:
    """Write captions for players that know no WebVTT.

    Args:
        cues: By start time.

    Returns:
        A SubRip file; cues without length get one millisecond.
    """
    return "\n".join(_cues(cues))


def _cues(cues: Iterable[Cue]) -> Iterator[str]:
    number = 0
    for cue in cues:
        lines = shown_lines(cue)
        if not lines:
            continue
        number += 1
        start = round(cue.start_seconds * 1000)
        end = max(round(cue.end_seconds * 1000), start + 1)
        text = "\n".join(_plain(line) for line in lines)
        yield f"{number}\n{_stamp(start)} --> {_stamp(end)}\n{text}\n"


def _plain(line: str) -> str:
    text = _MARKUP.sub(lambda found: found[0] + _JOINER, line)
    return _JOINER + text if _TIMES.match(text) else text


def _stamp(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{clock(seconds)},{fraction:03}"

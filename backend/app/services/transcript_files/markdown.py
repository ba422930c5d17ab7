"""Captions as Markdown: paragraphs under their chapters, each with its time as a link."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.core.texts import printable
from app.services.enrichment.captions import Cue, paragraphs
from app.services.export.writing import watch_address
from app.services.transcript_files.words import Chapter, moment_address, short_time

# What could begin markup within a line. Nothing of other people's begins a line here.
_MARKUP = re.compile(r"[\\`*_\[\]<>&#|~$]")


def to_markdown(
    *,
    youtube_id: str,
    title: str | None,
    channel: str | None,
    published_at: datetime | None,
    cues: Sequence[Cue],
    chapters: Sequence[Chapter],
) -> str:
    """Write captions as notes that keep their times.

    Args:
        youtube_id: YouTube's id.
        title: The heading, if it is known.
        channel: Named below it, if it is known.
        published_at: Likewise.
        cues: By start time.
        chapters: By start time; each becomes a heading.
    """
    address = watch_address(youtube_id)
    below = [
        _plain(channel or ""),
        f"{published_at:%Y-%m-%d}" if published_at else "",
        f"<{address}>",
    ]
    blocks = [f"# {_plain(title or '') or youtube_id}", " · ".join(filter(None, below))]
    for chapter, said in _by_chapter(cues, chapters):
        if chapter is not None:
            link = _link(youtube_id, chapter.start_seconds)
            blocks.append(f"## {link} {_plain(chapter.title)}".rstrip())
        blocks += [
            f"{_link(youtube_id, paragraph.start_seconds)} {_plain(paragraph.text)}"
            for paragraph in paragraphs(said)
        ]
    return "\n\n".join(blocks) + "\n"


def _by_chapter(
    cues: Sequence[Cue], chapters: Sequence[Chapter]
) -> Iterator[tuple[Chapter | None, list[Cue]]]:
    """The cues of each chapter, and before them those that come before all chapters."""
    said: list[Cue] = []
    current: Chapter | None = None
    following = iter(sorted(chapters, key=lambda chapter: chapter.start_seconds))
    upcoming = next(following, None)
    for cue in cues:
        while upcoming is not None and cue.start_seconds >= upcoming.start_seconds:
            if current is not None or said:
                yield current, said
            current, said = upcoming, []
            upcoming = next(following, None)
        said.append(cue)
    if current is not None or said:
        yield current, said
    while upcoming is not None:
        yield upcoming, []
        upcoming = next(following, None)


def _link(youtube_id: str, seconds: float) -> str:
    return f"[{short_time(seconds)}]({moment_address(youtube_id, seconds)})"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", printable(text))

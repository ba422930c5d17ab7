"""What a large library holds, made in blocks of a thousand videos, the newest block first.

A library grows here by older blocks, so that its first pages stay the same whatever its size: what a
page costs can be compared.
"""

import functools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import ErrorCode
from app.core.identifiers import new_id
from app.models import PIECE_BITS, CaptionsSource, ImportStage, ImportState, Verdict
from app.repositories.search_postgresql import pairs_of
from app.repositories.search_texts import VideoTexts
from app.services.search.indexing import document_of
from benchmarks.search_corpus import Library, published

BLOCK_VIDEOS = 1000
# Every second block is in the first list.
LIST_IDS = [f"bench-list-{number}" for number in range(10)]
# Of the newest block, each added by itself; and every so many blocks all of one.
_NEWEST_SINGLES = 100
_BLOCKS_PER_BLOCK_OF_SINGLES = 10
# Half an hour of speech in the newest block; the others are shorts, or the library would take 10 GB.
_LONG_LINES = 500
_SHORT_LINES = 10
# Of a thousand: gone, without captions, premieres (only in the newest block), with a tag.
_GONE_EVERY = 50
_SILENT_EVERY = 20
PREMIERES = 5
_TAGGED_EVERY = 10
COMMON_TAG, RARE_TAG = "often", "seldom"
_RARE_TAGS = 5

_Row = dict[str, Any]


@dataclass
class Block:
    """Rows of one block, by table; `search_pieces` have their pairs, which SQLite does without."""

    imports: list[_Row] = field(default_factory=list)
    videos: list[_Row] = field(default_factory=list)
    enrichments: list[_Row] = field(default_factory=list)
    items: list[_Row] = field(default_factory=list)
    tags: list[_Row] = field(default_factory=list)
    documents: list[_Row] = field(default_factory=list)
    words: list[_Row] = field(default_factory=list)
    pieces: list[_Row] = field(default_factory=list)


def youtube_id(number: int) -> str:
    """YouTube's id of a video of the library by its place, the newest one being the first."""
    return f"L{number:010d}"


def list_of_block(block: int) -> str:
    """Where the videos of a block are."""
    return LIST_IDS[0] if block % 2 == 0 else LIST_IDS[1 + block // 2 % (len(LIST_IDS) - 1)]


def make_block(block: int, newest: datetime, *, is_short: bool) -> Block:
    """Make all rows of a block.

    Args:
        block: Its number.
        newest: When the newest video of the library was added.
        is_short: Leave out nearly all that is said, where only the number of rows counts.
    """
    made = Block()
    for import_row, numbers in _imports(block, newest - timedelta(hours=block)):
        made.imports.append(import_row)
        for position, number in enumerate(numbers):
            _add_video(made, import_row, position, number, is_short=is_short)
    return made


def _imports(block: int, at: datetime) -> Iterator[tuple[_Row, range]]:
    """The imports of a block with the places of their videos, the newest one first."""
    first, end = block * BLOCK_VIDEOS, (block + 1) * BLOCK_VIDEOS
    singles = _NEWEST_SINGLES if block == 0 else 0
    if block % _BLOCKS_PER_BLOCK_OF_SINGLES == _BLOCKS_PER_BLOCK_OF_SINGLES - 1:
        singles = BLOCK_VIDEOS
    for place in range(singles):
        yield (
            _import(block, at - timedelta(seconds=place), 1),
            range(first + place, first + place + 1),
        )
    if singles < BLOCK_VIDEOS:
        numbers = range(first + singles, end)
        yield _import(block, at - timedelta(seconds=singles), len(numbers)), numbers


def _import(block: int, at: datetime, count: int) -> _Row:
    return {
        "id": new_id(),
        "list_id": list_of_block(block),
        "list_count": 1,
        "label": None,
        "state": ImportState.FINISHED.value,
        "created_at": at,
        "finished_at": at + timedelta(minutes=1),
        "new_count": count,
        "duplicate_count": 0,
        "repeated_count": 0,
        "rejected_count": 0,
        "playlist_count": 0,
    }


def _add_video(
    made: Block, import_row: _Row, position: int, number: int, *, is_short: bool
) -> None:
    stage, code = _stage(number)
    is_over = stage is ImportStage.COMPLETE
    text = _text(number, is_short=is_short)
    video: _Row = {
        "id": new_id(),
        "list_id": import_row["list_id"],
        "import_id": import_row["id"],
        "youtube_id": youtube_id(number),
        "created_at": import_row["created_at"] - timedelta(microseconds=position),
        "import_stage": stage.value,
        "import_progress": 100 if is_over else 0,
        "error_code": code,
        "published_at": published(number) if is_over else None,
        "duration_seconds": 30 + number % 5000 if is_over else None,
        **{
            name: text[name] if is_over else None
            for name in ("title", "channel", "description", "language")
        },
    }
    made.videos.append(video)
    made.items.append(_item(import_row["id"], position, video))
    made.enrichments.append(_enrichment(number, video, text, stage))
    made.tags += [{"video_id": video["id"], "key": tag, "name": tag} for tag in _tags(number)]
    if stage is not ImportStage.CREATED:
        _add_document(made, number, video, text if is_over else None)


def _stage(number: int) -> tuple[ImportStage, str | None]:
    # Among the first of the newest import with more than one video.
    if _NEWEST_SINGLES < number <= _NEWEST_SINGLES + PREMIERES:
        return ImportStage.CREATED, ErrorCode.VIDEO_UPCOMING.value
    if number % _GONE_EVERY == _GONE_EVERY - 1:
        return ImportStage.ERROR, ErrorCode.VIDEO_PRIVATE.value
    return ImportStage.COMPLETE, None


def _tags(number: int) -> list[str]:
    if number % _TAGGED_EVERY:
        return []
    return [COMMON_TAG, RARE_TAG] if number < _TAGGED_EVERY * _RARE_TAGS else [COMMON_TAG]


@functools.cache
def _texts(lines: int) -> Library:
    return Library(lines)


def _text(number: int, *, is_short: bool) -> _Row:
    if is_short:
        language = "en"
        text = {"title": f"Title {number}", "channel": "A channel", "description": None}
        return {**text, "language": language, "cues": [], "chapters": []}
    lines = _LONG_LINES if number < BLOCK_VIDEOS else _SHORT_LINES
    return _texts(lines).video(number)


def _enrichment(number: int, video: _Row, text: _Row, stage: ImportStage) -> _Row:
    is_over = stage is ImportStage.COMPLETE
    is_silent = number % _SILENT_EVERY == _SILENT_EVERY - 2
    source = CaptionsSource.NONE if is_silent else CaptionsSource.YOUTUBE_AUTO
    waits = stage is ImportStage.CREATED
    return {
        "video_id": video["id"],
        "stage": stage.value,
        "captions_source": source.value if is_over else None,
        "language": text["language"] if is_over else None,
        "cues": text["cues"] if is_over and not is_silent else None,
        "chapters": text["chapters"] if is_over else None,
        "last_error_code": ErrorCode.CAPTIONS_NONE.value if is_over and is_silent else None,
        "extracted_at": None if waits else video["created_at"] + timedelta(minutes=1),
        "next_attempt_at": video["created_at"] + timedelta(days=30) if waits else None,
    }


def _item(import_id: str, position: int, video: _Row) -> _Row:
    return {
        "id": new_id(),
        "import_id": import_id,
        "position": position,
        "line": position + 1,
        "text": f"https://www.youtube.com/watch?v={video['youtube_id']}",
        "youtube_id": video["youtube_id"],
        "verdict": Verdict.NEW.value,
        "video_id": video["id"],
    }


def _add_document(made: Block, number: int, video: _Row, text: _Row | None) -> None:
    names = ("title", "channel", "description", "language")
    document = document_of(
        VideoTexts(
            video_id=video["id"],
            list_id=video["list_id"],
            is_gone=text is None,
            note=None,
            tags=_tags(number),
            cues=text["cues"] if text else [],
            chapters=text["chapters"] if text else [],
            **{name: text[name] if text else None for name in names},
        )
    )
    key = number + 1
    made.documents.append(
        {
            "number": key,
            "video_id": document.video_id,
            "list_id": document.list_id,
            "language": document.language,
            "version": document.version,
        }
    )
    words = {"words": " ".join(document.words), "cue_starts": list(document.cue_starts)}
    made.words.append({"document": key, **words})
    made.pieces += [
        {
            "id": (key << PIECE_BITS) + place,
            "document": key,
            "tokens": " ".join(piece),
            "pairs": " ".join(pairs_of(piece)),
        }
        for place, piece in enumerate(document.pieces)
    ]


def new_links(count: int, chance: random.Random) -> list[str]:
    """Return the newest videos of the library and as many unknown ones, mixed."""
    known = [youtube_id(number) for number in range(count // 2)]
    unknown = [f"N{chance.randrange(10**10):010d}" for _ in range(count - len(known))]
    mixed = known + unknown
    chance.shuffle(mixed)
    return mixed

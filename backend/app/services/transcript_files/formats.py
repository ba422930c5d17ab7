"""What captions are written as."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.schemas.videos import TranscriptFormat
from app.services.enrichment.captions import Cue, to_transcript, to_webvtt
from app.services.export.writing import moment, watch_address
from app.services.transcript_files.markdown import to_markdown
from app.services.transcript_files.subrip import to_subrip
from app.services.transcript_files.words import Chapter

# What no one sees in a text, but what changes how it is shown or read: escaped, it stays what it was.
_UNSEEN = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Transcript:
    """Captions and chapters, and what the video is.

    Args:
        youtube_id: YouTube's id.
        title: If it is known.
        channel: If it is known.
        duration_seconds: If it is known.
        published_at: If it is known.
        captions_source: Where the captions came from.
        language: Of the captions.
        cues: By start time.
        chapters: By start time.
    """

    youtube_id: str
    title: str | None
    channel: str | None
    duration_seconds: int | None
    published_at: datetime | None
    captions_source: str | None
    language: str | None
    cues: Sequence[Cue]
    chapters: Sequence[Chapter]


def _json(transcript: Transcript) -> str:
    record = {
        "youtube_id": transcript.youtube_id,
        "url": watch_address(transcript.youtube_id),
        "title": transcript.title,
        "channel": transcript.channel,
        "duration_seconds": transcript.duration_seconds,
        "published_at": moment(transcript.published_at),
        "captions": {
            "source": transcript.captions_source,
            "language": transcript.language,
            "cues": [
                {
                    "start_seconds": cue.start_seconds,
                    "end_seconds": cue.end_seconds,
                    "text": cue.text,
                }
                for cue in transcript.cues
            ],
        },
        "chapters": [
            {
                "start_seconds": chapter.start_seconds,
                "end_seconds": chapter.end_seconds,
                "title": chapter.title,
            }
            for chapter in transcript.chapters
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _markdown(transcript: Transcript) -> str:
    return to_markdown(
        youtube_id=transcript.youtube_id,
        title=transcript.title,
        channel=transcript.channel,
        published_at=transcript.published_at,
        cues=transcript.cues,
        chapters=transcript.chapters,
    )


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a format is written, and what its files are called."""

    write: Callable[[Transcript], str]
    media_type: str
    # What a browser may also show.
    is_shown: bool = False


FORMATS: Mapping[TranscriptFormat, FileFormat] = {
    TranscriptFormat.VTT: FileFormat(
        lambda transcript: to_webvtt(transcript.cues), "text/vtt; charset=utf-8", is_shown=True
    ),
    TranscriptFormat.SRT: FileFormat(
        lambda transcript: to_subrip(transcript.cues), "application/x-subrip; charset=utf-8"
    ),
    TranscriptFormat.TXT: FileFormat(
        lambda transcript: to_transcript(transcript.cues), "text/plain; charset=utf-8"
    ),
    TranscriptFormat.MD: FileFormat(_markdown, "text/markdown; charset=utf-8"),
    TranscriptFormat.JSON: FileFormat(_json, "application/json"),
}


def written(transcript: Transcript, transcript_format: TranscriptFormat) -> bytes:
    """A transcript as a file.

    Args:
        transcript: What is to be written.
        transcript_format: As what.
    """
    # A damaged text may hold halves of characters, which no file can.
    return FORMATS[transcript_format].write(transcript).encode(errors="replace")

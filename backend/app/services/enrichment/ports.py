"""What enrichment asks of the outside world. The vendors behind it live in ``app.adapters``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.models import ChaptersSource
from app.services.enrichment.captions import CaptionTrack
from app.services.enrichment.chapters import Chapter
from app.services.transcription.ports import SoundTrack


@dataclass(frozen=True, slots=True)
class TitleInfo:
    """What the cheap lane knows of a video."""

    title: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A result that is to be stored, after which the same job has more to do.

    Args:
        again_in_seconds: When.
    """

    again_in_seconds: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extraction brings: everything but the captions themselves.

    Args:
        youtube_id: The id that was asked for.
        title: As shown on YouTube.
        channel: The channel's name.
        description: As written.
        duration_seconds: Whole seconds.
        published_at: UTC; midnight where only the day is known.
        language: The language spoken, as YouTube knows it.
        manual_track: What people wrote in a wanted language or the one spoken, if there is such.
        other_track: The original automatic track, or whatever else there is.
        captions_locked: There are tracks, but YouTube does not hand them out.
        chapters: In order.
        chapters_source: Where they come from.
        sound_track: The smallest sound, or None if there is none that can be fetched.
    """

    youtube_id: str
    title: str | None
    channel: str | None
    description: str | None
    duration_seconds: int | None
    published_at: datetime | None
    language: str | None
    manual_track: CaptionTrack | None
    other_track: CaptionTrack | None
    captions_locked: bool
    chapters: tuple[Chapter, ...]
    chapters_source: ChaptersSource
    sound_track: SoundTrack | None


class TitleSource(Protocol):
    """Title and channel for one cheap request."""

    async def fetch(self, youtube_id: str) -> TitleInfo:
        """Raises UpstreamRefused, UpstreamThrottled or UpstreamFailed."""


class VideoExtractor(Protocol):
    """Everything about a video from the player lane."""

    async def extract(self, youtube_id: str, charge: Callable[[], None]) -> Extraction:
        """Extract one video.

        Args:
            youtube_id: 11 characters.
            charge: Called, from any thread, before each single request; blocks until it may go out.

        Raises:
            VideoUnavailable: The video itself can't be had.
            VideoNotYet: It is announced, live or being processed.
            UpstreamThrottled: The lane is to blame.
            UpstreamFailed: This call failed for a reason of its own.
            UpstreamError: Whatever ``charge`` raised.
        """


class CaptionSource(Protocol):
    """The file of a caption track."""

    async def fetch(self, track: CaptionTrack) -> bytes:
        """Raises UpstreamThrottled or UpstreamFailed; an empty file is an answer."""


class ThumbnailSource(Protocol):
    """A video's picture."""

    async def fetch(self, youtube_id: str) -> bytes | None:
        """JPEG, or None if there is no such picture. Raises UpstreamThrottled or UpstreamFailed."""

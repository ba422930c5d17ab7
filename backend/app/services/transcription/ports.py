"""What making captions asks of the outside world, and what it gets. The vendors live in adapters."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self


@dataclass(frozen=True, slots=True)
class Segment:
    """What was heard as one piece, with how sure the model is; times are seconds of the part.

    Args:
        start_seconds: Where it begins.
        end_seconds: Where it ends.
        text: As written by the model, with punctuation.
        avg_logprob: Mean log probability of its tokens, None if it was not said.
        no_speech_prob: How likely nobody speaks, likewise.
        compression_ratio: Text size over compressed size: repetitions are far above 2, likewise.
    """

    start_seconds: float
    end_seconds: float
    text: str
    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    compression_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word, mostly without punctuation; times are seconds of the part."""

    start_seconds: float
    end_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard in one part.

    Args:
        language: A code ("en"), or None if it is not known.
        segments: In order.
        words: In order; empty if the upstream has none.
    """

    language: str | None
    segments: tuple[Segment, ...]
    words: tuple[Word, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data, without names: a part is stored like this until all are there."""
        return {
            "language": self.language,
            "segments": [
                [
                    each.start_seconds,
                    each.end_seconds,
                    each.text,
                    each.avg_logprob,
                    each.no_speech_prob,
                    each.compression_ratio,
                ]
                for each in self.segments
            ],
            "words": [[each.start_seconds, each.end_seconds, each.text] for each in self.words],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The same again."""
        return cls(
            language=data["language"],
            segments=tuple(Segment(*each) for each in data["segments"]),
            words=tuple(Word(*each) for each in data["words"]),
        )


@dataclass(frozen=True, slots=True)
class QuotaLevel:
    """What an upstream says of one of its quotas beside an answer.

    Args:
        unit: ``requests`` or ``audio_seconds``.
        allowed: How much there is in its window.
        remaining: How much of it is left.
        reset_seconds: When all of it will be there again, which tells the window.
    """

    unit: str
    allowed: float | None
    remaining: float | None
    reset_seconds: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer: the words, and what the upstream said of its quotas beside them.

    Args:
        transcript: The words.
        levels: For ``TranscriptionGate.observe``, in the transaction that stores the words.
    """

    transcript: Transcript
    levels: tuple[QuotaLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A part of a sound, ready to be sent.

    Args:
        sound: Ogg/Opus, 16 kHz mono.
        duration_seconds: How long it is.
        voiced_seconds: How much of it is louder than the background.
        language: The language spoken, if it is known.
        prompt: The end of what was heard before, so that names stay the same.
    """

    sound: bytes
    duration_seconds: float
    voiced_seconds: float
    language: str | None = None
    prompt: str = ""


class Transcriber(Protocol):
    """Hears words."""

    @property
    def concurrency(self) -> int:
        """How many parts at once, in each process."""

    async def transcribe(self, part: SoundPart) -> Heard:
        """Transcribe a part.

        Raises:
            QuotaReached: The quota is used up; nothing was billed.
            UpstreamThrottled: Likewise, where nothing is known of a quota.
            SoundTooLarge: The part has to be smaller; nothing was billed.
            TranscriberNotReady: The key, the model or the address is wrong; nothing was billed.
            UpstreamFailed: It failed for a reason of its own; with ``is_answer`` the upstream itself
                said so (4xx or 5xx), so nothing was billed.
        """

    async def close(self) -> None:
        """Close connections, end processes."""


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """Where the smallest sound of a video is.

    Args:
        url: Its address, good for about six hours.
        ext: ``m4a`` or ``webm``.
        size_bytes: Its size, if known.
        expires_at: Until when the address is good, in seconds since the epoch, if known.
        format: yt-dlp's description of it, as far as its downloader needs it.
    """

    url: str
    ext: str
    size_bytes: int | None
    expires_at: float | None
    format: dict[str, Any]


class SoundSource(Protocol):
    """Fetches sounds."""

    async def fetch(
        self, youtube_id: str, track: SoundTrack, directory: Path, charge: Callable[[], None]
    ) -> Path:
        """Fetch a sound into a file; what a break left in the directory is resumed.

        Args:
            youtube_id: Of which video.
            track: What the extraction chose.
            directory: A private directory.
            charge: Called, from any thread, before each single request; blocks until it may go out.

        Raises:
            SoundAddressExpired: The address is too old or was refused (403, 404, 410).
            SoundUnavailable: It is larger than may be kept, or its address is not YouTube's.
            UpstreamThrottled: The lane is to blame.
            UpstreamFailed: It broke off, and asking again may help.
            UpstreamError: Whatever ``charge`` raised.
        """


@dataclass(frozen=True, slots=True)
class CutPart:
    """A part that was cut. Times are milliseconds of the whole sound."""

    start_ms: int
    end_ms: int
    voiced_ms: int
    path: Path


@dataclass(frozen=True, slots=True)
class CutPlan:
    """How a sound is to be cut.

    Args:
        part_seconds: About how long a part is.
        overlap_seconds: By how much parts overlap where there was no pause to cut in.
    """

    part_seconds: float = 600.0
    overlap_seconds: float = 4.0


class SoundCutter(Protocol):
    """Cuts sounds in a process of its own, with a bounded amount of memory."""

    async def cut(self, sound: Path, directory: Path, plan: CutPlan) -> list[CutPart]:
        """Cut a sound into parts, written into a directory.

        Raises:
            SoundUnavailable: There is no sound in the file that can be read.
            UpstreamFailed: The process died.
        """

    async def halve(self, sound: bytes, directory: Path) -> list[CutPart]:
        """Cut a part in two, in the longest pause near its middle; times are those of the part.

        Raises:
            SoundUnavailable: There is no sound in it that can be read.
            UpstreamFailed: The process died.
        """

"""What the player lane's answers mean: a final code, wait, the lane's own trouble, or try again. Pure.

The rule above all: a video is called dead only by words that say so and that no other answer
contradicts. Everything else is tried again, for as long as it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from app.core.errors import (
    ErrorCode,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
    VideoNotYet,
    VideoRefused,
    VideoUnavailable,
)
from app.services.player_answers import PlayerAnswer
from app.services.player_words import Meaning, meaning_of, plain

SESSION_LIMIT_SECONDS: Final = 3_600.0
"""yt-dlp's own words on it: "rate-limited by YouTube for up to an hour"."""

_FINAL: Final = {
    Meaning.PRIVATE: ErrorCode.VIDEO_PRIVATE,
    Meaning.AGE_RESTRICTED: ErrorCode.VIDEO_AGE_RESTRICTED,
    Meaning.PAID: ErrorCode.VIDEO_PAID,
    Meaning.MEMBERS_ONLY: ErrorCode.VIDEO_MEMBERS_ONLY,
    Meaning.GEO_BLOCKED: ErrorCode.VIDEO_GEO_BLOCKED,
    Meaning.DELETED: ErrorCode.VIDEO_DELETED,
}
_WAITING: Final = {
    # YouTube publishes a recording hours after the stream: it is not gone, it is not there yet.
    Meaning.NO_RECORDING: ErrorCode.VIDEO_PROCESSING,
    Meaning.PROCESSING: ErrorCode.VIDEO_PROCESSING,
    Meaning.UPCOMING: ErrorCode.VIDEO_UPCOMING,
}
_SAYS_LITTLE: Final = frozenset({Meaning.UNKNOWN, Meaning.UNAVAILABLE, Meaning.UPCOMING})
# Members pay a channel, not for a video; YouTube's name for them was "sponsors".
_MEMBERS_OFFER: Final = "sponsors"


class Doubt(Enum):
    """Whether somebody else may know better."""

    NONE = auto()
    UNSURE = auto()
    """Another of the configured clients may."""
    LOOKS_GONE = auto()
    """One client that is not configured should be asked as well, before the video is called deleted:
    videos "made for kids" read like that on some clients."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What several answers about a video mean together.

    Args:
        error: What it is, or None if the video can be had.
        doubt: Whether it is the last word.
    """

    error: UpstreamError | None
    doubt: Doubt = Doubt.NONE


class _LooksGone(UpstreamFailed):
    """Said to be unavailable without a word on why. One such voice proves nothing."""

    def __init__(self, detail: str, *, is_described: bool) -> None:
        super().__init__(detail, is_answer=True)
        # YouTube tells the title of no video that is really gone.
        self.is_described = is_described


def judge_player_answers(
    asked_id: str, answers: Sequence[PlayerAnswer], page: PlayerAnswer | None
) -> Verdict:
    """What YouTube said about a video.

    Args:
        asked_id: The id that was asked for.
        answers: Of the player, one for each client so far.
        page: The answer inside the watch page, which is another client's; None if it holds none.
    """
    voices = [*answers, *([page] if page else [])]
    for voice in voices:
        if trouble := lane_trouble(voice):
            return Verdict(trouble)
        if voice.is_placeholder:
            return Verdict(_unclear(f"a placeholder for {asked_id}"), Doubt.UNSURE)
    from_players = [_judge_one(asked_id, answer) for answer in answers]
    from_page = _judge_one(asked_id, page) if page else UpstreamFailed("no answer in the page")
    if None in from_players:
        waiting = from_page if isinstance(from_page, VideoNotYet) else None
        _name(waiting, asked_id, voices)
        return Verdict(waiting)
    errors = [error for error in (*from_players, from_page) if error is not None]
    verdict = _weigh(errors, is_contradicted=from_page is None)
    _name(verdict.error, asked_id, voices)
    return verdict


def _name(error: UpstreamError | None, asked_id: str, voices: Sequence[PlayerAnswer]) -> None:
    """Keep the title that a refusal tells: people want to know which video it was."""
    if isinstance(error, VideoRefused):
        told = (voice for voice in voices if voice.video_id == asked_id and voice.title)
        if voice := next(told, None):
            error.title, error.channel = voice.title, voice.channel


def lane_trouble(answer: PlayerAnswer) -> UpstreamThrottled | None:
    """The block that an answer stands for, if it does: it says nothing about the video.

    Args:
        answer: Of the player or of a watch page.
    """
    if answer.status == "OK":
        return None
    meaning = Meaning.BOT_CHECK if answer.has_captcha else meaning_of(answer.words)
    return _blocked(meaning, str(answer))


def classify_player_message(message: str) -> UpstreamError:
    """The error that a message of yt-dlp stands for: the last resort, where no answer is at hand.

    Args:
        message: yt-dlp's words, which quote YouTube's.
    """
    words = plain(message)
    if "too many requests" in words.casefold():
        return UpstreamThrottled(words)
    meaning = meaning_of(words)
    return _blocked(meaning, words) or _clear(meaning, words, None) or UpstreamFailed(words)


def _blocked(meaning: Meaning, detail: str) -> UpstreamThrottled | None:
    if meaning is Meaning.BOT_CHECK:
        return UpstreamThrottled(detail, code=ErrorCode.UPSTREAM_BLOCKED)
    if meaning is Meaning.SESSION_LIMIT:
        return UpstreamThrottled(
            detail, code=ErrorCode.UPSTREAM_BLOCKED, pause_seconds=SESSION_LIMIT_SECONDS
        )
    return None


def _clear(meaning: Meaning, detail: str, starts_at: datetime | None) -> UpstreamError | None:
    """The error of words that leave no doubt."""
    if meaning in _FINAL:
        return VideoUnavailable(_FINAL[meaning], detail)
    if meaning in _WAITING:
        code = _WAITING[meaning]
        is_upcoming = code is ErrorCode.VIDEO_UPCOMING
        return VideoNotYet(code, detail, available_at=starts_at if is_upcoming else None)
    return None


def _judge_one(asked_id: str, answer: PlayerAnswer) -> UpstreamError | None:
    """What one answer means by itself; None if the video can be had."""
    if answer.video_id not in (None, asked_id):
        return _unclear(f"asked for {asked_id}, got {answer.video_id!r}"[:200])
    if answer.status == "OK":
        return _not_yet(answer)
    if answer.status == "LIVE_STREAM_OFFLINE":
        return _not_yet(answer) or _upcoming(answer)
    return _judge_refusal(answer)


def _not_yet(answer: PlayerAnswer) -> VideoNotYet | None:
    """Announced, running or just over: whatever the player plays now, it is not the video."""
    if answer.is_upcoming:
        return _upcoming(answer)
    if answer.is_live:
        return VideoNotYet(ErrorCode.VIDEO_LIVE, str(answer))
    if answer.is_post_live or (answer.has_ended and answer.status != "OK"):
        return VideoNotYet(ErrorCode.VIDEO_PROCESSING, str(answer))
    return None


def _upcoming(answer: PlayerAnswer) -> VideoNotYet:
    return VideoNotYet(ErrorCode.VIDEO_UPCOMING, str(answer), available_at=answer.starts_at)


def _judge_refusal(answer: PlayerAnswer) -> UpstreamError:
    """First what holds in every language, then the words."""
    detail = str(answer)
    if not answer.status:
        return UpstreamFailed(detail)
    meaning = meaning_of(answer.words)
    error = _marked(answer, meaning) or _clear(meaning, detail, answer.starts_at)
    if error is None and meaning is Meaning.UNAVAILABLE:
        return _LooksGone(detail, is_described=answer.video_id is not None)
    if error is None and answer.words:
        # Words that are none of ours, or only that the video can't be embedded.
        return _unclear(detail)
    # A refusal without a word may be a block in disguise: the lane has to be careful.
    return error or UpstreamFailed(detail)


def _unclear(detail: str) -> UpstreamFailed:
    """An answer about the video, but not a clear one: the lane works."""
    return UpstreamFailed(detail, is_answer=True)


def _marked(answer: PlayerAnswer, meaning: Meaning) -> UpstreamError | None:
    """What a refusal's own marks say, whatever its words; some of them only where those say little."""
    if answer.has_age_gate or answer.status in ("AGE_VERIFICATION_REQUIRED", "AGE_CHECK_REQUIRED"):
        return VideoUnavailable(ErrorCode.VIDEO_AGE_RESTRICTED, str(answer))
    if _MEMBERS_OFFER in answer.offer:
        return VideoUnavailable(ErrorCode.VIDEO_MEMBERS_ONLY, str(answer))
    if meaning not in _SAYS_LITTLE:
        return None
    if answer.offer:
        return VideoUnavailable(ErrorCode.VIDEO_PAID, str(answer))
    return _not_yet(answer)


def _weigh(errors: Sequence[UpstreamError], *, is_contradicted: bool) -> Verdict:
    """What several voices mean together, the page being one that says the opposite or not."""
    if waiting := [error for error in errors if isinstance(error, VideoNotYet)]:
        return Verdict(next((error for error in waiting if error.available_at), waiting[0]))
    if final := [error for error in errors if isinstance(error, VideoUnavailable)]:
        return _weigh_final(final, is_contradicted=is_contradicted)
    if gone := [error for error in errors if isinstance(error, _LooksGone)]:
        return _weigh_gone(gone, is_contradicted=is_contradicted)
    return Verdict(errors[0] if errors else UpstreamFailed("no player answer"), Doubt.UNSURE)


def _weigh_final(final: Sequence[VideoUnavailable], *, is_contradicted: bool) -> Verdict:
    """Nobody calls a public video private by mistake; all else needs two voices against the page's."""
    first = final[0]
    agreeing = sum(error.code is first.code for error in final)
    if not is_contradicted or first.code is ErrorCode.VIDEO_PRIVATE or agreeing > 1:
        return Verdict(first)
    return Verdict(_unclear(f"contradicted: {first.detail}"), Doubt.LOOKS_GONE)


def _weigh_gone(gone: Sequence[_LooksGone], *, is_contradicted: bool) -> Verdict:
    """Two clients that know nothing of the video, and none that does, make it deleted."""
    detail = " | ".join(error.detail for error in gone)
    if is_contradicted or len(gone) == 1 or any(error.is_described for error in gone):
        return Verdict(_unclear(f"looks gone: {detail}"), Doubt.LOOKS_GONE)
    return Verdict(VideoUnavailable(ErrorCode.VIDEO_DELETED, detail))

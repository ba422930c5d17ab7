"""The closed set of error codes and the small family of errors that carry them."""

from datetime import datetime
from enum import StrEnum
from typing import Any


class ErrorCode(StrEnum):
    """Every code that can leave the backend; both languages have a sentence for each."""

    # Final: the video itself can't be had.
    VIDEO_PRIVATE = "video_private"
    VIDEO_DELETED = "video_deleted"
    VIDEO_MEMBERS_ONLY = "video_members_only"
    VIDEO_AGE_RESTRICTED = "video_age_restricted"
    VIDEO_GEO_BLOCKED = "video_geo_blocked"
    VIDEO_PAID = "video_paid"
    NOT_A_VIDEO = "not_a_video"
    # Waiting: the video will be there later.
    VIDEO_UPCOMING = "video_upcoming"
    VIDEO_LIVE = "video_live"
    VIDEO_PROCESSING = "video_processing"
    # Waiting: its import was cancelled; it goes on when it is retried, or the import resumed.
    IMPORT_CANCELLED = "import_cancelled"
    # Soft: the video is complete, its captions are not.
    CAPTIONS_NONE = "captions_none"
    CAPTIONS_LOCKED = "captions_locked"
    CAPTIONS_FAILED = "captions_failed"
    TRANSCRIPTION_BUDGET = "transcription_budget"
    AUDIO_TOO_LONG = "audio_too_long"
    # Whoever transcribes is not set up rightly: said once, never of a video.
    TRANSCRIPTION_OFF = "transcription_off"
    TRANSCRIPTION_KEY_INVALID = "transcription_key_invalid"
    TRANSCRIPTION_MODEL_MISSING = "transcription_model_missing"
    # The lane's own: never shown on a video.
    UPSTREAM_THROTTLED = "upstream_throttled"
    UPSTREAM_BLOCKED = "upstream_blocked"
    UPSTREAM_DOWN = "upstream_down"
    # Requests to our own API.
    INVALID_REQUEST = "invalid_request"
    UNAUTHENTICATED = "unauthenticated"
    WRONG_CREDENTIALS = "wrong_credentials"
    TOO_MANY_SIGN_INS = "too_many_sign_ins"
    PASSWORD_TOO_WEAK = "password_too_weak"  # noqa: S105 - a code, no secret
    LINK_EXPIRED = "link_expired"
    LINK_ONLY_HERE = "link_only_here"
    INVITATION_EXPIRED = "invitation_expired"
    INVITATION_NOT_FOUND = "invitation_not_found"
    INVALID_USERNAME = "invalid_username"
    USERNAME_TAKEN = "username_taken"
    # The other doors: a proxy in front of us, and a provider that people sign in at.
    WAY_NOT_OFFERED = "way_not_offered"
    SIGN_IN_FAILED = "sign_in_failed"
    PROVIDER_DOWN = "provider_down"
    NO_ACCOUNT_HERE = "no_account_here"
    ACCOUNT_NOT_LINKED = "account_not_linked"
    ACCOUNT_NOT_PROVEN = "account_not_proven"
    IDENTITY_TAKEN = "identity_taken"
    IDENTITY_NOT_FOUND = "identity_not_found"
    USER_NOT_FOUND = "user_not_found"
    SESSION_NOT_FOUND = "session_not_found"
    NOT_FOUND = "not_found"
    LIST_NOT_FOUND = "list_not_found"
    LIST_READ_ONLY = "list_read_only"
    LIST_OF_OTHER = "list_of_other"
    SHARE_NOT_FOUND = "share_not_found"
    VIDEO_NOT_FOUND = "video_not_found"
    IMPORT_NOT_FOUND = "import_not_found"
    IMPORT_IS_OVER = "import_is_over"
    CAPTIONS_ALREADY_THERE = "captions_already_there"
    VIDEO_NOT_READY = "video_not_ready"
    VIDEO_ALREADY_IN_LIST = "video_already_in_list"
    NO_LINKS_FOUND = "no_links_found"
    FILE_UNREADABLE = "file_unreadable"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    UNDO_TOO_LATE = "undo_too_late"
    NOT_A_PLAYLIST = "not_a_playlist"
    FOLLOW_NOT_FOUND = "follow_not_found"
    TOKEN_NOT_FOUND = "token_not_found"  # noqa: S105 - a code, no secret
    NOT_ALLOWED = "not_allowed"
    TOO_MANY_ITEMS = "too_many_items"
    TOO_MANY_SEARCHES = "too_many_searches"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    TOO_MUCH_TO_READ = "too_much_to_read"
    REQUEST_TOO_SLOW = "request_too_slow"
    TOO_MANY_REQUESTS = "too_many_requests"
    TOO_BUSY = "too_busy"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_READY = "not_ready"
    # Nothing can be stored for now; nothing is lost, and it goes on by itself.
    STORAGE_FULL = "storage_full"
    STORAGE_READ_ONLY = "storage_read_only"
    STORAGE_UNAVAILABLE = "storage_unavailable"
    INTERNAL = "internal"


class ReasonCode(StrEnum):
    """Why an input line is not imported as one video."""

    PLAYLIST = "playlist"
    CHANNEL = "channel"
    NOT_A_VIDEO = "not_a_video"
    FOREIGN_HOST = "foreign_host"
    BAD_ID = "bad_id"
    NO_LINK = "no_link"
    # A channel in a list of subscriptions: nobody wants all videos of all of them at once.
    SUBSCRIPTION = "subscription"
    # Watch later, liked videos, mixes: only their owner sees them, or they never end.
    PERSONAL_PLAYLIST = "personal_playlist"
    # A part of an archive, or a file among others, that is no text and no export we know.
    UNREADABLE = "unreadable"
    # What became of reading a playlist.
    PLAYLIST_UNAVAILABLE = "playlist_unavailable"
    PLAYLIST_EMPTY = "playlist_empty"
    PLAYLIST_FAILED = "playlist_failed"


class VideothekError(Exception):
    """An expected failure that the API answers with a status and a code.

    Args:
        code: The stable code; the sentence people read is made from it.
        status: The HTTP status.
        sentences: German and English, where those of the code do not fit.
        extra: More JSON members of the answer (such as the id of the video that is already there).
    """

    def __init__(
        self,
        code: ErrorCode,
        status: int,
        sentences: tuple[str, str] | None = None,
        /,
        **extra: Any,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.status = status
        self.sentences = sentences
        self.extra = extra


def not_found(code: ErrorCode) -> VideothekError:
    """The answer for what does not exist, and for what belongs to somebody else."""
    return VideothekError(code, 404)


class UpstreamError(Exception):
    """A call to an upstream did not give its answer. ``detail`` is for the log only."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class UpstreamThrottled(UpstreamError):
    """The upstream asks us to slow down: the lane is to blame, never the video.

    Args:
        retry_after_seconds: What the upstream said, if it did.
        pause_seconds: How long this kind of block is known to last at least (a session limit: an
            hour); unlike ``retry_after_seconds`` it is ours, and divided by the pacing scale.
        code: ``upstream_throttled``, or ``upstream_blocked`` for bot checks and session limits.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after_seconds: float | None = None,
        pause_seconds: float | None = None,
        code: ErrorCode = ErrorCode.UPSTREAM_THROTTLED,
    ) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds
        self.pause_seconds = pause_seconds
        self.code = code


class LaneClosed(UpstreamError):
    """The lane paused while a job was under way: what is left of it waits, and nobody is to blame."""


class UpstreamFailed(UpstreamError):
    """The call failed for a reason of its own (5xx, timeout, reset, garbage): try again later.

    Args:
        detail: For the log.
        code: What to say of the video when all attempts are spent.
        is_answer: The upstream did answer, so its lane is fine (and what is billed was not).
        is_down: It answered that it is in trouble itself, so its lane is not.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        code: ErrorCode | None = None,
        is_answer: bool = False,
        is_down: bool = False,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.is_answer = is_answer
        self.is_down = is_down


class UpstreamRefused(UpstreamError):
    """The upstream will not answer this question; that says nothing about the video itself."""


class VideoRefused(UpstreamError):
    """What the player says of the video itself, instead of playing it.

    Args:
        code: One of the waiting or of the final codes.
        detail: What the upstream said, for the log.

    Attributes:
        title: The video's title, where the refusal tells it.
        channel: Its channel, likewise.
    """

    def __init__(self, code: ErrorCode, detail: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.title: str | None = None
        self.channel: str | None = None


class VideoNotYet(VideoRefused):
    """The video is not out yet, runs live or is being processed: ask again later.

    Args:
        code: One of the waiting codes.
        detail: What the upstream said, for the log.
        available_at: When it is announced for, if YouTube says so.
    """

    def __init__(
        self, code: ErrorCode, detail: str = "", *, available_at: datetime | None = None
    ) -> None:
        super().__init__(code, detail)
        self.available_at = available_at


class VideoUnavailable(VideoRefused):
    """The video can't be had; its code is one of the final ones."""


class PlaylistUnavailable(UpstreamError):
    """A playlist or channel can't be read: it is private, deleted or never was."""


class QuotaReached(UpstreamThrottled):
    """An upstream with a known quota says that it is used up: the lane waits, and no pace was wrong.

    Args:
        limit: Which of the quotas (``services.pacing.quota``), if it says so.
        allowed: How much of it there is in its window, if it says so.
        used: How much of it is used, if it says so.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after_seconds: float | None = None,
        limit: str | None = None,
        allowed: float | None = None,
        used: float | None = None,
    ) -> None:
        super().__init__(detail, retry_after_seconds=retry_after_seconds)
        self.limit = limit
        self.allowed = allowed
        self.used = used


class TranscriberNotReady(UpstreamError):
    """Nothing can be transcribed until somebody changes the settings: a key, a model, an address.

    Args:
        code: What to say of it, once.
    """

    def __init__(self, code: ErrorCode, detail: str = "") -> None:
        super().__init__(detail)
        self.code = code


class SoundTooLarge(UpstreamError):
    """A part has to be sent in smaller ones.

    Args:
        detail: For the log.
        max_seconds: How much may be sent at once, if the upstream says so.
    """

    def __init__(self, detail: str = "", *, max_seconds: float | None = None) -> None:
        super().__init__(detail)
        self.max_seconds = max_seconds


class SoundUnavailable(UpstreamError):
    """The sound of a video can't be had or can't be read, and asking again would not help."""


class SoundAddressExpired(UpstreamError):
    """The address of a sound is too old or was refused: the video has to be extracted anew.

    Args:
        detail: For the log.
        is_gone: There is nothing at this address, which says nothing of us.
    """

    def __init__(self, detail: str = "", *, is_gone: bool = False) -> None:
        super().__init__(detail)
        self.is_gone = is_gone

"""What the player lane's words mean: a final code, the lane's own trouble, or try again. Pure."""

import re

from app.core.errors import (
    ErrorCode,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
    VideoUnavailable,
)

# Ordered: what blames the lane comes first, for a bot check may read like a missing video. Only the
# two clear cases of "gone" are final here; whatever is unsure is tried again later.
_LANE = (
    (re.compile(r"confirm you.{0,3}re not a bot", re.IGNORECASE), ErrorCode.UPSTREAM_BLOCKED),
    (
        re.compile(r"rate-limited|try again later|up to an hour|too many requests", re.IGNORECASE),
        ErrorCode.UPSTREAM_THROTTLED,
    ),
)
_FINAL = (
    (re.compile(r"private video|video is private", re.IGNORECASE), ErrorCode.VIDEO_PRIVATE),
    (
        re.compile(r"available to this channel.s members|join this channel", re.IGNORECASE),
        ErrorCode.VIDEO_MEMBERS_ONLY,
    ),
    (re.compile(r"confirm your age", re.IGNORECASE), ErrorCode.VIDEO_AGE_RESTRICTED),
    (
        re.compile(r"requires payment|requires purchase", re.IGNORECASE),
        ErrorCode.VIDEO_PAID,
    ),
    (
        re.compile(r"not made this video available in your country|geo.?restrict", re.IGNORECASE),
        ErrorCode.VIDEO_GEO_BLOCKED,
    ),
    (
        re.compile(
            r"has been removed|no longer available|account .{0,60}terminated|has closed their"
            r"|video is (?:not available|unavailable)|video unavailable|video does not exist",
            re.IGNORECASE,
        ),
        ErrorCode.VIDEO_DELETED,
    ),
)


def classify_player_message(message: str) -> UpstreamError:
    """The error that a message of the player lane stands for.

    Args:
        message: yt-dlp's words, which quote YouTube's.
    """
    for pattern, code in _LANE:
        if pattern.search(message):
            return UpstreamThrottled(message, code=code)
    for pattern, code in _FINAL:
        if pattern.search(message):
            return VideoUnavailable(code, message)
    return UpstreamFailed(message)

"""What yt-dlp's and YouTube's words about a playlist mean. Pure."""

import re

from app.core.errors import PlaylistUnavailable, UpstreamError, UpstreamFailed, UpstreamThrottled
from app.services.error_classifier import classify_player_message

# yt-dlp quotes YouTube's own alerts of the kind "error" like this; on a playlist's page they say that
# it is private, does not exist, or may not be seen.
_ALERT = re.compile(r"YouTube said: (?P<words>.+)", re.DOTALL)
_PASSING = re.compile(r"unknown error|try again|something went wrong|später", re.IGNORECASE)
_GONE = re.compile(
    r"(?:channel|playlist) does not exist|redirected to youtube\.com home page"
    r"|This channel does not have a",
    re.IGNORECASE,
)


def judge_playlist_message(message: str) -> UpstreamError:
    """The error that a failure of yt-dlp's stands for.

    Args:
        message: Its words.

    Returns:
        ``UpstreamThrottled`` for blocks, ``PlaylistUnavailable`` where YouTube says so,
        ``UpstreamFailed`` for everything else.
    """
    judged = classify_player_message(message)
    if isinstance(judged, UpstreamThrottled):
        return judged
    alert = _ALERT.search(message)
    if alert is not None and not _PASSING.search(alert["words"]):
        return PlaylistUnavailable(message)
    if _GONE.search(message):
        return PlaylistUnavailable(message)
    # Words about the playlist, if not clear ones: the lane works.
    return UpstreamFailed(message, is_answer=alert is not None)

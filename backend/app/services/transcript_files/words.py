"""Other people's words and times, as the formats have them in common."""

from typing import NamedTuple


class Chapter(NamedTuple):
    """A chapter; only the last one may have no end."""

    start_seconds: float
    end_seconds: float | None
    title: str


def short_time(seconds: float) -> str:
    """A time as people write it: ``1:02:03``, ``2:03``.

    Args:
        seconds: From the beginning; parts of a second are dropped, so that nothing is missed.
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def moment_address(youtube_id: str, seconds: float) -> str:
    """Where a moment of a video is watched."""
    return f"https://youtu.be/{youtube_id}?t={int(seconds)}"

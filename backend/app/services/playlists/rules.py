"""What of a page is new, when a follow looks again, and what ends a read. Pure."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.services.job_queue import priority_for
from app.services.playlists.ports import PlaylistPage
from app.services.playlists.sources import is_channel
from app.services.rate_limiter import Priority
from app.services.retry_policy import LONG_LADDER_SECONDS, QUICK_RETRIES

# After the quick retries a minute, five and a quarter of an hour: an import is not finished before its
# playlists are, so they are given up where a video would still wait.
LADDER_RUNGS = 3
# Follows that were made together drift apart.
_JITTER = 0.1
_SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A video at its place in a playlist, counted from 1."""

    place: int
    youtube_id: str


class Resumption:
    """Passes over what was stored of a playlist before its reading was interrupted.

    A playlist is read from its beginning again, and may have changed meanwhile. What was stored is
    therefore known by its id and not by its place: nothing is lost when videos were put in before it,
    and nothing doubles when others were taken out.

    Args:
        stored: The ids of all entries stored so far; one may be in a playlist twice.
    """

    def __init__(self, stored: Iterable[str]) -> None:
        self._left = Counter(stored)
        self._place = 0

    def unseen(self, youtube_ids: Sequence[str]) -> list[Placed]:
        """Those of the next page that are not stored yet."""
        found = []
        for youtube_id in youtube_ids:
            self._place += 1
            if self._left[youtube_id] > 0:
                self._left[youtube_id] -= 1
            else:
                found.append(Placed(self._place, youtube_id))
        return found


def priority_of(page: PlaylistPage, *, is_first: bool) -> Priority:
    """The place of a page's videos in the queue: small playlists are waited for, others are batches.

    Args:
        page: The page.
        is_first: Nothing of the playlist came before it.
    """
    is_whole = is_first and page.is_last
    return priority_for(len(page.youtube_ids)) if is_whole else Priority.BATCH


def is_spent(attempts: int) -> bool:
    """Whether a read that failed so often in a row is given up."""
    return attempts > QUICK_RETRIES + min(LADDER_RUNGS, len(LONG_LADDER_SECONDS))


def ends_check(source: str, page_ids: Sequence[str], seen: Collection[str]) -> bool:
    """Whether a follow has seen enough: nothing on this page of a channel is new.

    A channel's newest videos come first. To a playlist people append at its end, so it is read whole.
    """
    return is_channel(source) and all(youtube_id in seen for youtube_id in page_ids)


def next_check_seconds(interval_hours: int, rng: random.Random) -> float:
    """How long until a follow looks again.

    Args:
        interval_hours: As the person chose it.
        rng: For the jitter.
    """
    return interval_hours * _SECONDS_PER_HOUR * rng.uniform(1.0 - _JITTER, 1.0 + _JITTER)

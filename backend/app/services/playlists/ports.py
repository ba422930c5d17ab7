"""What reading playlists asks of the outside world. The vendor behind it lives in ``app.adapters``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PlaylistPage:
    """Some videos of a playlist that follow one another.

    Args:
        youtube_ids: In the playlist's order; a video may be in it twice. Private and deleted ones too.
        title: The playlist's; of a channel's uploads, the channel's name.
        expected_count: How many videos the playlist says it has, if it does.
        is_last: Nothing comes after it.
    """

    youtube_ids: tuple[str, ...]
    title: str | None
    expected_count: int | None
    is_last: bool


class PlaylistReader(Protocol):
    """The videos of a playlist, page by page."""

    async def read(
        self, source: str, charge: Callable[[], None], deliver: Callable[[PlaylistPage], None]
    ) -> None:
        """Read a playlist from its beginning to its end.

        Args:
            source: ``playlist:<id>`` or ``channel:<id>``, whose uploads are a playlist too.
            charge: Called, from any thread, before each single request; blocks until it may go out.
            deliver: Called, likewise, with each page before the next one is asked for. What it raises
                ends the reading.

        Raises:
            PlaylistUnavailable: There is nothing to be read.
            UpstreamThrottled: The lane is to blame.
            UpstreamFailed: This call failed for a reason of its own.
            UpstreamError: Whatever ``charge`` or ``deliver`` raised.
        """

    async def resolve(self, source: str, charge: Callable[[], None]) -> str:
        """Find out which channel a page belongs to, with one request.

        Args:
            source: ``page:<path>``.
            charge: As above.

        Returns:
            ``channel:<id>``.

        Raises:
            UpstreamError: As above.
        """

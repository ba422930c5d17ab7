"""Checking and making passwords, which is made to be slow and to need memory."""

import asyncio

from app.core import security
from app.core.errors import ErrorCode, VideothekError

PASSWORD_MIN_LENGTH = 10
PASSWORD_MAX_LENGTH = 1000

# Each takes 64 MB and a tenth of a second of two processors: many at once would be an attack by itself.
_AT_ONCE = 1
_DIFFERENT_LETTERS_MIN = 5


class Passwords:
    """Checks passwords beside the event loop, one after the other."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether a password fits; takes as long when there is none to compare with."""
        async with self._turn:
            return await asyncio.to_thread(security.verify_password, password, password_hash)

    async def hashed(self, password: str, username: str) -> str:
        """What is stored of a new password.

        Raises:
            VideothekError: ``password_too_weak``.
        """
        if is_weak(password, username):
            raise VideothekError(ErrorCode.PASSWORD_TOO_WEAK, 422, limit=PASSWORD_MIN_LENGTH)
        async with self._turn:
            return await asyncio.to_thread(security.hash_password, password)


def is_weak(password: str, username: str) -> bool:
    """Whether a guesser would have it among the first: too short, or hardly a word.

    Length is what counts (NIST SP 800-63B, 3.1.1.2); no rule asks for signs and digits.
    """
    if not PASSWORD_MIN_LENGTH <= len(password) <= PASSWORD_MAX_LENGTH:
        return True
    folded = password.casefold()
    name = username.casefold()
    without_name = folded.replace(name, "") if name else folded
    return len(set(folded)) < _DIFFERENT_LETTERS_MIN or len(without_name) < PASSWORD_MIN_LENGTH // 2

"""Slows down who guesses passwords, and nobody else."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from app.core import security
from app.core.errors import ErrorCode, VideothekError
from app.core.names import folded
from app.services.accounts.attempts import Allowance, Attempts
from app.services.accounts.visitors import Visitor

# A family behind one router mistypes rarely more than this; a guesser gets 120 attempts an hour.
_PER_ADDRESS = Allowance(burst=10, seconds_per_one=30.0)
# From all strange browsers of the world together. A good password outlasts 60 guesses an hour for ever.
_PER_ACCOUNT = Allowance(burst=20, seconds_per_one=60.0)
# A browser in which somebody signed in before has its own: no guesser elsewhere can use it up.
_PER_DEVICE = Allowance(burst=10, seconds_per_one=30.0)
# Codes of links have 256 bits: whoever tries many of them is a program that has gone wrong.
_CODES_PER_ADDRESS = Allowance(burst=30, seconds_per_one=10.0)


@dataclass(frozen=True, slots=True)
class _Counted:
    attempts: Attempts
    key: Hashable


class SignInGate:
    """Counts attempts per account and per address. What came of them is not stored.

    Each process counts for itself: an installation of n processes allows n times as much.

    Args:
        key: Marks the browsers in which somebody signed in.
        clock: Seconds.
    """

    def __init__(self, key: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = key
        self._clock = clock
        self._addresses = Attempts(_PER_ADDRESS)
        self._accounts = Attempts(_PER_ACCOUNT)
        self._devices = Attempts(_PER_DEVICE)
        self._codes = Attempts(_CODES_PER_ADDRESS)

    def device_of(self, user_id: str) -> str:
        """What a browser is given in which somebody has just signed in.

        Args:
            user_id: Who. No name: nobody chooses an id, so none is ever like somebody else's.
        """
        number = security.new_secret()[:22]
        return f"{number}.{self._signature(number, user_id)}"

    def let_try(self, username: str, user_id: str | None, visitor: Visitor) -> "Attempt":
        """Count an attempt with a password.

        Args:
            username: The name that is tried.
            user_id: Whose it is, if anybody's.
            visitor: Who tries.

        Raises:
            VideothekError: ``too_many_sign_ins``.
        """
        if user_id is not None and self._is_known(user_id, visitor.device):
            return self._count([_Counted(self._devices, (visitor.device, user_id))])
        return self._count(
            [
                _Counted(self._addresses, visitor.network),
                _Counted(self._accounts, folded(username)),
            ]
        )

    def let_try_code(self, visitor: Visitor) -> "Attempt":
        """Count an attempt with the code of a link or an invitation.

        Raises:
            VideothekError: ``too_many_sign_ins``.
        """
        return self._count([_Counted(self._codes, visitor.network)])

    def _count(self, counted: list[_Counted]) -> "Attempt":
        now = self._clock()
        wait = max(one.attempts.wait_seconds(one.key, now) for one in counted)
        if wait > 0:
            raise VideothekError(
                ErrorCode.TOO_MANY_SIGN_INS, 429, retry_after_seconds=max(1, round(wait))
            )
        for one in counted:
            one.attempts.spend(one.key, now)
        return Attempt(counted, self._clock)

    def _is_known(self, user_id: str, device: str | None) -> bool:
        number, _, signature = (device or "").partition(".")
        return bool(number) and security.is_same(signature, self._signature(number, user_id))

    def _signature(self, number: str, user_id: str) -> str:
        return security.sign(f"device:{number}:{user_id}", self._key)


class Attempt:
    """One attempt, which was counted as if it had failed."""

    def __init__(self, counted: list[_Counted], clock: Callable[[], float]) -> None:
        self._counted = counted
        self._clock = clock

    def succeeded(self) -> None:
        """It was no guess."""
        for one in self._counted:
            one.attempts.give_back(one.key, self._clock())

"""Deterministic randomness: everything the stand-in says follows from a video's id."""

import hashlib
import random
from functools import lru_cache


@lru_cache(maxsize=8192)
def seed_of(name: str, salt: str) -> int:
    """Return a stable 64-bit number for a name; the salt keeps independent choices independent."""
    return int.from_bytes(hashlib.sha256(f"{salt}:{name}".encode()).digest()[:8], "big")


def rng_of(name: str, salt: str) -> random.Random:
    """Return a generator that always yields the same sequence for the same name and salt."""
    return random.Random(seed_of(name, salt))  # noqa: S311 - repeatable on purpose, no secret


def token_of(name: str, salt: str, length: int) -> str:
    """Return an opaque-looking but stable URL-safe token."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    rng = rng_of(name, salt)
    return "".join(rng.choices(alphabet, k=length))

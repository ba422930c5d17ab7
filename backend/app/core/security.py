"""Tokens, hashes and signatures. Pure: keys come in as arguments."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

import jwt
from pwdlib import PasswordHash

_ALGORITHM = "HS256"
_PASSWORDS = PasswordHash.recommended()
# Verified against when there is no such user, so that both cases take as long.
_NO_USER_HASH = _PASSWORDS.hash(secrets.token_urlsafe(16))


def new_secret() -> str:
    """256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """How one-time codes and refresh tokens are stored: they are random, so one SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Argon2 hash of a password."""
    return _PASSWORDS.hash(password)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits; takes as long when there is no hash to compare with."""
    fits = _PASSWORDS.verify(password, password_hash or _NO_USER_HASH)
    return fits and password_hash is not None


def issue_access_token(user_id: str, key: str, *, now: datetime, lifetime_seconds: int) -> str:
    """A signed JWT that names the user.

    Args:
        user_id: Becomes ``sub``.
        key: The installation's signing key.
        now: Time of issue (UTC).
        lifetime_seconds: Until it expires.
    """
    expires = now + timedelta(seconds=lifetime_seconds)
    return jwt.encode({"sub": user_id, "iat": now, "exp": expires}, key, algorithm=_ALGORITHM)


def read_access_token(token: str, key: str) -> tuple[str, datetime] | None:
    """The user id and the expiry of a valid token, or None."""
    try:
        claims = jwt.decode(
            token, key, algorithms=[_ALGORITHM], options={"require": ["exp", "sub"]}
        )
    except jwt.InvalidTokenError:
        return None
    return str(claims["sub"]), datetime.fromtimestamp(claims["exp"], UTC)


def sign_thumbnail(youtube_id: str, key: str) -> str:
    """The signature in a thumbnail's address; 64 bits are plenty against guessing over HTTP."""
    return hmac.new(key.encode(), youtube_id.encode(), hashlib.sha256).hexdigest()[:16]

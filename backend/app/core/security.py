"""Tokens, hashes and signatures. Pure: keys come in as arguments."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pwdlib import PasswordHash

# {"alg":"HS256","typ":"JWT"}: nothing of it is up to whoever brings a token. Libraries for all kinds of
# tokens bring all kinds of algorithms along, which is 9 MB in every process for one HMAC.
_TOKEN_HEAD = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"  # noqa: S105 - what all tokens begin with
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


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an access token names.

    Args:
        user_id: Who.
        session_id: The signed-in browser; None for another tool, and on the server's own machine.
        expires_at: Until when.
    """

    user_id: str
    session_id: str | None
    expires_at: datetime


def issue_access_token(
    user_id: str,
    key: str,
    *,
    now: datetime,
    lifetime_seconds: int,
    session_id: str | None = None,
) -> str:
    """A signed JWT that names the user.

    Args:
        user_id: Becomes ``sub``.
        key: The installation's signing key.
        now: Time of issue (UTC).
        lifetime_seconds: Until it expires.
        session_id: Becomes ``sid``.
    """
    claims: dict[str, object] = {
        "sub": user_id,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(seconds=lifetime_seconds)).timestamp()),
    }
    if session_id is not None:
        claims["sid"] = session_id
    body = _encoded(json.dumps(claims, separators=(",", ":")).encode())
    return f"{_TOKEN_HEAD}.{body}.{_token_signature(body, key)}"


def read_access_token(token: str, key: str) -> Identity | None:
    """Who a valid token names, or None."""
    head, _, rest = token.partition(".")
    body, _, signature = rest.partition(".")
    if head != _TOKEN_HEAD or not rest.isascii():
        return None
    if not is_same(signature, _token_signature(body, key)):
        return None
    # Nobody but us has written what follows.
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    if expires_at <= datetime.now(UTC):
        return None
    return Identity(claims["sub"], claims.get("sid"), expires_at)


def _token_signature(body: str, key: str) -> str:
    signed = f"{_TOKEN_HEAD}.{body}".encode()
    return _encoded(hmac.new(key.encode(), signed, hashlib.sha256).digest())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(text: str, key: str) -> str:
    """A signature of 128 bits of something that comes back to us."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def derive(label: str, secret: str) -> str:
    """Another secret of 256 bits; whoever knows it does not know the first, nor its other ones."""
    return hmac.new(secret.encode(), label.encode(), hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Whether two secrets are the same; takes as long if they are not."""
    return hmac.compare_digest(one.encode(), other.encode())


def sign_thumbnail(youtube_id: str, key: str) -> str:
    """The signature in a thumbnail's address; 64 bits are plenty against guessing over HTTP."""
    return sign(youtube_id, key)[:16]

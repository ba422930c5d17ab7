"""Whether an identity token can be believed: its signature, and everything it has to say."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwk, jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jws import extract_compact

from app.core.errors import UpstreamFailed, UpstreamRefused

# Signed with a key that only the provider has. Never "none", and none of those whose key is known to
# both: what checks them would be the public key, which everybody has.
_ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
_KEY_TYPES: Final = ("RSA", "EC", "OKP")
_KEYS_MAX: Final = 50
# Clocks differ.
_LEEWAY_SECONDS: Final = 60
_TOKEN_LENGTH: Final = 50_000


class UnknownKey(UpstreamRefused):
    """The token names a key that is not among the known ones: there may be new ones."""


def keys_of(document: Mapping[str, Any]) -> list[Any]:
    """The keys of a provider that signatures can be checked with.

    Args:
        document: Its JSON Web Key Set.

    Raises:
        UpstreamFailed: There is none.
    """
    listed = document.get("keys")
    keys = [_key_of(each) for each in (listed if isinstance(listed, list) else [])[:_KEYS_MAX]]
    usable = [key for key in keys if key is not None]
    if not usable:
        raise UpstreamFailed("the provider has no key that signatures could be checked with")
    return usable


def _key_of(entry: object) -> Any:
    if not isinstance(entry, dict) or entry.get("kty") not in _KEY_TYPES:
        return None
    if entry.get("use") not in (None, "sig"):
        return None
    try:
        return jwk.import_key(entry)
    # One key of a new kind is no reason to do without the others.
    except (JoseError, ValueError, TypeError, KeyError):
        return None


class TokenJudge:
    """Believes tokens, or not.

    Args:
        issuer: Who has to have made them, as it calls itself.
        client_id: Whom they have to be for.
        clock: Seconds since 1970.
    """

    def __init__(self, issuer: str, client_id: str, clock: Callable[[], float]) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._clock = clock

    def claims(
        self, token: str, keys: list[Any], nonce: str, access_token: object
    ) -> Mapping[str, Any]:
        """What a token says.

        Args:
            token: As the provider sent it.
            keys: The provider's.
            nonce: What it was asked with.
            access_token: What came beside it, if the token vouches for that.

        Raises:
            UpstreamRefused: It can't be believed.
            UnknownKey: It might be, if there were its key.
        """
        try:
            checked = self._signed(token, keys)
            said = CodeIDToken(
                checked.claims,
                checked.header,
                {
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client_id},
                },
                {"nonce": nonce, "client_id": self._client_id, "access_token": access_token},
            )
            said.validate(now=int(self._clock()), leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise UpstreamRefused(f"{type(error).__name__}: {error}") from error
        claims: Mapping[str, Any] = said
        return claims

    @staticmethod
    def _signed(token: str, keys: list[Any]) -> jwt.Token:
        if len(token) > _TOKEN_LENGTH or not token.isascii():
            raise ValueError("no token")
        header = extract_compact(token.encode()).headers()
        if header.get("alg") not in _ALGORITHMS:
            raise ValueError(f"signed in a way that is not good enough: {header.get('alg')!r}")
        kid = header.get("kid")
        candidates = [key for key in keys if kid is None or key.kid in (None, kid)]
        if not candidates:
            raise UnknownKey(f"no key {str(kid)[:100]!r}")
        for key in candidates:
            try:
                return jwt.decode(token, key, algorithms=_ALGORITHMS)
            except (JoseError, ValueError, TypeError):
                # Of the keys of a provider that names none, each may be the one.
                continue
        raise BadSignatureError

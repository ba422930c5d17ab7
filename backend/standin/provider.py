"""A stand-in for a provider of OpenID Connect: signs people in without asking, and can lie.

`python -m standin.provider --port 9100` serves one until it is interrupted.
"""

import argparse
import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlencode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from standin.wire import Reply, Request, run_connection

CLIENT_ID = "videothek"
CLIENT_SECRET = "a secret of the stand-in"  # noqa: S105 - protects nothing
_LIFE_SECONDS = 300


@dataclass(slots=True)
class Lies:
    """What is wrong with its answers. By default nothing.

    Attributes:
        claims: Of the token, instead of the right ones; None leaves one out.
        algorithm: `RS256`; `none`; `HS256`, with the public key as if it were a secret; `stranger`,
            RS256 with a key of somebody else's, under the right name.
        kid: The key's name in the token, instead of the right one.
        nameless_keys: Its published key has no name, as some providers do it; no lie.
        configuration: Fields of the configuration, instead of the right ones.
        down: Every answer is 503.
        body: Every answer's body.
    """

    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    kid: str | None = None
    nameless_keys: bool = False
    configuration: dict[str, Any] = field(default_factory=dict)
    down: bool = False
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    nonce: str
    challenge: str
    redirect_uri: str


class StandInProvider:
    """A server that speaks for a provider.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.

    Attributes:
        person: Who sits before it: the claims that it vouches for.
        lies: What is wrong with its answers.
        paths: What it was asked for, oldest first.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.person: dict[str, Any] = {"sub": "4711", "preferred_username": "anna"}
        self.lies = Lies()
        self.paths: list[str] = []
        self._host, self._port = host, port
        self._kid = "first"
        self._key = _new_key()
        self._stranger = _new_key()
        self._codes: dict[str, _Asked] = {}
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Its address, and its name as issuer."""
        return f"http://{self._host}:{self._port}"

    def change_key(self) -> None:
        """Sign with a new key from now on, and forget the one before."""
        self._kid, self._key = "second", _new_key()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await run_connection(self._connections, reader, writer, self._handle)

    async def _handle(self, request: Request) -> Reply:
        self.paths.append(request.path)
        if self.lies.down:
            return Reply.of_json({"error": "down"}, 503)
        reply = self._answer(request)
        if self.lies.body is not None:
            reply.body = self.lies.body
        return reply

    def _answer(self, request: Request) -> Reply:
        match request.path:
            case "/.well-known/openid-configuration":
                return Reply.of_json(self._configuration())
            case "/keys":
                return Reply.of_json({"keys": [self._public_key()]})
            case "/authorize":
                return self._authorize(request)
            case "/token" if request.method == "POST":
                return self._token(request)
        return Reply.of_json({"error": "not_found"}, 404)

    def _configuration(self) -> dict[str, Any]:
        said = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "code_challenge_methods_supported": ["S256"],
        }
        return {**said, **self.lies.configuration}

    def _authorize(self, request: Request) -> Reply:
        asked = request.query
        known = asked.get("client_id") == CLIENT_ID and asked.get("response_type") == "code"
        if not known or asked.get("code_challenge_method") != "S256":
            return Reply.of_json({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = _Asked(
            asked.get("nonce", ""), asked.get("code_challenge", ""), asked["redirect_uri"]
        )
        back = urlencode({"code": code, "state": asked["state"]})
        return Reply(302, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, request: Request) -> Reply:
        form = dict(parse_qsl(request.body.decode()))
        if not _is_client(request.headers.get("authorization", "")):
            return Reply.of_json({"error": "invalid_client"}, 401)
        asked = self._codes.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked.redirect_uri
            or _encoded(verifier) != asked.challenge
        ):
            return Reply.of_json({"error": "invalid_grant"}, 400)
        return Reply.of_json(
            {
                "access_token": secrets.token_urlsafe(16),
                "token_type": "Bearer",
                "expires_in": _LIFE_SECONDS,
                "id_token": self._id_token(asked.nonce),
            }
        )

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + _LIFE_SECONDS,
            "nonce": nonce,
            **self.person,
            **self.lies.claims,
        }
        said = {name: value for name, value in claims.items() if value is not None}
        algorithm = self.lies.algorithm
        header = {
            "alg": "RS256" if algorithm == "stranger" else algorithm,
            "kid": self.lies.kid or self._kid,
            "typ": "JWT",
        }
        signed = f"{_encoded_json(header)}.{_encoded_json(said)}"
        return f"{signed}.{_encoded(self._signature(algorithm, signed.encode()))}"

    def _signature(self, algorithm: str, signed: bytes) -> bytes:
        match algorithm:
            case "none":
                return b""
            case "HS256":
                public = self._key.public_key().public_bytes(
                    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
                )
                return hmac.new(public, signed, hashlib.sha256).digest()
        key = self._stranger if algorithm == "stranger" else self._key
        return key.sign(signed, padding.PKCS1v15(), hashes.SHA256())

    def _public_key(self) -> dict[str, str]:
        numbers = self._key.public_key().public_numbers()
        name = {} if self.lies.nameless_keys else {"kid": self._kid}
        return {
            **name,
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "n": _encoded_number(numbers.n),
            "e": _encoded_number(numbers.e),
        }


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _is_client(authorization: str) -> bool:
    kind, _, encoded = authorization.partition(" ")
    if kind != "Basic":
        return False
    name, _, secret = base64.b64decode(encoded).decode().partition(":")
    return (unquote(name), unquote(secret)) == (CLIENT_ID, CLIENT_SECRET)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _encoded_json(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded_number(number: int) -> str:
    return _encoded(number.to_bytes((number.bit_length() + 7) // 8))


async def _serve(host: str, port: int) -> None:
    async with StandInProvider(host, port) as provider:
        sys.stdout.write(f"stand-in provider listening on {provider.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="standin.provider", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100, help="0 takes a free port")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.host, arguments.port))


if __name__ == "__main__":
    main()

"""A provider of OpenID Connect, over httpx; authlib judges what it says.

Only the authorization code flow, with PKCE. See decision 0019.
"""

import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from app.adapters.authorities import authorities
from app.adapters.bounded_http import answer_of
from app.adapters.id_tokens import TokenJudge, UnknownKey, keys_of
from app.core.errors import UpstreamFailed, UpstreamRefused
from app.core.settings import Settings, is_private_way
from app.services.accounts.flows import Flow
from app.services.accounts.identity_provider import Known

RETURN_PATH: Final = "/signed-in"
"""Where the page waits for who comes back."""

_SCOPES: Final = "openid profile"
_CALL_SECONDS: Final = 10.0
_MAX_BYTES: Final = 500_000
# What a provider says of itself changes rarely, but must not be believed for ever.
_KNOWN_SECONDS: Final = 3600.0
# A provider that is away is asked again after so long, however many want to sign in meanwhile.
_AWAY_SECONDS: Final = 5.0
# It may have new keys by now; whoever makes some up does not make us ask more often.
_KEYS_AGAIN_SECONDS: Final = 60.0
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_NAMES: Final = ("preferred_username", "nickname", "name")
_NAME_LENGTH: Final = 100
_SUBJECT_LENGTH: Final = 255
_FORM: Final = "application/x-www-form-urlencoded"


class OidcHttp:
    """See ``IdentityProvider``.

    Args:
        settings: Which provider, and who we are there.
        clock: Seconds since 1970.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        secret = settings.oidc_client_secret
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._client_id = settings.oidc_client_id
        self._secret = secret.get_secret_value() if secret else ""
        self._return_address = settings.public_url + RETURN_PATH
        self._clock = clock
        self._said: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, list[Any]] | None = None
        self._away: tuple[float, str] | None = None
        self._http = httpx.AsyncClient(
            verify=authorities(),
            # The secret goes to the address that the provider names, and nowhere else.
            follow_redirects=False,
            trust_env=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=_CALL_SECONDS,
        )

    async def close(self) -> None:
        """See ``IdentityProvider``."""
        await self._http.aclose()

    async def check(self) -> None:
        """Find out whether it is one.

        Raises:
            UpstreamFailed: It does not answer, or not as one.
        """
        await self._newer_keys(await self._configuration())

    async def address(self, flow: Flow) -> str:
        """See ``IdentityProvider``."""
        said = await self._configuration()
        try:
            address: str = prepare_grant_uri(
                said["authorization_endpoint"],
                client_id=self._client_id,
                response_type="code",
                redirect_uri=self._return_address,
                scope=_SCOPES,
                state=flow.state,
                nonce=flow.nonce,
                code_challenge=create_s256_code_challenge(flow.verifier),
                code_challenge_method="S256",
            )
        except ValueError as error:
            raise UpstreamFailed("nothing can be added to its authorization_endpoint") from error
        return address

    async def person(self, code: str, flow: Flow) -> Known:
        """See ``IdentityProvider``."""
        said = await self._configuration()
        answer = await self._tokens(said, code, flow)
        judge = TokenJudge(str(said["issuer"]), self._client_id, self._clock)
        token, access_token = str(answer.get("id_token")), answer.get("access_token")
        try:
            claims = judge.claims(token, await self._public_keys(said), flow.nonce, access_token)
        except UnknownKey:
            claims = judge.claims(token, await self._newer_keys(said), flow.nonce, access_token)
        return self._known(claims)

    def _known(self, claims: Mapping[str, Any]) -> Known:
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT_LENGTH:
            raise UpstreamRefused("a subject that is none")
        if not subject.isprintable():
            raise UpstreamRefused("a subject that nobody can write")
        named = (claims.get(name) for name in _NAMES)
        names = tuple(name for name in named if isinstance(name, str) and name)
        return Known(self._issuer, subject, tuple(name[:_NAME_LENGTH] for name in names))

    async def _tokens(self, said: Mapping[str, Any], code: str, flow: Flow) -> Mapping[str, Any]:
        endpoint = said["token_endpoint"]
        body = prepare_token_request(
            "authorization_code",
            code=code,
            redirect_uri=self._return_address,
            code_verifier=flow.verifier,
        )
        auth = ClientAuth(self._client_id, self._secret, self._auth_method(said))
        try:
            _, headers, body = auth.prepare("POST", endpoint, {"Content-Type": _FORM}, body)
        except ValueError as error:
            raise UpstreamFailed("the client's secret can't be sent as it is") from error
        status, answer = await self._asked("POST", endpoint, content=body, headers=headers)
        if status != HTTPStatus.OK or not answer.get("id_token"):
            reason = str(answer.get("error"))[:100]
            raise UpstreamRefused(f"{status} for the code: {reason!r}")
        return answer

    def _auth_method(self, said: Mapping[str, Any]) -> str:
        if not self._secret:
            return "none"
        methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"

    # -- what the provider says of itself --------------------------------------------------------

    async def _configuration(self) -> Mapping[str, Any]:
        now = self._clock()
        if self._said is not None and now < self._said[0] + _KNOWN_SECONDS:
            return self._said[1]
        if self._away is not None and now < self._away[0] + _AWAY_SECONDS:
            raise UpstreamFailed(self._away[1])
        try:
            said = self._checked(
                await self._document(f"{self._issuer}/.well-known/openid-configuration")
            )
        except UpstreamFailed as error:
            self._away = (self._clock(), error.detail)
            raise
        self._said = (now, said)
        return said

    def _checked(self, said: Mapping[str, Any]) -> Mapping[str, Any]:
        # As it is written in its tokens; in settings people leave the last slash out, or add one.
        if str(said.get("issuer")).rstrip("/") != self._issuer:
            raise UpstreamFailed(f"the provider says it is {str(said.get('issuer'))[:200]!r}")
        for name in _ENDPOINTS:
            if not _is_endpoint(str(said.get(name))):
                raise UpstreamFailed(f"its {name} is none: {str(said.get(name))[:200]!r}")
        return said

    async def _public_keys(self, said: Mapping[str, Any]) -> list[Any]:
        if self._keys is not None and self._clock() < self._keys[0] + _KNOWN_SECONDS:
            return self._keys[1]
        return await self._newer_keys(said)

    async def _newer_keys(self, said: Mapping[str, Any]) -> list[Any]:
        now = self._clock()
        if self._keys is not None and now < self._keys[0] + _KEYS_AGAIN_SECONDS:
            raise UpstreamRefused("signed with a key that the provider does not name")
        keys = keys_of(await self._document(said["jwks_uri"]))
        self._keys = (now, keys)
        return keys

    async def _document(self, address: str) -> Mapping[str, Any]:
        status, document = await self._asked("GET", address)
        if status != HTTPStatus.OK:
            raise UpstreamFailed(f"{status}: {address}")
        return document

    async def _asked(
        self, method: str, address: str, **content: Any
    ) -> tuple[int, Mapping[str, Any]]:
        """Status and JSON of an answer; one that is no JSON is empty unless it should be good."""
        request = self._http.build_request(method, address, **content)
        status, body = await answer_of(
            self._http, request, seconds=_CALL_SECONDS, max_bytes=_MAX_BYTES
        )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UpstreamFailed(f"{status}: {method} {address}")
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            if status == HTTPStatus.OK:
                raise UpstreamFailed(f"no JSON: {method} {address}")
            return status, {}
        return status, document


def _is_endpoint(address: str) -> bool:
    if not is_private_way(address) or not address.isascii() or " " in address:
        return False
    try:
        httpx.URL(address)
    except httpx.InvalidURL:
        return False
    return True

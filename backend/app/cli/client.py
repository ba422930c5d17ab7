"""The command's view of a running server: where it is, how to sign in, and what it says in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, NamedTuple, Protocol

import httpx

from app.cli.failures import CommandFailed, ExitCode, ServerAway
from app.cli.local import left_addresses
from app.cli.words import plain, say, terminal_language
from app.core.errors import ErrorCode
from app.core.messages import message_for
from app.core.settings import Settings

# Long enough for ten thousand lines to be read and stored by a small machine.
_ANSWER_SECONDS = 120.0
_CONNECT_SECONDS = 5.0
# What a server says, or something in front of it, while it starts or stops.
_AWAY = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
_SAID_AWAY = (ErrorCode.STORAGE_READ_ONLY, ErrorCode.STORAGE_UNAVAILABLE)


class Access(NamedTuple):
    """Where a server is, and what lets us in."""

    url: str
    token: str


class AccessSource(Protocol):
    """Finds the server."""

    def get(self, *, renew: bool) -> Access:
        """Where it is by now; ``renew`` after it has refused the token."""


class RemoteAccess:
    """A server elsewhere, and a token that was made there.

    Args:
        url: Its address.
        token: The token.
    """

    def __init__(self, url: str, token: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise CommandFailed(say("bad_url"), ExitCode.USAGE)
        if not token:
            raise CommandFailed(say("no_token"), ExitCode.NO_SERVER)
        self._access = Access(url.removesuffix("/api"), token)

    def get(self, *, renew: bool) -> Access:  # noqa: ARG002 - nothing here can be renewed
        """See ``AccessSource``."""
        return self._access


class LocalAccess:
    """The server of this machine's own installation, as its owner.

    Args:
        settings: Of the installation; with an API token in them, that is used.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._token = settings.api_token.get_secret_value() if settings.api_token else ""
        self._is_given = bool(self._token)

    def get(self, *, renew: bool) -> Access:
        """See ``AccessSource``; a server that was started anew may listen elsewhere."""
        addresses = left_addresses(self._settings)
        if addresses is None:
            raise ServerAway(say("no_server"))
        if not self._token or (renew and not self._is_given):
            # The database takes longer to load than all the rest, and a server elsewhere needs none.
            from app.cli.own_key import own_access_token

            self._token = own_access_token(self._settings)
        return Access(addresses.local, self._token)


class Server:
    """A running server, as one person or token sees it.

    Args:
        source: Finds it.
    """

    def __init__(self, source: AccessSource) -> None:
        self._source = source
        self._http = httpx.Client(
            timeout=httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS),
            headers={"Accept-Language": terminal_language()},
            # A proxy for the world outside knows no way to this machine.
            trust_env=isinstance(source, RemoteAccess),
        )

    def get(self, path: str, **params: Any) -> Any:
        """The answer to a question."""
        return self._call("GET", path, params=_given(params))

    def post(self, path: str, **request: Any) -> Any:
        """The answer to a request; ``json``, or ``data`` and ``files``."""
        return self._call("POST", path, **request)

    def delete(self, path: str) -> None:
        """Remove something."""
        self._call("DELETE", path)

    def lanes(self) -> list[dict[str, Any]]:
        """How fast each upstream lets us go, with the reason in words."""
        lanes: list[dict[str, Any]] = self.get("/lanes")
        for lane in lanes:
            lane["reason"] = _reason(lane["reason_code"])
        return lanes

    @contextmanager
    def download(self, path: str, **params: Any) -> Iterator[httpx.Response]:
        """A file that is read piece by piece."""
        for renew in (False, True):
            access = self._source.get(renew=renew)
            with (
                _transport(access),
                self._http.stream(
                    "GET",
                    f"{access.url}/api{path}",
                    params=_given(params),
                    headers={"Authorization": f"Bearer {access.token}"},
                ) as answer,
            ):
                if answer.status_code == HTTPStatus.UNAUTHORIZED and not renew:
                    continue
                if answer.is_error or answer.is_redirect:
                    answer.read()
                _check(answer, access)
                yield answer
                return

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _call(self, method: str, path: str, **request: Any) -> Any:
        access = self._source.get(renew=False)
        answer = self._send(method, path, access, request)
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            access = self._source.get(renew=True)
            answer = self._send(method, path, access, request)
        _check(answer, access)
        if answer.status_code == HTTPStatus.NO_CONTENT:
            return None
        try:
            return answer.json()
        except ValueError as error:
            sentence = say("no_videothek", url=access.url)
            raise CommandFailed(sentence, ExitCode.NO_SERVER) from error

    def _send(
        self, method: str, path: str, access: Access, request: dict[str, Any]
    ) -> httpx.Response:
        with _transport(access):
            return self._http.request(
                method,
                f"{access.url}/api{path}",
                headers={"Authorization": f"Bearer {access.token}"},
                **request,
            )


def server_of(settings: Settings) -> Server:
    """The server that the settings name; without one, this machine's own.

    Raises:
        CommandFailed: The settings name no server that could be asked.
    """
    if not settings.server_url:
        return Server(LocalAccess(settings))
    token = settings.api_token.get_secret_value() if settings.api_token else ""
    return Server(RemoteAccess(settings.server_url, token))


@contextmanager
def _transport(access: Access) -> Iterator[None]:
    """Say in words that nobody answers."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise ServerAway(say("away", url=access.url)) from error
    except httpx.TransportError as error:
        raise ServerAway(say("lost", url=access.url)) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise CommandFailed(say("bad_url"), ExitCode.USAGE) from error


def _check(answer: httpx.Response, access: Access) -> None:
    """Raise what the server refuses, in its own words."""
    if answer.is_success:
        return
    if answer.status_code in _AWAY:
        raise ServerAway(_why_away(answer) or say("away", url=access.url))
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        raise CommandFailed(say("not_signed_in", url=access.url), ExitCode.NO_SERVER)
    try:
        sentence = plain(answer.json()["message"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        sentence = say("no_videothek", url=access.url)
        raise CommandFailed(sentence, ExitCode.NO_SERVER) from error
    raise CommandFailed(sentence)


def _why_away(answer: httpx.Response) -> str | None:
    """What the server itself says of why it can't do anything now; a proxy before it says nothing."""
    try:
        body = answer.json()
        return plain(body["message"]) if body["code"] in _SAID_AWAY else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _reason(code: str | None) -> str:
    try:
        return message_for(ErrorCode(code or ErrorCode.UPSTREAM_THROTTLED), terminal_language())
    except ValueError:
        # A newer server knows more reasons.
        return message_for(ErrorCode.UPSTREAM_THROTTLED, terminal_language())


def _given(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value is not None}

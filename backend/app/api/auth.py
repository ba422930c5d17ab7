"""Signing in and out, and the account of who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Form, Request, Response

from app.api.dependencies import AccountDep, PersonDep, RuntimeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.api.visitors import DEVICE_COOKIE, VisitorDep
from app.core.errors import ErrorCode, VideothekError
from app.core.settings import Settings
from app.schemas.auth import (
    BrowserOut,
    InvitedIn,
    InvitedOut,
    LinkIn,
    PasswordIn,
    TokenOut,
    UserOut,
)
from app.services.accounts.sessions import SignedIn

_COOKIE = "videothek_refresh"
COOKIE_PATH = "/api/auth"
_DEVICE_SECONDS = 365 * 86_400
# What browsers say of requests that another site made them send.
_FOREIGN = ("cross-site", "same-site")

router = APIRouter(prefix="/auth", tags=["auth"])

RefreshCookie = Annotated[str | None, Cookie(alias=_COOKIE)]


def refuse_foreign(request: Request) -> None:
    """What sets or takes a cookie is for our own page; browsers say when another one asks.

    Another page could sign a visitor in as somebody else, who would see what they do from then on: a
    form needs nobody's leave to be sent. Programs say nothing of it, and may.
    """
    if request.headers.get("sec-fetch-site") in _FOREIGN:
        raise VideothekError(ErrorCode.NOT_ALLOWED, 403)


_OURS = [Depends(refuse_foreign)]


class PasswordForm:
    """The OAuth 2 password form: ``username`` and ``password``."""

    def __init__(
        self,
        # No name holds NUL, which PostgreSQL can't be asked for.
        username: Annotated[str, Form(max_length=100, pattern=r"^[^\x00]*$")],
        password: Annotated[str, Form(max_length=1000)],
    ) -> None:
        self.username = username
        self.password = password


@router.post("/token", responses=documented(401, 403, 422, 429), dependencies=_OURS)
async def sign_in(
    form: Annotated[PasswordForm, Depends()],
    runtime: RuntimeDep,
    visitor: VisitorDep,
    response: Response,
) -> TokenOut:
    """Sign in with a name and a password."""
    signed_in = await runtime.auth.sign_in_with_password(form.username, form.password, visitor)
    return answer_with(response, signed_in, runtime.settings)


@router.post("/link", responses=documented(401, 403, 422, 429), dependencies=_OURS)
async def sign_in_with_link(
    body: LinkIn, runtime: RuntimeDep, visitor: VisitorDep, response: Response
) -> TokenOut:
    """Sign in with the code of a one-time link."""
    signed_in = await runtime.auth.sign_in_with_link(body.code, visitor)
    return answer_with(response, signed_in, runtime.settings)


@router.post("/invite/look", responses=documented(401, 403, 422, 429), dependencies=_OURS)
async def look_at_invitation(body: LinkIn, runtime: RuntimeDep, visitor: VisitorDep) -> InvitedOut:
    """Who invites with this code."""
    return await runtime.auth.invited(body.code, visitor)


@router.post(
    "/invite",
    status_code=201,
    responses=documented(401, 403, 409, 422, 429),
    dependencies=_OURS,
)
async def accept_invitation(
    body: InvitedIn, runtime: RuntimeDep, visitor: VisitorDep, response: Response
) -> TokenOut:
    """Make an account with an invitation, and sign in."""
    signed_in = await runtime.auth.accept_invitation(
        body.code, body.username, body.password, visitor
    )
    return answer_with(response, signed_in, runtime.settings)


@router.post("/refresh", responses=documented(401, 403), dependencies=_OURS)
async def refresh(
    runtime: RuntimeDep, visitor: VisitorDep, response: Response, token: RefreshCookie = None
) -> TokenOut:
    """A new access token from the refresh cookie."""
    signed_in = await runtime.auth.refresh(token, visitor)
    return answer_with(response, signed_in, runtime.settings)


@router.post("/logout", status_code=204, responses=documented(403), dependencies=_OURS)
async def sign_out(
    runtime: RuntimeDep, unit: UnitDep, response: Response, token: RefreshCookie = None
) -> None:
    """Forget this browser."""
    await runtime.auth.sign_out(unit, token)
    response.delete_cookie(_COOKIE, path=COOKIE_PATH)


@router.get("/me", responses=documented(401, 403))
async def me(runtime: RuntimeDep, session: SessionDep, user_id: AccountDep) -> UserOut:
    """The person who is signed in."""
    return await runtime.auth.me(session, user_id)


@router.post("/password", status_code=204, responses=documented(401, 403, 422, 429))
async def change_password(
    body: PasswordIn, runtime: RuntimeDep, who: PersonDep, visitor: VisitorDep
) -> None:
    """Change one's password. All other browsers are signed out."""
    await runtime.auth.change_password(who, body.current_password, body.new_password, visitor)


@router.get("/sessions", responses=documented(401, 403))
async def sessions(runtime: RuntimeDep, session: SessionDep, who: PersonDep) -> list[BrowserOut]:
    """Where one is signed in."""
    return await runtime.auth.browsers.all_of(session, who.user_id, who.session_id)


@router.delete("/sessions", status_code=204, responses=documented(401, 403))
async def end_other_sessions(runtime: RuntimeDep, unit: UnitDep, who: PersonDep) -> None:
    """Sign out everywhere but here."""
    await runtime.auth.browsers.end_others(unit, who.user_id, who.session_id)


@router.delete("/sessions/{session_id}", status_code=204, responses=documented(401, 403, 404))
async def end_session(session_id: str, runtime: RuntimeDep, unit: UnitDep, who: PersonDep) -> None:
    """Sign out one browser."""
    await runtime.auth.browsers.end(unit, who.user_id, session_id)


def answer_with(response: Response, signed_in: SignedIn, settings: Settings) -> TokenOut:
    """What a browser gets that was let in: the token for the page, and its cookies."""
    cookies = [
        (_COOKIE, signed_in.refresh_token, settings.refresh_token_days * 86_400),
        (DEVICE_COOKIE, signed_in.device, _DEVICE_SECONDS),
    ]
    for name, value, max_age in cookies:
        if value is not None:
            response.set_cookie(
                name,
                value,
                max_age=max_age,
                path=COOKIE_PATH,
                httponly=True,
                samesite="strict",
                secure=settings.has_secure_cookies,
            )
    response.headers["Cache-Control"] = "no-store"
    return signed_in.token

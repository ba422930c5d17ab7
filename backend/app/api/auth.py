"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Form, Response

from app.api.dependencies import AccountDep, RuntimeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.core.settings import Settings
from app.schemas.auth import LinkIn, TokenOut, UserOut
from app.services.auth_service import SignedIn

_COOKIE = "videothek_refresh"
_COOKIE_PATH = "/api/auth"

router = APIRouter(prefix="/auth", tags=["auth"])

RefreshCookie = Annotated[str | None, Cookie(alias=_COOKIE)]


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


@router.post("/token", responses=documented(401, 422))
async def sign_in(
    form: Annotated[PasswordForm, Depends()],
    runtime: RuntimeDep,
    unit: UnitDep,
    response: Response,
) -> TokenOut:
    """Sign in with a name and a password."""
    signed_in = await runtime.auth.sign_in_with_password(unit, form.username, form.password)
    return _answer(response, signed_in, runtime.settings)


@router.post("/link", responses=documented(401, 422))
async def sign_in_with_link(
    body: LinkIn, runtime: RuntimeDep, unit: UnitDep, response: Response
) -> TokenOut:
    """Sign in with the code of a one-time link."""
    signed_in = await runtime.auth.sign_in_with_link(unit, body.code)
    return _answer(response, signed_in, runtime.settings)


@router.post("/refresh", responses=documented(401))
async def refresh(
    runtime: RuntimeDep, unit: UnitDep, response: Response, token: RefreshCookie = None
) -> TokenOut:
    """A new access token from the refresh cookie."""
    signed_in = await runtime.auth.refresh(unit, token)
    return _answer(response, signed_in, runtime.settings)


@router.post("/logout", status_code=204)
async def sign_out(
    runtime: RuntimeDep, unit: UnitDep, response: Response, token: RefreshCookie = None
) -> None:
    """Forget this browser."""
    await runtime.auth.sign_out(unit, token)
    response.delete_cookie(_COOKIE, path=_COOKIE_PATH)


@router.get("/me", responses=documented(401, 403))
async def me(runtime: RuntimeDep, session: SessionDep, user_id: AccountDep) -> UserOut:
    """The person who is signed in."""
    return await runtime.auth.me(session, user_id)


def _answer(response: Response, signed_in: SignedIn, settings: Settings) -> TokenOut:
    response.set_cookie(
        _COOKIE,
        signed_in.refresh_token,
        max_age=settings.refresh_token_days * 86_400,
        path=_COOKIE_PATH,
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
    )
    response.headers["Cache-Control"] = "no-store"
    return signed_in.token

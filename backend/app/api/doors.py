"""Signing in through the other doors, and what is linked for that."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Response

from app.api.auth import COOKIE_PATH, answer_with, refuse_foreign
from app.api.dependencies import PersonDep, RuntimeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.api.visitors import VisitorDep
from app.core.settings import Settings
from app.schemas.auth import TokenOut
from app.schemas.doors import BegunOut, LinkedOut, ReturnedIn, WaysOut
from app.services.accounts.flows import FLOW_SECONDS
from app.services.accounts.other_doors import Begun

_COOKIE = "videothek_flow"

router = APIRouter(prefix="/auth", tags=["auth"])

FlowCookie = Annotated[str | None, Cookie(alias=_COOKIE)]
_OURS = [Depends(refuse_foreign)]


@router.get("/ways")
async def ways(runtime: RuntimeDep, visitor: VisitorDep, response: Response) -> WaysOut:
    """How one may come in here."""
    response.headers["Cache-Control"] = "no-store"
    return runtime.doors.ways(visitor)


@router.post("/proxy", responses=documented(403, 409, 422, 429), dependencies=_OURS)
async def sign_in_by_proxy(
    runtime: RuntimeDep, visitor: VisitorDep, response: Response
) -> TokenOut:
    """Sign in as whom a trusted proxy names."""
    signed_in = await runtime.doors.sign_in_by_proxy(visitor)
    return answer_with(response, signed_in, runtime.settings)


@router.post("/oidc/begin", responses=documented(403, 429, 503), dependencies=_OURS)
async def begin(runtime: RuntimeDep, visitor: VisitorDep, response: Response) -> BegunOut:
    """Begin to sign in at the provider."""
    begun = await runtime.doors.begin(visitor)
    return _sent_off(response, begun, runtime.settings)


@router.post("/oidc/finish", responses=documented(403, 409, 422, 429, 503), dependencies=_OURS)
async def finish(
    body: ReturnedIn,
    runtime: RuntimeDep,
    visitor: VisitorDep,
    response: Response,
    kept: FlowCookie = None,
) -> TokenOut:
    """Sign in with what the provider sent somebody back with."""
    _forget(response)
    signed_in = await runtime.doors.finish(body.code, body.state, kept, visitor)
    return answer_with(response, signed_in, runtime.settings)


@router.get("/identities", responses=documented(401, 403))
async def linked(runtime: RuntimeDep, session: SessionDep, who: PersonDep) -> list[LinkedOut]:
    """Who one is at the provider."""
    return await runtime.doors.all_linked(session, who.user_id)


@router.post("/identities/begin", responses=documented(401, 403, 429, 503))
async def begin_linking(
    runtime: RuntimeDep, who: PersonDep, visitor: VisitorDep, response: Response
) -> BegunOut:
    """Begin to link one's account with the provider."""
    begun = await runtime.doors.begin_linking(who, visitor)
    return _sent_off(response, begun, runtime.settings)


@router.post("/identities", status_code=201, responses=documented(401, 403, 409, 422, 429, 503))
async def link(
    body: ReturnedIn,
    runtime: RuntimeDep,
    who: PersonDep,
    visitor: VisitorDep,
    response: Response,
    kept: FlowCookie = None,
) -> LinkedOut:
    """Link one's account with what the provider sent one back with."""
    _forget(response)
    return await runtime.doors.link(who, body.code, body.state, kept, visitor)


@router.delete("/identities/{identity_id}", status_code=204, responses=documented(401, 403, 404))
async def unlink(identity_id: str, runtime: RuntimeDep, unit: UnitDep, who: PersonDep) -> None:
    """Come in that way no more."""
    await runtime.doors.unlink(unit, who, identity_id)


def _sent_off(response: Response, begun: Begun, settings: Settings) -> BegunOut:
    response.set_cookie(
        _COOKIE,
        begun.kept,
        max_age=FLOW_SECONDS,
        path=COOKIE_PATH,
        httponly=True,
        samesite="lax",
        secure=settings.has_secure_cookies,
    )
    response.headers["Cache-Control"] = "no-store"
    return BegunOut(address=begun.address)


def _forget(response: Response) -> None:
    response.delete_cookie(_COOKIE, path=COOKIE_PATH)

"""Tokens for other tools."""

from fastapi import APIRouter

from app.api.dependencies import AccountDep, PersonDep, RuntimeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.schemas.tokens import ApiTokenOut, NewTokenOut, TokenIn

router = APIRouter(prefix="/tokens", tags=["tokens"], responses=documented(401, 403, 422))


@router.get("")
async def all_tokens(
    runtime: RuntimeDep, session: SessionDep, user_id: AccountDep
) -> list[ApiTokenOut]:
    """A person's tokens, newest first."""
    return await runtime.tokens.all_of(session, user_id)


@router.post("", status_code=201)
async def create(body: TokenIn, runtime: RuntimeDep, unit: UnitDep, who: PersonDep) -> NewTokenOut:
    """Make a token. Its secret is shown only here."""
    user = await runtime.auth.browsers.held(unit, who)
    return await runtime.tokens.create(unit, user_id=user.id, name=body.name, scope=body.scope)


@router.delete("/{token_id}", status_code=204, responses=documented(404))
async def revoke(token_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: AccountDep) -> None:
    """Make a token worthless at once."""
    await runtime.tokens.revoke(unit, user_id=user_id, token_id=token_id)

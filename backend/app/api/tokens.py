"""Tokens for other tools."""

from fastapi import APIRouter

from app.api.dependencies import SessionDep, UnitDep, UserDep
from app.api.errors import documented
from app.schemas.tokens import ApiTokenOut, NewTokenOut, TokenIn

router = APIRouter(prefix="/tokens", tags=["tokens"], responses=documented(401, 403, 422))


@router.get("")
async def all_tokens(session: SessionDep, user_id: UserDep) -> list[ApiTokenOut]:
    """A person's tokens, newest first."""
    raise NotImplementedError


@router.post("", status_code=201)
async def create(body: TokenIn, unit: UnitDep, user_id: UserDep) -> NewTokenOut:
    """Make a token. Its secret is shown only here."""
    raise NotImplementedError


@router.delete("/{token_id}", status_code=204, responses=documented(404))
async def revoke(token_id: str, unit: UnitDep, user_id: UserDep) -> None:
    """Make a token worthless at once."""
    raise NotImplementedError

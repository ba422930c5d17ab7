"""The people of an installation: only for its owner."""

from fastapi import APIRouter

from app.api.dependencies import OwnerDep, RuntimeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.schemas.people import (
    InvitationIn,
    InvitationOut,
    NewInvitationOut,
    NewLinkOut,
    PersonOut,
)
from app.services.accounts import people

router = APIRouter(prefix="/users", tags=["people"], responses=documented(401, 403))


@router.get("")
async def all_people(session: SessionDep, _owner_id: OwnerDep) -> list[PersonOut]:
    """Everybody with an account."""
    return await people.all_people(session)


@router.get("/invitations")
async def invitations(session: SessionDep, _owner_id: OwnerDep) -> list[InvitationOut]:
    """The open invitations."""
    return await people.invitations(session)


@router.post("/invitations", status_code=201, responses=documented(422))
async def invite(body: InvitationIn, unit: UnitDep, owner_id: OwnerDep) -> NewInvitationOut:
    """Invite somebody. The code is shown only here."""
    return await people.invite(unit, user_id=owner_id, note=body.note)


@router.delete("/invitations/{invitation_id}", status_code=204, responses=documented(404))
async def take_back(invitation_id: str, unit: UnitDep, _owner_id: OwnerDep) -> None:
    """Take an invitation back."""
    await people.take_back(unit, invitation_id)


@router.post("/{user_id}/link", status_code=201, responses=documented(404))
async def make_link(
    user_id: str, runtime: RuntimeDep, unit: UnitDep, _owner_id: OwnerDep
) -> NewLinkOut:
    """A one-time link for a member who has forgotten their password."""
    return await runtime.auth.link_for_member(unit, user_id)


@router.delete("/{user_id}", status_code=204, responses=documented(404))
async def remove(user_id: str, runtime: RuntimeDep, unit: UnitDep, _owner_id: OwnerDep) -> None:
    """Remove a member with their lists and videos."""
    await people.remove(unit, runtime.queue, runtime.auth.browsers, user_id)

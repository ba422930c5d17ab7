"""Who is asking, on routes whose answers cost much: counted, and let in by turns."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Security

from app.api.dependencies import RuntimeDep, get_user_id
from app.services.token_service import Permission


def get_counted_user_id(runtime: RuntimeDep, user_id: Annotated[str, Depends(get_user_id)]) -> str:
    """Their id, once the request is counted.

    Raises:
        VideothekError: ``too_many_requests``.
    """
    runtime.load.rate.count(user_id)
    return user_id


async def get_receiver_id(
    runtime: RuntimeDep, user_id: Annotated[str, Depends(get_counted_user_id)]
) -> AsyncIterator[str]:
    """Likewise, and a turn until the file that is written for them has been sent.

    Raises:
        VideothekError: ``too_many_requests``, ``too_busy``.
    """
    async with runtime.load.files.turn(user_id):
        yield user_id


CostlyAddDep = Annotated[str, Security(get_counted_user_id, scopes=[Permission.ADD])]
CostlyReadDep = Annotated[str, Security(get_counted_user_id, scopes=[Permission.READ])]


async def search_turn(runtime: RuntimeDep, user_id: CostlyReadDep) -> AsyncIterator[None]:
    """A turn to search, so that one person's fifty searches leave a connection for everybody's pages.

    Raises:
        VideothekError: ``too_many_requests``, ``too_busy``.
    """
    async with runtime.load.searches.turn(user_id):
        yield


# Function scope: it ends before the answer is sent.
SEARCH_TURN = Depends(search_turn, scope="function")
# Request scope (FastAPI's default): the turn ends after the answer was sent, however slowly.
ReceiverDep = Annotated[str, Security(get_receiver_id, scopes=[Permission.READ])]
ReportReceiverDep = Annotated[str, Security(get_receiver_id, scopes=[Permission.SEE])]

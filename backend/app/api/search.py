"""Search over everything that is said or written in the library, and searches that are kept."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.costly import SEARCH_TURN, CostlyReadDep
from app.api.dependencies import (
    ChangeDep,
    CursorQuery,
    ReadDep,
    RuntimeDep,
    SessionDep,
    UnitDep,
)
from app.api.errors import documented
from app.schemas.common import MAX_PAGE_SIZE
from app.schemas.search import (
    MAX_QUERY_LENGTH,
    SavedSearchIn,
    SavedSearchNameIn,
    SavedSearchOut,
    SearchChoicesOut,
    SearchFilters,
    SearchOut,
    SearchSort,
)
from app.services import saved_searches
from app.services.search import choices, search_service

router = APIRouter(tags=["search"], responses=documented(401, 403, 404, 422))

DEFAULT_RESULTS = 10
SearchLimitQuery = Annotated[int, Query(ge=1, description="Videos on a page, at most 200.")]


class SearchQuery(SearchFilters):
    """A search as it is asked for."""

    q: Annotated[str, Query(max_length=MAX_QUERY_LENGTH)] = ""
    sort: SearchSort = SearchSort.RELEVANCE


@router.get("/search", responses=documented(429, 503), dependencies=[SEARCH_TURN])
async def search(
    asked: Annotated[SearchQuery, Query()],
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: CostlyReadDep,
    limit: SearchLimitQuery = DEFAULT_RESULTS,
    cursor: CursorQuery = None,
) -> SearchOut:
    """Videos in which all words occur, with their best moments.

    Words in quotes are found as they stand, `word*` finds what begins with it, `-word` leaves out
    videos that have it.
    """
    return await search_service.find(
        session,
        runtime.presenter,
        user_id=user_id,
        query=asked.q,
        filters=asked,
        sort=asked.sort,
        limit=min(limit, MAX_PAGE_SIZE),
        cursor=cursor,
    )


@router.get("/search/choices", responses=documented(429))
async def search_choices(
    session: SessionDep,
    user_id: CostlyReadDep,
    list_id: Annotated[str | None, Query(max_length=100, description="Only this list.")] = None,
) -> SearchChoicesOut:
    """What a search can be narrowed to."""
    return await choices.of_library(session, user_id=user_id, list_id=list_id)


@router.get("/saved-searches")
async def all_saved_searches(session: SessionDep, user_id: ReadDep) -> list[SavedSearchOut]:
    """The searches a person keeps, by name."""
    return await saved_searches.all_of(session, user_id)


@router.post("/saved-searches", status_code=201, responses=documented(409))
async def save_search(body: SavedSearchIn, unit: UnitDep, user_id: ChangeDep) -> SavedSearchOut:
    """Keep a search; a person keeps at most 200."""
    return await saved_searches.save(unit, user_id=user_id, search=body)


@router.patch("/saved-searches/{search_id}")
async def rename_saved_search(
    search_id: str, body: SavedSearchNameIn, unit: UnitDep, user_id: ChangeDep
) -> SavedSearchOut:
    """Give a search that is kept another name."""
    return await saved_searches.rename(unit, user_id=user_id, search_id=search_id, name=body.name)


@router.delete("/saved-searches/{search_id}", status_code=204)
async def forget_search(search_id: str, unit: UnitDep, user_id: ChangeDep) -> None:
    """Forget a search."""
    await saved_searches.forget(unit, user_id=user_id, search_id=search_id)

"""Imports: what was dropped, and what became of it."""

from fastapi import APIRouter

from app.api.dependencies import CursorQuery, LimitDep, RuntimeDep, SessionDep, UserDep
from app.api.errors import documented
from app.schemas.imports import ImportItemPage, ImportOut, ImportPage

router = APIRouter(prefix="/imports", tags=["imports"], responses=documented(401, 422))


@router.get("")
async def all_imports(
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: UserDep,
    limit: LimitDep,
    cursor: CursorQuery = None,
) -> ImportPage:
    """A person's imports, newest first."""
    return await runtime.import_service.page(session, user_id=user_id, limit=limit, cursor=cursor)


@router.get("/{import_id}", responses=documented(404))
async def get_import(
    import_id: str, runtime: RuntimeDep, session: SessionDep, user_id: UserDep
) -> ImportOut:
    """One import with its progress."""
    return await runtime.import_service.get(session, user_id=user_id, import_id=import_id)


@router.get("/{import_id}/items", responses=documented(404))
async def get_items(
    import_id: str,
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: UserDep,
    limit: LimitDep,
    cursor: CursorQuery = None,
) -> ImportItemPage:
    """The lines of an import's input with their verdicts."""
    return await runtime.import_service.items(
        session, user_id=user_id, import_id=import_id, limit=limit, cursor=cursor
    )

"""Imports: what was dropped, what became of it, and how it goes on."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from app.api.costly import CostlyAddDep, ReportReceiverDep
from app.api.dependencies import (
    ChangeDep,
    CursorQuery,
    LimitDep,
    RuntimeDep,
    SeeDep,
    SessionDep,
    UnitDep,
)
from app.api.errors import documented
from app.api.uploads import UploadDep, accept_upload, accepts_files
from app.core.messages import preferred_language
from app.models import ItemOutcome
from app.schemas.imports import (
    BatchOut,
    CancelIn,
    ImportItemPage,
    ImportOut,
    ImportPage,
    RetryFailedIn,
)
from app.schemas.previews import ImportIn, PreviewOut
from app.schemas.videos import RetriedOut
from app.services import import_items, import_preview, import_report

router = APIRouter(prefix="/imports", tags=["imports"], responses=documented(401, 403, 422))

_OF_UPLOADS = (404, 408, 413, 429, 503)

OutcomeQuery = Annotated[ItemOutcome | None, Query(description="Only lines that came to this.")]


@router.get("")
async def all_imports(
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: SeeDep,
    limit: LimitDep,
    cursor: CursorQuery = None,
) -> ImportPage:
    """A person's imports, newest first."""
    return await runtime.import_service.page(session, user_id=user_id, limit=limit, cursor=cursor)


@router.post(
    "", status_code=201, responses=documented(*_OF_UPLOADS), openapi_extra=accepts_files(ImportIn)
)
async def add_import(runtime: RuntimeDep, user_id: CostlyAddDep, upload: UploadDep) -> BatchOut:
    """Import links, text, files or whole exports, also into several lists at once.

    Everything is stored and queued in one transaction before the answer.
    """
    return await accept_upload(runtime, upload, user_id, upload.options)


@router.post("/preview", responses=documented(*_OF_UPLOADS), openapi_extra=accepts_files(ImportIn))
async def preview(runtime: RuntimeDep, user_id: CostlyAddDep, upload: UploadDep) -> PreviewOut:
    """What the same import would do. Nothing is stored, and nothing here touches the network."""
    async with runtime.database.read() as session:
        return await import_preview.preview(
            session,
            user_id=user_id,
            reading=upload.reading,
            options=upload.options,
            estimates=runtime.transcription.estimates,
        )


@router.get("/{import_id}", responses=documented(404))
async def get_import(
    import_id: str, runtime: RuntimeDep, session: SessionDep, user_id: SeeDep
) -> ImportOut:
    """One import with its progress."""
    return await runtime.import_service.get(session, user_id=user_id, import_id=import_id)


@router.get("/{import_id}/items", responses=documented(404))
async def get_items(
    import_id: str,
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: SeeDep,
    limit: LimitDep,
    cursor: CursorQuery = None,
    outcome: OutcomeQuery = None,
) -> ImportItemPage:
    """The lines of an import's input, and what became of each."""
    return await import_items.page(
        session,
        runtime.presenter,
        user_id=user_id,
        import_id=import_id,
        outcome=outcome,
        limit=limit,
        cursor=cursor,
    )


@router.get(
    "/{import_id}/report.csv",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        **documented(404, 429, 503),
    },
)
async def get_report(
    import_id: str,
    runtime: RuntimeDep,
    user_id: ReportReceiverDep,
    outcome: OutcomeQuery = None,
    accept_language: Annotated[str, Header()] = "",
) -> StreamingResponse:
    """Every line and what became of it, as a table for spreadsheets."""
    report = await import_report.open_report(
        runtime.database, user_id=user_id, import_id=import_id, outcome=outcome
    )
    language = preferred_language(accept_language)

    async def body() -> AsyncIterator[bytes]:
        async for part in report.parts(language):
            yield part.encode()

    return StreamingResponse(
        body(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{report.file_name}"'},
    )


@router.post("/{import_id}/pause", responses=documented(404, 409))
async def pause(
    import_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> ImportOut:
    """Take nothing more of an import on; what is in flight finishes its step."""
    return await runtime.import_control.pause(unit, user_id=user_id, import_id=import_id)


@router.post("/{import_id}/resume", responses=documented(404, 409))
async def resume(
    import_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> ImportOut:
    """Let a paused or cancelled import go on."""
    return await runtime.import_control.resume(unit, user_id=user_id, import_id=import_id)


@router.post("/{import_id}/cancel", responses=documented(404, 409))
async def cancel(
    import_id: str,
    runtime: RuntimeDep,
    unit: UnitDep,
    user_id: ChangeDep,
    body: CancelIn | None = None,
) -> ImportOut:
    """End an import. Finished videos stay; of the others the caller decides."""
    remove = body is not None and body.remaining == "remove"
    return await runtime.import_control.cancel(
        unit, user_id=user_id, import_id=import_id, remove_remaining=remove
    )


@router.post("/{import_id}/retry-failed", status_code=202, responses=documented(404, 409))
async def retry_failed(
    import_id: str,
    runtime: RuntimeDep,
    unit: UnitDep,
    user_id: ChangeDep,
    body: RetryFailedIn | None = None,
) -> RetriedOut:
    """Try a group of an import's videos again."""
    retried = await runtime.import_control.retry_group(
        unit, user_id=user_id, import_id=import_id, outcome=(body or RetryFailedIn()).outcome
    )
    return RetriedOut(retried=retried)


@router.post("/{import_id}/undo", responses=documented(404, 409))
async def undo(import_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep) -> ImportOut:
    """Remove all videos that an import added, within a day after its end."""
    return await runtime.import_control.undo(unit, user_id=user_id, import_id=import_id)

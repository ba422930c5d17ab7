"""Inputs of imports: JSON, or a form with files."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, ParamSpec, TypeVar

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from app.api.dependencies import RuntimeDep
from app.core.errors import ErrorCode, VideothekError
from app.runtime import Runtime
from app.schemas.common import MAX_PAGE_SIZE, ApiModel
from app.schemas.imports import BatchOut
from app.schemas.previews import ImportIn, ImportOptions
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# A text field of a form is limited by the size of the request, like everything else.
_MAX_FORM_FILES = 1000
_MAX_FORM_FIELDS = 20
# Reading a megabyte takes longer than a frame; below that a thread costs more than it saves.
_THREAD_FROM_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent.

    Args:
        source: The text, the links, or the files.
        options: What of it goes where.
        size: How much there is to read, in bytes.
    """

    source: Source
    options: ImportOptions
    size: int

    async def read(self, max_items: int, options: ImportOptions | None = None) -> Reading:
        """Read the input, before any transaction is open.

        Args:
            max_items: The most items of one import.
            options: What of it goes where, if it was not sent along.

        Raises:
            VideothekError: See ``read_source``.
        """
        groups = (options or self.options).groups
        return await _in_thread(self.size, read_source, self.source, max_items, groups)


def accepts_files(body: type[ApiModel]) -> dict[str, Any]:
    """The request body of a route that takes JSON or a form with files, for the OpenAPI document.

    Args:
        body: What it takes as JSON.
    """
    form = {
        "type": "object",
        "properties": {
            "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "text": {"type": "string"},
            "options": {"type": "string", "description": "ImportOptions as JSON."},
        },
    }
    schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": schema},
                "multipart/form-data": {"schema": form},
            },
        }
    }


async def read_upload(request: Request, runtime: RuntimeDep) -> Upload:
    """Read a request's body.

    Raises:
        VideothekError: ``invalid_request`` unless it is one of the forms that are documented.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return await _read_form(request, runtime.settings.import_max_bytes)
    body = await request.body()
    try:
        given = await _in_thread(len(body), _parse, body)
    except (ValueError, RecursionError):
        raise _malformed() from None
    if (given.text is None) == (given.urls is None):
        raise _malformed()
    return Upload(Source(text=given.text, urls=given.urls), given, len(body))


def _parse(body: bytes) -> ImportIn:
    # Not pydantic's own parser: halves of characters must not cost the links beside them.
    return ImportIn.model_validate(json.loads(body))


async def _in_thread(
    size: int, work: Callable[_Given, _Result], *args: _Given.args, **kwargs: _Given.kwargs
) -> _Result:
    """Do it in a thread, if there is enough of it."""
    if size < _THREAD_FROM_BYTES:
        return work(*args, **kwargs)
    return await asyncio.to_thread(work, *args, **kwargs)


async def _read_form(request: Request, max_bytes: int) -> Upload:
    try:
        async with request.form(
            max_files=_MAX_FORM_FILES, max_fields=_MAX_FORM_FIELDS, max_part_size=max_bytes
        ) as form:
            files = [
                SourceFile(part.filename or "", await part.read())
                for part in form.getlist("file")
                if isinstance(part, UploadFile)
            ]
            text = _text(form, "text")
            options = ImportOptions.model_validate_json(_text(form, "options") or "{}")
    except ValidationError:
        raise _malformed() from None
    except HTTPException as error:
        if error.status_code == HTTPStatus.BAD_REQUEST:
            raise _malformed() from None
        raise
    if text is None and not files:
        raise _malformed()
    # A small archive may hold a lot.
    size = _THREAD_FROM_BYTES if files else len(text or "")
    return Upload(Source(text=text, files=files), options, size)


async def accept_upload(
    runtime: Runtime, upload: Upload, user_id: str, options: ImportOptions
) -> BatchOut:
    """Import what was sent, in one transaction.

    Args:
        runtime: The parts of this process.
        upload: What was sent.
        user_id: Whose import it is.
        options: What of it goes where.
    """
    reading = await upload.read(runtime.settings.import_max_items, options)
    async with runtime.database.write() as unit:
        accepted = await runtime.import_service.accept(
            unit, user_id=user_id, reading=reading, options=options
        )
    return BatchOut(
        import_id=accepted.import_id,
        counts=accepted.counts,
        videos=[runtime.presenter.video(row) for row in accepted.new_videos[:MAX_PAGE_SIZE]],
    )


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value if isinstance(value, str) else None


def _malformed() -> VideothekError:
    return VideothekError(ErrorCode.INVALID_REQUEST, 422)


UploadDep = Annotated[Upload, Depends(read_upload)]

"""Inputs of imports: JSON, or a form with files."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from app.api.costly import CostlyAddDep
from app.api.dependencies import RuntimeDep
from app.core.errors import ErrorCode, VideothekError
from app.runtime import Runtime
from app.runtime.load import SMALL_UPLOAD_BYTES
from app.schemas.common import MAX_PAGE_SIZE, ApiModel
from app.schemas.imports import BatchOut
from app.schemas.previews import ImportIn, ImportOptions
from app.services.importing import archives, newpipe
from app.services.importing.input_reader import ReadInput, StoredInput
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_MAX_FORM_FILES = 1000
_MAX_FORM_FIELDS = 20
# A text field stays in memory while a form is received; nobody writes so much beside files.
_MAX_FORM_TEXT_BYTES = 5_000_000
# Reading a megabyte takes longer than a frame; below that a thread costs more than it saves.
_THREAD_FROM_BYTES = 100_000
_FORM = "multipart/form-data"
_FORMS = (_FORM, "application/x-www-form-urlencoded")
# Small as they are, they may hold a lot.
_MAY_HOLD_MUCH = (*archives.MAGIC, newpipe.MAGIC)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent.

    Args:
        reading: Everything in it.
        options: What of it goes where.
    """

    reading: Reading
    options: ImportOptions


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


async def read_upload(request: Request, runtime: RuntimeDep, user_id: CostlyAddDep) -> Upload:
    """Read a request's body, once there is room for it. Until then not a byte of it is in memory.

    Raises:
        VideothekError: ``invalid_request`` unless it is one of the forms that are documented;
            ``too_busy``; see ``InputReader.read``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    size = _declared_bytes(request, runtime.settings.import_max_bytes)
    load = runtime.load
    turns = load.small_uploads if size <= SMALL_UPLOAD_BYTES else load.large_uploads
    async with turns.turn(user_id, size):
        if kind in _FORMS:
            if kind != _FORM and size > SMALL_UPLOAD_BYTES:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return await _read_form(request, runtime, user_id)
        if size > SMALL_UPLOAD_BYTES:
            return await _read_large_json(request, runtime, user_id)
        return await _read_json(request, runtime.settings.import_max_items)


def _declared_bytes(request: Request, most: int) -> int:
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else most


async def _read_json(request: Request, max_items: int) -> Upload:
    body = await request.body()
    try:
        given = await _in_thread(len(body), _parse, body)
    except (ValueError, RecursionError):
        raise _malformed() from None
    if (given.text is None) == (given.urls is None):
        raise _malformed()
    source = Source(text=given.text, urls=given.urls)
    reading = await _in_thread(len(body), read_source, source, max_items, given.groups)
    return Upload(reading, given)


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


async def _read_large_json(request: Request, runtime: Runtime, user_id: str) -> Upload:
    with _directory() as directory:
        body = directory / "body.json"
        with body.open("wb") as file:
            async for chunk in request.stream():
                await asyncio.to_thread(file.write, chunk)
        found = await _read_stored(runtime, user_id, StoredInput(body=body), None)
    try:
        return Upload(found.reading, ImportOptions.model_validate(found.options))
    except ValidationError:
        raise _malformed() from None


async def _read_form(request: Request, runtime: Runtime, user_id: str) -> Upload:
    max_items = runtime.settings.import_max_items
    try:
        async with request.form(
            max_files=_MAX_FORM_FILES,
            max_fields=_MAX_FORM_FIELDS,
            max_part_size=_MAX_FORM_TEXT_BYTES,
        ) as form:
            parts = [part for part in form.getlist("file") if isinstance(part, UploadFile)]
            text = _text(form, "text")
            options = ImportOptions.model_validate_json(_text(form, "options") or "{}")
            if text is None and not parts:
                raise _malformed()
            if await _may_hold_much(parts, text):
                with _directory() as directory:
                    files = await asyncio.to_thread(_stored, parts, directory)
                    stored = StoredInput(files=files, text=text)
                    found = await _read_stored(runtime, user_id, stored, options.groups)
                return Upload(found.reading, options)
            small = [SourceFile(part.filename or "", await part.read()) for part in parts]
    except ValidationError:
        raise _malformed() from None
    except HTTPException as error:
        if error.status_code == HTTPStatus.BAD_REQUEST:
            raise _malformed() from None
        raise
    size = _THREAD_FROM_BYTES if small else len(text or "")
    source = Source(text=text, files=small)
    return Upload(await _in_thread(size, read_source, source, max_items, options.groups), options)


async def _may_hold_much(parts: list[UploadFile], text: str | None) -> bool:
    if sum(part.size or 0 for part in parts) + len(text or "") > SMALL_UPLOAD_BYTES:
        return True
    longest = max(map(len, _MAY_HOLD_MUCH))
    for part in parts:
        head = await part.read(longest)
        await part.seek(0)
        if head.startswith(_MAY_HOLD_MUCH):
            return True
    return False


def _stored(parts: list[UploadFile], directory: Path) -> list[tuple[str, Path]]:
    """Copy what was received to where another process can read it."""
    stored = []
    for number, part in enumerate(parts):
        path = directory / str(number)
        with path.open("wb") as file:
            shutil.copyfileobj(part.file, file)
        stored.append((part.filename or "", path))
    return stored


async def _read_stored(
    runtime: Runtime, user_id: str, stored: StoredInput, groups: list[int] | None
) -> ReadInput:
    async with runtime.load.reads.turn(user_id):
        return await runtime.load.reader.read(stored, runtime.settings.import_max_items, groups)


@contextmanager
def _directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="videothek-upload-") as name:
        yield Path(name)


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
    async with runtime.database.write() as unit:
        accepted = await runtime.import_service.accept(
            unit, user_id=user_id, reading=upload.reading, options=options
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

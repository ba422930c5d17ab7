"""One handler renders every error: a status, a code, and a plain sentence."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.api.headers import DATA_HEADERS
from app.api.request_ids import REQUEST_ID_HEADER
from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.core.logs import request_id
from app.core.messages import (
    MANY_VIDEOS,
    Language,
    in_language,
    message_for,
    preferred_language,
)
from app.core.storage import storage_error
from app.runtime import Runtime
from app.schemas.common import ErrorOut

_log = logging.getLogger(__name__)

_BY_STATUS = {
    HTTPStatus.NOT_FOUND: ErrorCode.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: ErrorCode.METHOD_NOT_ALLOWED,
    HTTPStatus.UNAUTHORIZED: ErrorCode.UNAUTHENTICATED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ErrorCode.PAYLOAD_TOO_LARGE,
    HTTPStatus.REQUEST_TIMEOUT: ErrorCode.REQUEST_TOO_SLOW,
    HTTPStatus.SERVICE_UNAVAILABLE: ErrorCode.TOO_BUSY,
}
# What FastAPI says of a body that it can't even take apart; for callers it is one kind of wrong.
_ALSO_MALFORMED = HTTPStatus.BAD_REQUEST


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for the OpenAPI document."""
    return {status: {"model": ErrorOut} for status in statuses}


def render(
    request: Request,
    status: int,
    code: ErrorCode,
    *,
    sentences: tuple[str, str] | None = None,
    **extra: Any,
) -> JSONResponse:
    """The answer for an error in the language of the request."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    message = in_language(sentences, language) if sentences else message_for(code, language)
    if (limit := extra.get("limit")) is not None:
        message = message.replace("{limit}", _grouped(limit, language))
    if extra.get("reason_code") in (ReasonCode.PLAYLIST, ReasonCode.CHANNEL):
        message = in_language(MANY_VIDEOS, language)
    wait = extra.pop("retry_after_seconds", None)
    headers = None if wait is None else {"Retry-After": str(wait)}
    return JSONResponse(
        {"code": code, "message": message, **extra}, status_code=status, headers=headers
    )


def _grouped(number: int, language: Language) -> str:
    written = f"{number:,}"
    return written.replace(",", ".") if language == "de" else written


def install_error_handlers(app: FastAPI) -> None:
    """Make every error of the application look the same."""

    @app.exception_handler(VideothekError)
    async def _expected(request: Request, error: VideothekError) -> JSONResponse:
        return render(request, error.status, error.code, sentences=error.sentences, **error.extra)

    @app.exception_handler(RequestValidationError)
    async def _malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        _log.info("malformed request to %r: %s", request.url.path[:200], _places(error))
        return render(request, HTTPStatus.UNPROCESSABLE_ENTITY, ErrorCode.INVALID_REQUEST)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        status = error.status_code
        if status == _ALSO_MALFORMED:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        code = _BY_STATUS.get(HTTPStatus(status), ErrorCode.INVALID_REQUEST)
        answer = render(request, status, code)
        answer.headers.update(error.headers or {})
        return answer

    # What is full may be the database's disk, or the one where large uploads wait.
    @app.exception_handler(SQLAlchemyError)
    @app.exception_handler(OSError)
    async def _storage(request: Request, error: Exception) -> JSONResponse:
        runtime: Runtime | None = getattr(request.app.state, "runtime", None)
        trouble = runtime.database.storage.failed(error) if runtime else storage_error(error)
        if trouble is None:
            return await _unexpected(request, error)
        return render(request, trouble.status, trouble.code)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.error("%s %r failed", request.method, request.url.path[:200], exc_info=error)
        answer = render(request, HTTPStatus.INTERNAL_SERVER_ERROR, ErrorCode.INTERNAL)
        # This one goes out past all middleware.
        answer.headers.update({REQUEST_ID_HEADER: request_id(), **DATA_HEADERS})
        return answer


def _places(error: RequestValidationError) -> list[str]:
    """Where the request is wrong, without what it contained."""
    return [f"{'.'.join(map(str, item['loc']))}: {item['type']}" for item in error.errors()]

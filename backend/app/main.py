"""The web application: the API, the page, and, by default, the workers in the same process."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, Response
from starlette.middleware import Middleware

from app.api import (
    auth,
    bulk,
    doors,
    enrichment,
    export,
    follows,
    health,
    imports,
    lanes,
    lists,
    metrics,
    people,
    search,
    tags,
    thumbnails,
    tokens,
    transcription,
    transcripts,
    videos,
    websocket,
)
from app.api.document import DocumentedApp
from app.api.errors import install_error_handlers
from app.api.headers import SecurityHeaders
from app.api.limits import RequestLimits
from app.api.request_ids import RequestIds
from app.api.sign_in_queue import SignInQueue
from app.core.errors import ErrorCode, not_found
from app.core.settings import Settings
from app.core.version import VERSION
from app.runtime import open_runtime
from app.services.lanes import LaneName
from app.services.presenting import embed_base
from app.workers.group import WORKER_LANES, make_workers
from app.workers.settings import LANE_CONCURRENCY, PLAYLISTS_AT_ONCE

_ROUTERS = (
    auth,
    doors,
    people,
    lists,
    follows,
    videos,
    bulk,
    tags,
    transcripts,
    search,
    enrichment,
    transcription,
    imports,
    export,
    tokens,
    lanes,
    thumbnails,
    health,
    metrics,
    websocket,
)


def create_app(settings: Settings | None = None, *, with_workers: bool = True) -> FastAPI:
    """Make the application.

    Args:
        settings: From the environment unless given.
        with_workers: Whether this process also enriches.
    """
    settings = settings or Settings()

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        runtime = await open_runtime(
            settings,
            extraction_threads=LANE_CONCURRENCY[LaneName.PLAYER],
            playlist_threads=PLAYLISTS_AT_ONCE,
        )
        workers = make_workers(runtime, WORKER_LANES if with_workers else ())
        watchers = [
            asyncio.create_task(runtime.hub.run(), name="progress"),
            asyncio.create_task(runtime.feed.run(), name="other processes"),
        ]
        if with_workers:
            await workers.start()
        app.state.runtime = runtime
        try:
            yield
        finally:
            for watcher in watchers:
                watcher.cancel()
            await asyncio.gather(*watchers, return_exceptions=True)
            await workers.stop()
            await runtime.close()

    app = DocumentedApp(
        title="Videothek",
        version=VERSION,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        # The interactive page would load its parts from strangers.
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(
                SecurityHeaders,
                player=embed_base(settings.youtube_gateway),
                is_https=settings.has_secure_cookies,
            ),
            Middleware(RequestIds),
            Middleware(RequestLimits, max_upload_bytes=settings.import_max_bytes),
            Middleware(SignInQueue),
        ],
    )
    install_error_handlers(app)
    # Not included once more: that would make every route anew, which takes longer than all else here.
    app.router.routes.extend(_api().routes)
    _serve_page(app, settings.frontend_dir)
    return app


@functools.cache
def _api() -> APIRouter:
    api = APIRouter()
    for module in _ROUTERS:
        api.include_router(module.router, prefix="/api")
    # Where whoever collects metrics looks for them.
    api.include_router(metrics.router)

    @api.api_route(
        "/api/{path:path}",
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        include_in_schema=False,
    )
    async def _nothing_here(path: str) -> None:  # noqa: ARG001 - the path is what is not there
        raise not_found(ErrorCode.NOT_FOUND)

    return api


def _serve_page(app: FastAPI, directory: Path) -> None:
    """The built page; every address that is no file is the page itself, which routes by itself."""
    index = directory / "index.html"
    # Listed once at the start, so that no address can name any other file.
    files = {
        file.relative_to(directory).as_posix(): file
        for file in directory.rglob("*")
        if file.is_file()
    }

    # Who watches whether the page is there asks for its head alone.
    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def _page(path: str) -> Response:
        if path in files:
            return FileResponse(
                files[path],
                headers={"Cache-Control": _caching(path)},
                media_type=_MEDIA_TYPES.get(files[path].suffix),
            )
        # A part of an older build is gone: the page in its place would only confuse the browser.
        if path.startswith("assets/") or not index.is_file():
            raise not_found(ErrorCode.NOT_FOUND)
        # The page names its hashed parts, so it must never be stale itself.
        return FileResponse(index, headers={"Cache-Control": "no-cache"})


def _caching(path: str) -> str:
    """How long a browser may keep a file without asking."""
    if path.startswith("assets/"):
        # Built parts carry a hash of their content in their name.
        return "public, max-age=31536000, immutable"
    return "public, max-age=86400" if path.startswith("icons/") else "no-cache"


# Not every system's list of media types knows it, and browsers take no manifest of another type.
_MEDIA_TYPES = {".webmanifest": "application/manifest+json"}

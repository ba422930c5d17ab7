"""The progress WebSocket."""

import asyncio
import contextlib
import logging
import time
from datetime import UTC, datetime

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from app.core.errors import VideothekError
from app.runtime import Runtime
from app.schemas.progress import AuthMessage, ReadyMessage
from app.services.progress import FRAME_SECONDS, ProgressConnection

router = APIRouter()

AUTH_SECONDS = 5.0
CLOSE_UNAUTHENTICATED = 4401
_CLOSE_TRY_AGAIN = 1013

_log = logging.getLogger(__name__)


@router.websocket("/ws/progress")
async def progress(websocket: WebSocket) -> None:
    """Snapshot, then changes, to whoever proves who they are within five seconds."""
    await websocket.accept()
    runtime: Runtime | None = getattr(websocket.app.state, "runtime", None)
    if runtime is None:
        await websocket.close(_CLOSE_TRY_AGAIN)
        return
    # A client that goes away while it is being told something is no error.
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        signed_in = await _authenticate(websocket, runtime)
        if signed_in is None:
            await websocket.close(CLOSE_UNAUTHENTICATED)
            return
        await _serve(websocket, runtime, *signed_in)


async def _authenticate(websocket: WebSocket, runtime: Runtime) -> tuple[str, datetime] | None:
    try:
        async with asyncio.timeout(AUTH_SECONDS):
            message = await websocket.receive_text()
        auth = AuthMessage.model_validate_json(message)
        return runtime.auth.authenticate(auth.token)
    except (TimeoutError, KeyError, ValidationError, VideothekError):
        return None


async def _serve(
    websocket: WebSocket, runtime: Runtime, user_id: str, expires_at: datetime
) -> None:
    connection = runtime.hub.connect(user_id)
    tasks = [
        asyncio.create_task(_send(websocket, runtime, connection)),
        asyncio.create_task(_receive(websocket)),
    ]
    try:
        seconds = (expires_at - datetime.now(UTC)).total_seconds()
        done, _pending = await asyncio.wait(
            tasks, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED
        )
        if not done:
            await websocket.close(CLOSE_UNAUTHENTICATED)
    finally:
        runtime.hub.disconnect(connection)
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception) and not isinstance(
                result, WebSocketDisconnect | RuntimeError
            ):
                _log.error("the progress socket failed", exc_info=result)


async def _send(websocket: WebSocket, runtime: Runtime, connection: ProgressConnection) -> None:
    ready = ReadyMessage(epoch=runtime.hub.epoch, seq=connection.next_seq())
    await websocket.send_text(ready.model_dump_json())
    await runtime.hub.load_snapshot(connection)
    await websocket.send_text(connection.take(snapshot=True).encoded())
    while connection.has_pending:
        await websocket.send_text(connection.take(snapshot=True).encoded())
    while True:
        await connection.wait()
        sent_at = time.monotonic()
        await websocket.send_text(connection.take().encoded())
        await asyncio.sleep(max(0.0, sent_at + FRAME_SECONDS - time.monotonic()))


async def _receive(websocket: WebSocket) -> None:
    """Nothing a client says after signing in matters; this notices when it goes."""
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return

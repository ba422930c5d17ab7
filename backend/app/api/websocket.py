"""The progress WebSocket."""

import asyncio
import contextlib
import logging
import time
from datetime import UTC, datetime

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from app.core.database import DATABASE_AWAY
from app.core.errors import VideothekError
from app.core.security import Identity
from app.runtime import Runtime
from app.schemas.progress import AuthMessage, ReadyMessage
from app.services.accounts.attempts import Allowance, Attempts
from app.services.accounts.browsers import KNOWN_SECONDS
from app.services.progress import FRAME_SECONDS, ProgressConnection

router = APIRouter()

AUTH_SECONDS = 5.0
CLOSE_UNAUTHENTICATED = 4401
CLOSE_TOO_MANY = 4429
CLOSE_TRY_AGAIN = 1013
# After the first message a client has nothing to say; some send a sign of life now and then.
_MESSAGES = Allowance(burst=30, seconds_per_one=1.0)

_log = logging.getLogger(__name__)


@router.websocket("/ws/progress")
async def progress(websocket: WebSocket) -> None:
    """Snapshot, then changes, to whoever proves who they are within five seconds."""
    await websocket.accept()
    runtime: Runtime | None = getattr(websocket.app.state, "runtime", None)
    if runtime is None:
        await websocket.close(CLOSE_TRY_AGAIN)
        return
    # A client that goes away while it is being told something is no error.
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        who = await _authenticate(websocket, runtime)
        if who is None:
            await websocket.close(CLOSE_UNAUTHENTICATED)
            return
        try:
            with runtime.load.sockets.client(who.user_id):
                await _serve(websocket, runtime, who)
        except VideothekError:
            await websocket.close(CLOSE_TOO_MANY, "too_many_connections")


async def _first_message(websocket: WebSocket, runtime: Runtime) -> str:
    """What somebody says first; they are sent away when it takes too long, or too many others come."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(AUTH_SECONDS) as deadline:
        with runtime.load.sockets.stranger(websocket, lambda: deadline.reschedule(loop.time())):
            return await websocket.receive_text()


async def _authenticate(websocket: WebSocket, runtime: Runtime) -> Identity | None:
    try:
        message = await _first_message(websocket, runtime)
        auth = AuthMessage.model_validate_json(message)
        return await runtime.auth.identify(auth.token)
    except (TimeoutError, KeyError, ValidationError, VideothekError):
        return None


async def _serve(websocket: WebSocket, runtime: Runtime, who: Identity) -> None:
    connection = runtime.hub.connect(who.user_id)
    receiving = asyncio.create_task(_receive(websocket))
    signed_in = asyncio.create_task(_until_signed_out(runtime, who))
    sending = asyncio.create_task(_send(websocket, runtime, connection))
    tasks = [sending, receiving, signed_in]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if signed_in.done():
            await websocket.close(CLOSE_UNAUTHENTICATED)
        elif _says_too_much(receiving):
            await websocket.close(CLOSE_TOO_MANY, "too_many_messages")
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


async def _until_signed_out(runtime: Runtime, who: Identity) -> None:
    """Until the token is over, or the browser was signed out."""
    while (left := (who.expires_at - datetime.now(UTC)).total_seconds()) > 0:
        await asyncio.sleep(min(left, KNOWN_SECONDS))
        try:
            await runtime.auth.check(who)
        except VideothekError:
            return
        except DATABASE_AWAY:
            # Nobody can say; whoever was signed in before is until then.
            continue


async def _receive(websocket: WebSocket) -> bool:
    """Nothing a client says after signing in matters; this notices when it goes, or says too much."""
    said = Attempts(_MESSAGES)
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return False
        now = time.monotonic()
        if said.wait_seconds(None, now):
            return True
        said.spend(None, now)


def _says_too_much(receiving: asyncio.Task[bool]) -> bool:
    return receiving.done() and receiving.exception() is None and receiving.result()

"""Connections: what begins and does not go on, says too much, or reads nothing."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.api import connections, websocket
from app.services.load import connections as waiting
from app.services.load import sockets
from tests.api.test_batch_import import links, video_ids
from tests.api.test_websocket_progress import closing_code
from tests.support.server import RunningApp, progress_socket

pytestmark = pytest.mark.any_database

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def opened(app: RunningApp) -> Streams:
    host, port = app.url.removeprefix("http://").split(":")
    return await asyncio.open_connection(host, int(port))


async def answer_to(app: RunningApp, sent: bytes) -> bytes:
    reader, writer = await opened(app)
    writer.write(sent)
    try:
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()


async def test_half_a_request_is_ended_with_a_code(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEAD_SECONDS", 0.2)
    answer = await answer_to(idle_app, b"GET /api/health HTTP/1.1\r\nHost: a\r\nX-A: ")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "request_too_slow"


async def test_a_connection_that_says_nothing_is_hung_up(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEAD_SECONDS", 0.2)

    assert await answer_to(idle_app, b"") == b""


async def test_a_second_request_that_stops_halfway_is_ended_too(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEAD_SECONDS", 0.2)
    whole = b"GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n"
    reader, writer = await opened(idle_app)
    writer.write(whole)
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
    writer.write(b"GET /api/health HT")
    rest = await asyncio.wait_for(reader.read(), 10)
    writer.close()

    assert b"HTTP/1.1 408 " in rest


@pytest.mark.parametrize(
    "head",
    [
        b"GET /api/health HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 100_000,
        b"GET /" + b"a" * 100_000,
        b"GET /api/health HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 8_100,
    ],
    ids=["one long line", "a long address", "many lines"],
)
async def test_a_head_without_end_is_refused(idle_app: RunningApp, head: bytes) -> None:
    answer = await answer_to(idle_app, head)

    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b'"payload_too_large"' in answer


async def test_a_body_that_is_refused_is_not_read_for_ever(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MAX_DRAINED_BYTES", 1_000_000)
    reader, writer = await opened(idle_app)
    writer.write(b"POST /api/lists HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000000\r\n\r\n")
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 413")
    with pytest.raises(ConnectionError):
        for _ in range(10_000):
            writer.write(b"a" * 65_536)
            await writer.drain()
            await asyncio.sleep(0)
    writer.close()


async def test_an_answer_that_nobody_reads_is_given_up(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_STALLED_GRACE_SECONDS", 0.1)
    client = await idle_app.sign_in()
    await client.batch({"text": links(video_ids(1000))})
    reader, writer = await opened(idle_app)
    request = (
        f"GET /api/lists/{client.list_id}/videos?limit=200 HTTP/1.1\r\nHost: a\r\n"
        f"Authorization: Bearer {client.token}\r\n\r\n"
    )
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    with pytest.raises(ConnectionError):
        for _ in range(400):
            writer.write(request.encode() * 5)
            await writer.drain()
            await asyncio.sleep(0.05)
    writer.close()
    assert reader is not None


# -- WebSockets ----------------------------------------------------------------------------------


async def test_of_those_who_do_not_say_who_they_are_the_oldest_is_sent_away(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "_MOST_STRANGERS", 2)
    address = idle_app.url.replace("http", "ws", 1) + "/api/ws/progress"
    client = await idle_app.sign_in()
    async with (
        connect(address, proxy=None) as oldest,
        connect(address, proxy=None) as other,
        progress_socket(idle_app.url, client.token) as honest,
    ):
        assert (await honest.next())["type"] == "ready"
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(oldest.recv(), 2)
        assert oldest.close_code == websocket.CLOSE_UNAUTHENTICATED
        assert other.close_code is None


async def test_a_person_has_only_so_many_sockets(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "MOST_PER_PERSON", 2)
    client, other = await idle_app.sign_in(), await idle_app.add_user("fremd")
    async with (
        progress_socket(idle_app.url, client.token) as first,
        progress_socket(idle_app.url, client.token) as second,
    ):
        await first.next()
        await second.next()
        hello = json.dumps({"type": "auth", "token": client.token})
        assert await closing_code(idle_app.url, hello) == websocket.CLOSE_TOO_MANY
        async with progress_socket(idle_app.url, other.token) as stranger:
            assert (await stranger.next())["type"] == "ready"
    await asyncio.sleep(0.1)
    async with progress_socket(idle_app.url, client.token) as again:
        assert (await again.next())["type"] == "ready"


async def test_who_says_too_much_is_sent_away(idle_app: RunningApp) -> None:
    client = await idle_app.sign_in()
    address = idle_app.url.replace("http", "ws", 1) + "/api/ws/progress"
    async with connect(address, proxy=None) as socket:
        await socket.send(json.dumps({"type": "auth", "token": client.token}))
        for _ in range(20):
            await socket.send("{}")
        assert json.loads(await socket.recv())["type"] == "ready"
        with pytest.raises(ConnectionClosed):
            for _ in range(100):
                await socket.send("{}")
                await asyncio.sleep(0.01)
        assert socket.close_code == websocket.CLOSE_TOO_MANY
        assert socket.close_reason == "too_many_messages"


async def test_a_message_that_is_too_large_ends_the_connection(idle_app: RunningApp) -> None:
    assert await closing_code(idle_app.url, "x" * 70_000) == 1009


async def test_pings_that_nobody_waits_for_do_not_pile_up(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MAX_PONG_BYTES", 70_000)
    host, port = idle_app.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1000)
    writer.write(
        b"GET /api/ws/progress HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    ping = b"\x89\xfd\x00\x00\x00\x00" + b"p" * 125
    with pytest.raises(ConnectionError):
        for _ in range(3000):
            writer.write(ping * 100)
            await writer.drain()
            await asyncio.sleep(0)
    writer.close()


# -- signing in ----------------------------------------------------------------------------------


async def test_those_who_send_a_password_slowly_keep_nobody_from_signing_in(
    idle_app: RunningApp,
) -> None:
    head = (
        b"POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername=owner"
    )
    slow = [await opened(idle_app) for _ in range(30)]
    for _, writer in slow:
        writer.write(head)
    client = await asyncio.wait_for(idle_app.sign_in(), 5)
    for _, writer in slow:
        writer.close()

    assert client.token


async def test_a_sign_in_that_is_too_large_says_so(idle_app: RunningApp) -> None:
    head = (
        b"POST /api/auth/token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    reader, writer = await opened(idle_app)
    writer.write(head + b"10F448\r\n" + b"a" * 0x10F448 + b"\r\n0\r\n\r\n")
    answer = await asyncio.wait_for(reader.readuntil(b"}"), 10)
    writer.close()

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"payload_too_large"' in answer

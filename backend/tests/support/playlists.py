"""Imports with playlists, and the sums that have to hold for them at any moment."""

from typing import Any

from standin.server import StandIn
from tests.support.server import Client, until


def hold_videos(standin: StandIn) -> None:
    """Let no video be looked up: hundreds of extractions would only make a test slow."""
    for kind in ("oembed", "watch"):
        standin.add_fault(kind=kind, fault="status_429_retry_after", retry_after_seconds=3600)


def playlist_url(playlist_id: str) -> str:
    return f"https://www.youtube.com/playlist?list={playlist_id}"


async def drop(client: Client, *urls: str, list_id: str | None = None) -> str:
    """Import links; the import's id."""
    answer = await client.batch({"urls": list(urls)}, list_id)
    assert answer.status_code == 201, answer.text
    import_id: str = answer.json()["import_id"]
    return import_id


async def shown(client: Client, import_id: str) -> dict[str, Any]:
    body: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
    return body


async def items_of(client: Client, import_id: str, **params: Any) -> list[dict[str, Any]]:
    """All lines of an import."""
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await client.http.get(
            f"/imports/{import_id}/items", params={"limit": 200, **params, **more}
        )
        page = answer.json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            assert page["total"] == len(items) or params == {}
            return items


async def until_read(client: Client, import_id: str, seconds: float = 30) -> dict[str, Any]:
    """Wait until no playlist of an import is to be read any more."""

    async def read() -> dict[str, Any] | None:
        found = await shown(client, import_id)
        return found if found["summary"]["playlists"]["waiting"] == 0 else None

    await until(read, seconds)
    # The row and what is counted for it are read one after the other: now both are settled.
    return await shown(client, import_id)


async def until_found(client: Client, import_id: str, count: int) -> dict[str, Any]:
    """Wait until so many videos of playlists were found."""

    async def found() -> dict[str, Any] | None:
        import_ = await shown(client, import_id)
        return import_ if import_["summary"]["playlists"]["found"] >= count else None

    result: dict[str, Any] = await until(found, 30)
    return result


async def until_finished(client: Client, import_id: str, seconds: float = 40) -> dict[str, Any]:
    async def finished() -> dict[str, Any] | None:
        found = await shown(client, import_id)
        return found if found["state"] == "finished" else None

    result: dict[str, Any] = await until(finished, seconds)
    return result


async def check_sums(client: Client, import_id: str) -> None:
    """Counts, lines and outcomes of an import add up, whatever is going on."""
    page = (await client.http.get(f"/imports/{import_id}/items", params={"limit": 1})).json()
    assert sum(page["outcomes"].values()) == page["total"]
    found = await shown(client, import_id)
    counts, summary = found["counts"], found["summary"]
    # Asked a moment later, so it may only have grown.
    assert sum(counts.values()) >= page["total"]
    playlists = summary["playlists"]
    over = ("read", "waiting", "unavailable", "stopped")
    assert sum(playlists[name] for name in over) == counts["playlist"]
    assert playlists["found"] <= playlists["expected"] or not playlists["waiting"]
    assert (
        summary["imported"] + sum(summary["unavailable"].values()) + summary["waiting"]
        == summary["total"]
    )
    assert 0 <= found["progress_percent"] <= 100

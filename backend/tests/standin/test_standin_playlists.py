"""The stand-in's playlists, as the adapter's unmodified yt-dlp reads them."""

from collections.abc import Iterator

import httpx
import pytest

from app.adapters.ytdlp_playlists import YtDlpPlaylistReader
from app.core.errors import LaneClosed
from app.services.playlists.ports import PlaylistPage
from standin.server import StandIn, run_in_thread


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with run_in_thread() as running:
        yield running


@pytest.fixture
def standin(server: StandIn) -> StandIn:
    server.reset()
    return server


async def read(standin: StandIn, source: str, permits: int = 99) -> list[PlaylistPage]:
    """Read a playlist; after so many requests the lane pauses."""
    pages: list[PlaylistPage] = []
    left = [permits]

    def charge() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise LaneClosed

    reader = YtDlpPlaylistReader(gateway=standin.url, proxy="", threads=1, deadline_scale=10)
    try:
        await reader.read(source, charge, pages.append)
    except LaneClosed:
        assert left[0] < 0
    finally:
        reader.close()
    return pages


async def test_each_page_is_delivered_before_the_next_one_is_asked_for(standin: StandIn) -> None:
    pages = await read(standin, "playlist:PLN00250", permits=2)
    assert [len(page.youtube_ids) for page in pages] == [100, 100]
    assert [page.is_last for page in pages] == [False, False]
    assert standin.counts()["total"] == {"playlist": 1, "browse": 1}


async def test_two_thousand_entries_are_twenty_requests(standin: StandIn) -> None:
    pages = await read(standin, "playlist:PLN02000")
    ids = [youtube_id for page in pages for youtube_id in page.youtube_ids]
    assert tuple(ids) == standin.playlists.of("PLN02000").video_ids
    assert sum(standin.counts()["total"].values()) == 20
    assert pages[0].expected_count == 2000


async def test_hidden_entries_cost_one_request_more_and_only_where_there_are_some(
    standin: StandIn,
) -> None:
    standin.set_playlist("PLhidden", video_ids=["aaaaaaaaaA1", "GONE_aaaaaA", "PRIV_aaaaaA"])
    [page] = await read(standin, "playlist:PLhidden")
    assert page.youtube_ids == ("aaaaaaaaaA1", "GONE_aaaaaA", "PRIV_aaaaaA")
    assert standin.counts()["total"] == {"playlist": 1, "browse": 1}


def test_playlists_are_set_and_grow_over_http(standin: StandIn) -> None:
    base = f"{standin.url}/_standin/playlists/PLremote"
    assert len(httpx.put(base, json={"count": 2, "title": "Fern"}).json()["video_ids"]) == 2
    grown = httpx.post(f"{base}/videos", json={"count": 1, "at_start": True}).json()
    assert (len(grown["video_ids"]), grown["title"]) == (3, "Fern")
    assert httpx.put(base, json={"colour": "red"}).status_code == 422
    channel = httpx.get(f"{standin.url}/_standin/channels/@Werkstatt").json()
    assert channel["uploads"] == "UU" + channel["channel_id"][2:]

"""The request log, the control interface and the two ways to run it."""

import asyncio
import subprocess
import sys

import httpx
import pytest

from standin.server import StandIn, run_in_thread

GOOGLE = {"X-Standin-Host": "www.googleapis.com"}
PICTURES = {"X-Standin-Host": "i.ytimg.com"}
YOUTUBE = {"X-Standin-Host": "www.youtube.com"}


def test_every_request_is_counted_by_kind_and_video(stand_in: StandIn) -> None:
    with httpx.Client(base_url=stand_in.url) as client:
        client.get("/watch?v=abcdefghijk", headers=YOUTUBE)
        client.get("/vi/abcdefghijk/mqdefault.jpg", headers=PICTURES)
        client.get(
            "/youtube/v3/videos?id=abcdefghijk,ABCDEFGHIJK&part=snippet&key=k", headers=GOOGLE
        )
        client.get("/s/player/0badc0de/player_ias.vflset/en_US/base.js", headers=YOUTUBE)
        counts = client.get("/_standin/counts").json()

    assert counts["total"] == {"watch": 1, "thumbnail": 1, "data_api": 1, "other": 1}
    assert counts["videos"]["abcdefghijk"] == {"watch": 1, "thumbnail": 1, "data_api": 1}
    assert counts["videos"]["ABCDEFGHIJK"] == {"data_api": 1}
    assert counts["all"] == 4


def test_many_requests_at_once_are_all_counted(stand_in: StandIn) -> None:
    async def hammer() -> None:
        async with httpx.AsyncClient(base_url=stand_in.url) as client:
            paths = [f"/watch?v=abcdefgh{n:03}" for n in range(200)]
            await asyncio.gather(*(client.get(path, headers=YOUTUBE) for path in paths))

    asyncio.run(hammer())

    assert stand_in.counts()["total"] == {"watch": 200}
    assert len(stand_in.counts()["videos"]) == 200
    assert [entry.n for entry in stand_in.requests] == list(range(1, 201))


def test_control_and_embedded_player_are_never_counted(stand_in: StandIn) -> None:
    for path in ("/_standin/health", "/_standin/requests", "/embed/abcdefghijk?start=5"):
        assert httpx.get(stand_in.url + path).status_code == 200

    assert stand_in.requests == []


def test_a_request_to_the_wrong_host_is_other(stand_in: StandIn) -> None:
    answer = httpx.get(stand_in.url + "/watch?v=abcdefghijk", headers=PICTURES)

    assert answer.status_code == 404
    assert stand_in.counts()["total"] == {"other": 1}


def test_the_log_can_be_read_on_from_a_number_and_filtered(stand_in: StandIn) -> None:
    with httpx.Client(base_url=stand_in.url) as client:
        for video_id in ("aaaaaaaaaaa", "bbbbbbbbbbb", "aaaaaaaaaaa"):
            client.get(f"/watch?v={video_id}", headers=YOUTUBE)
        later = client.get("/_standin/requests?since=1").json()
        of_one = client.get("/_standin/requests?video_id=aaaaaaaaaaa&kind=watch").json()

    assert [entry["n"] for entry in later] == [2, 3]
    assert [entry["n"] for entry in of_one] == [1, 3]
    assert set(later[0]) >= {"n", "at", "kind", "host", "method", "path", "video_id", "status"}
    assert later[0]["host"] == "www.youtube.com"


def test_a_cleared_log_goes_on_with_new_numbers(stand_in: StandIn) -> None:
    with httpx.Client(base_url=stand_in.url) as client:
        client.get("/watch?v=aaaaaaaaaaa", headers=YOUTUBE)
        client.delete("/_standin/requests")
        client.get("/watch?v=aaaaaaaaaaa", headers=YOUTUBE)

    assert [entry.n for entry in stand_in.requests] == [2]


def test_everything_can_be_controlled_over_http(stand_in: StandIn) -> None:
    with httpx.Client(base_url=stand_in.url) as client:
        created = client.post("/_standin/faults", json={"kind": "watch", "fault": "status_500"})
        assert client.get("/watch?v=aaaaaaaaaaa").status_code == 500
        assert client.get("/_standin/faults").json()[0]["hits"] == 1
        assert client.delete(f"/_standin/faults/{created.json()['id']}").status_code == 204
        client.put(
            "/_standin/limits", json={"kinds": ["watch"], "burst": 1, "rate_per_second": 0.01}
        )
        statuses = [client.get("/watch?v=aaaaaaaaaaa").status_code for _ in range(2)]
        assert statuses == [200, 429]
        assert client.get("/_standin/limits").json()[0]["refused"] == 1
        assert client.put("/_standin/latency", json={"seconds": 0}).status_code == 204
        changed = client.put("/_standin/scenario/aaaaaaaaaaa", json={"availability": "private"})
        assert changed.json()["availability"] == "private"
        assert client.post("/_standin/reset").status_code == 204
        assert client.get("/_standin/scenario/aaaaaaaaaaa").json()["availability"] == "ok"
        assert client.get("/_standin/limits").json() == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/_standin/faults", {"fault": "meteor"}),
        ("PUT", "/_standin/limits", {"model": "sieve"}),
        ("PUT", "/_standin/scenario/aaaaaaaaaaa", {"availability": "eaten"}),
        ("PUT", "/_standin/scenario/aaaaaaaaaaa", {"colour": "red"}),
        ("PUT", "/_standin/scenario/aaaaaaaaaaa", {"language": "tlh"}),
        ("PUT", "/_standin/latency", {}),
    ],
)
def test_nonsense_is_refused_with_a_reason(
    stand_in: StandIn, method: str, path: str, body: dict[str, str]
) -> None:
    answer = httpx.request(method, stand_in.url + path, json=body)

    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_videos_facts_can_be_asked_for(stand_in: StandIn) -> None:
    facts = httpx.get(stand_in.url + "/_standin/videos/CBOT_abcdef").json()

    assert facts["title"] == stand_in.video("CBOT_abcdef").title
    assert {track["kind"] for track in facts["tracks"]} == {"", "asr"}


async def test_it_runs_inside_a_running_loop() -> None:
    async with StandIn() as stand_in, httpx.AsyncClient() as client:
        answer = await client.get(f"{stand_in.url}/watch?v=aaaaaaaaaaa")
        stand_in.add_fault(fault="hang")
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"{stand_in.url}/watch?v=aaaaaaaaaaa", timeout=0.1)

    assert answer.status_code == 200
    assert [entry.kind for entry in stand_in.requests] == ["watch", "watch"]


def test_two_stand_ins_agree_about_every_video() -> None:
    with run_in_thread() as one, run_in_thread() as other:
        pages = [
            httpx.get(f"{each.url}/oembed?url=https://youtu.be/dQw4w9WgXcQ").json()
            for each in (one, other)
        ]

    assert pages[0] == pages[1]


def test_as_a_program_it_says_where_it_listens() -> None:
    command = [sys.executable, "-m", "standin", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line.startswith("stand-in listening on http://127.0.0.1:")
            assert httpx.get(line.split()[-1] + "/_standin/health").status_code == 200
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("video_id", "error"),
    [("abcdefghijk", "null"), ("NOEM_abcdef", "150"), ("PRIV_abcdef", "100")],
)
def test_the_embedded_player_knows_what_it_may_not_play(
    stand_in: StandIn, video_id: str, error: str
) -> None:
    page = httpx.get(f"{stand_in.url}/embed/{video_id}").text
    poster = httpx.get(f"{stand_in.url}/embed/{video_id}/poster.jpg")

    assert f'"error": {error}' in page
    assert poster.headers["content-type"] == "image/jpeg"
    assert stand_in.requests == []

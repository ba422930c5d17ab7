"""Captions as files: of one video, and of many in a ZIP."""

import io
import json
import re
import tracemalloc
import zipfile

import httpx
import pytest
from sqlalchemy import select, update

from app.models import Video, VideoEnrichment, VideoList
from app.schemas.videos import TranscriptFormat
from app.services.transcript_files.service import of_many
from tests.api.test_bulk_videos import NOBODYS, dropped
from tests.api.test_copy_and_merge import finish
from tests.api.test_import_life import ON_SQLITE
from tests.support.server import Client, RunningApp

# What YouTube or a browser says is the same whatever keeps it.
pytestmark = pytest.mark.any_database

PATHS = {
    "vtt": ("captions.vtt", "text/vtt; charset=utf-8", "inline"),
    "srt": ("captions.srt", "application/x-subrip; charset=utf-8", "attachment"),
    "txt": ("transcript.txt", "text/plain; charset=utf-8", "attachment"),
    "md": ("transcript.md", "text/markdown; charset=utf-8", "attachment"),
    "json": ("transcript.json", "application/json", "attachment"),
}


async def download(client: Client, ids: list[str], transcript_format: str) -> httpx.Response:
    body = {"video_ids": ids, "format": transcript_format}
    return await client.http.post("/videos/transcripts", json=body)


def opened(answer: httpx.Response) -> zipfile.ZipFile:
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_the_captions_of_a_video_come_as_files_of_five_kinds(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, (video_id,) = await dropped(idle_client, 1)
    await finish(idle_app, video_id, title="Über „Brot“/<b>\u202e: Teil 1")
    (shown,) = await idle_client.videos()
    name = f"Über „Brot“__b__ Teil 1 [{shown['youtube_id']}]"

    for ending, (path, media_type, kind) in PATHS.items():
        answer = await idle_client.http.get(f"/videos/{video_id}/{path}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == media_type
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith(f'{kind}; filename="')
        found = re.search(r"filename\*=UTF-8''(.*)", disposition)
        assert found is not None
        assert re.sub("_+", "_", httpx.URL(f"http://x/{found[1]}").path[1:]) == re.sub(
            "_+", "_", f"{name}.{ending}"
        )
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "Guten Tag" in answer.text
        assert not answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.json()["captions"]["cues"][1]["text"] == "bis <morgen>"


async def test_a_video_without_captions_or_of_somebody_else_has_no_files(
    idle_app: RunningApp,
) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    _, (silent, spoken) = await dropped(owner, 2)
    await finish(idle_app, spoken)
    for path, _, _ in PATHS.values():
        for client, video_id, code in (
            (owner, silent, "captions_none"),
            (owner, NOBODYS, "video_not_found"),
            (stranger, spoken, "video_not_found"),
        ):
            answer = await client.http.get(f"/videos/{video_id}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, code)
    for client, ids, message in (
        (owner, [silent], "This video has no captions."),
        (owner, [silent, NOBODYS], "None of these videos has captions."),
        (stranger, [spoken], "This video has no captions."),
        # Like for everything else that is asked of many.
        (owner, [], "None of these videos has captions."),
    ):
        answer = await download(client, ids, "vtt")
        assert answer.status_code == 404
        assert answer.json() == {"code": "captions_none", "message": message}
    german = await owner.http.post(
        "/videos/transcripts",
        json={"video_ids": [silent, NOBODYS], "format": "vtt"},
        headers={"Accept-Language": "de"},
    )
    assert german.json()["message"] == "Keines dieser Videos hat Untertitel."


async def test_many_come_in_a_zip_with_distinct_names_newest_first(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, ids = await dropped(idle_client, 30)
    titles = ["Gleich", "gleich", "CON", "../../etc/passwd", "😀" * 100, "", "a\nb"]
    for video_id, title in zip(ids, titles, strict=False):
        await finish(idle_app, video_id, title=title)
    for video_id in ids[len(titles) : -1]:
        await finish(idle_app, video_id)

    with opened(await download(idle_client, [*ids, ids[0], NOBODYS], "txt")) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        # The last one has no captions.
        assert len(names) == len({name.casefold() for name in names}) == 29
        for name in names:
            assert len(name.encode()) < 200
            assert not set(name) & set('/\\:*?"<>|\n')
            assert archive.read(name).decode() == "Guten Tag bis <morgen>\n"
    youtube_ids = [one["youtube_id"] for one in await idle_client.videos()]
    assert [re.search(r"\[(.{11})\]", name)[1] for name in names] == youtube_ids[:-1]  # type: ignore[index]
    assert names[2].startswith("CON [")
    assert names[3].startswith("_.._etc_passwd [")
    with opened(await download(idle_client, ids[:1], "json")) as archive:
        assert json.loads(archive.read(archive.namelist()[0]))["title"] == "Gleich"


@ON_SQLITE
async def test_a_download_that_is_none_is_a_malformed_request(idle_client: Client) -> None:
    for body in (
        {"format": "pdf", "video_ids": []},
        {"format": "vtt"},
        {"format": "vtt", "video_ids": ["x"] * 10_001},
    ):
        answer = await idle_client.http.post("/videos/transcripts", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@ON_SQLITE
async def test_memory_does_not_grow_with_what_is_written(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, ids = await dropped(idle_client, 80)
    cues = [[place, place + 1, f"Satz {place} über dies und das"] for place in range(400)]
    async with idle_app.runtime.database.write() as unit:
        await unit.session.execute(update(Video).values(title="Lang"))
        await unit.session.execute(update(VideoEnrichment).values(cues=cues))
        user_id = str(await unit.session.scalar(select(VideoList.user_id)))

    async def peak(chosen: list[str]) -> int:
        tracemalloc.start()
        written = await of_many(
            idle_app.runtime.database,
            user_id=user_id,
            video_ids=chosen,
            transcript_format=TranscriptFormat.JSON,
        )
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        with written.file, zipfile.ZipFile(written.file) as archive:
            assert len(archive.namelist()) == len(chosen)
        return most

    few = await peak(ids[:20])
    assert await peak(ids) < 1.5 * few

"""A full disk and a read-only database: said plainly, nothing lost, and over by itself."""

import errno
import logging
import os
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.errors import (
    AdminShutdown,
    DiskFull,
    ReadOnlySqlTransaction,
    TooManyConnections,
    UniqueViolation,
)
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import storage
from app.core.storage import StorageWatch, storage_error
from app.services import storage_health
from tests.api.test_batch_import import links, video_ids
from tests.support.scraping import Scraped, scrape
from tests.support.server import Client, RunningApp
from tests.support.storage import full, read_only


@pytest.fixture(autouse=True)
def probe_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_health, "_PROBE_SECONDS", 0.0)


async def health(app: RunningApp, language: str = "en") -> tuple[int, str]:
    async with httpx.AsyncClient(base_url=app.url) as http:
        answer = await http.get("/api/health", headers={"Accept-Language": language})
    return answer.status_code, answer.json().get("code", "")


async def test_a_read_only_database_is_said_and_what_was_there_can_be_read(
    idle_app: RunningApp, idle_client: Client
) -> None:
    before, after = video_ids(2)
    await idle_client.add(before)

    async with read_only(idle_app.runtime.database):
        refused = await idle_client.http.post(
            f"/lists/{idle_client.list_id}/videos",
            json={"url": after},
            headers={"Accept-Language": "de"},
        )
        assert (refused.status_code, refused.json()["code"]) == (503, "storage_read_only")
        assert "nichts schreiben" in refused.json()["message"]
        for _ in range(2):
            assert await health(idle_app) == (503, "storage_read_only")
        assert [video["youtube_id"] for video in await idle_client.videos()] == [before]
        seen = await scrape_unwritten(idle_app)
        assert seen.value("videothek_database_up") == 1
        assert seen.value("videothek_database_writable") == 0

    # Nobody has written since: that it works again is found out by asking.
    assert await health(idle_app) == (200, "")
    assert (await idle_client.add(after)).status_code == 201
    assert (await scrape(idle_app)).value("videothek_database_writable") == 1


async def scrape_unwritten(app: RunningApp) -> Scraped:
    app.runtime.metrics.meter.take()
    return await scrape(app)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_and_takes_nothing_of_what_it_refuses(
    idle_app: RunningApp, idle_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await idle_client.add(video_ids(1, seed=2)[0])
    many = {"text": links(video_ids(300))}

    with caplog.at_level(logging.WARNING):
        async with full(idle_app.runtime.database):
            answers = [await idle_client.batch(many) for _ in range(3)]
            assert {(a.status_code, a.json()["code"]) for a in answers} == {(507, "storage_full")}
            assert answers[0].json()["message"].startswith("There is no disk space left")
            assert idle_app.runtime.database.storage.trouble is not None
        assert len(await idle_client.videos()) == 1

        assert await health(idle_app) == (200, "")
        assert (await idle_client.batch(many)).status_code == 201
        assert len(await idle_client.videos()) == 301

    told = [r for r in caplog.records if r.levelno >= logging.WARNING and not r.exc_info]
    assert [(r.name, r.levelname) for r in told] == [
        ("app.core.storage", "ERROR"),
        ("app.core.storage", "WARNING"),
    ]
    assert not [r for r in caplog.records if r.exc_info]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_disk_without_space_is_noticed_before_anybody_writes(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = os.statvfs(idle_app.settings.data_dir)
    nothing_left = os.statvfs_result([*volume[:3], 0, 0, *volume[5:]])
    with monkeypatch.context() as patch:
        patch.setattr(storage.os, "statvfs", lambda _path: nothing_left)
        assert await health(idle_app) == (503, "storage_full")
    assert await health(idle_app) == (200, "")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_that_may_not_be_written_is_noticed_before_anybody_writes(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not by its mode: who runs the tests may be allowed everything.
    monkeypatch.setattr(storage.os, "access", lambda _path, mode: mode != os.W_OK)
    assert await health(idle_app) == (503, "storage_read_only")


async def test_a_healthy_database_is_asked_and_never_written(idle_app: RunningApp) -> None:
    writes: list[str] = []

    @event.listens_for(idle_app.runtime.database.engine.sync_engine, "before_cursor_execute")
    def _note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            writes.append(statement)

    for _ in range(3):
        assert await health(idle_app) == (200, "")
    assert writes == []


def wrapped(error: Exception) -> OperationalError:
    return OperationalError("INSERT", {}, error)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (wrapped(DiskFull("no space")), "storage_full"),
        (wrapped(ReadOnlySqlTransaction("no")), "storage_read_only"),
        (wrapped(AdminShutdown("bye")), "storage_unavailable"),
        (wrapped(TooManyConnections("many")), "storage_unavailable"),
        (wrapped(psycopg.OperationalError("connection refused")), "storage_unavailable"),
        (wrapped(UniqueViolation("twice")), None),
        (OSError(errno.ENOSPC, "No space left on device"), "storage_full"),
        (OSError(errno.EROFS, "Read-only file system"), "storage_read_only"),
        (TimeoutError(), None),
        (ValueError(), None),
    ],
)
def test_what_an_error_says_of_the_database_is_known(error: Exception, code: str | None) -> None:
    trouble = storage_error(error)
    assert (trouble.code if trouble else None) == code


def test_a_file_that_cannot_be_opened_because_its_disk_is_full_is_said_to_be_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    file = tmp_path / "videothek.db"
    trouble = storage_error(wrapped(error), file)
    assert trouble is not None
    assert trouble.code == "storage_unavailable"

    volume = os.statvfs(tmp_path)
    nothing_left = os.statvfs_result([*volume[:3], 0, 0, *volume[5:]])
    monkeypatch.setattr(storage.os, "statvfs", lambda _path: nothing_left)
    trouble = storage_error(wrapped(error), file)
    assert trouble is not None
    assert trouble.code == "storage_full"


def test_the_same_trouble_is_told_once_a_minute_and_not_once_a_second(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(storage.time, "monotonic", lambda: now)
    watch = StorageWatch(None)
    for _ in range(50):
        watch.failed(OSError(errno.ENOSPC, "full"))
        watch.worked()
    assert len(caplog.records) <= 2
    now += 61
    watch.failed(OSError(errno.ENOSPC, "full"))
    assert [record.levelname for record in caplog.records][-1] == "ERROR"


async def test_a_database_that_goes_away_is_said_and_is_back_by_itself(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: Any, **_more: Any) -> None:
        raise wrapped(psycopg.OperationalError("connection refused"))

    with monkeypatch.context() as patch:
        patch.setattr(AsyncSession, "execute", gone)
        patch.setattr(AsyncSession, "scalar", gone)
        assert await health(idle_app) == (503, "storage_unavailable")
        answer = await idle_client.http.get("/lists")
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
    assert await health(idle_app) == (200, "")

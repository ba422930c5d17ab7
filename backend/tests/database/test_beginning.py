"""A process begins beside a database that restarts in that very moment."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app import runtime
from app.core.settings import Settings
from app.migrations.runner import migrate
from app.runtime import open_runtime


async def _begin(url: str, folder: Path) -> None:
    settings = Settings(data_dir=folder, database_url=url)
    opened = await open_runtime(settings, extraction_threads=1, playlist_threads=1)
    await opened.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whoever_begins_waits_for_a_server_that_goes_away_once_more(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tries = 0

    async def away_at_first(url: str) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OperationalError("", {}, Exception("server closed the connection unexpectedly"))
        await migrate(url)

    monkeypatch.setattr(runtime, "migrate", away_at_first)
    monkeypatch.setattr(runtime, "_LOOK_SECONDS", 0.01)

    await _begin(database_url, tmp_path)

    assert tries == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_that_can_t_be_read_is_waited_for_by_nobody(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def broken(_url: str) -> None:
        raise OperationalError("", {}, Exception("unable to open database file"))

    monkeypatch.setattr(runtime, "migrate", broken)

    with pytest.raises(OperationalError):
        await _begin(database_url, tmp_path)

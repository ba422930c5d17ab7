"""The doctor looks at all of an installation, says plainly what is wrong, and never a secret."""

import shutil
import sqlite3
import string
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from app.adapters import examined_database
from app.cli.doctor import database as database_check
from app.cli.doctor import disk as disk_check
from app.cli.doctor_words import DOCTOR_WORDS
from app.core.database import Database
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.doctor import doctor
from tests.support.raw_server import http, serving
from tests.support.server import Client, RunningApp, until
from tests.support.storage import read_only

ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ONLY_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def found(
    tmp_path: Path, database_url: str, gateway: str, **settings: str
) -> tuple[int, str]:
    """What the doctor says of an installation that is otherwise well."""
    given = {"DATABASE_URL": database_url, "YOUTUBE_GATEWAY": gateway} | settings
    said = await doctor(tmp_path, **given)
    assert "Traceback" not in said.output
    assert said.exception is None or isinstance(said.exception, SystemExit)
    return said.exit_code, said.output


async def test_a_running_installation_is_well(
    idle_app: RunningApp, idle_client: Client, database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    await idle_client.batch({"text": links(video_ids(3))})
    code, said = await found(tmp_path, database_url, standin.url)
    assert code == 0, said
    kind = "SQLite" if idle_app.runtime.database.is_sqlite else "PostgreSQL"
    assert f"✓ The database answers: {kind} " in said
    assert "✓ The database fits this version" in said
    assert "✓ YouTube answers." in said
    assert "✓ Work: 0 under way, 6 waiting, 0 later." in said
    assert "Nothing is broken." in said
    assert "✗" not in said


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("settings", "sentence", "advice"),
    [
        ({"DATABSE_URL": "x"}, "DATABSE_URL is no setting", "mean VIDEOTHEK_DATABASE_URL?"),
        ({"QQQQ": "x"}, "QQQQ is no setting", "Remove it."),
        ({"YOUTUBE_GATEWAY": "", "PACING_SCALE": "20"}, "20 times as fast", "Remove it"),
        (
            {"PUBLIC_URL": "http://v.example", "SECURE_COOKIES": "1"},
            "nobody stays signed in",
            "an address with https://",
        ),
        ({"OWNER_PASSWORD": "kurz"}, "very short", "at least 10 characters"),
        ({"FRONTEND_DIR": "/nowhere"}, "not built yet", "make build"),
    ],
)
async def test_odd_settings_are_noticed(
    database_url: str,
    standin: StandIn,
    tmp_path: Path,
    settings: dict[str, str],
    sentence: str,
    advice: str,
) -> None:
    _code, said = await found(tmp_path, database_url, standin.url, **settings)
    (line,) = [each for each in said.splitlines() if sentence in each]
    assert line.startswith("! ")
    assert advice in said.splitlines()[said.splitlines().index(line) + 1]


async def test_every_setting_that_cannot_be_read_is_named_and_no_value_is_shown(
    tmp_path: Path,
) -> None:
    wrong = {"PORT": "s3cret-port", "LOG_LEVEL": "s3cret-level", "CAPTION_PROVIDERS": "s3cret"}
    said = await doctor(tmp_path, **wrong)
    assert said.exit_code == 1
    for name in wrong:
        assert f"✗ VIDEOTHEK_{name} is not right: " in said.output
    assert "s3cret" not in said.output


async def test_no_secret_is_shown_whatever_is_wrong(tmp_path: Path) -> None:
    said = await doctor(
        tmp_path,
        DATABASE_URL="postgresql://videothek:s3cretdb@127.0.0.1:9/videothek",
        YOUTUBE_PROXY="http://me:s3cretproxy@127.0.0.1:9",
        GROQ_API_KEY="gsk_s3cretgroq",
        GROQ_BASE_URL="http://me:s3cretbase@127.0.0.1:9/v1",
        OWNER_PASSWORD="s3cretow",
        API_TOKEN="vt_s3cretapi",
    )
    assert said.exit_code == 1
    assert "s3cret" not in said.output
    assert "Check VIDEOTHEK_DATABASE_URL" in said.output
    assert "Check VIDEOTHEK_YOUTUBE_PROXY." in said.output


@ONLY_SQLITE
async def test_a_database_that_somebody_keeps_locked_is_said_to_be(
    database_url: str, standin: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examined_database, "_PATIENCE_SECONDS", 0.2)
    with closing(sqlite3.connect(tmp_path / "videothek.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        code, said = await found(tmp_path, database_url, standin.url)
    assert (code, "✗ The database is locked" in said) == (1, True)


@ONLY_SQLITE
async def test_a_damaged_database_is_said_to_be_with_the_way_back(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    file = tmp_path / "videothek.db"
    whole = file.read_bytes()
    for broken in (b"no database at all" * 1000, whole[:8192] + b"\xff" * 40_000 + whole[48_192:]):
        file.write_bytes(broken)
        code, said = await found(tmp_path, database_url, standin.url)
        assert code == 1
        assert "✗ The database is damaged: " in said
        assert "restore the last backup" in said
        assert file.read_bytes() == broken


@ONLY_SQLITE
async def test_a_file_that_may_only_be_read_is_said_to_be(
    database_url: str, standin: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful = examined_database._careful

    def reading(url: Any) -> Any:
        where, arguments = careful(url)
        return where.update_query_dict({"mode": "ro"}), arguments

    monkeypatch.setattr(examined_database, "_careful", reading)
    code, said = await found(tmp_path, database_url, standin.url)
    assert code == 1
    assert "✗ Nothing can be written to the database." in said
    assert f"Give {tmp_path / 'videothek.db'}" in said


@ONLY_POSTGRESQL
async def test_a_server_that_may_only_be_read_is_said_to_be(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    database = Database(database_url)
    async with read_only(database):
        code, said = await found(tmp_path, database_url, standin.url)
    await database.close()
    assert code == 1
    assert "✗ Nothing can be written to the database." in said
    assert "to the server that takes writes" in said


@ONLY_POSTGRESQL
async def test_a_server_with_hardly_a_connection_left_and_a_wrong_clock_is_told(
    database_url: str, standin: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = database_check.time.time
    monkeypatch.setattr(database_check, "_MANY_CONNECTIONS", 0.0)
    monkeypatch.setattr(database_check.time, "time", lambda: now() + 90)
    code, said = await found(tmp_path, database_url, standin.url)
    assert code == 1
    assert "! Connections to the database: " in said
    assert "✗ The clock differs by 90 seconds from that of the database." in said


@pytest.mark.parametrize(
    ("revision", "code", "sentence"),
    [
        ("9999", 1, "✗ The database is of a newer version of Videothek (9999)."),
        ("0001", 0, "! The database is of an older version (0001)"),
    ],
)
async def test_a_database_of_another_version_is_told(
    database_url: str, standin: StandIn, tmp_path: Path, revision: str, code: int, sentence: str
) -> None:
    database = Database(database_url)
    async with database.write() as unit:
        await unit.session.execute(
            text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
        )
    await database.close()
    assert (await found(tmp_path, database_url, standin.url))[0] == code
    assert sentence in (await found(tmp_path, database_url, standin.url))[1]


class Volume(NamedTuple):
    total: int
    used: int
    free: int


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("total", "free", "sign"),
    [
        (500_000_000_000, 90_000_000, "✗"),
        (500_000_000_000, 900_000_000, "!"),
        (100_000_000_000, 4_000_000_000, "!"),
        (8_000_000_000_000, 300_000_000_000, "✓"),
        (10_000_000_000, 2_000_000_000, "✓"),
    ],
)
async def test_little_space_is_noticed(
    database_url: str,
    standin: StandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    total: int,
    free: int,
    sign: str,
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Volume(total, total - free, free))
    _code, said = await found(tmp_path, database_url, standin.url)
    assert f"{sign} Free space for data: {disk_check.size_text(free)} of " in said


@asynccontextmanager
async def youtube(answer: str, *headers: str) -> AsyncIterator[str]:
    async with serving(lambda _path: http(b"", *headers, status=answer)) as url:
        yield url


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("answer", "headers", "sign", "sentence"),
    [
        ("204 No Content", (), "✓", "YouTube answers."),
        ("503 Down", (), "✗", "it reports trouble of its own (503)."),
        ("429 Slow down", (), "!", "takes us for a robot right now."),
        ("302 Found", ("Location: https://www.google.com/sorry/index",), "!", "for a robot"),
    ],
)
async def test_what_youtube_answers_is_told(
    database_url: str,
    tmp_path: Path,
    answer: str,
    headers: tuple[str, ...],
    sign: str,
    sentence: str,
) -> None:
    async with youtube(answer, *headers) as url:
        code, said = await found(tmp_path, database_url, url)
    (line,) = [each for each in said.splitlines() if sentence in each]
    assert line.startswith(sign)
    assert code == (sign == "✗")


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("settings", "sentence", "advice"),
    [
        ({"YOUTUBE_GATEWAY": "http://127.0.0.1:9"}, "is refused", "VIDEOTHEK_YOUTUBE_GATEWAY"),
        (
            {"YOUTUBE_GATEWAY": "http://no.invalid"},
            "can't be resolved",
            "VIDEOTHEK_YOUTUBE_GATEWAY",
        ),
        (
            {"YOUTUBE_GATEWAY": "", "YOUTUBE_PROXY": "http://127.0.0.1:9"},
            "can't be reached",
            "VIDEOTHEK_YOUTUBE_PROXY",
        ),
    ],
)
async def test_why_youtube_cannot_be_reached_is_told(
    database_url: str, tmp_path: Path, settings: dict[str, str], sentence: str, advice: str
) -> None:
    code, said = await found(tmp_path, database_url, "", **settings)
    lines = said.splitlines()
    (place,) = [n for n, line in enumerate(lines) if "YouTube can't be reached" in line]
    assert sentence in lines[place]
    assert f"Check {advice}." in lines[place + 1]
    assert code == 1


@ONLY_SQLITE
async def test_a_connection_that_is_not_encrypted_as_it_should_be_is_told(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    encrypted = standin.url.replace("http://", "https://")
    code, said = await found(tmp_path, database_url, encrypted)
    assert (code, "the certificate is not right" in said) == (1, True)


@ONLY_SQLITE
@pytest.mark.parametrize(("hours", "sign"), [(0, "✓"), (-3, "✗"), (3, "✗")])
async def test_a_clock_that_goes_wrong_is_noticed(
    database_url: str, tmp_path: Path, hours: int, sign: str
) -> None:
    there = datetime.now(UTC) + timedelta(hours=hours)
    async with youtube("204 No Content", f"Date: {format_datetime(there, usegmt=True)}") as url:
        code, said = await found(tmp_path, database_url, url)
    (line,) = [each for each in said.splitlines() if each[2:].startswith("The clock")]
    assert line.startswith(sign)
    assert code == (sign == "✗")


async def test_work_that_waits_while_nobody_works_is_noticed(
    idle_app: RunningApp, idle_client: Client, database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    await idle_client.batch({"text": links(video_ids(4))})
    await let_wait(idle_app, 725)
    code, said = await found(tmp_path, database_url, standin.url)
    assert code == 1
    assert "✗ player: 4 steps have been waiting for 12 minutes, and nobody works." in said
    assert "Start “videothek serve” or “videothek worker”" in said


async def test_work_of_processes_that_are_gone_is_noticed(
    idle_app: RunningApp, idle_client: Client, database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    await idle_client.add(video_ids(1)[0])
    await abandon(idle_app)
    code, said = await found(tmp_path, database_url, standin.url)
    assert (code, "✗ 2 steps belong to processes that are gone." in said) == (1, True)


async def let_wait(app: RunningApp, seconds: int) -> None:
    """All jobs have been due for so long."""
    await _change(
        app,
        f"UPDATE jobs SET run_at = run_at - {seconds}",
        f"UPDATE procrastinate_jobs SET scheduled_at = now() - interval '{seconds} seconds'",
    )


async def abandon(app: RunningApp) -> None:
    """All jobs were taken on by somebody who is gone."""
    await _change(
        app,
        "UPDATE jobs SET locked_by = 'gone.0', locked_until = run_at - 1",
        "UPDATE procrastinate_jobs SET status = 'doing'",
    )


async def _change(app: RunningApp, table: str, engine: str) -> None:
    async with app.runtime.database.write() as unit:
        await unit.session.execute(text(table if app.runtime.database.is_sqlite else engine))


async def test_what_a_person_paused_is_not_stuck(
    idle_app: RunningApp, idle_client: Client, database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    accepted = (await idle_client.batch({"text": links(video_ids(7))})).json()
    await idle_client.http.post(f"/imports/{accepted['import_id']}/pause")
    await let_wait(idle_app, 7200)
    code, said = await found(tmp_path, database_url, standin.url)
    assert code == 0, said
    assert "0 waiting, 14 later." in said


async def test_a_lane_that_pauses_says_until_when_and_is_not_stuck(
    client: Client, database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    standin.add_fault(
        kind="player", fault="status_429_retry_after", retry_after_seconds=3600, count=1
    )
    await client.add(video_ids(1)[0])

    async def paused() -> str | None:
        _code, said = await found(tmp_path, database_url, standin.url)
        return said if "– player: pauses until " in said else None

    said = await until(paused)
    assert "1 waiting. YouTube asks us to slow down." in said
    assert "✗" not in said


@pytest.mark.parametrize("key", sorted(DOCTOR_WORDS))
def test_both_languages_say_the_same_of_the_same(key: str) -> None:
    german, english = DOCTOR_WORDS[key]
    fields = [
        {name for _text, name, _spec, _conversion in string.Formatter().parse(words) if name}
        for words in (german, english)
    ]
    assert fields[0] == fields[1]
    assert german != english or key == "doctor_upstream_other"

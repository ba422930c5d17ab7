"""Fixtures: both databases, the stand-in upstream, and the application on a real socket."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from app.core import security
from app.core.settings import Settings
from standin.server import StandIn
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.postgres import restartable_server
from tests.support.server import PASSWORD, Client, RunningApp, running_app

# Everything runs this many times faster than with the default paces.
PACING_SCALE = 200.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process is left alone with it at the end.

    Each of the processes first gets a piece of the list, and later takes from the others' pieces: so
    all pieces begin with what takes long.
    """
    # Where the database has no say, one is enough.
    items[:] = [item for item in items if not _is_once_too_often(item)]
    items.sort(key=lambda item: -_seconds_allowed(item))
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [item for first in range(processes) for item in items[first::processes]]


def _is_once_too_often(item: pytest.Item) -> bool:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return (
        item.get_closest_marker("any_database") is not None
        and parameters.get("database_url") == "postgresql"
    )


def _seconds_allowed(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else 0.0


@pytest.fixture(autouse=True, scope="session")
def cheap_password_hashes() -> Iterator[None]:
    """Argon2 is meant to be slow, and almost every test signs somebody in: a quarter of its time."""
    hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(security, "_PASSWORDS", hasher)
        patch.setattr(security, "_NO_USER_HASH", hasher.hash("nobody"))
        yield


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplates:
    return SqliteTemplates(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_templates() -> Iterator[PostgresTemplates]:
    with restartable_server() as server:
        yield PostgresTemplates(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of each kind."""
    kind = {"sqlite": "sqlite_templates", "postgresql": "postgres_templates"}[request.param]
    templates: Any = request.getfixturevalue(kind)
    with templates.fresh(tmp_path) as url:
        yield url


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as server:
        yield server


@pytest.fixture
def settings(database_url: str, standin: StandIn, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        youtube_gateway=standin.url,
        owner_password=SecretStr(PASSWORD),
        pacing_scale=PACING_SCALE,
        frontend_dir=tmp_path / "page",
    )


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[RunningApp]:
    """The application with its workers."""
    async with running_app(settings) as running:
        yield running


@pytest.fixture
async def idle_app(settings: Settings) -> AsyncIterator[RunningApp]:
    """The application without workers: what it accepts stays as it was accepted."""
    async with running_app(settings, with_workers=False) as running:
        yield running


@pytest.fixture
async def client(app: RunningApp) -> Client:
    return await app.sign_in()


@pytest.fixture
async def idle_client(idle_app: RunningApp) -> Client:
    return await idle_app.sign_in()

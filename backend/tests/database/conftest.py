"""Two migrated databases, of which one is copied into the other, in both directions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.support.copies import fresh

DIRECTIONS = ["sqlite to postgresql", "postgresql to sqlite"]


@pytest.fixture(params=DIRECTIONS)
def direction(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def source(direction: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh(direction.split(" to ", maxsplit=1)[0], request, tmp_path / "source") as url:
        yield url


@pytest.fixture
def target(direction: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh(direction.split(" to ")[1], request, tmp_path / "target") as url:
        yield url


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "elsewhere")

"""The application with the stand-in in Groq's place, and settings of single tests."""

from typing import Any

import pytest

from app.core.settings import Settings
from standin.server import StandIn
from tests.support.whisper import with_groq


@pytest.fixture
def more() -> dict[str, Any]:
    """Settings of a single test."""
    return {}


@pytest.fixture
def settings(settings: Settings, standin: StandIn, more: dict[str, Any]) -> Settings:
    return with_groq(settings, standin, **more)

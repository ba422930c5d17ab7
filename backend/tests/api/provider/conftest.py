"""An application whose people sign in at a provider, too."""

from collections.abc import AsyncIterator

import pytest

from app.core.settings import Settings
from standin.provider import StandInProvider
from tests.support.provider import with_provider
from tests.support.server import RunningApp, running_app


@pytest.fixture
async def provider() -> AsyncIterator[StandInProvider]:
    async with StandInProvider() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, provider: StandInProvider) -> Settings:
    return with_provider(settings, provider)


@pytest.fixture
async def open_house(settings: Settings) -> AsyncIterator[RunningApp]:
    """An installation where whoever the provider knows becomes a member."""
    settings = settings.model_copy(update={"oidc_creates_members": True})
    async with running_app(settings, with_workers=False) as running:
        yield running

"""Processes of one installation may begin together, also for the first time."""

import asyncio

import pytest
from sqlalchemy import select

from app.core.database import Database, UnitOfWork
from app.core.settings import Settings
from app.models import Lane, User, VideoList
from app.repositories import lanes as lane_rows
from app.services.accounts.keys import load_secrets
from app.services.auth_service import AuthService
from tests.support.databases import somebody_waits
from tests.support.server import until


# SQLite has one writer.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_of_two_that_begin_together_one_makes_the_owner_and_the_other_finds_it(
    settings: Settings,
) -> None:
    database = Database(settings.resolved_database_url)
    auth = AuthService(await load_secrets(database), settings, database)

    async def begin(unit: UnitOfWork) -> str:
        owner = await auth.ensure_owner(unit)
        await lane_rows.ensure(unit.session, ["player", "oembed"], {})
        await unit.session.flush()
        return owner.id

    async def second() -> str:
        async with database.write() as unit:
            return await begin(unit)

    try:
        async with database.write() as unit:
            owner_id = await begin(unit)
            beginning = asyncio.create_task(second())
            await until(lambda: somebody_waits(database))
        assert await beginning == owner_id
        async with database.read() as session:
            assert list(await session.scalars(select(User.id))) == [owner_id]
            assert len(list(await session.scalars(select(VideoList.id)))) == 1
            assert set(await session.scalars(select(Lane.name))) == {"player", "oembed"}
    finally:
        await database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_of_two_that_find_a_lane_missing_both_go_on(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)

    async def second() -> None:
        async with database.write() as unit:
            await lane_rows.ensure(unit.session, ["player", "groq"], {"rate": 2})

    try:
        async with database.write() as unit:
            await lane_rows.ensure(unit.session, ["player"], {"rate": 1})
            await unit.session.flush()
            beginning = asyncio.create_task(second())
            await until(lambda: somebody_waits(database))
        await beginning
        async with database.read() as session:
            states = {row.name: row.pacer_state for row in await session.scalars(select(Lane))}
        assert states == {"player": {"rate": 1}, "groq": {"rate": 2}}
    finally:
        await database.close()

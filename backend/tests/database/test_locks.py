"""Whoever holds a list or an import does not hold up the steps of its videos."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.database import Database
from app.core.identifiers import new_id
from app.models import ImportStage, ImportState
from app.repositories import imports, lists, many_videos, video_steps, videos
from app.runtime import open_queue
from app.services.lanes import LaneName
from tests.support.library import add_import, add_list, add_video, owner_of

# SQLite has one writer, who is alone.
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def test_a_step_may_write_its_video_twice_while_a_person_moves_others_into_its_list(
    database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url)
    queue = await open_queue(database, tmp_path)
    async with database.write() as unit:
        list_id = await add_list(unit)
        user_id = await owner_of(unit, list_id)
        video_id = await add_video(unit, list_id, "dQw4w9WgXcQ")

    async with asyncio.timeout(10), database.write() as person:
        await lists.visible(person.session, list_id, user_id, lock=True)
        async with database.write() as worker:
            # The second time, PostgreSQL looks at the list again.
            await video_steps.advance(worker.session, video_id, ImportStage.METADATA)
            await video_steps.advance(worker.session, video_id, ImportStage.CAPTIONS)
        await queue.hold_still(person)
    await database.close()


async def test_who_locks_a_list_sees_what_it_became_meanwhile(database_url: str) -> None:
    database = Database(database_url)
    async with database.write() as unit:
        list_id = await add_list(unit)
        user_id = await owner_of(unit, list_id)

    async with database.write() as person:
        before = await lists.visible(person.session, list_id, user_id)
        async with database.write() as other:
            await lists.rename(other.session, list_id, "Später")
        locked = await lists.visible(person.session, list_id, user_id, lock=True)
        assert before is not None
        assert locked is not None
        assert locked[0] is before[0]
        assert locked[0].name == "Später"
    await database.close()


async def test_who_locks_an_import_sees_what_it_became_meanwhile(database_url: str) -> None:
    database = Database(database_url)
    async with database.write() as unit:
        list_id = await add_list(unit)
        user_id = await owner_of(unit, list_id)
        await add_import(unit, import_id := new_id(), list_id)

    async with database.write() as person:
        before = await imports.owned(person.session, import_id, user_id)
        async with database.write() as other:
            await imports.finish_if_done(other.session, import_id, datetime.now(UTC))
        locked = await imports.owned(person.session, import_id, user_id, lock=True)
        assert locked is before
        assert locked is not None
        assert locked.state == ImportState.FINISHED
    await database.close()


async def test_nobody_removes_a_video_that_an_import_has_just_found_in_its_list(
    database_url: str,
) -> None:
    database = Database(database_url)
    async with database.write() as unit:
        list_id = await add_list(unit)
        video_id = await add_video(unit, list_id, "dQw4w9WgXcQ")

    async def remove() -> None:
        async with database.write() as other:
            await many_videos.remove(other.session, [video_id])

    async with database.write() as person:
        there = await videos.hold(person.session, [video_id, "removed before"])
        removing = asyncio.create_task(remove())
        # As long as it needs to come to the lock: it must stand there.
        await asyncio.sleep(0.3)
        assert there == {video_id}
        assert not removing.done()
        # A worker's step is not held up by it.
        async with asyncio.timeout(10), database.write() as worker:
            await video_steps.advance(worker.session, video_id, ImportStage.METADATA)
    async with asyncio.timeout(10):
        await removing
    await database.close()


async def test_while_the_queue_holds_still_nobody_takes_a_job(
    database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url)
    queue = await open_queue(database, tmp_path)

    async def look() -> None:
        async with database.write() as unit:
            await queue.peek(unit, LaneName.OEMBED)

    async with database.write() as person:
        await queue.hold_still(person)
        looking = asyncio.create_task(look())
        # As long as it needs to come to the lock: it must stand there.
        await asyncio.sleep(0.3)
        assert not looking.done()
    async with asyncio.timeout(10):
        await looking
    await database.close()

"""Progress never goes back, whatever is replayed."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.database import Database
from app.models import STAGE_PROGRESS, ImportStage
from app.repositories import video_steps, videos
from tests.support.library import add_list, add_video

STEPS = st.lists(st.sampled_from([*STAGE_PROGRESS, ImportStage.ERROR]), min_size=1, max_size=12)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def test_any_order_of_writes_only_ever_moves_forward(database: Database) -> None:
    async with database.write() as unit:
        list_id = await add_list(unit)

    for number, steps in enumerate(_examples()):
        async with database.write() as unit:
            video_id = await add_video(unit, list_id, f"video{number:06}")
        await _play(database, video_id, steps)


def _examples() -> list[list[ImportStage]]:
    """Orders worth trying, drawn by hypothesis once: its own loop can't run inside ours."""
    drawn: list[list[ImportStage]] = []

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def draw(steps: list[ImportStage]) -> None:
        drawn.append(steps)

    draw()
    return drawn


async def _play(database: Database, video_id: str, steps: list[ImportStage]) -> None:
    progress, stage = 0, ImportStage.CREATED
    for step in steps:
        async with database.write() as unit:
            if step is ImportStage.ERROR:
                moved = await video_steps.fail(unit.session, video_id, "video_private")
            else:
                moved = await video_steps.advance(unit.session, video_id, step) is not None
        async with database.read() as session:
            (row,) = await videos.by_ids(session, [video_id])
        assert row.import_progress >= progress
        if stage in (ImportStage.COMPLETE, ImportStage.ERROR):
            assert (row.import_stage, moved) == (stage, False)
        if step is ImportStage.ERROR and moved:
            assert row.import_progress == progress
            assert row.error_code == "video_private"
        progress, stage = row.import_progress, ImportStage(row.import_stage)

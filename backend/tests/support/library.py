"""Rows for tests that work below the API."""

from datetime import UTC, datetime

from sqlalchemy import select

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import ImportState, User, Video, VideoEnrichment, VideoList
from app.repositories import imports


async def add_list(unit: UnitOfWork) -> str:
    """A list of a new user."""
    now = datetime.now(UTC)
    user = User(id=new_id(), username=new_id(), created_at=now)
    unit.session.add(user)
    await unit.session.flush()
    row = VideoList(id=new_id(), user_id=user.id, name="Liste", created_at=now)
    unit.session.add(row)
    await unit.session.flush()
    return row.id


async def owner_of(unit: UnitOfWork, list_id: str) -> str:
    """Whose a list is."""
    user_id = await unit.session.scalar(select(VideoList.user_id).where(VideoList.id == list_id))
    assert user_id is not None
    return user_id


async def add_import(
    unit: UnitOfWork, import_id: str, list_id: str, state: str = ImportState.RUNNING
) -> None:
    """An import into a list, of no lines."""
    verdicts = ("new", "duplicate", "repeated", "rejected", "playlist")
    await imports.add(
        unit.session,
        {
            "id": import_id,
            "user_id": await owner_of(unit, list_id),
            "list_id": list_id,
            "state": state,
            "created_at": datetime.now(UTC),
            **{f"{verdict}_count": 0 for verdict in verdicts},
        },
    )


async def add_video(unit: UnitOfWork, list_id: str, youtube_id: str) -> str:
    """A new video with its empty enrichment."""
    video = Video(id=new_id(), list_id=list_id, youtube_id=youtube_id, created_at=datetime.now(UTC))
    unit.session.add(video)
    await unit.session.flush()
    unit.session.add(VideoEnrichment(video_id=video.id))
    await unit.session.flush()
    return video.id

"""Rows for tests that work below the API."""

from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import User, Video, VideoEnrichment, VideoList


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


async def add_video(unit: UnitOfWork, list_id: str, youtube_id: str) -> str:
    """A new video with its empty enrichment."""
    video = Video(id=new_id(), list_id=list_id, youtube_id=youtube_id, created_at=datetime.now(UTC))
    unit.session.add(video)
    await unit.session.flush()
    unit.session.add(VideoEnrichment(video_id=video.id))
    await unit.session.flush()
    return video.id

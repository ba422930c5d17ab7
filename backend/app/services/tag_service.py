"""Tags and notes: a person's own words for videos."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.schemas.tags import TagOut
from app.schemas.videos import TaggedOut, TagVideosIn, VideoChangeIn


async def all_tags(session: AsyncSession, user_id: str) -> list[TagOut]:
    """The tags of a user's videos, in alphabetical order."""
    raise NotImplementedError


async def tag_videos(unit: UnitOfWork, *, user_id: str, change: TagVideosIn) -> TaggedOut:
    """Add tags to many videos, or take them away; those of others are passed over."""
    raise NotImplementedError


async def change_video(
    unit: UnitOfWork, *, user_id: str, video_id: str, change: VideoChangeIn
) -> None:
    """Set the note or the tags of a video; what is left out stays as it is.

    Raises:
        VideothekError: ``video_not_found``.
    """
    raise NotImplementedError

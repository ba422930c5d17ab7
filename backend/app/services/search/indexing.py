"""Writes what is searched: the words of a video, in the transaction that changes them."""

from sqlalchemy.ext.asyncio import AsyncSession


async def index_video(session: AsyncSession, video_id: str) -> None:
    """Index all words of a video anew: title, channel, description, chapters, captions, note, tags.

    Args:
        session: The transaction in which they changed.
        video_id: The video; one that has no title yet is not indexed.
    """

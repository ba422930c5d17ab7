"""Lists of one user."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, not_found
from app.core.identifiers import new_id
from app.models import VideoList
from app.repositories import imports, job_groups, lists, many_videos
from app.schemas.lists import ListOut
from app.services.job_queue import JobQueue
from app.services.playlists.follow_view import of_lists


async def all_lists(session: AsyncSession, user_id: str) -> list[ListOut]:
    """A user's lists, oldest first, with what they follow."""
    followed = await of_lists(session, user_id)
    return [
        ListOut(id=row.id, name=row.name, video_count=row.video_count, follow=followed.get(row.id))
        for row in await lists.all_of(session, user_id)
    ]


async def create_list(
    unit: UnitOfWork, *, user_id: str, name: str, made_by_import_id: str | None = None
) -> ListOut:
    """Make an empty list.

    Args:
        unit: A transaction.
        user_id: Whose list it is.
        name: Its name.
        made_by_import_id: The import that needs it: undoing that one takes the list away again.
    """
    row = VideoList(
        id=new_id(),
        user_id=user_id,
        name=name,
        created_at=datetime.now(UTC),
        made_by_import_id=made_by_import_id,
    )
    unit.session.add(row)
    await unit.session.flush()
    unit.changes.note_list(user_id, row.id)
    return ListOut(id=row.id, name=row.name, video_count=0)


async def rename_list(unit: UnitOfWork, *, user_id: str, list_id: str, name: str) -> ListOut:
    """Give a list another name.

    Raises:
        VideothekError: ``list_not_found``.
    """
    await own_list(unit.session, list_id, user_id)
    await lists.rename(unit.session, list_id, name)
    unit.changes.note_list(user_id, list_id)
    count = await lists.video_count(unit.session, list_id)
    follow = (await of_lists(unit.session, user_id)).get(list_id)
    return ListOut(id=list_id, name=name, video_count=count, follow=follow)


async def delete_list(unit: UnitOfWork, queue: JobQueue, *, user_id: str, list_id: str) -> None:
    """Delete a list with its videos.

    Raises:
        VideothekError: ``list_not_found``.
    """
    # Locked first of all, like for a drop into this list.
    await own_list(unit.session, list_id, user_id, lock=True)
    await queue.hold_still(unit)
    await queue.wake_copies_of_list(unit, list_id)
    await job_groups.remove_of_list(unit.session, list_id)
    await many_videos.hold_of_list(unit.session, list_id)
    await lists.remove(unit.session, list_id)
    ended = await imports.finish_all_done(unit.session, user_id, datetime.now(UTC))
    unit.changes.imports.update(ended)
    unit.changes.note_list(user_id, list_id)


async def own_list(
    session: AsyncSession, list_id: str, user_id: str, *, lock: bool = False
) -> VideoList:
    """The list, if it is this user's; locked until the transaction ends if asked for.

    Raises:
        VideothekError: ``list_not_found``, also for somebody else's.
    """
    row = await lists.owned(session, list_id, user_id, lock=lock)
    if row is None:
        raise not_found(ErrorCode.LIST_NOT_FOUND)
    return row

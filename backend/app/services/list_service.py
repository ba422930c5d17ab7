"""Lists: showing, making, renaming, deleting."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import Access, VideoList
from app.repositories import imports, job_groups, lists, many_videos
from app.repositories.lists import ListRow
from app.schemas.follows import FollowOut
from app.schemas.lists import ListOut
from app.services.job_queue import JobQueue
from app.services.list_access import list_for, tell_of_lists
from app.services.playlists.follow_view import of_lists


async def all_lists(session: AsyncSession, user_id: str) -> list[ListOut]:
    """The lists that a user may see, their own first, with what they follow."""
    followed = await of_lists(session, user_id)
    return [_shown(row, followed) for row in await lists.all_of(session, user_id)]


def _shown(row: ListRow, followed: Mapping[str, FollowOut]) -> ListOut:
    access = Access(row.access)
    is_own = access is Access.OWNER
    return ListOut(
        id=row.id,
        name=row.name,
        video_count=row.video_count,
        follow=followed.get(row.id),
        access=access,
        # Nobody is told with how many others somebody shares with them.
        owner_name=None if is_own else row.owner_name,
        share_count=row.share_count if is_own else 0,
    )


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
        VideothekError: ``list_not_found``, ``list_of_other``.
    """
    await list_for(unit.session, list_id, user_id, Access.OWNER)
    await lists.rename(unit.session, list_id, name)
    await tell_of_lists(unit, [list_id])
    row = await lists.row_of(unit.session, list_id, user_id)
    return _shown(row, await of_lists(unit.session, user_id))


async def delete_list(unit: UnitOfWork, queue: JobQueue, *, user_id: str, list_id: str) -> None:
    """Delete a list with its videos.

    Raises:
        VideothekError: ``list_not_found``, ``list_of_other``.
    """
    # Locked first of all, like for a drop into this list.
    await list_for(unit.session, list_id, user_id, Access.OWNER, lock=True)
    concerned = await tell_of_lists(unit, [list_id])
    await queue.hold_still(unit)
    await queue.wake_copies_of_list(unit, list_id)
    await job_groups.remove_of_list(unit.session, list_id)
    await many_videos.hold_of_list(unit.session, list_id)
    await lists.remove(unit.session, list_id)
    ended = await imports.finish_all_done(unit.session, concerned, datetime.now(UTC))
    unit.changes.imports.update(ended)

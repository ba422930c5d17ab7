"""Which list each item of an import goes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, not_found
from app.core.identifiers import new_id
from app.models import Access, VideoList
from app.repositories import lists, users
from app.schemas.previews import ImportOptions
from app.services.importing.items import InputItem, Reading
from app.services.list_access import list_for


@dataclass(frozen=True, slots=True)
class Target:
    """A list that is there, or one that is to be made.

    Args:
        name: What it is called.
        list_id: Its id; None for one that is not there yet.
    """

    name: str
    list_id: str | None


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the items of an input go.

    Args:
        default: Where those go that stand in no group; None if a person has no list at all.
        of_groups: The list of each group's name, by its place.
        is_split: Whether each group goes into its own list.
    """

    default: Target | None
    of_groups: Sequence[Target]
    is_split: bool

    def of(self, item: InputItem) -> Target:
        """The list that an item goes to.

        Raises:
            VideothekError: ``list_not_found`` if there is none.
        """
        target = self.default
        if self.is_split and item.group is not None:
            target = self.of_groups[item.group]
        if target is None:
            raise not_found(ErrorCode.LIST_NOT_FOUND)
        return target


async def find_targets(
    session: AsyncSession, *, user_id: str, reading: Reading, options: ImportOptions
) -> Targets:
    """Find the lists by their names; nothing is made or locked.

    Args:
        session: A session.
        user_id: Whose lists.
        reading: The input with its groups.
        options: What the person chose.

    Raises:
        VideothekError: ``list_not_found``; ``list_read_only`` for a list that this person may only read.
    """
    default: Target | None = None
    if options.list_id is not None:
        row = await list_for(session, options.list_id, user_id, Access.EDIT)
        default = Target(row.name, row.id)
    known = await lists.names_of(session, user_id)
    by_name: dict[str, Target] = {}
    for list_id, name in known:
        by_name.setdefault(_folded(name), Target(name, list_id))

    def named(name: str) -> Target:
        return by_name.setdefault(_folded(name), Target(name, None))

    if options.new_list_name is not None:
        default = named(options.new_list_name)
    elif default is None and known:
        default = Target(known[0][1], known[0][0])
    of_groups = [named(group.name) for group in reading.groups]
    return Targets(default, of_groups, options.split_into_lists)


async def claim_targets(
    unit: UnitOfWork, *, user_id: str, reading: Reading, options: ImportOptions
) -> Targets:
    """Like ``find_targets``, only that nobody else makes lists of the same names meanwhile."""
    if options.split_into_lists or options.new_list_name is not None:
        await users.hold(unit.session, user_id)
    return await find_targets(unit.session, user_id=user_id, reading=reading, options=options)


async def open_targets(
    unit: UnitOfWork, *, user_id: str, import_id: str, targets: Iterable[Target]
) -> dict[Target, str]:
    """Lock the lists that are there, in the order of their ids, and make the others.

    Args:
        unit: The transaction that accepts the import.
        user_id: Whose lists.
        import_id: The import, which takes the lists that it made away again if it is undone.
        targets: Each once, in the order of the input.

    Returns:
        The list's id of each.

    Raises:
        VideothekError: ``list_not_found`` if one was deleted meanwhile, ``list_read_only`` if one may
            only be read by now.
    """
    wanted = list(targets)
    for list_id in sorted(target.list_id for target in wanted if target.list_id):
        # Locked, so that two drops of the same link into a list pass one after the other.
        await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
    now = datetime.now(UTC)
    opened: dict[Target, str] = {}
    for place, target in enumerate(wanted):
        opened[target] = target.list_id or new_id()
        if target.list_id is None:
            # A microsecond apart: lists are shown oldest first, as the input names them.
            made_at = now + timedelta(microseconds=place)
            unit.session.add(
                VideoList(
                    id=opened[target],
                    user_id=user_id,
                    name=target.name,
                    created_at=made_at,
                    made_by_import_id=import_id,
                )
            )
            unit.changes.note_list(user_id, opened[target])
    await unit.session.flush()
    return opened


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()

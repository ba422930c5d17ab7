"""Who may do what with a list: conditions for every question about lists and what is in them."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, or_, select

from app.models import Access, ListShare, VideoList


def may_see(user_id: str) -> ColumnElement[bool]:
    """Of lists: those that are somebody's own, or shared with them."""
    return or_(VideoList.user_id == user_id, VideoList.id.in_(_shared_with(user_id)))


def may_edit(user_id: str) -> ColumnElement[bool]:
    """Of lists: those whose videos somebody may add, change and remove."""
    shared = _shared_with(user_id).where(ListShare.can_edit)
    return or_(VideoList.user_id == user_id, VideoList.id.in_(shared))


def visible_lists(user_id: str) -> Select[*tuple[str]]:
    """The ids of the lists that somebody may see."""
    return select(VideoList.id).where(may_see(user_id))


def editable_lists(user_id: str) -> Select[*tuple[str]]:
    """The ids of the lists whose videos somebody may change."""
    return select(VideoList.id).where(may_edit(user_id))


def viewers_of(list_id: str) -> CompoundSelect[*tuple[str]]:
    """The ids of those who may see a list."""
    return _with_owner(list_id, select(ListShare.user_id).where(ListShare.list_id == list_id))


def editors_of(list_id: str) -> CompoundSelect[*tuple[str]]:
    """The ids of those who may change the videos of a list."""
    shared = select(ListShare.user_id).where(ListShare.list_id == list_id, ListShare.can_edit)
    return _with_owner(list_id, shared)


def access_of(user_id: str) -> ColumnElement[str]:
    """Of lists that somebody may see: what they may do."""
    return case(
        (VideoList.user_id == user_id, Access.OWNER.value),
        (may_edit(user_id), Access.EDIT.value),
        else_=Access.READ.value,
    )


def _with_owner(list_id: str, others: Select[*tuple[str]]) -> CompoundSelect[*tuple[str]]:
    return others.union_all(select(VideoList.user_id).where(VideoList.id == list_id))


def _shared_with(user_id: str) -> Select[*tuple[Any, ...]]:
    return select(ListShare.list_id).where(ListShare.user_id == user_id)

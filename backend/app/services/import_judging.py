"""What an import makes of each item: the same for the preview and for the import itself."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode, VideothekError
from app.models import Verdict
from app.repositories import videos
from app.schemas.imports import CountsOut
from app.services.import_targets import Target
from app.services.importing.items import InputItem


@dataclass(frozen=True, slots=True)
class Judged:
    """An item and what would become of it.

    Args:
        item: The item.
        target: The list it goes to.
        verdict: What it is there.
        video_id: The video that the list has already.
    """

    item: InputItem
    target: Target
    verdict: Verdict
    video_id: str | None


async def judge(
    session: AsyncSession, items: Sequence[InputItem], target_of: Callable[[InputItem], Target]
) -> list[Judged]:
    """Compare items with the lists they go to, and with each other.

    Args:
        session: A session.
        items: In the order of the input.
        target_of: Where each goes.
    """
    targets = [target_of(item) for item in items]
    list_ids = {target.list_id for target in targets if target.list_id}
    youtube_ids = dict.fromkeys(item.youtube_id for item in items if item.youtube_id)
    existing = await videos.ids_in_lists(session, list(list_ids), list(youtube_ids))
    seen: set[tuple[Target, str]] = set()
    judged = []
    for item, target in zip(items, targets, strict=True):
        video_id = existing.get((target.list_id or "", item.youtube_id or ""))
        judged.append(Judged(item, target, _verdict(item, target, seen, video_id), video_id))
    return judged


def _verdict(
    item: InputItem, target: Target, seen: set[tuple[Target, str]], video_id: str | None
) -> Verdict:
    name = item.youtube_id or item.source
    if name is None:
        return Verdict.REJECTED
    if (target, name) in seen:
        return Verdict.REPEATED
    seen.add((target, name))
    if item.youtube_id is None:
        return Verdict.PLAYLIST
    return Verdict.DUPLICATE if video_id else Verdict.NEW


def count(judged: Collection[Judged]) -> CountsOut:
    """How many items came to what."""
    counts = CountsOut()
    for entry in judged:
        setattr(counts, entry.verdict, getattr(counts, entry.verdict) + 1)
    return counts


def refuse_useless(items: Collection[InputItem]) -> None:
    """Refuse a drop that would bring nothing at all.

    Raises:
        VideothekError: ``no_links_found``, with the reason if all items have the same.
    """
    if all(item.is_rejected for item in items):
        reasons = {item.reason_code for item in items}
        # One reason for all of it is worth saying.
        known = {"reason_code": reasons.pop()} if len(reasons) == 1 else {}
        raise VideothekError(ErrorCode.NO_LINKS_FOUND, 422, **known)

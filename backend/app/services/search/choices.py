"""What a search can be narrowed to."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Access
from app.repositories import choices
from app.schemas.search import ChoiceOut, SearchChoicesOut
from app.services.list_access import list_for

MAX_CHOICES = 200
"""Of each kind; more can't be looked through."""


async def of_library(
    session: AsyncSession, *, user_id: str, list_id: str | None
) -> SearchChoicesOut:
    """The channels, languages, sources and tags of a user's videos.

    Raises:
        VideothekError: ``list_not_found``.
    """
    if list_id is not None:
        await list_for(session, list_id, user_id, Access.READ)
    codes, sources = await choices.captions(session, user_id, list_id)
    languages: Counter[str] = Counter()
    for code, count in codes:
        languages[without_region(code)] += count
    return SearchChoicesOut(
        channels=_shown(await choices.channels(session, user_id, list_id, MAX_CHOICES)),
        languages=_shown(languages.most_common(MAX_CHOICES)),
        captions_sources=_shown(sources),
        tags=_shown(await choices.tags(session, user_id, list_id, MAX_CHOICES)),
    )


def without_region(language: str) -> str:
    """The language of a code: ``de`` of ``de-AT``.

    Args:
        language: As YouTube or a transcriber writes it.
    """
    return language.replace("_", "-").partition("-")[0].lower()


def _shown(counted: Iterable[tuple[str, int]]) -> list[ChoiceOut]:
    return [ChoiceOut(value=value, video_count=count) for value, count in counted]

"""Finds videos and moments.

A video matches if all required terms stand somewhere in it and no excluded one does. Which ones match is
asked of the database's full-text index; in what order they are shown is decided here, so that both
databases give the same answer (docs/decisions/0015).
"""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.texts import key_of
from app.models import Access
from app.repositories import search_index
from app.repositories.search_results import FoundTexts, Piece, SearchQuestions
from app.repositories.search_scope import DocumentOrder, SearchScope
from app.schemas.search import SearchFilters, SearchOut, SearchResultOut, SearchSort
from app.services.list_access import list_for
from app.services.paging import SearchPlace, decode_search_place, encode_search_place
from app.services.presenting import VideoPresenter
from app.services.search.analysis import ANALYSER_VERSION, NO_LANGUAGE
from app.services.search.excerpts import Marker
from app.services.search.matching import Sought, TermFinder
from app.services.search.moments import moments_of
from app.services.search.query import parse
from app.services.search.ranking import Found, find_documents
from app.services.youtube_ids import extract_video_id, is_video_id


async def find(
    session: AsyncSession,
    presenter: VideoPresenter,
    *,
    user_id: str,
    query: str,
    filters: SearchFilters,
    sort: SearchSort,
    limit: int,
    cursor: str | None,
) -> SearchOut:
    """One page of what is found.

    Args:
        session: For reading.
        presenter: Makes tiles of rows.
        user_id: Whose library.
        query: As it was typed.
        filters: What it is narrowed to.
        sort: In what order.
        limit: Videos on a page.
        cursor: Of the page before.

    Raises:
        VideothekError: ``list_not_found``; ``invalid_request`` for a cursor that is not ours, or of
            another search.
    """
    if filters.list_id is not None:
        await list_for(session, filters.list_id, user_id, Access.READ)
    asked = f"{query}\x00{filters.model_dump_json()}\x00{sort}"
    place = decode_search_place(cursor, asked)
    questions = SearchQuestions(session, _scope(user_id, filters))
    wanted = place.place + limit + _NEWCOMERS
    found = await _found(session, questions, query, _ORDERS[sort], wanted)
    if found is None:
        return SearchOut(
            results=[], next_cursor=None, total=0, total_is_exact=True, is_relaxed=False
        )
    first = _first(place, found.numbers)
    shown = found.numbers[first : first + limit]
    after = SearchPlace(first + len(shown), tuple(shown[-_REMEMBERED:]))
    more = found.goes_on or len(found.numbers) > after.place
    is_behind = await search_index.is_behind(session, ANALYSER_VERSION)
    return SearchOut(
        results=await _results(questions, presenter, shown, found.sought),
        next_cursor=encode_search_place(after, asked) if more else None,
        total=found.total,
        # What is still to be indexed may match too.
        total_is_exact=found.total_is_exact and not is_behind,
        is_relaxed=found.is_relaxed,
    )


# Results of a page that its cursor remembers: some may be gone when the next one is asked for.
_REMEMBERED: Final = 10
# So many may have come before what was shown, and all of a page is found nevertheless.
_NEWCOMERS: Final = 20
_NOTHING: Final = Sought(TermFinder([]), (), 0)
_ORDERS = {
    SearchSort.RELEVANCE: None,
    SearchSort.NEWEST: DocumentOrder.NEWEST,
    SearchSort.OLDEST: DocumentOrder.OLDEST,
    SearchSort.LONGEST: DocumentOrder.LONGEST,
    SearchSort.SHORTEST: DocumentOrder.SHORTEST,
}


async def _found(
    session: AsyncSession,
    questions: SearchQuestions,
    query: str,
    order: DocumentOrder | None,
    wanted: int,
) -> Found | None:
    """What a query finds; None if it holds nothing to look for."""
    asked = query.strip()
    is_link = "/" in asked and not re.search(r"\s", asked)
    youtube_id = extract_video_id(asked) if is_link else asked
    if youtube_id and is_video_id(youtube_id):
        # Not among the words: "-" and "_" would cut it into letters that others search for.
        numbers = await questions.with_youtube_id(youtube_id, order or DocumentOrder.NEWEST)
        if numbers or is_link:
            return Found(numbers, len(numbers), total_is_exact=True, is_relaxed=False, sought=None)
    parsed = parse(query)
    if parsed.is_empty and asked:
        return None
    # A term that is nothing in any language is no question for a database: there may be no document yet.
    languages = await search_index.languages(session) or [NO_LANGUAGE]
    return await find_documents(questions, parsed, languages, order, wanted)


def _first(place: SearchPlace, numbers: Sequence[int]) -> int:
    """Where a page begins: after what was shown last, wherever that is by now."""
    places = {number: at for at, number in enumerate(numbers)}
    known = [places[number] for number in place.shown if number in places]
    if known:
        return max(known) + 1
    return max(0, place.place - len(place.shown))


def _scope(user_id: str, filters: SearchFilters) -> SearchScope:
    return SearchScope(
        user_id=user_id,
        list_id=filters.list_id,
        channel=filters.channel,
        tag_key=key_of(filters.tag) if filters.tag else None,
        published_after=filters.published_after,
        published_before=filters.published_before,
        min_duration_seconds=filters.min_duration_seconds,
        max_duration_seconds=filters.max_duration_seconds,
        language=filters.language,
        captions_source=filters.captions_source,
    )


async def _results(
    questions: SearchQuestions, presenter: VideoPresenter, numbers: list[int], sought: Sought | None
) -> list[SearchResultOut]:
    texts = await questions.texts(numbers)
    pieces: dict[int, list[Piece]] = {number: [] for number in numbers}
    words: dict[int, str] = {}
    sought = sought or _NOTHING
    if sought is not _NOTHING:
        for piece in await questions.all_pieces(numbers):
            pieces[piece.document].append(piece)
    if sought.finder.needs_words:
        words = await questions.words(numbers)
    return [
        _result(presenter, texts[number], pieces[number], words.get(number, ""), sought)
        for number in numbers
        if number in texts
    ]


def _result(
    presenter: VideoPresenter, texts: FoundTexts, pieces: list[Piece], words: str, sought: Sought
) -> SearchResultOut:
    if words:
        sought = sought.in_document(words, texts.language)
    marker = Marker(sought, texts.language)
    moments = moments_of(texts, pieces, sought)
    about = marker.excerpt(texts.note or "") or marker.excerpt(texts.description or "")
    return SearchResultOut(
        video=presenter.video(texts.video),
        title_parts=marker.marked(texts.video.title or ""),
        channel_parts=marker.marked(texts.video.channel or ""),
        description_parts=about,
        hits=moments.hits,
        hit_count=moments.count,
    )

"""Writes what is searched: the words of a video, in the transaction that changes them."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.repositories import search_index, search_texts
from app.repositories.search_index import PIECES_MAX, NewDocument
from app.repositories.search_texts import VideoTexts
from app.services.search.analysis import ANALYSER_VERSION, base_language, words
from app.services.search.terms import RUN_TOKENS_MAX, form_token

PIECE_TOKENS: Final = 320
"""New tokens in each piece: two minutes of speech. Twice as many make frequent words of a phrase twice
as dear to compare, half as many make the index a tenth larger."""

OVERLAP_TOKENS: Final = RUN_TOKENS_MAX
"""Tokens of the next piece that a piece ends with: as long as the longest phrase that is looked for."""

FIELD_END: Final = "\u241f"
"""A token between two texts, so that no phrase runs from the one into the other."""

ABOUT_MARK: Final = "^"
"""Begins the tokens of title, channel and tags among a document's words."""

OFTEN_MARK: Final = "+"
"""Begins those of its chapters, and those that are often said."""

_OFTEN: Final = 4
# Videos that are indexed while a person waits: a fifth of a second.
_AT_ONCE_MAX: Final = 20


async def index_video(session: AsyncSession, video_id: str) -> None:
    """Index all words of a video anew: title, channel, description, chapters, captions, note, tags.

    Args:
        session: The transaction in which they changed.
        video_id: The video; one without title, note and tag is indexed once it is known to be gone.
    """
    await search_texts.hold(session, video_id)
    texts = await search_texts.of_video(session, video_id)
    if texts is None:
        return
    if texts.is_searched:
        # Four hours of speech take a fifth of a second: not on the event loop.
        await search_index.store(session, await asyncio.to_thread(document_of, texts))
    else:
        await search_index.remove(session, video_id)


async def index_soon(unit: UnitOfWork, video_ids: Sequence[str]) -> None:
    """Like `index_video` for several; many of them are indexed in the background.

    Args:
        unit: The transaction in which they changed.
        video_ids: The videos.
    """
    if len(video_ids) > _AT_ONCE_MAX:
        await search_index.set_stale(unit.session, video_ids)
        unit.changes.search = True
        return
    for video_id in sorted(video_ids):
        await index_video(unit.session, video_id)


def document_of(texts: VideoTexts) -> NewDocument:
    """What the index is told of a video."""
    language = base_language(texts.language)
    head_forms: set[str] = set()
    chapter_forms: set[str] = set()
    forms: set[str] = set()
    head = [
        words(text or "", language, head_forms)
        for text in (texts.title, texts.channel, *texts.tags)
    ]
    chapters = [words(title, language, chapter_forms) for _start, _end, title in texts.chapters]
    others = [words(text or "", language, forms) for text in (texts.description, texts.note)]
    spoken, cue_starts = _spoken(texts.cues, language, forms)
    about = [token for field in (*head, *chapters, *others) for token in (*field, FIELD_END)]
    of_forms = _of_forms(forms, head_forms, chapter_forms, language)
    return NewDocument(
        video_id=texts.video_id,
        list_id=texts.list_id,
        language=language,
        version=ANALYSER_VERSION,
        words=[*_words(spoken, about, head, chapters), *of_forms],
        cue_starts=cue_starts,
        pieces=[about, *_pieces(spoken)],
    )


def _spoken(
    cues: Sequence[Sequence[Any]], language: str, forms: set[str]
) -> tuple[list[str], list[int]]:
    tokens: list[str] = []
    starts = []
    for _start, _end, text in cues:
        starts.append(len(tokens))
        tokens += words(text, language, forms)
    return tokens, starts


def _pieces(tokens: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, min(len(tokens), PIECE_TOKENS * (PIECES_MAX - 1)), PIECE_TOKENS):
        yield tokens[start : start + PIECE_TOKENS + OVERLAP_TOKENS]


def _words(
    spoken: Sequence[str],
    about: Sequence[str],
    head: Sequence[Sequence[str]],
    chapters: Sequence[Sequence[str]],
) -> list[str]:
    counted = Counter(spoken)
    often = (token for token, count in counted.items() if count >= _OFTEN)
    marked = chain(
        (ABOUT_MARK + token for token in chain.from_iterable(head)),
        (OFTEN_MARK + token for token in chain(often, chain.from_iterable(chapters))),
    )
    plain = (token for token in about if token != FIELD_END)
    return list(dict.fromkeys(chain(counted, plain, marked)))


def _of_forms(forms: set[str], head: set[str], chapters: set[str], language: str) -> list[str]:
    """Words that are not whole in their tokens, for who types more of one than its stem."""
    marked = ((ABOUT_MARK, head), (OFTEN_MARK, chapters), ("", forms | head | chapters))
    found = {mark + form_token(form, language) for mark, some in marked for form in some}
    return sorted(found)

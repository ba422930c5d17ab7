"""The words that are shown of what was found, with the marks on them."""

from collections.abc import Sequence
from typing import Final

from app.schemas.search import TextPart
from app.services.search.analysis import Token, tokens
from app.services.search.matching import Occurrence, Sought, Window, windows

EXCERPT_LENGTH: Final = 240
"""In characters: three lines on a telephone."""

_LEAD_LENGTH: Final = 60
# YouTube's titles have up to 100 characters, its descriptions 5000, and notes 20,000. What is longer is
# shown too, but only looked into so far.
_TITLE_LENGTH: Final = 1000
_TEXT_LENGTH: Final = 20_000
_CUT: Final = "…"


class Marker:
    """Marks what was searched for in texts of one language.

    Args:
        sought: What is searched for; small words are not marked by themselves.
        language: How the texts were analysed.
    """

    def __init__(self, sought: Sought, language: str) -> None:
        self._sought = sought
        self._language = language

    def marked(self, text: str) -> list[TextPart]:
        """A whole text; what is longer than any title is marked at its beginning."""
        spans = self._spans(list(tokens(text[:_TITLE_LENGTH], self._language)))
        return _parts(text, spans, 0, len(text))

    def terms_in(self, text: str) -> set[int]:
        """Which of the terms stand in a title."""
        analysed = list(tokens(text[:_TITLE_LENGTH], self._language))
        return {each.term for each in self._occurrences(analysed)}

    def best_window(self, text: str) -> Window | None:
        """Where in a text most of what is searched for stands; None if nothing of it does."""
        return self._best(list(tokens(text, self._language)))

    def excerpt(self, text: str) -> list[TextPart] | None:
        """The best place of a text; None if nothing of what is searched for stands in it.

        Args:
            text: Of any length.
        """
        analysed = list(tokens(text[:_TEXT_LENGTH], self._language))
        best = self._best(analysed)
        return None if best is None else self._around(text, analysed, analysed[best.start].start)

    def _best(self, analysed: Sequence[Token]) -> Window | None:
        best = max(
            windows(self._occurrences(analysed), self._sought),
            key=lambda window: (window.weight, window.score, -window.start),
            default=None,
        )
        return best if best is not None and best.weight > 0 else None

    def from_token(self, text: str, token_number: int) -> list[TextPart]:
        """A text from its beginning, or from shortly before a token that stands far behind.

        Args:
            text: Of any length.
            token_number: Which one, counted from 0.
        """
        analysed: list[Token] = []
        at = 0
        for number, token in enumerate(tokens(text, self._language)):
            if number == token_number:
                at = token.start
            # A line of a megabyte is not taken apart to its end.
            if number > token_number and token.start > at + 2 * EXCERPT_LENGTH:
                break
            analysed.append(token)
        return self._around(text, analysed, at)

    def _around(self, text: str, analysed: list[Token], at: int) -> list[TextPart]:
        start = 0
        if at + _LEAD_LENGTH > EXCERPT_LENGTH:
            start = _word_begin(text, at - _LEAD_LENGTH)
        end = len(text)
        if end - start > EXCERPT_LENGTH:
            end = _word_end(text, start + EXCERPT_LENGTH)
        return _parts(text, self._spans(analysed), start, end)

    def _occurrences(self, analysed: Sequence[Token]) -> list[Occurrence]:
        return self._sought.finder.occurrences(" ".join(token.text for token in analysed))

    def _spans(self, analysed: Sequence[Token]) -> list[tuple[int, int]]:
        """What to mark: the required terms, and small words that touch them."""
        found = self._occurrences(analysed)
        required = [each for each in found if each.term < self._sought.required_count]
        ends = {each.end for each in required}
        starts = {each.start for each in required}
        spans = []
        for each in found:
            touches = each.start in ends or each.end in starts
            if each.term < self._sought.required_count or touches:
                spans.append((analysed[each.start].start, analysed[each.end - 1].end))
        return _united(spans)


def _united(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _parts(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[TextPart]:
    parts = []
    place = start
    for begin, finish in spans:
        if finish <= place or begin >= end:
            continue
        first, last = max(begin, place), min(finish, end)
        if first > place:
            parts.append((text[place:first], False))
        parts.append((text[first:last], True))
        place = last
    if place < end:
        parts.append((text[place:end], False))
    if start > 0 and parts:
        parts.insert(0, (_CUT, False))
    if end < len(text) and parts:
        parts.append((_CUT, False))
    return [TextPart(text=piece, marked=marked) for piece, marked in _joined(parts)]


def _joined(parts: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for text, marked in parts:
        if joined and joined[-1][1] == marked:
            joined[-1] = (joined[-1][0] + text, marked)
        else:
            joined.append((text, marked))
    return joined


def _word_begin(text: str, at: int) -> int:
    """The beginning of the next word, unless that is far."""
    space = text.find(" ", at, at + _LEAD_LENGTH // 2)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    """The end of the word before, unless that is far."""
    space = text.rfind(" ", at - _LEAD_LENGTH // 2, at)
    return at if space < 0 else space

"""Text in pieces: a word with its punctuation, or one sign of a script without spaces."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

# Longer ones are no words; they are broken anywhere, so that a line of captions can hold them.
LONGEST_PIECE_WIDTH: Final = 42

# Controls, lone surrogates, noncharacters, what is invisible and joins nothing, and the sign for
# bytes that were no text. No database and no WebVTT file can hold all of them.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
# Thai, Lao, Burmese, Khmer: letters without spaces between words, which only a model can tell apart.
_UNSPACED: Final = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
_IDEOGRAPHIC: Final = (("\u2e80", "\ua4cf"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))
_RARE_IDEOGRAPHS: Final = ("\U00020000", "\U0003ffff")
# Small kana and marks that go with the sign before them.
_NEVER_FIRST: Final = frozenset("ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ")
_OPENING: Final = frozenset({"Ps", "Pi"})
_CLOSING: Final = frozenset({"Pe", "Pf"})
# French puts a space before some of these.
_STOPS: Final = frozenset(".,;:!?…%‰\"'、。，！？：；؟،؛।॥")
_JOINERS: Final = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Piece:
    """The least that is kept together.

    Args:
        text: With its punctuation.
        key: Its letters and digits alone, to compare with what was heard elsewhere.
        is_spaced: A space stands before it, unless it begins a line.
        may_begin_line: A line may be broken before it.
        start_seconds: When it is said.
        end_seconds: Until when.
    """

    text: str
    key: str
    is_spaced: bool = True
    may_begin_line: bool = True
    start_seconds: float = 0.0
    end_seconds: float = 0.0

    def at(self, start_seconds: float, end_seconds: float) -> "Piece":
        """The same at another time."""
        return replace(self, start_seconds=start_seconds, end_seconds=end_seconds)


def clean(text: str) -> str:
    """One line without controls, and without doubled spaces."""
    return " ".join(_UNWANTED.sub("", text).split())


def key_of(text: str) -> str:
    """What remains of a text when spelling, case and punctuation don't matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def width_of(text: str) -> int:
    """How many columns a text takes: Chinese, Japanese and Korean signs take two, accents none."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def is_ideographic(character: str) -> bool:
    """Whether it is of a script that puts no spaces between words, and may be broken anywhere."""
    return _is_in(character, (*_IDEOGRAPHIC, _RARE_IDEOGRAPHS))


def pieces_of(text: str) -> list[Piece]:
    """Take a text apart; the pieces, with their spaces, make up the cleaned text again."""
    found: list[Piece] = []
    for token in clean(text).split(" "):
        for place, part in enumerate(_split(token)):
            is_unspaced = place > 0 and _is_in(part[0], _UNSPACED)
            found.append(Piece(part, key_of(part), place == 0, not is_unspaced))
    return _with_letters(found)


def text_of(pieces: Iterable[Piece]) -> str:
    """Put pieces together."""
    return "".join(f" {each.text}" if each.is_spaced else each.text for each in pieces).strip(" ")


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_in(character: str, ranges: Iterable[tuple[str, str]]) -> bool:
    return any(first <= character <= last for first, last in ranges)


def _split(token: str) -> Iterator[str]:
    """Take a token apart where a script without spaces allows it, and where it is far too long."""
    part, width = "", 0
    for character in token:
        more = _width(character)
        if part and (_begins_piece(part[-1], character) or width + more > LONGEST_PIECE_WIDTH):
            yield part
            part, width = "", 0
        part += character
        width += more
    if part:
        yield part


def _begins_piece(before: str, character: str) -> bool:
    kind = unicodedata.category(character)
    if kind[0] in "MZ" or character in _JOINERS or before in _JOINERS:
        return False
    if character in _NEVER_FIRST or character in _STOPS or kind in _CLOSING:
        return False
    if unicodedata.category(before) in _OPENING:
        return False
    alone = (*_IDEOGRAPHIC, _RARE_IDEOGRAPHS, *_UNSPACED)
    return _is_in(character, alone) or _is_in(before, alone)


def _with_letters(pieces: list[Piece]) -> list[Piece]:
    """Joins pieces without letters with their neighbours, so that each one is something said."""
    joined: list[Piece] = []
    waiting: Piece | None = None
    for piece in pieces:
        if piece.key:
            joined.append(_glued(waiting, piece) if waiting else piece)
            waiting = None
        elif joined and not waiting and _ends_something(piece.text):
            joined[-1] = _glued(joined[-1], piece)
        else:
            waiting = _glued(waiting, piece) if waiting else piece
    if waiting and joined:
        joined[-1] = _glued(joined[-1], waiting)
    return joined


def _ends_something(text: str) -> bool:
    return text[0] in _STOPS or unicodedata.category(text[0]) in _CLOSING


def _glued(first: Piece, second: Piece) -> Piece:
    space = " " if second.is_spaced else ""
    return replace(first, text=f"{first.text}{space}{second.text}", key=first.key + second.key)

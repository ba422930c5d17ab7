"""Reads what a person typed into the search: words, "phrases", prefixes*, and -what is left out."""

import re
from dataclasses import dataclass, replace
from typing import Final

from app.services.search.analysis import UNSEEN, fold, is_substring_script, words

TERMS_MAX: Final = 24
"""What comes after so many words narrows nothing any more, and each one costs time. Words that are left
out are counted by themselves: each of them narrows."""

PREFIX_MIN_LETTERS: Final = 2
"""A single letter with a star would be the beginning of everything."""

_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART: Final = re.compile(
    # Copied text has marks of direction in front of anything.
    rf'(?P<minus>(?<!\S)[{UNSEEN}]*[-−–])?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))(?P<star>(?<=")\*)?'
)
# Small words of questions. They are indexed and found like all others, but a video that lacks one of
# them is found too as long as there is something else to look for.
_SMALL_WORDS_TEXT: Final = """
    a about an and are as at be but by can could did do does for from had has have how i if in
    into is it its many me much my of on or our should so than that the their them then there
    these they this to was we were what when where which who why will with would you your
    aber als am an auf aus bei bin bist da das dass dem den der des die dies diese dieser doch
    du ein eine einem einen einer eines er es euch für hat hatte habe haben ich ihr im in ist ja
    kann kannst können man mein mich mir mit nach noch nur ob oder sich sie sind so soll sollte
    über um und uns viel viele vom von vor wann war warum was weil welche welcher wenn wer
    werden wie wieso wir wird wo wurde zu wieviel zum zur au aux ce ces combien comment dans de
    des du elle en est et il ils je la le les leur mais nous on ou où par pas pour pourquoi qu
    quand que quel quelle qui sa se ses son sont sur tu un une vous
    como con cuando cuanta cuantas cuanto cuantos del donde el ella en es esta este la las lo
    los muy no nos por porque que quien se si sin su sus un una y
    а в во где для и из к как когда ли на не о от по почему при с со у что это
"""
_SMALL_WORDS: Final = frozenset(fold(word) for word in _SMALL_WORDS_TEXT.split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A word or phrase that is looked for, as it was typed.

    Args:
        text: Without quotes and stars.
        is_phrase: It stood in quotes.
        is_prefix: Its last word only begins so.
    """

    text: str
    is_phrase: bool = False
    is_prefix: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it says little by itself."""
        return not (self.is_phrase or self.is_prefix) and fold(self.text) in _SMALL_WORDS


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Args:
        required: All of these.
        optional: Small words between them, which only put a video further up.
        excluded: None of these.
        words: Required and optional ones as they stood, where nothing else was said about them.
    """

    required: tuple[Clause, ...]
    optional: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not (self.required or self.excluded)

    def still_typed(self) -> "Query | None":
        """The same, while its last word is still being typed; None if that is nothing else.

        The word is a beginning then; a single letter, the beginning of everything, says nothing yet.
        """
        *others, last = self.required or (None,)
        if last is None or last.is_phrase or last.is_prefix:
            return None
        if _may_be_prefix(last.text):
            return replace(self, required=(*others, replace(last, is_prefix=True)))
        return replace(self, required=tuple(others)) if others and _is_one_letter(last) else None


def parse(text: str) -> Query:
    """Reads a query; there is none that can't be read.

    Args:
        text: As it was typed.
    """
    clauses: list[Clause] = []
    excluded: list[Clause] = []
    plain: list[str] = []
    for part in _PART.finditer(text.translate(_QUOTES)):
        clause = _clause(part)
        read = excluded if part["minus"] else clauses
        if clause is None or len(read) >= TERMS_MAX:
            continue
        read.append(clause)
        if read is clauses:
            plain.append(clause.text)
    clauses = list(dict.fromkeys(clauses))
    required = [clause for clause in clauses if not clause.is_small]
    optional = [clause for clause in clauses if clause.is_small] if required else []
    return Query(
        tuple(required or clauses),
        tuple(optional),
        tuple(dict.fromkeys(excluded)),
        tuple(plain) if len(plain) > 1 else (),
    )


def _clause(part: re.Match[str]) -> Clause | None:
    quoted = part["quoted"]
    text = quoted if quoted is not None else part["plain"]
    is_prefix = bool(part["star"]) or (quoted is None and text.endswith("*"))
    text = text.strip("*").strip()
    if not words(text, ""):
        return None
    return Clause(text, quoted is not None, is_prefix and _may_be_prefix(text))


def _is_one_letter(clause: Clause) -> bool:
    letter = fold(clause.text)
    return len(letter) == 1 and letter.isalpha() and not is_substring_script(letter)


def _may_be_prefix(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1]
    return len(fold(last)) >= PREFIX_MIN_LETTERS

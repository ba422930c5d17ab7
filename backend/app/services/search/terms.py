"""What a query's words are in the languages of a library."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.repositories.search_expressions import Expression, Run, any_of
from app.services.search.analysis import (
    NO_LANGUAGE,
    Token,
    fold,
    is_substring_script,
    tokens,
    whole_word,
    words,
)
from app.services.search.query import Clause

RUN_TOKENS_MAX: Final = 32
"""What follows after so many words of a phrase is not looked at: whoever quotes so much has found it."""

FORM_MARK: Final = "="
"""Begins, among a document's words, those that are longer than their stems: "happin*" is to find
"happiness", of which the stem is "happi"."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, as tokens.

    Args:
        runs: What it is in each language, each once; one of them has to be found.
        forms: Marked words that begin with it, which only a document's words have.
    """

    runs: tuple[Run, ...]
    forms: tuple[Run, ...] = ()

    @property
    def expression(self) -> Expression:
        """What to ask an index for."""
        return any_of((*self.runs, *self.forms))

    @property
    def is_single(self) -> bool:
        """Whether it is one token in every language."""
        return all(len(run.tokens) == 1 for run in self.runs)

    def within(self, document_words: str, language: str) -> "Term":
        """The same for one document, whose stems tell where words that begin with it stand.

        Args:
            document_words: Its words, marked ones too.
            language: How they were analysed.
        """
        found = dict.fromkeys(self.runs)
        begins = tuple(run.tokens[0] for run in self.runs if run.is_prefix)
        mark = form_token("", language)
        for begin in (form.tokens[0] for form in self.forms if form.tokens[0].startswith(mark)):
            for form in re.findall(f"{re.escape(begin)}[^ ]*", document_words):
                stems = words(form.removeprefix(mark), language)
                found |= {Run((stem,)): None for stem in stems if not stem.startswith(begins)}
        return replace(self, runs=tuple(found))


def form_token(folded: str, language: str) -> str:
    """What stands for a whole word, or for its beginning, among a document's words.

    Args:
        folded: The word.
        language: One that `base_language` gave.
    """
    return FORM_MARK + whole_word(folded, language)


def term_of(clause: Clause, languages: Sequence[str]) -> Term:
    """The tokens of a clause.

    Args:
        clause: With at least one word.
        languages: Those in which anything is indexed.
    """
    runs: dict[Run, None] = {}
    forms: dict[Run, None] = {}
    for language in languages:
        found = _runs(clause, language)
        runs |= dict.fromkeys(found)
        forms |= dict.fromkeys(_forms(found, language))
    return Term(tuple(runs), tuple(forms))


def _runs(clause: Clause, language: str) -> list[Run]:
    found = list(tokens(clause.text, language))
    if len(found) > RUN_TOKENS_MAX:
        return [Run(tuple(token.text for token in found[:RUN_TOKENS_MAX]))]
    texts = tuple(token.text for token in found)
    last = clause.text[found[-1].start : found[-1].end]
    if is_substring_script(last):
        if _repeats_its_letter(found):
            return [Run(texts[:-1])]
        # By itself a letter is the first of many pairs.
        return [Run(texts, is_prefix=True)]
    if clause.is_prefix:
        begin = whole_word(fold(last), language)
        beginning = Run((*texts[:-1], begin), is_prefix=True)
        return [beginning] if texts[-1].startswith(begin) else [beginning, Run(texts)]
    return [Run(texts)]


def _forms(runs: Sequence[Run], language: str) -> list[Run]:
    """Of words by themselves: where a phrase stands is told by pieces, which have no forms."""
    return [
        Run((FORM_MARK + run.tokens[0],), is_prefix=True)
        for run in runs
        if run.is_prefix and len(run.tokens) == 1 and _is_stemmed(run.tokens[0], language)
    ]


def _is_stemmed(token: str, language: str) -> bool:
    return language != NO_LANGUAGE and not is_substring_script(token)


def _repeats_its_letter(found: Sequence[Token]) -> bool:
    """The last letter of a run of letters is a token by itself, which only stands at its very end."""
    return len(found) > 1 and found[-2].end == found[-1].end

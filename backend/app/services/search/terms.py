"""What a query's words are in the languages of a library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.repositories.search_expressions import Expression, Run, any_of
from app.services.search.analysis import Token, fold, is_substring_script, tag_of, tokens
from app.services.search.query import Clause

RUN_TOKENS_MAX: Final = 32
"""What follows after so many words of a phrase is not looked at: whoever quotes so much has found it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, as tokens.

    Args:
        runs: What it is in each language, each once; one of them has to be found.
    """

    runs: tuple[Run, ...]

    @property
    def expression(self) -> Expression:
        """What to ask an index for."""
        return any_of(self.runs)

    @property
    def is_single(self) -> bool:
        """Whether it is one token in every language."""
        return all(len(run.tokens) == 1 for run in self.runs)


def term_of(clause: Clause, languages: Sequence[str]) -> Term:
    """The tokens of a clause.

    Args:
        clause: With at least one word.
        languages: Those in which anything is indexed.
    """
    runs: dict[Run, None] = {}
    for language in languages:
        runs |= dict.fromkeys(_runs(clause, language))
    return Term(tuple(runs))


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
        return [Run((*texts[:-1], tag_of(language) + fold(last)), is_prefix=True), Run(texts)]
    return [Run(texts)]


def _repeats_its_letter(found: Sequence[Token]) -> bool:
    """The last letter of a run of letters is a token by itself, which only stands at its very end."""
    return len(found) > 1 and found[-2].end == found[-1].end

"""Comparing what was heard with what was said."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from standin.talk import Said

_NOT_OF_A_WORD = re.compile(r"[^a-z0-9' ]+")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation."""
    return _NOT_OF_A_WORD.sub(" ", text.lower()).split()


def words_said(said: Iterable[Said], start: float = 0.0, end: float = float("inf")) -> list[str]:
    """Return the words of all sentences that lie between two moments."""
    inside = [one for one in said if start <= one.start_seconds and one.end_seconds <= end]
    return [word for one in inside for word in plain_words(one.text)]


def word_error(said: Sequence[str], heard: Sequence[str]) -> float:
    """Return the share of wrong words: replaced, left out or added ones per word said.

    The words are aligned by their common runs, which never counts fewer errors than the
    smallest edit distance.
    """
    wrong = 0
    matcher = SequenceMatcher(None, said, heard, autojunk=False)
    for kind, said_from, said_to, heard_from, heard_to in matcher.get_opcodes():
        if kind != "equal":
            wrong += max(said_to - said_from, heard_to - heard_from)
    return wrong / max(1, len(said))


def start_errors(
    said: Iterable[Said], heard: Iterable[tuple[float, str]], within: float = 8.0
) -> list[float]:
    """Return by how many seconds each sentence's first word was heard away from its place.

    Args:
        said: The sentences.
        heard: Time and text of each word that was heard, in order.
        within: A sentence without its first word so near is left out; `word_error` counts it.
    """
    words = [(at, plain_words(text)[:1]) for at, text in heard]
    errors = []
    for one in said:
        first = plain_words(one.text)[:1]
        offsets = [abs(at - one.start_seconds) for at, word in words if word == first]
        near = [offset for offset in offsets if offset < within]
        if near:
            errors.append(min(near))
    return errors

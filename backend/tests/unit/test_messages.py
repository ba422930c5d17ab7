"""People read sentences, never codes."""

import re

import pytest

from app.core.errors import ErrorCode
from app.core.messages import message_for, preferred_language


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_has_a_plain_sentence_in_both_languages(code: ErrorCode) -> None:
    german, english = message_for(code, "de"), message_for(code, "en")

    assert german != english
    for sentence in (german, english):
        assert sentence.endswith(".")
        assert code not in sentence
        assert not re.search(r"\d{3}|Error|Exception|HTTP|null|!", sentence)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,de;q=0.5", "en"),
        ("fr,de;q=0.3", "de"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_the_language_is_the_one_named_first(header: str, language: str) -> None:
    assert preferred_language(header) == language

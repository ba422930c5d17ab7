"""Small readers of what others send: whatever it is, they answer, and what they answer can be used."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.core.logs import Redactor
from app.core.messages import preferred_language
from app.core.texts import key_of, lines_of_text, printable, visible_name
from app.services.accounts.visitors import Visitor
from app.services.enrichment.transcript_answers import language_code
from app.services.importing.table_text import original_cell, reversible_cell, safe_cell
from app.services.playlists.words import judge_playlist_message

ANY = st.text(max_size=80)
HEADERS = st.lists(
    st.sampled_from(("de", "en", "*", ";q=", "0.5", ",", "-", "x" * 40, " ", "é", "1e999")) | ANY,
    max_size=8,
).map("".join)


@given(HEADERS)
def test_any_header_names_one_of_the_two_languages(header: str) -> None:
    assert preferred_language(header) in ("de", "en")


@given(ANY, ANY)
def test_any_visitor_can_be_counted_and_shown(address: str, client: str) -> None:
    visitor = Visitor(address=address, client=client, is_from_here=False)

    assert isinstance(visitor.network, str)
    assert visitor.shown_client.isprintable()
    assert len(visitor.shown_address) <= 64


@given(ANY)
def test_any_text_becomes_a_name_without_what_no_page_can_show(text: str) -> None:
    for name in (printable(text), visible_name(text)):
        assert not any(unicodedata.category(letter) == "Cc" for letter in name)
    assert "\r" not in lines_of_text(text)
    assert len(key_of(text * 20)) <= 200


@given(ANY, st.text("abcdefghijklmnop0123456789", min_size=8, max_size=20))
def test_a_known_secret_is_taken_out_of_any_text(text: str, secret: str) -> None:
    assert secret not in Redactor([secret])(f"{text}{secret}{text}")


@given(ANY)
def test_a_cell_that_is_read_again_is_what_it_was_and_never_a_formula(text: str) -> None:
    text = text.replace("\x00", "")

    assert original_cell(reversible_cell(text)) == text
    for cell in (safe_cell(text), reversible_cell(text)):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@given(ANY | st.none() | st.integers() | st.lists(ANY, max_size=2))
def test_any_name_of_a_language_is_a_code_or_nothing(name: object) -> None:
    code = language_code(name)

    assert code is None or (code.isascii() and 2 <= len(code) <= 3)


@given(st.text(max_size=200))
def test_any_words_about_a_playlist_are_judged(words: str) -> None:
    assert str(judge_playlist_message(words)) is not None

"""The analyser and the reader of queries, for any text at all."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.search.analysis import (
    TOKEN_MAX_LENGTH,
    base_language,
    fold,
    is_substring_script,
    tokens,
    words,
)
from app.services.search.query import TERMS_MAX, Clause, parse
from app.services.search.terms import RUN_TOKENS_MAX, form_token, term_of

LANGUAGES = ["", "de", "en", "fr", "es", "ru", "it", "tr", "hi", "ar", "id"]
# Every kind of character, and more often those that make trouble.
TROUBLE = "aäßéñœøłıİſ'’\"-−*_&|!:()<>^+~\\/"
TROUBLE += "\u0301\u0308\u00ad\u200b\u200d\u202e\ufeff \n\t\x01字あ조ท้ه\u0651ש🚲ﬁ①Ⅷ½"
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(TROUBLE), st.characters(exclude_categories=["Cs"])),
    max_size=60,
)
SPOKEN = st.text(alphabet=string.ascii_letters + "äöüßéèñ", min_size=1, max_size=12)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_tokens_hold_no_space_and_nothing_that_a_database_reads_as_a_sign(text: str, language: str):
    for token in tokens(text, language):
        assert token.text
        assert not any(letter.isspace() for letter in token.text)
        assert not set(token.text) & set("'\"\\&|!:*()<>^+_\x00")
        assert len(token.text) <= TOKEN_MAX_LENGTH


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_tokens_stand_in_their_text_in_order(text: str, language: str):
    last = 0
    for token in tokens(text, language):
        assert 0 <= last <= token.start < token.end <= len(text)
        last = token.start


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_the_quick_way_gives_the_same_tokens(text: str, language: str):
    assert words(text, language) == [token.text for token in tokens(text, language)]


@given(
    st.text(st.sampled_from("aDsTlLvem09_'\" -.\n\x00"), max_size=40), st.sampled_from(LANGUAGES)
)
def test_the_quickest_way_for_plain_words_gives_the_same_tokens(text: str, language: str):
    assert words(text, language) == [token.text for token in tokens(text, language)]


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_case_form_and_composition_make_no_difference(text: str, language: str):
    plain = words(text, language)
    assert words(unicodedata.normalize("NFC", text), language) == words(
        unicodedata.normalize("NFD", text), language
    )
    if text.isascii():
        assert words(text.upper(), language) == words(text.lower(), language) == plain


@given(st.lists(SPOKEN, min_size=1, max_size=8), st.sampled_from(LANGUAGES))
def test_a_word_always_finds_itself(spoken: list[str], language: str):
    indexed = words(" ".join(spoken), language)
    assert len(indexed) == len(spoken)
    for word, token in zip(spoken, indexed, strict=True):
        query = parse(word)
        (clause,) = query.required
        assert any(run.tokens == (token,) for run in term_of(clause, [language]).runs)


@given(SPOKEN | st.sampled_from(["happiness", "x" * 60, "membaca"]), st.sampled_from(LANGUAGES))
def test_a_word_is_found_by_each_of_its_beginnings(word: str, language: str):
    forms: set[str] = set()
    indexed = [*words(word, language, forms), *(form_token(form, language) for form in forms)]
    for end in range(1, len(word) + 1):
        term = term_of(Clause(word[:end], is_prefix=True), [language])
        begins = [run.tokens[0] for run in (*term.runs, *term.forms) if run.is_prefix]
        assert any(token.startswith(tuple(begins)) for token in indexed)
        within = term.within(" ".join(indexed), language)
        assert any(
            indexed[0].startswith(run.tokens[0]) if run.is_prefix else indexed[0] == run.tokens[0]
            for run in within.runs
        )


@given(st.lists(SPOKEN, min_size=1, max_size=8), st.sampled_from(LANGUAGES))
def test_a_phrase_always_finds_itself(spoken: list[str], language: str):
    (clause,) = parse(f'"{" ".join(spoken)}"').required
    assert clause.is_phrase
    wanted = tuple(words(" ".join(spoken), language))
    assert any(run.tokens == wanted for run in term_of(clause, [language]).runs)


@given(TEXTS)
@settings(max_examples=300)
def test_everything_can_be_read_as_a_query(text: str):
    query = parse(text)
    clauses = [*query.required, *query.optional, *query.excluded]
    assert len(query.required) + len(query.optional) <= TERMS_MAX
    assert len(query.excluded) <= TERMS_MAX
    assert query.is_empty == (not query.required and not query.excluded)
    for clause in clauses:
        term = term_of(clause, LANGUAGES)
        assert term.runs
        for run in term.runs:
            assert 0 < len(run.tokens) <= RUN_TOKENS_MAX
            assert all(token and not any(map(str.isspace, token)) for token in run.tokens)
    if (typed := query.still_typed()) is not None:
        shorter = typed.required == query.required[:-1]
        assert typed.required
        assert shorter or typed.required[-1].is_prefix


def test_what_is_left_out_is_read_however_many_words_stand_before_it():
    words_before = " ".join(f"w{number}" for number in range(TERMS_MAX + 5))
    query = parse(f"{words_before} -secret")
    assert len(query.required) == TERMS_MAX
    assert query.excluded == (Clause("secret"),)
    assert len(parse(words_before.replace("w", "-w")).excluded) == TERMS_MAX


@given(st.text(alphabet=string.punctuation + " \u3000\n„“”«»…—–¿¡。、؟", max_size=20))
def test_marks_alone_ask_for_nothing(text: str):
    assert parse(text).is_empty


@given(st.text(alphabet="東京都日本語ภาษาไทยكتابספר한국어", min_size=1, max_size=12), st.data())
def test_any_part_of_writing_without_spaces_is_a_run_of_the_whole(text: str, data: st.DataObject):
    """Tokens of a part, with its last one as a prefix, stand in a row among those of the whole."""
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    if not is_substring_script(part) or unicodedata.category(part[0]).startswith("M"):
        return
    following = text[start + len(part) :]
    if following and unicodedata.category(following[0]).startswith("M"):
        return
    whole = f" {' '.join(words(text, ''))} "
    clause = parse(part).required[0]
    runs = term_of(clause, [""]).runs
    assert any(f" {' '.join(run.tokens)}{'' if run.is_prefix else ' '}" in whole for run in runs)


UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u061c\ufeff"


@given(
    st.sampled_from(
        ["Zeitschrift", "don't", "l'amour", "naïve", "कक्षा", "میخواهم", "ภาษาไทย", "한국어"]
    ),
    st.sampled_from(UNSEEN),
    st.data(),
)
def test_signs_that_nobody_sees_do_not_change_a_word(word: str, sign: str, data: st.DataObject):
    at = data.draw(st.integers(1, len(word)).filter(lambda at: word[at - 1] != "'"))
    written = word[:at] + sign + word[at:]
    if not word[at:].startswith("'"):
        assert words(written, "de") == words(word, "de")
    assert fold(written) == fold(word)
    assert is_substring_script(written) == is_substring_script(word)


def test_a_word_with_unseen_signs_in_it_stands_where_it_stands():
    text = "die Zeit\u00adschrift\u202c, wa\u200bter\u200b und ภาษา\u200b"
    spans = [text[token.start : token.end] for token in tokens(text, "de")]
    assert spans == ["die", "Zeit\u00adschrift", "wa\u200bter", "und", "ภา", "าษ", "ษา", "า"]


@given(st.text(alphabet=UNSEEN + " *-\"'", max_size=20))
def test_unseen_signs_alone_ask_for_nothing(text: str):
    assert parse(text).is_empty


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("de-AT", "de"), ("pt_BR", "pt"), ("EN-orig", "en"), ("xx", ""), ("", ""), (None, ""),
     ("zh-Hans", ""), ("-", ""), ("de-DE-u-co-phonebk", "de")],
)  # fmt: skip
def test_a_language_is_known_by_the_beginning_of_its_code(code: str | None, language: str):
    assert base_language(code) == language


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("eins zwei", ["eins", "zwei"]),
        ('"eins zwei" drei', ['"eins zwei"', "drei"]),
        ('"eins zwei', ['"eins zwei"']),
        ("„eins zwei“", ['"eins zwei"']),
        ("«eins zwei» drei", ['"eins zwei"', "drei"]),
        ("eins*", ["eins*"]),
        ('"eins zw"*', ['"eins zw"*']),
        ("eins -zwei", ["eins", "-zwei"]),
        ('eins -"zwei drei"', ["eins", '-"zwei drei"']),
        ("eins-zwei", ["eins-zwei"]),
        ("eins - zwei", ["eins", "zwei"]),
        ("-", []),
        ('""', []),
        ("eins eins", ["eins"]),
    ],
)
def test_a_query_is_read_as_people_mean_it(text: str, clauses: list[str]):
    query = parse(text)
    read = [
        f"{minus}{mark}{clause.text}{mark}{'*' if clause.is_prefix else ''}"
        for minus, group in (("", query.required), ("-", query.excluded))
        for clause in group
        for mark in ('"' if clause.is_phrase else "",)
    ]
    assert read == clauses

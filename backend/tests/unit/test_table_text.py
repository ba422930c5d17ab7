"""A table that is opened in a spreadsheet calculates nothing."""

import csv
import io

import pytest

from app.services.importing.table_text import safe_cell, table_rows


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30 1234",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "   =cmd|' /C calc'!A0",
        "\u00a0=1",
        "-dQw4w9WgXc",
        "＝1+1",
        "\v=1",
    ],
)
def test_a_cell_that_could_be_a_formula_is_marked_as_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "1+1", "Titel = Inhalt", "'=1", "https://youtu.be/x"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_quotes_commas_and_line_breaks_come_back_as_they_were() -> None:
    rows = [['Er sagte "ja", dann', "zwei\nZeilen", "", "ümlaut; Strich"], ["a", "b", "c", "d"]]

    text = table_rows(rows)

    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows


def test_nothing_leaves_its_cell_to_begin_a_formula_in_another() -> None:
    text = table_rows([['a","=1+1', 'x"\r\n=2']])

    (row,) = list(csv.reader(io.StringIO(text, newline="")))
    assert row == ['a","=1+1', 'x"\r\n=2']
    assert ',"=' not in text.replace('"",""=', "")

"""Tables as text that spreadsheets read, and never run."""

import csv
import io
from collections.abc import Iterable

# Excel takes a file without it for one in an old encoding.
BYTE_ORDER_MARK = "\ufeff"

# What makes a spreadsheet take a cell for a formula (OWASP, "CSV injection"), also behind spaces; a
# few take the full-width forms as well.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL_STARTS = ("\t", "\r", "\n")


def safe_cell(value: str) -> str:
    """A cell that shows this text; an apostrophe keeps a spreadsheet from calculating it."""
    text = value.replace("\x00", "")
    if text.startswith(_CONTROL_STARTS) or text.lstrip().startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text


def reversible_cell(value: str) -> str:
    """Like ``safe_cell``, for tables that are read again: ``original_cell`` gives the same text back."""
    return f"'{value}" if value.startswith("'") else safe_cell(value)


def original_cell(cell: str) -> str:
    """The text of a ``reversible_cell``."""
    return cell.removeprefix("'")


def table_rows(rows: Iterable[Iterable[str]]) -> str:
    """Rows as comma-separated values (RFC 4180), every cell quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()

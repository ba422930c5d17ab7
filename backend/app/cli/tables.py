"""Tables: for people in a terminal, and as tab-separated lines for programs."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from app.cli.terminal import terminal, write
from app.cli.words import plain


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their names.

    Args:
        head: The names of the columns, shown to people only.
        rows: Somebody's words are cleaned here.
    """
    clean = [[plain(cell) for cell in row] for row in rows]
    console = terminal()
    if console is None:
        for row in clean:
            write("\t".join(row))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in head:
        table.add_column(Text(name, style="bold"), overflow="fold")
    for row in clean:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)

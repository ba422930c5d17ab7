"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

_STDOUT = Path("-")


def _none_if_stdout(output: Path | None) -> Path | None:
    return None if output == _STDOUT else output


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="A file or a directory; else stdout.", callback=_none_if_stdout
    ),
]

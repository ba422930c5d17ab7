"""`videothek doctor`, as people run it."""

import asyncio
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from app.cli import app as command

PAGE = "page"


async def doctor(directory: Path, language: str = "C", **settings: str) -> Result:
    """Examine the installation in a directory, which has a page."""
    page = directory / PAGE
    page.mkdir(exist_ok=True)
    (page / "index.html").touch()
    environment = {f"VIDEOTHEK_{name}": value for name, value in settings.items()}
    environment |= {
        "VIDEOTHEK_DATA_DIR": str(directory),
        "VIDEOTHEK_FRONTEND_DIR": str(page),
        "LANG": language,
    } | {name: value for name, value in environment.items() if name.endswith("FRONTEND_DIR")}
    return await asyncio.to_thread(CliRunner().invoke, command, ["doctor"], env=environment)

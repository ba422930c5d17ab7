"""This machine's own installation: its settings, and where its server was seen last."""

import os
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.cli.failures import give_up
from app.cli.log_setup import log_for_people
from app.core.settings import Settings


class Addresses(NamedTuple):
    """Where a server is: for people, and for programs on the same machine."""

    public: str
    local: str


def load_settings() -> Settings:
    """The settings, or a plain sentence about the first that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        name = "_".join(str(part) for part in error.errors()[0]["loc"]).upper()
        give_up(f"VIDEOTHEK_{name} is not right: {what_is_wrong(error.errors()[0])}.")
    log_for_people(settings)
    return settings


def what_is_wrong(error: ErrorDetails) -> str:
    """What a person can read of a value that a setting does not take."""
    if error["type"] == "string_pattern_mismatch":
        return "the README says what it may be"
    return error["msg"].removeprefix("Value error, ")


def leave_addresses(settings: Settings, addresses: Addresses) -> None:
    """Write down where the server is, for the other commands."""
    file = _file(settings)
    # Nobody may read half of it.
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text("\n".join(addresses))
    fresh.replace(file)


def left_addresses(settings: Settings) -> Addresses | None:
    """Where the server was when it started last; None if there never was one."""
    try:
        lines = _file(settings).read_text().split()
    except (OSError, UnicodeDecodeError):
        return None
    return Addresses(lines[0], lines[-1]) if lines else None


def _file(settings: Settings) -> Path:
    return settings.data_dir / "address"

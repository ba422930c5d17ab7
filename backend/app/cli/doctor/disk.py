"""Is there a place for data, and room in it?"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.cli.doctor.findings import Finding, State
from app.cli.words import say, terminal_language
from app.core.settings import Settings

_LEAST_BYTES: Final = 100 * 1000**2
_FEW_BYTES: Final = 1000**3
# A twentieth of a small disk is little; of one with terabytes it is not.
_FEW_PART: Final = 0.05
_PLENTY_BYTES: Final = 20 * 1000**3
_STEP: Final = 1000


def disk(settings: Settings) -> Iterator[Finding]:
    """The folder for data, and the space on every volume that is written to."""
    yield _folder(settings.data_dir)
    data = _existing(settings.data_dir)
    yield _space(data, "doctor_disk_data")
    file = database_file(settings)
    if file is not None and _volume(place := _existing(file.parent)) != _volume(data):
        yield _space(place, "doctor_disk_database")


def database_file(settings: Settings) -> Path | None:
    """The database, if it is a file."""
    try:
        url = make_url(settings.resolved_database_url)
    except ArgumentError:
        return None
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def size_text(size_bytes: float) -> str:
    """A size as people read it."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < _STEP:
            return f"{size:.0f} {unit}"
        size /= _STEP
    text = f"{size:.1f} GB"
    return text.replace(".", ",") if terminal_language() == "de" else text


def _folder(folder: Path) -> Finding:
    existing = _existing(folder)
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return Finding(State.GOOD, say("doctor_folder", name=folder))
    return Finding(State.BAD, say("doctor_folder_bad", name=folder), say("doctor_folder_advice"))


def _existing(folder: Path) -> Path:
    """Before the first start it is not there; then it is its parent that has to let it be made."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())


def _volume(place: Path) -> int:
    return place.stat().st_dev


def _space(place: Path, what: str) -> Finding:
    total, _used, free = shutil.disk_usage(place)
    sentence = say("doctor_disk", what=say(what), free=size_text(free), total=size_text(total))
    if free < _LEAST_BYTES:
        return Finding(State.BAD, sentence, say("doctor_disk_advice"))
    if free < _FEW_BYTES or free < min(_FEW_PART * total, _PLENTY_BYTES):
        return Finding(State.WARNING, sentence, say("doctor_disk_advice"))
    return Finding(State.GOOD, sentence)

"""Backups of this installation's own library, where it is a file."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from app.adapters.worker_locks import has_living_workers
from app.core.settings import Settings
from app.migrations.runner import migrate_to, revisions
from app.services import backups
from app.services.backups import Report, Schema


def library_file(settings: Settings) -> Path | None:
    """The file of SQLite that the settings name; None if they name a server."""
    url = make_url(settings.resolved_database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def restore(
    backup: Path, library: Path, settings: Settings, *, now: datetime, report: Report
) -> Path | None:
    """Put a backup in the place of this installation's library (`services.backups.restore`)."""
    folders = {settings.data_dir.absolute(), library.absolute().parent}
    return backups.restore(
        backup,
        library,
        Schema(frozenset(revisions()), lambda url: migrate_to(url, "head")),
        is_in_use=lambda: any(has_living_workers(folder) for folder in folders),
        now=now,
        report=report,
    )

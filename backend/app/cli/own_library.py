"""This machine's own installation: the file of its library, its schema, and whether a server runs."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url

from app.adapters.worker_locks import has_living_workers
from app.core.settings import Settings
from app.migrations.runner import migrate_to, prepare_for_copy, revisions
from app.services.schema import Schema

_POSTGRESQL_PORT = 5432


def own_schema() -> Schema:
    """What this version makes of a database."""
    known = revisions()
    return Schema(known[0], frozenset(known), lambda url: migrate_to(url, "head"), prepare_for_copy)


def library_file(settings: Settings) -> Path | None:
    """The file of SQLite that the settings name; None if they name a server."""
    url = make_url(settings.resolved_database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def is_in_use(url: str, settings: Settings) -> bool:
    """Whether a server of this machine works on a database.

    Args:
        url: A SQLAlchemy URL.
        settings: The data directory's workers work on the database that they name.
    """
    parsed = make_url(url)
    folders = []
    if parsed.get_backend_name() == "sqlite":
        folders.append(Path(parsed.database or "").absolute().parent)
    if _place(parsed) == _place(make_url(settings.resolved_database_url)):
        folders.append(settings.data_dir)
    return any(has_living_workers(folder) for folder in folders)


def _place(url: URL) -> tuple[str, ...]:
    if url.get_backend_name() == "sqlite":
        return (str(Path(url.database or "").resolve()),)
    return (url.host or "", str(url.port or _POSTGRESQL_PORT), url.database or "")

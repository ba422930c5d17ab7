"""The schema of the database, for services that meet others than the one that is open."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schema:
    """What this version makes of a database.

    Args:
        head: The newest revision.
        known: All revisions.
        migrate: Brings a database to the newest one; takes its SQLAlchemy URL.
        prepare: Likewise, as the place of a copy: nobody can serve it from the first table on.
    """

    head: str
    known: frozenset[str]
    migrate: Callable[[str], None]
    prepare: Callable[[str], None]

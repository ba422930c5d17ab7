"""The two databases that everything is measured on."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.databases import PostgresTemplates
from tests.support.postgres import running_server


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Databases by name: a file of the application's own, and an empty one on a server."""
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        with PostgresTemplates(server).fresh(Path(name)) as url:
            yield {"SQLite": "", "PostgreSQL": url}

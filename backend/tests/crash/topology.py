"""Which processes an installation consists of."""

import os
import subprocess
import sys
from dataclasses import dataclass

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, slots=True)
class Topology:
    """The processes beside the database.

    Args:
        database: ``sqlite`` or ``postgresql``.
        apps: How many serve the page.
        workers: How many only work; with none of them the apps work too.
    """

    database: str
    apps: int = 1
    workers: int = 0

    def __str__(self) -> str:
        if not self.workers:
            return f"{self.apps} serve"
        return f"{self.apps} serve, {self.workers} worker"


def has_worker_command() -> bool:
    """Whether this Videothek has workers of their own."""
    command = [sys.executable, "-m", "app.cli", "worker", "--help"]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0


def topology_of(database: str) -> Topology:
    """The processes that are usual with a database."""
    if database == SQLITE or not has_worker_command():
        return Topology(database)
    return Topology(database, apps=2, workers=3)


def clean_environment() -> dict[str, str]:
    """Ours, without what is set for a Videothek of the person who runs this."""
    ours = {name: value for name, value in os.environ.items() if "VIDEOTHEK" not in name}
    return {**ours, "PYTHONUNBUFFERED": "1"}

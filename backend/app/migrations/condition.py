"""How a database's schema stands to this program's."""

from enum import Enum
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError


class SchemaCondition(Enum):
    """Whether the program can work with it."""

    MISSING = "missing"
    CURRENT = "current"
    OLDER = "older"
    # Nobody here has heard of it.
    NEWER = "newer"


def newest_revision() -> str:
    """What this program's own schema is called."""
    return _scripts().get_current_head() or ""


def condition_of(revision: str | None) -> SchemaCondition:
    """Compare a database's revision with this program's."""
    if revision is None:
        return SchemaCondition.MISSING
    if revision == newest_revision():
        return SchemaCondition.CURRENT
    try:
        _scripts().get_revision(revision)
    except CommandError:
        return SchemaCondition.NEWER
    return SchemaCondition.OLDER


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)

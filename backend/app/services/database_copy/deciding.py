"""Whether a library may be copied from one database into another."""

from collections.abc import Set as AbstractSet
from enum import Enum, StrEnum, auto

from app.repositories.database_state import Contents, DatabaseState


class CopyProblem(StrEnum):
    """Why it may not, or does not go on."""

    SAME = "same"
    SOURCE_EMPTY = "source_empty"
    SOURCE_FOREIGN = "source_foreign"
    SOURCE_UNFINISHED = "source_unfinished"
    SOURCE_OLDER = "source_older"
    SOURCE_NEWER = "source_newer"
    SOURCE_IN_USE = "source_in_use"
    TARGET_FOREIGN = "target_foreign"
    TARGET_NEWER = "target_newer"
    TARGET_TAKEN = "target_taken"
    TARGET_IN_USE = "target_in_use"
    TARGET_BEGUN_OTHERWISE = "target_begun_otherwise"
    ANOTHER_COPIES = "another_copies"
    ROW_REFUSED = "row_refused"


class CopyRefused(Exception):
    """A library is not copied.

    Args:
        problem: Why.
        detail: What else there is to be said, such as what a database said.
        table: Where it happened, if somewhere.
    """

    def __init__(self, problem: CopyProblem, detail: str = "", table: str = "") -> None:
        super().__init__(f"{problem.value} {table} {detail}".strip())
        self.problem = problem
        self.detail = detail
        self.table = table


class Plan(Enum):
    """What is to be done."""

    BEGIN = auto()
    GO_ON = auto()
    # All is there already, or should be.
    COMPARE = auto()


def decide(
    source: DatabaseState, target: DatabaseState, *, head: str, known: AbstractSet[str]
) -> Plan:
    """Decide what is to be done.

    Args:
        source: Where the library is.
        target: Where it is to be.
        head: The newest revision of the schema that this version has.
        known: All of them.

    Raises:
        CopyRefused: It may not be copied.
    """
    if source.identity == target.identity:
        raise CopyRefused(CopyProblem.SAME)
    _check_source(source, head, known)
    if target.contents is Contents.FOREIGN:
        raise CopyRefused(CopyProblem.TARGET_FOREIGN)
    if target.revision is not None and target.revision not in known:
        raise CopyRefused(CopyProblem.TARGET_NEWER)
    if target.has_workers:
        raise CopyRefused(CopyProblem.TARGET_IN_USE)
    return _check_contents(source, target, head)


_SOURCE_PROBLEMS = {
    Contents.EMPTY: CopyProblem.SOURCE_EMPTY,
    Contents.FOREIGN: CopyProblem.SOURCE_FOREIGN,
    Contents.UNFINISHED: CopyProblem.SOURCE_UNFINISHED,
}


def _check_source(source: DatabaseState, head: str, known: AbstractSet[str]) -> None:
    if source.contents in _SOURCE_PROBLEMS:
        raise CopyRefused(_SOURCE_PROBLEMS[source.contents])
    if source.revision not in known:
        raise CopyRefused(CopyProblem.SOURCE_NEWER)
    if source.revision != head:
        raise CopyRefused(CopyProblem.SOURCE_OLDER)
    if source.has_workers:
        raise CopyRefused(CopyProblem.SOURCE_IN_USE)


def _check_contents(source: DatabaseState, target: DatabaseState, head: str) -> Plan:
    if target.contents is Contents.EMPTY:
        return Plan.BEGIN
    if target.contents is Contents.UNFINISHED and target.origin is None:
        # The copy that made the tables came no further.
        return Plan.BEGIN
    is_the_same = target.origin == source.origin and target.revision == head
    if target.contents is Contents.UNFINISHED:
        if not is_the_same:
            raise CopyRefused(CopyProblem.TARGET_BEGUN_OTHERWISE)
        return Plan.GO_ON
    if not is_the_same:
        raise CopyRefused(CopyProblem.TARGET_TAKEN)
    return Plan.COMPARE

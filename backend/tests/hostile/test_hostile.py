"""A case or two of every operation in each run; `make hostile` asks a thousand."""

import asyncio
from pathlib import Path

import pytest

from tests.hostile.library import Library
from tests.hostile.operations import Tally, exercise, operations_of
from tests.hostile.server import HostileApp

_CASES = 1
_SEED = 1


@pytest.mark.timeout(300)
# What schemathesis tries is other people's code, which sees what is deprecated before it goes.
@pytest.mark.filterwarnings("default::DeprecationWarning:schemathesis")
async def test_no_operation_fails_or_answers_what_its_document_does_not_say(
    tmp_path: Path,
) -> None:
    app = HostileApp(tmp_path)
    await app.start()
    with app:
        tallies = await asyncio.to_thread(_exercise_all, app.url)
        errors = app.tracebacks()

    assert {tally.name: tally.findings for tally in tallies if tally.findings} == {}
    assert errors == []
    # Those that are told who asks, once with a token and once without.
    assert sum(tally.needs_token for tally in tallies) > 100
    assert all(tally.cases for tally in tallies)


def _exercise_all(url: str) -> list[Tally]:
    library = Library(url)
    try:
        library.sign_in()
        return [
            exercise(operation, library, cases=_CASES, seed=_SEED, with_token=with_token)
            for with_token in (True, False)
            for operation in operations_of(url)
        ]
    finally:
        library.close()

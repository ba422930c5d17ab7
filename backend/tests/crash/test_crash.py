"""A short run of the harness on each database; `make crash` does the long one."""

from pathlib import Path

import pytest

from tests.crash.run import Options, run
from tests.crash.table import lines_of
from tests.crash.topology import POSTGRESQL, SQLITE, topology_of

pytestmark = pytest.mark.timeout(300)

_SEED = 4
_KILLS = 4


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL])
async def test_nothing_is_lost_or_doubled_and_nothing_goes_back(
    database: str, tmp_path: Path
) -> None:
    topology = topology_of(database)

    result = await run(Options(topology, kills=_KILLS, videos=40, seed=_SEED, directory=tmp_path))

    print("\n".join(lines_of([result])))  # noqa: T201 - shown where it fails
    assert result.outcome.findings.is_clean, f"{result.outcome.findings}; evidence in {tmp_path}"
    assert result.outcome.kills.total() == _KILLS
    # How long it took says little beside other tests. It has to have been seen, though.
    assert result.outcome.resumed

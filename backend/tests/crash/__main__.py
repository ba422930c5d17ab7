"""`python -m tests.crash`: import a thousand videos and kill everybody fifty times, on each database."""

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.crash.run import Options, Result, run
from tests.crash.table import lines_of
from tests.crash.topology import POSTGRESQL, SQLITE, topology_of

_SHOWN = 5


def main() -> None:
    """Run, print the table, and exit with 1 if anything is wrong."""
    arguments = _arguments()
    # As Ctrl-C: what was begun is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    directory = arguments.directory or Path(tempfile.mkdtemp(prefix="videothek-crash-"))
    _say(f"seed {arguments.seed}, evidence in {directory}")
    results = []
    for database in arguments.database or (SQLITE, POSTGRESQL):
        topology = topology_of(database)
        options = Options(
            topology, arguments.kills, arguments.videos, arguments.seed, directory / database
        )
        _say(f"{database}: {topology}, {arguments.kills} kills ...")
        try:
            results.append(asyncio.run(run(options)))
        except KeyboardInterrupt:
            sys.exit(f"Interrupted. What there is of it is in {directory}.")
    _say("\n" + "\n".join(f"  {line}" for line in lines_of(results)) + "\n")
    for result in results:
        _print_findings(result)
    if all(result.is_good for result in results):
        if arguments.directory is None:
            shutil.rmtree(directory)
        return
    sys.exit(f"Something is wrong. The evidence is in {directory}.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _print_findings(result: Result) -> None:
    for name, sentences in result.outcome.findings.all().items():
        for sentence in sentences[:_SHOWN]:
            _say(f"  {result.options.topology.database}, {name}: {sentence}")
        if len(sentences) > _SHOWN:
            _say(f"  ... and {len(sentences) - _SHOWN} more")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="on each database, at least 3")
    parser.add_argument("--videos", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--database", action="append", choices=(SQLITE, POSTGRESQL))
    parser.add_argument("--directory", type=Path, help="for data, logs and evidence, which stay")
    return parser.parse_args()


if __name__ == "__main__":
    main()

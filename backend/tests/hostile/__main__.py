"""`python -m tests.hostile`: ask everything a thousand times, with a token and without."""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.hostile.library import Library
from tests.hostile.operations import Tally, exercise, operations_of
from tests.hostile.server import HostileApp

_SHOWN_ERRORS = 5
_ASKED_BY = {"both": (True, False), "owner": (True,), "nobody": (False,)}


def main() -> None:
    """Run, print each operation, and exit with 1 if anything is wrong."""
    arguments = _arguments()
    # As Ctrl-C: what was begun is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _say(f"seed {arguments.seed}, {arguments.cases} cases of each operation")
    with tempfile.TemporaryDirectory(prefix="videothek-hostile-") as directory:
        app = HostileApp(Path(directory))
        asyncio.run(app.start())
        with app:
            tallies = _exercise_all(app.url, arguments)
        errors = app.tracebacks()
    _say(f"{sum(tally.cases for tally in tallies)} requests, {len(errors)} tracebacks in the log")
    for error in errors[:_SHOWN_ERRORS]:
        _say(error)
    if errors or any(tally.findings for tally in tallies):
        sys.exit("Something is wrong.")


def _exercise_all(url: str, arguments: argparse.Namespace) -> list[Tally]:
    library = Library(url)
    library.sign_in()
    tallies = []
    for with_token in _ASKED_BY[arguments.asked_by]:
        _say("with a token" if with_token else "without a token")
        for operation in operations_of(url):
            if arguments.only not in f"{operation.method.upper()} {operation.path}":
                continue
            began = time.monotonic()
            tally = exercise(
                operation,
                library,
                cases=arguments.cases,
                seed=arguments.seed,
                with_token=with_token,
            )
            tallies.append(tally)
            _tell(tally, time.monotonic() - began)
    return tallies


def _tell(tally: Tally, seconds: float) -> None:
    statuses = ", ".join(f"{status} x {count}" for status, count in sorted(tally.statuses.items()))
    _say(f"  {tally.name}: {tally.cases} in {seconds:.0f} s ({statuses})")
    for title, sample in tally.findings.items():
        _say(f"    {title}\n      " + sample.replace("\n", "\n      "))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.hostile", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="of each operation")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--only", default="", help='a part of a name, as "POST /api/lists"')
    parser.add_argument("--asked-by", choices=_ASKED_BY, default="both")
    return parser.parse_args()


if __name__ == "__main__":
    main()

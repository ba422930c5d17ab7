"""`python -m fuzz links --seconds 600`: one target, until the time is over or something is found."""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.services", "app.core.texts"]):
    from fuzz.targets import TARGETS

_CORPUS = Path(__file__).parent / "corpus"
_FOUND = Path(__file__).parents[2] / ".build" / "fuzz"
_OPTIONS = ("-max_len=8192", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1")


def main() -> None:
    """Fuzz; what is found stays in .build/fuzz, and belongs into the corpus with its fix."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0, help="0 takes any")
    arguments = parser.parse_args()
    _FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as discovered:
        options = [
            *_OPTIONS,
            f"-max_total_time={arguments.seconds}",
            f"-seed={arguments.seed}",
            f"-artifact_prefix={_FOUND}/{arguments.target}-",
            # New inputs go into the first folder; the corpus is only read.
            discovered,
            str(_CORPUS / arguments.target),
        ]
        atheris.Setup([sys.argv[0], *options], TARGETS[arguments.target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()

"""`python -m benchmarks [name ...]`: run all measurements, or some."""

import argparse
import asyncio
import os

from benchmarks import accept, engine, idle, pacing, single

_ALL = {
    "pacing": pacing.run,
    "idle": idle.run,
    "single": single.run,
    "accept": accept.run,
    "engine": engine.run,
}


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(_ALL))
    names = parser.parse_args().names
    if unknown := set(names) - set(_ALL):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(_ALL)}")
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the start")
    for name in names or _ALL:
        asyncio.run(_ALL[name]())


if __name__ == "__main__":
    main()

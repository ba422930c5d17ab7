"""`python -m benchmarks [name ...]`: run all measurements, or some."""

import argparse
import asyncio
import os
import sys

from benchmarks import (
    accept,
    attack,
    engine,
    faults,
    four_hours,
    idle,
    library,
    moving,
    pacing,
    search,
    single,
    sound,
    start,
    watchers,
    workers,
)

_ALL = {
    "pacing": pacing.run,
    "idle": idle.run,
    "single": single.run,
    "accept": accept.run,
    "engine": engine.run,
    "search": search.run,
    "watchers": watchers.run,
    "start": start.run,
}
# These take minutes to a quarter of an hour, so they run only by their names.
_NAMED = {
    **_ALL,
    "attack": attack.run,
    "faults": faults.run,
    "sound": sound.run,
    "four-hours": four_hours.run,
    "library": library.run,
    "moving": moving.run,
    "workers": workers.run,
}
# How many videos these take can be chosen.
_SIZED = {
    "engine": engine.run,
    "search": search.run,
    "library": library.run,
    "moving": moving.run,
    "start": start.run,
}


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(_NAMED))
    parser.add_argument("--videos", type=int, help=f"how many videos, for {', '.join(_SIZED)}")
    asked = parser.parse_args()
    names = asked.names
    if unknown := set(names) - set(_NAMED):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(_NAMED)}")
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the start")
    for name in names or _ALL:
        is_sized = asked.videos is not None and name in _SIZED
        running = _SIZED[name](asked.videos) if is_sized else _NAMED[name]()
        if asyncio.run(running) is False:
            sys.exit(1)


if __name__ == "__main__":
    main()

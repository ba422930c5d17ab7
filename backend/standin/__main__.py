"""`python -m standin`: run the stand-in until it is interrupted."""

import argparse
import asyncio
import sys
from contextlib import suppress

from standin.server import StandIn


async def _serve(host: str, port: int) -> None:
    async with StandIn(host, port) as stand_in:
        sys.stdout.write(f"stand-in listening on {stand_in.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free port")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.host, arguments.port))


if __name__ == "__main__":
    main()

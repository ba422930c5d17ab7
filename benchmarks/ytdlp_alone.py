"""Prints the processor seconds of so many extractions and nothing else: GATEWAY COUNT."""

import asyncio
import random
import resource
import sys

from app.adapters.ytdlp_client import YtDlpExtractor
from app.core.settings import Settings
from app.services.lanes import LaneName
from app.workers.settings import LANE_CONCURRENCY
from benchmarks.installation import new_ids


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def _extract(gateway: str, count: int) -> None:
    settings = Settings()
    threads = LANE_CONCURRENCY[LaneName.PLAYER]
    extractor = YtDlpExtractor(
        gateway=gateway,
        proxy="",
        player_clients=settings.player_clients,
        wanted_languages=settings.wanted_languages,
        threads=threads,
    )
    ids = new_ids(count, random.Random(0))
    await asyncio.gather(*(extractor.extract(video_id, lambda: None) for video_id in ids))
    extractor.close()


def main() -> None:
    """Measure and print."""
    gateway, count = sys.argv[1], int(sys.argv[2])
    before = _cpu_seconds()
    asyncio.run(_extract(gateway, count))
    print(_cpu_seconds() - before)


if __name__ == "__main__":
    main()

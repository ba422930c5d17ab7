"""Every kind of trouble on every upstream: what became of fifty videos."""

import time

from benchmarks.installation import installation
from standin.server import StandIn
from tests.support.troubles import KINDS, TROUBLES, import_in_trouble, make_videos

VIDEOS = 50
# An hour's block takes 18 seconds.
PACING_SCALE = 200.0
_PATIENCE_SECONDS = 180.0
_WIDTHS = (28, 10, 10, 21, 16, 12, 6)
_HEAD = ("trouble", "on", "complete", "wrongly unavailable", "wrong captions", "struck", "time")


async def run() -> bool:
    """Run every combination and print a line for each.

    Returns:
        Whether every video of every combination came through.
    """
    print(f"\n{VIDEOS} videos, all of them there, in each kind of trouble\n")
    _show(_HEAD)
    rows = []
    for number, (trouble, kind) in enumerate((t, k) for t in TROUBLES for k in KINDS):
        rows.append(await _one(number, trouble, kind))
        _show(rows[-1])
    lost = [row for row in rows if row[2:5] != (str(VIDEOS), "0", "0")]
    print(f"\n  {len(rows)} combinations, {len(lost)} with a loss\n", flush=True)
    return not lost


def _show(row: tuple[str, ...]) -> None:
    cells = (cell.ljust(width) for cell, width in zip(row, _WIDTHS, strict=True))
    print(f"  {''.join(cells)}".rstrip(), flush=True)


async def _one(number: int, trouble: str, kind: str) -> tuple[str, ...]:
    async with StandIn() as standin, installation(standin.url, pacing_scale=PACING_SCALE) as one:
        truth = make_videos(standin, VIDEOS, f"T{number:03d}_")
        TROUBLES[trouble](standin, [kind])
        began = time.monotonic()
        outcome = await import_in_trouble(one.client, standin, truth, _PATIENCE_SECONDS)
        return (
            trouble,
            kind,
            str(outcome.complete),
            str(outcome.wrongly_unavailable),
            str(outcome.wrong_captions),
            str(outcome.hits) if outcome.requests.get(kind) else "never asked",
            f"{time.monotonic() - began:.0f} s",
        )

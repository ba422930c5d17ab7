"""Every kind of trouble an upstream can be in, and what became of the videos meanwhile."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standin.server import StandIn
from tests.support.server import Client, until

KINDS = ("watch", "player", "timedtext", "oembed", "media")
# So many requests pass first, so that the trouble comes in the middle of the import.
_AFTER = 6


Begin = Callable[[StandIn, Sequence[str]], None]


def _fault(name: str, count: int, **more: Any) -> Begin:
    def begin(standin: StandIn, kinds: Sequence[str]) -> None:
        for kind in kinds:
            standin.add_fault(kind=kind, fault=name, count=count, after=_AFTER, **more)

    return begin


def _lying_limit(standin: StandIn, kinds: Sequence[str]) -> None:
    """Hidden limits that close the door for longer than they say: one second: knocking extends it."""
    standin.set_limits(
        *(
            {
                "kinds": [kind],
                "rate_per_second": 3,
                "burst": 4,
                "penalty_seconds": 1.5,
                "penalty_growth": 1.3,
                "penalty_max_seconds": 6,
                "retry_after": "lie",
                "lie_seconds": 1,
            }
            for kind in kinds
        )
    )


TROUBLES: Mapping[str, Begin] = {
    "429": _fault("status_429", 2),
    "429 with Retry-After": _fault("status_429_retry_after", 2, retry_after_seconds=2),
    "429 with lying Retry-After": _lying_limit,
    "bot check": _fault("bot_check", 2),
    "session limit": _fault("session_limit", 1),
    "403": _fault("status_403", 2),
    "500": _fault("status_500", 8),
    "503": _fault("status_503", 8),
    "hang": _fault("hang", 2),
    "reset": _fault("reset", 8),
    "slow drip": _fault("drip", 2),
    "truncated": _fault("truncated", 5),
    "empty": _fault("empty", 5),
    "garbage": _fault("garbage", 5),
}


@dataclass(frozen=True, slots=True)
class TroubledImport:
    """What became of an import in trouble.

    Args:
        complete: Videos that are complete.
        wrongly_unavailable: Videos that were called unavailable.
        wrong_captions: Complete videos whose captions are not what is true.
        seconds: How long it took.
        hits: How often the trouble struck.
        requests: What was sent, by kind.
    """

    complete: int
    wrongly_unavailable: int
    wrong_captions: int
    hits: int
    requests: Mapping[str, int]


def make_videos(standin: StandIn, count: int, prefix: str) -> dict[str, str]:
    """Videos that are all there, every tenth of them without captions.

    Returns:
        YouTube's id to the source of captions that is true.
    """
    truth = {}
    for number in range(count):
        video_id = f"{prefix}{number:0{11 - len(prefix)}d}"
        has_captions = number % 10 != 0
        standin.set_scenario(video_id, captions="auto" if has_captions else "none")
        truth[video_id] = "youtube_auto" if has_captions else "none"
    return truth


async def import_in_trouble(
    client: Client, standin: StandIn, truth: Mapping[str, str], seconds: float
) -> TroubledImport:
    """Import videos while the stand-in is in trouble, until nothing is pending any more."""
    answer = await client.batch({"urls": [f"https://youtu.be/{video_id}" for video_id in truth]})
    assert answer.status_code == 201, answer.text

    async def settled() -> list[dict[str, Any]] | None:
        videos = await client.videos()
        over = all(
            video["import_stage"] in ("complete", "error") and not video["captions_pending"]
            for video in videos
        )
        return videos if over else None

    found = await until(settled, seconds, most_seconds_between=0.3)
    return _outcome(found, standin, truth)


def _outcome(
    videos: Sequence[dict[str, Any]], standin: StandIn, truth: Mapping[str, str]
) -> TroubledImport:
    complete = [video for video in videos if video["import_stage"] == "complete"]
    assert len(videos) == len(truth)
    struck = [request for request in standin.requests if request.fault]
    return TroubledImport(
        complete=len(complete),
        wrongly_unavailable=sum(video["import_stage"] == "error" for video in videos),
        wrong_captions=sum(
            video["captions_source"] != truth[video["youtube_id"]] for video in complete
        ),
        hits=len(struck),
        requests=Counter(request.kind for request in standin.requests),
    )

"""What yt-dlp reads in recorded real answers is also there in the stand-in's."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from yt_dlp.extractor.youtube import YoutubeIE

from standin.innertube import player_answer
from standin.scenarios import Scenario
from standin.server import StandIn
from standin.watch_next import next_answer

# Parts of real answers that a stand-in has no use for: advertising, comments, badges, shops,
# storyboards, and what only some kinds of video have.
NOT_PLAYED = (
    "adPlacements",
    "adSlots",
    "comment",
    "frameworkUpdates",
    "storyboards",
    "averageRating",
    "superTitle",
    "badges",
    "metadataRowContainerRenderer.rows",
    "colorInfo",
    "liveBroadcastDetails",
    "multicamera",
    "isLive",
    "isUpcoming",
    "audioTrack",
    "alerts",
    "topbar",
    "conversationBar",
    "lengthText",
    "contextualInfo",
    "isPostLiveDvr",
    "spatialAudioType",
    "isDrc",
    # Ours is in the page's configuration, where it is looked for first.
    "responseContext.visitorData",
    "toggleButtonRenderer",
    "segmentedLikeDislikeButtonRenderer",
)


class Watched(dict[str, Any]):
    """A JSON object that notes which of its values are looked at."""

    def __init__(self, value: dict[str, Any], path: str, seen: set[str]) -> None:
        super().__init__({k: watched(v, f"{path}.{k}", seen) for k, v in value.items()})
        self._path, self._seen = path, seen

    def _note(self, key: str) -> None:
        if super().get(key) is not None:
            self._seen.add(f"{self._path}.{key}")

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)


def watched(value: Any, path: str, seen: set[str]) -> Any:
    if isinstance(value, dict):
        return Watched(value, path, seen)
    if isinstance(value, list):
        return [watched(item, f"{path}[]", seen) for item in value]
    return value


class WatchingIE(YoutubeIE):
    """YoutubeIE whose JSON notes what is read; the extraction itself is unmodified."""

    def __init__(self, seen: set[str]) -> None:
        super().__init__()
        self._seen = seen

    def _parse_json(self, *args: Any, **kwargs: Any) -> Any:
        value = super()._parse_json(*args, **kwargs)
        # The configuration of the page is not an answer about a video.
        if isinstance(value, dict) and "INNERTUBE_CONTEXT" not in value:
            root = "player" if "playabilityStatus" in value else "next"
            return watched(value, root, self._seen)
        return value

    @classmethod
    def ie_key(cls) -> str:
        return "Youtube"


def without_translations(path: str) -> bool:
    return not any(part in path for part in NOT_PLAYED)


def load(paths: Iterator[Path]) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(paths)]


@pytest.fixture
def read_in_real_answers(innertube_recordings: Path, extract_recorded: Any) -> set[str]:
    seen: set[str] = set()
    nexts = load((innertube_recordings / "next").glob("*.json"))
    for index, player in enumerate(load((innertube_recordings / "player_ok").glob("*.json"))):
        data = nexts[index % len(nexts)]
        extract_recorded(player, data, ie=WatchingIE(seen))
    return seen


@pytest.fixture
def read_in_our_answers(stand_in: StandIn, extract: Any) -> set[str]:
    seen: set[str] = set()
    for chapters in ("markers", "description", "none"):
        stand_in.set_scenario("*", captions="both", chapters=chapters, duration_seconds=1200)
        extract("abcdefghijk", ie=WatchingIE(seen))
        for client in ("android", "web"):
            extract("abcdefghijk", ie=WatchingIE(seen), player_client=[client])
    # Without the page the date comes from `next`, and while live the length from elsewhere.
    extract("abcdefghijk", ie=WatchingIE(seen), player_skip=["configs", "js", "webpage"])
    stand_in.set_scenario("*", availability="live")
    extract("abcdefghijk", ie=WatchingIE(seen), player_client=["web", "visionos"])
    return seen


def test_every_value_yt_dlp_reads_in_a_real_answer_is_also_in_ours(
    read_in_real_answers: set[str], read_in_our_answers: set[str]
) -> None:
    assert len(read_in_real_answers) > 60

    missing = {p for p in read_in_real_answers - read_in_our_answers if without_translations(p)}

    assert not missing, "\n".join(sorted(missing))


def test_our_answers_have_nothing_where_real_ones_have_another_type(
    innertube_recordings: Path, stand_in: StandIn
) -> None:
    real: dict[str, set[str]] = {}
    for player in load((innertube_recordings / "player_ok").glob("*.json")):
        collect_types(player, "player", real)
    for data in load((innertube_recordings / "next").glob("*.json")):
        collect_types(data, "next", real)
    ours: dict[str, set[str]] = {}
    scenario = Scenario(captions="both", chapters="markers", duration_seconds=1200)
    video = stand_in.video("abcdefghijk")
    collect_types(player_answer(video, scenario, "WEB"), "player", ours)
    collect_types(player_answer(video, scenario, "VISIONOS"), "player", ours)
    collect_types(next_answer(video, scenario), "next", ours)

    differing = {path: kinds for path, kinds in ours.items() if not kinds <= real.get(path, kinds)}

    assert differing == {}


def collect_types(value: Any, path: str, found: dict[str, set[str]]) -> None:
    found.setdefault(path, set()).add(type(value).__name__)
    if isinstance(value, dict):
        for key, part in value.items():
            collect_types(part, f"{path}.{key}", found)
    elif isinstance(value, list):
        for part in value:
            collect_types(part, f"{path}[]", found)

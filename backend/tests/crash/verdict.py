"""Compares what was given with what is there. Pure: nothing here talks to anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.crash.drops import Drop, truth_of
from tests.crash.person import Delivery
from tests.crash.stream import stages_back
from tests.crash.watching import Sighting, State


@dataclass(frozen=True, slots=True)
class FoundImport:
    """An import as the API shows it.

    Args:
        shown: The import itself.
        items: All its lines.
        outcomes: What the pages of lines count.
        total: How many lines they say there are.
        report: The rows of its report, below the header.
    """

    shown: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]]
    outcomes: Mapping[str, int]
    total: int
    report: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a watcher shows at the end."""

    name: str
    videos: Mapping[str, State]
    imports: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What the database itself says.

    Args:
        jobs: Video (None where there is none) and kind of every job that is left.
        complaints: Rows that must not be, by what is wrong with them.
    """

    jobs: Sequence[tuple[str | None, str]] = ()
    complaints: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ending:
    """Everything that is there at the end.

    Args:
        videos: All pages of the list.
        list_total: What its pages say.
        list_count: What the list of lists says.
        imports: All of them.
        watched: What every watcher shows.
        sightings: What they were told, in order.
        database: What the database says.
    """

    videos: Sequence[Mapping[str, Any]]
    list_total: int
    list_count: int
    imports: Sequence[FoundImport]
    watched: Sequence[Watched]
    sightings: Sequence[Sighting]
    database: DatabaseFacts


@dataclass(slots=True)
class Findings:
    """What is wrong, a sentence for each case."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    uneven: list[str] = field(default_factory=list)
    database: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)

    def all(self) -> dict[str, list[str]]:
        """By the name of what went wrong."""
        return {
            "lost": self.lost,
            "doubled": self.doubled,
            "stages back": self.back,
            "counts that differ": self.uneven,
            "database": self.database,
            "processes": self.processes,
        }

    def add(self, others: "Findings") -> None:
        """Take over what else is wrong."""
        for name, sentences in others.all().items():
            self.all()[name] += sentences

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.all().values())


def judge(deliveries: Sequence[Delivery], ending: Ending) -> Findings:
    """Compare.

    Args:
        deliveries: What was sent, and what was answered.
        ending: What is there.
    """
    findings = Findings()
    expected = {one for delivery in deliveries for one in delivery.drop.new_ids}
    _judge_videos(expected, ending, findings)
    _judge_imports(deliveries, ending, findings)
    findings.back += stages_back(ending.sightings)
    _judge_watched(ending, findings)
    _judge_database(expected, ending.database, findings)
    return findings


def _judge_videos(expected: set[str], ending: Ending, findings: Findings) -> None:
    found = Counter(video["youtube_id"] for video in ending.videos)
    findings.lost += [f"{one} is not in the list" for one in sorted(expected - set(found))]
    findings.doubled += [f"{one} is in the list {n} times" for one, n in found.items() if n > 1]
    findings.doubled += [f"{one} was never given" for one in sorted(set(found) - expected)]
    findings.lost += [
        sentence
        for video in ending.videos
        if video["youtube_id"] in expected and (sentence := _wrong_state(video))
    ]
    for name, count in (("pages", ending.list_total), ("lists", ending.list_count)):
        if count != len(ending.videos):
            findings.uneven.append(
                f"the {name} say {count} videos, and there are {len(ending.videos)}"
            )


def _wrong_state(video: Mapping[str, Any]) -> str:
    youtube_id = video["youtube_id"]
    truth = truth_of(youtube_id)
    if truth.is_over:
        found: tuple[Any, ...] = (video["import_stage"], video["error_code"])
        wanted: tuple[Any, ...] = (truth.stage, truth.error_code)
        if truth.captions_source:
            found += (video["captions_source"], video["captions_pending"], bool(video["title"]))
            wanted += (truth.captions_source, False, True)
    else:
        found = (video["import_stage"] in ("complete", "error"), video["error_code"])
        wanted = (False, truth.error_code)
    return "" if found == wanted else f"{youtube_id} is {found} and should be {wanted}"


# -- imports -------------------------------------------------------------------------------------


def _judge_imports(deliveries: Sequence[Delivery], ending: Ending, findings: Findings) -> None:
    by_text = {
        line.text: delivery.drop.name
        for delivery in deliveries
        for line in delivery.drop.lines
        if line.verdict in ("new", "playlist")
    }
    of_drop: dict[str, list[FoundImport]] = {}
    for one in ending.imports:
        texts = [by_text[item["text"]] for item in one.items if item["text"] in by_text]
        if texts:
            of_drop.setdefault(texts[0], []).append(one)
        else:
            findings.doubled.append(f"nobody sent the import {one.shown['id']}")
        _judge_sums(one, findings)
    there = {one.shown["id"] for one in ending.imports}
    for delivery in deliveries:
        name = delivery.drop.name
        for import_id in delivery.accepted:
            if import_id not in there:
                findings.lost.append(f"{name}: the accepted import {import_id} is gone")
        _judge_delivery(delivery, of_drop.get(name, []), findings)


def _judge_delivery(delivery: Delivery, found: Sequence[FoundImport], findings: Findings) -> None:
    name = delivery.drop.name
    bringing = [one for one in found if any(item["verdict"] == "new" for item in one.items)]
    if not bringing:
        findings.lost.append(f"{name}: no import has brought it")
    if len(bringing) > 1:
        findings.doubled.append(f"{name}: {len(bringing)} imports have brought it")
    most = 1 if delivery.drop.is_single else delivery.attempts
    if len(found) > most:
        findings.doubled.append(f"{name}: {len(found)} imports of {most} drops")
    for one in found:
        _judge_lines(name, _expected_items(delivery.drop, one in bringing), one, findings)
        if one.shown["state"] != "finished":
            findings.lost.append(f"{name}: its import is {one.shown['state']}")


_Identity = tuple[str, str | None, str, str | None]
"""Text, video, verdict and reason of a line."""


def _expected_items(drop: Drop, is_first: bool) -> list[_Identity]:
    # What came before is there already.
    return [
        (
            line.text,
            line.youtube_id,
            "duplicate" if line.verdict == "new" and not is_first else line.verdict,
            line.reason_code,
        )
        for line in (*drop.lines, *drop.children)
    ]


def _judge_lines(
    name: str, expected: Sequence[_Identity], one: FoundImport, findings: Findings
) -> None:
    found = [
        (item["text"], item["youtube_id"], item["verdict"], item["reason_code"])
        for item in one.items
    ]
    wanted, there = Counter(expected), Counter(found)
    findings.lost += [f"{name}: a line is missing: {item}" for item in wanted - there]
    findings.doubled += [f"{name}: a line too many: {item}" for item in there - wanted]
    if found != list(expected) and wanted == there:
        findings.uneven.append(f"{name}: its lines are not in the order of the input")
    findings.lost += [
        f"{name}: {item['text']} is {item['outcome']} and should be {_outcome_of(item)}"
        for item, line in zip(one.items, found, strict=True)
        if line in wanted and item["outcome"] != _outcome_of(item)
    ]


def _outcome_of(item: Mapping[str, Any]) -> str:
    """What has to become of a line; verdicts other than new are outcomes themselves."""
    verdict: str = item["verdict"]
    return truth_of(item["youtube_id"]).outcome if verdict == "new" else verdict


def _judge_sums(one: FoundImport, findings: Findings) -> None:
    """The lines, what is counted of them, the summary and the report say the same."""
    import_id, shown = one.shown["id"], one.shown
    verdicts = Counter(item["verdict"] for item in one.items)
    outcomes = Counter(item["outcome"] for item in one.items)
    new = [item for item in one.items if item["verdict"] == "new"]
    comparisons: dict[str, tuple[Any, Any]] = {
        "counts": (_counted(shown["counts"]), dict(verdicts)),
        "outcomes": (_counted(one.outcomes), dict(outcomes)),
        "total": (one.total, len(one.items)),
        "summary": (_summary(shown["summary"]), _summary_of(new)),
        "report": (
            [(row[0], row[1], row[6]) for row in one.report],
            [(str(item["line"]), item["text"], item["youtube_id"] or "") for item in one.items],
        ),
        "outcomes of the report": (
            Counter(row[2] for row in one.report),
            Counter(_REPORTED[item["outcome"]] for item in one.items),
        ),
    }
    findings.uneven += [
        f"import {import_id}: {what}: {said} and {counted}"
        for what, (said, counted) in comparisons.items()
        if said != counted
    ]


# What the report says of each outcome, in English.
_REPORTED = {
    "imported": "Imported",
    "without_captions": "Without captions",
    "unavailable": "Not available",
    # All that wait at the end wait for a time of their own.
    "waiting": "Waiting",
    "duplicate": "Already there",
    "repeated": "Given twice",
    "rejected": "No video",
    "playlist": "Playlist or channel",
    "removed": "No longer here",
    "stopped": "Stopped",
}


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}


def _summary(summary: Mapping[str, Any]) -> dict[str, Any]:
    names = ("total", "imported", "without_captions", "waiting", "later", "stopped")
    shown = {name: summary[name] for name in names}
    return shown | {"unavailable": dict(summary["unavailable"])}


def _summary_of(new: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    outcomes = Counter(item["outcome"] for item in new)
    unavailable = Counter(
        item["video"]["error_code"] for item in new if item["outcome"] == "unavailable"
    )
    return {
        "total": sum(outcomes.values()),
        "imported": outcomes["imported"] + outcomes["without_captions"],
        "without_captions": outcomes["without_captions"],
        "waiting": outcomes["waiting"],
        "later": outcomes["waiting"],
        "stopped": outcomes["stopped"],
        "unavailable": dict(unavailable),
    }


# -- what watches, and what is below --------------------------------------------------------------


def _judge_watched(ending: Ending, findings: Findings) -> None:
    videos = {
        video["youtube_id"]: (video["import_stage"], video["import_progress"])
        for video in ending.videos
    }
    imports = {one.shown["id"]: _import_state(one.shown) for one in ending.imports}
    for watcher in ending.watched:
        shown = {key: _import_state(value) for key, value in watcher.imports.items()}
        for what, told, there in (
            ("video", dict(watcher.videos), videos),
            ("import", shown, imports),
        ):
            findings.uneven += [
                f"{watcher.name} shows {what} {key} as {told.get(key)}, and it is {there.get(key)}"
                for key in sorted({*told, *there})
                if told.get(key) != there.get(key)
            ]


def _import_state(shown: Mapping[str, Any]) -> tuple[Any, ...]:
    return shown["state"], dict(shown["counts"]), _summary(shown["summary"])


def _judge_database(expected: set[str], facts: DatabaseFacts, findings: Findings) -> None:
    waiting = {one for one in expected if not truth_of(one).is_over}
    jobs = Counter(facts.jobs)
    wanted = Counter((one, "extract") for one in waiting)
    findings.lost += [f"{job[0]} waits and has no job" for job in wanted - jobs]
    findings.database += [f"a job is left: {job}" for job in jobs - wanted]
    findings.database += [
        f"{what}: {row}" for what, rows in facts.complaints.items() for row in rows
    ]

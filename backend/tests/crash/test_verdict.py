"""The judge finds what it is there to find, and nothing where nothing is wrong."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from tests.crash.drops import Drop, Line, make_supply, truth_of
from tests.crash.person import Delivery
from tests.crash.verdict import (
    DatabaseFacts,
    Ending,
    Findings,
    FoundImport,
    Watched,
    judge,
)
from tests.crash.watching import Sighting

_WORDS = {
    "imported": "Imported",
    "without_captions": "Without captions",
    "unavailable": "Not available",
    "waiting": "Waiting",
    "duplicate": "Already there",
    "repeated": "Given twice",
    "rejected": "No video",
    "playlist": "Playlist or channel",
}


def deliveries() -> list[Delivery]:
    """Every drop was accepted at once, but the main one was sent twice: the first answer got lost."""
    sent = [
        Delivery(drop, attempts=1, accepted=[f"import of {drop.name}"])
        for drop in make_supply(1, 60, 4).all
    ]
    main = next(one for one in sent if one.drop.name == "main")
    main.attempts, main.accepted = 2, ["second import of main"]
    return sent


def happy_end(sent: list[Delivery]) -> Ending:
    """What there is when nothing goes wrong."""
    videos = [video(one) for delivery in sent for one in delivery.drop.new_ids]
    imports = [found_import(delivery.drop, f"import of {delivery.drop.name}") for delivery in sent]
    main = next(one.drop for one in sent if one.drop.name == "main")
    imports.append(found_import(main, "second import of main", is_first=False))
    states = {one["youtube_id"]: (one["import_stage"], one["import_progress"]) for one in videos}
    shown = {one.shown["id"]: one.shown for one in imports}
    waiting = [one for one in states if not truth_of(one).is_over]
    return Ending(
        videos=videos,
        list_total=len(videos),
        list_count=len(videos),
        imports=imports,
        watched=[Watched("watcher", states, shown)],
        sightings=[],
        database=DatabaseFacts([(one, "extract") for one in waiting], {"nothing": []}),
    )


def video(youtube_id: str) -> dict[str, Any]:
    truth = truth_of(youtube_id)
    stage = truth.stage or "metadata"
    return {
        "youtube_id": youtube_id,
        "import_stage": stage,
        "import_progress": 100 if stage == "complete" else 25,
        "error_code": truth.error_code,
        "captions_source": truth.captions_source,
        "captions_pending": False,
        "title": "A title",
    }


def found_import(drop: Drop, import_id: str, *, is_first: bool = True) -> FoundImport:
    items = [item(line, is_first) for line in (*drop.lines, *drop.children)]
    outcomes = Counter(one["outcome"] for one in items)
    new = Counter(one["outcome"] for one in items if one["verdict"] == "new")
    codes = Counter(one["video"]["error_code"] for one in items if one["outcome"] == "unavailable")
    shown = {
        "id": import_id,
        "state": "finished",
        "counts": {"stopped": 0, **Counter(one["verdict"] for one in items)},
        "summary": {
            "total": sum(new.values()),
            "imported": new["imported"] + new["without_captions"],
            "without_captions": new["without_captions"],
            "waiting": new["waiting"],
            "later": new["waiting"],
            "stopped": 0,
            "unavailable": dict(codes),
        },
    }
    report = [
        [str(one["line"]), one["text"], _WORDS[one["outcome"]], "", "", "", one["youtube_id"] or ""]
        for one in items
    ]
    return FoundImport(shown, items, dict(outcomes), len(items), report)


def item(line: Line, is_first: bool) -> dict[str, Any]:
    verdict = "duplicate" if line.verdict == "new" and not is_first else line.verdict
    truth = truth_of(line.youtube_id) if line.youtube_id else None
    return {
        "line": 1,
        "text": line.text,
        "youtube_id": line.youtube_id,
        "verdict": verdict,
        "reason_code": line.reason_code,
        "outcome": truth.outcome if truth and verdict == "new" else verdict,
        "video": {"error_code": truth.error_code if truth else None},
    }


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    sent = deliveries()

    assert judge(sent, happy_end(sent)).all() == Findings().all()


def test_what_was_given_and_what_is_there_are_not_empty() -> None:
    sent = deliveries()
    verdicts = Counter(line.verdict for one in sent for line in one.drop.lines)

    assert set(verdicts) == {"new", "duplicate", "repeated", "rejected", "playlist"}
    assert {truth_of(one).outcome for delivery in sent for one in delivery.drop.new_ids} == {
        "imported",
        "without_captions",
        "unavailable",
        "waiting",
    }


Spoil = Callable[[list[Delivery], Ending], Ending]


def _without_a_video(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, videos=end.videos[1:], list_total=len(end.videos) - 1)


def _complete_video_is_stuck(_sent: list[Delivery], end: Ending) -> Ending:
    _video_with(end, "CAUT_")["import_stage"] = "captions"
    return end


def _captions_are_missing(_sent: list[Delivery], end: Ending) -> Ending:
    _video_with(end, "CAUT_")["captions_source"] = "none"
    return end


def _video_is_called_private(_sent: list[Delivery], end: Ending) -> Ending:
    _video_with(end, "CMAN_").update(import_stage="error", error_code="video_private")
    return end


def _premiere_is_forgotten(_sent: list[Delivery], end: Ending) -> Ending:
    _video_with(end, "SOON_")["error_code"] = None
    return end


def _premiere_has_no_job(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, database=DatabaseFacts(end.database.jobs[1:]))


def _accepted_import_is_gone(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, imports=end.imports[:-1])


def _import_that_brings_is_gone(sent: list[Delivery], end: Ending) -> Ending:
    sent[0].accepted.clear()
    sent[0].refused = 1
    return replace(end, imports=end.imports[1:])


def _line_is_missing(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).items.pop(3)
    return end


def _line_waits_for_ever(_sent: list[Delivery], end: Ending) -> Ending:
    items = _main(end).items
    next(one for one in items if one["outcome"] == "imported")["outcome"] = "waiting"
    return end


def _import_never_ends(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).shown["state"] = "running"
    return end


@pytest.mark.parametrize(
    "spoil",
    [
        _without_a_video,
        _complete_video_is_stuck,
        _captions_are_missing,
        _video_is_called_private,
        _premiere_is_forgotten,
        _premiere_has_no_job,
        _accepted_import_is_gone,
        _import_that_brings_is_gone,
        _line_is_missing,
        _line_waits_for_ever,
        _import_never_ends,
    ],
)
def test_what_is_lost_is_found(spoil: Spoil) -> None:
    sent = deliveries()

    findings = judge(sent, spoil(sent, _own(happy_end(sent))))

    assert findings.lost
    assert not findings.doubled


def _video_twice(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, videos=[*end.videos, end.videos[5]])


def _video_nobody_gave(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, videos=[*end.videos, video("CAUT_zzzzzz")])


def _two_imports_bring_the_same(_sent: list[Delivery], end: Ending) -> Ending:
    first = _main(end)
    again = replace(first, shown={**first.shown, "id": "second import of main"})
    return replace(end, imports=[*end.imports[:-1], again])


def _more_imports_than_drops(sent: list[Delivery], end: Ending) -> Ending:
    next(one for one in sent if one.drop.name == "main").attempts = 1
    return end


def _line_twice(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).items.append(_main(end).items[0])
    return end


def _import_nobody_sent(_sent: list[Delivery], end: Ending) -> Ending:
    lines = (Line("https://youtu.be/CAUT_zzzzzz", "new", "CAUT_zzzzzz"),)
    return replace(end, imports=[*end.imports, found_import(Drop("stranger", lines), "x")])


@pytest.mark.parametrize(
    "spoil",
    [
        _video_twice,
        _video_nobody_gave,
        _two_imports_bring_the_same,
        _more_imports_than_drops,
        _line_twice,
        _import_nobody_sent,
    ],
)
def test_what_is_doubled_is_found(spoil: Spoil) -> None:
    sent = deliveries()

    findings = judge(sent, spoil(sent, _own(happy_end(sent))))

    assert findings.doubled
    assert not findings.lost


def _count_of_import_is_off(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).shown["counts"]["new"] += 1
    return end


def _summary_is_off(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).shown["summary"]["imported"] -= 1
    return end


def _report_lacks_a_row(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).report.pop()
    return end


def _report_says_something_else(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).report[0][2] = "No longer here"
    return end


def _total_of_the_list_is_off(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, list_total=end.list_total + 1)


def _list_of_lists_is_off(_sent: list[Delivery], end: Ending) -> Ending:
    return replace(end, list_count=end.list_count - 1)


def _lines_change_places(_sent: list[Delivery], end: Ending) -> Ending:
    _main(end).items.reverse()
    return end


def _watcher_shows_less(_sent: list[Delivery], end: Ending) -> Ending:
    shown = dict(end.watched[0].videos)
    shown[next(iter(shown))] = ("captions", 60)
    return replace(end, watched=[replace(end.watched[0], videos=shown)])


def _watcher_shows_an_import_that_runs(_sent: list[Delivery], end: Ending) -> Ending:
    shown = deepcopy(dict(end.watched[0].imports))
    shown["import of main"]["state"] = "running"
    return replace(end, watched=[replace(end.watched[0], imports=shown)])


@pytest.mark.parametrize(
    "spoil",
    [
        _count_of_import_is_off,
        _summary_is_off,
        _report_lacks_a_row,
        _report_says_something_else,
        _total_of_the_list_is_off,
        _list_of_lists_is_off,
        _lines_change_places,
        _watcher_shows_less,
        _watcher_shows_an_import_that_runs,
    ],
)
def test_counts_that_differ_are_found(spoil: Spoil) -> None:
    sent = deliveries()

    assert judge(sent, spoil(sent, _own(happy_end(sent)))).uneven


@pytest.mark.parametrize(
    "facts",
    [
        DatabaseFacts([("CAUT_aaaaaa", "captions")]),
        DatabaseFacts([(None, "extract")]),
        DatabaseFacts((), {"a video twice in a list": [("list", "CAUT_aaaaaa", 2)]}),
    ],
)
def test_what_must_not_be_in_the_database_is_found(facts: DatabaseFacts) -> None:
    sent = deliveries()
    end = happy_end(sent)
    more = DatabaseFacts([*end.database.jobs, *facts.jobs], facts.complaints)

    findings = judge(sent, replace(end, database=more))

    assert len(findings.database) == 1


def test_a_second_job_of_what_waits_is_found() -> None:
    sent = deliveries()
    end = happy_end(sent)
    jobs = [*end.database.jobs, end.database.jobs[0]]

    assert judge(sent, replace(end, database=DatabaseFacts(jobs))).database


def test_a_step_back_is_found() -> None:
    sent = deliveries()
    told = [
        Sighting("watcher", 1, "socket", {"CAUT_aaaaaa": ("captions", 60)}),
        Sighting("watcher", 2, "socket", {"CAUT_aaaaaa": ("metadata", 25)}),
    ]

    assert len(judge(sent, replace(happy_end(sent), sightings=told)).back) == 1


def _own(end: Ending) -> Ending:
    """Everything in it may be spoiled, without spoiling what is also shown elsewhere."""
    return deepcopy(end)


def _main(end: Ending) -> Any:
    return next(one for one in end.imports if one.shown["id"] == "import of main")


def _video_with(end: Ending, prefix: str) -> Any:
    return next(one for one in end.videos if one["youtube_id"].startswith(prefix))

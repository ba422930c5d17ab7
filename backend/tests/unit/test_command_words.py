"""What the command says of an import, in both languages, and what it tells the shell."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import cli
from app.cli import import_commands, steering, take_along
from app.cli.add import find_list
from app.cli.failures import ExitCode
from app.cli.summary import accepted_text, exit_code, percent_of, summary_text
from app.cli.watch import PlainLines, View
from app.cli.words import left_text, number_text, plain, reason_word
from app.core.version import VERSION
from app.models import ItemOutcome, TokenScope
from app.services.export.export_service import ExportFormat

PLAYLISTS = {"read": 0, "waiting": 0, "unavailable": 0, "stopped": 0, "found": 0, "expected": 0}
COUNTS = {"new": 0, "duplicate": 0, "repeated": 0, "rejected": 0, "playlist": 0}


def job(state: str = "finished", **figures: Any) -> dict[str, Any]:
    """An import of as many new videos as it shows, unless something else is said."""
    counts = {name: figures.pop(name) for name in COUNTS if name in figures}
    playlists = figures.pop("playlists", {})
    summary: dict[str, Any] = {
        "imported": 0,
        "without_captions": 0,
        "unavailable": {},
        "waiting": 0,
        "later": 0,
        "stopped": 0,
        **figures,
        "playlists": PLAYLISTS | playlists,
    }
    gone = sum(summary["unavailable"].values())
    summary["total"] = summary["imported"] + gone + summary["waiting"]
    return {
        "state": state,
        "counts": COUNTS | {"new": summary["total"]} | counts,
        "summary": summary,
        "progress_percent": 100.0,
    }


@pytest.fixture(params=["de", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", {"de": "de_AT.UTF-8", "en": "C.UTF-8"}[request.param])
    return str(request.param)


@pytest.mark.parametrize(
    ("shown", "german", "english"),
    [
        (job(imported=1), "1 Video importiert.", "1 video imported."),
        (
            job(imported=1047, without_captions=2, unavailable={"video_private": 1}, later=1)
            | {"counts": COUNTS | {"new": 1051}},
            "1.047 Videos importiert. 3 nicht mehr da, 2 ohne Untertitel, 1 nicht verfügbar (privat).",
            "1,047 videos imported. 3 no longer here, 2 without captions, 1 not available (private).",
        ),
        (
            job(unavailable={"video_private": 1, "video_deleted": 3, "upstream_new": 1}),
            "0 Videos importiert. 5 nicht verfügbar (3 gelöscht, 1 privat, 1 Grund unbekannt).",
            "0 videos imported. 5 not available (3 deleted, 1 private, 1 unknown reason).",
        ),
        (
            job("running", imported=2, waiting=5, later=1),
            "2 Videos importiert. 4 noch im Import, 1 kommt später.",
            "2 videos imported. 4 still importing, 1 comes later.",
        ),
        (
            job("paused", imported=2, waiting=5, later=1),
            "2 Videos importiert. 5 angehalten.",
            "2 videos imported. 5 paused.",
        ),
        (
            job("cancelled", imported=2, waiting=5, stopped=4, later=1),
            "Abgebrochen. 2 Videos importiert. 5 gestoppt.",
            "Cancelled. 2 videos imported. 5 stopped.",
        ),
        (
            job(imported=2, playlists={"read": 1, "unavailable": 2}),
            "2 Videos importiert. 2 Playlists nicht verfügbar.",
            "2 videos imported. 2 playlists not available.",
        ),
        (job("undone"), "Der Import wurde rückgängig gemacht.", "The import was undone."),
    ],
)
def test_the_summary_is_the_one_of_the_page(
    language: str, shown: dict[str, Any], german: str, english: str
) -> None:
    assert summary_text(shown) == (german if language == "de" else english)


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (job(imported=3, without_captions=3), ExitCode.OK),
        (job(duplicate=2), ExitCode.OK),
        (job(duplicate=2, rejected=1), ExitCode.INCOMPLETE),
        (job(imported=1, unavailable={"video_private": 1}), ExitCode.INCOMPLETE),
        (job(imported=1, waiting=1, later=1), ExitCode.INCOMPLETE),
        (job(waiting=1, later=1), ExitCode.INCOMPLETE),
        (job("cancelled", imported=1, waiting=1, stopped=1), ExitCode.INCOMPLETE),
        (job(imported=1, playlists={"unavailable": 1}), ExitCode.INCOMPLETE),
        (job(playlists={"read": 1}), ExitCode.OK),
        (job(unavailable={"video_private": 2}), ExitCode.FAILED),
        (job(playlists={"unavailable": 1}), ExitCode.FAILED),
        (job("undone"), ExitCode.FAILED),
    ],
)
def test_the_shell_is_told_whether_everything_is_there(
    shown: dict[str, Any], code: ExitCode
) -> None:
    assert exit_code(shown) is code


def test_what_was_accepted_is_said_as_far_as_there_was_any(language: str) -> None:
    counts = {"new": 1200, "duplicate": 1, "repeated": 0, "rejected": 2, "playlist": 1}
    wanted = {
        "de": "1.200 Videos angenommen, 1 war schon da, 2 Zeilen ohne Video, 1 Playlist oder Kanal.",
        "en": "1,200 videos accepted, 1 was there already, 2 lines without a video, "
        "1 playlist or channel.",
    }
    assert accepted_text(counts) == wanted[language]


def test_nothing_is_done_of_an_import_whose_playlists_are_all_still_to_be_read() -> None:
    assert percent_of(job("running", playlists={"waiting": 1})) == 0
    assert percent_of(job(duplicate=1)) == 100


def test_the_time_left_is_said_roughly(language: str) -> None:
    german = ["weniger als eine Minute", "noch etwa 1 Minute", "noch etwa 89 Minuten"]
    german += ["noch etwa 2 Stunden", "noch etwa 2 Tage"]
    english = ["less than a minute left", "about 1 minute left", "about 89 minutes left"]
    english += ["about 2 hours left", "about 2 days left"]
    said = [left_text(seconds) for seconds in (20, 50, 89 * 60, 100 * 60, 50 * 3600)]
    assert said == (german if language == "de" else english)
    assert number_text(1234567) == ("1.234.567" if language == "de" else "1,234,567")
    assert reason_word("tomorrow") == ("Grund unbekannt" if language == "de" else "unknown reason")


def test_other_peoples_words_can_not_steer_the_terminal() -> None:
    assert plain("a\x1b[31mb\x07\r\nc\u202ed [bold]") == "a�[31mb� c�d [bold]"
    assert plain("👩\u200d🚀 Ünïcödé") == "👩\u200d🚀 Ünïcödé"


def test_the_command_knows_the_words_of_the_server_without_loading_it() -> None:
    assert set(cli.Format) == set(ExportFormat)
    assert set(import_commands.Outcome) == set(ItemOutcome)
    assert set(cli.Scope) == set(TokenScope)
    assert set(import_commands.Retriable) <= set(ItemOutcome)


def test_without_a_terminal_a_line_is_written_for_each_tenth_and_each_hindrance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    lines: list[str] = []
    display = PlainLines(lines.append)
    view = View(job("running", waiting=10) | {"id": "x", "eta_seconds": None})
    lane = {
        "name": "player",
        "state": "probing",
        "waiting": 1,
        "resumes_at": None,
        "reason": "YouTube rests.",
    }
    for percent, lanes, is_away in (
        (0.0, [], False),
        (9.0, [], False),
        (15.0, [], False),
        (16.0, [lane], False),
        (16.0, [lane], False),
        (17.0, [lane], True),
        (18.0, [lane | {"waiting": 0}, lane | {"name": "groq"}], False),
        (19.0, [lane | {"state": "open"}], False),
    ):
        view.job = {**view.job, "progress_percent": percent}
        view.lanes, view.is_away = lanes, is_away
        display.show(view)

    assert lines == [
        "  0 %  0 of 10",
        " 15 %  0 of 10",
        "YouTube rests.",
        "The server does not answer right now. As soon as it is back, this goes on.",
        " 18 %  0 of 10",
    ]


class OnlyLists:
    """A server that has lists and nothing else."""

    def __init__(self, *lists: tuple[str, str]) -> None:
        self.lists = [
            {"id": f"{name}-{access}", "name": name, "access": access} for name, access in lists
        ]

    def get(self, _path: str) -> Any:
        return self.lists


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        ((("L2", "owner"), ("L2", "edit")), "L2-owner"),
        ((("l2", "owner"), ("L2", "edit")), "L2-edit"),
        ((("other", "owner"), ("L2", "edit")), "L2-edit"),
        ((("other", "owner"), ("L2", "read")), None),
    ],
)
def test_what_is_added_goes_into_no_list_that_one_may_only_look_at(
    lists: tuple[tuple[str, str], ...], found: str | None
) -> None:
    server: Any = OnlyLists(*lists)
    entry = find_list(server, "L2", to_add=True)
    assert (entry and entry["id"]) == found
    assert find_list(server, "L2") is not None


def test_the_command_says_which_version_it_is() -> None:
    shown = CliRunner().invoke(cli.app, ["--version"])
    assert (shown.exit_code, shown.output) == (0, f"videothek {VERSION}\n")


@pytest.mark.parametrize("command", [["export", "--format", "csv"], ["imports", "report", "last"]])
def test_a_hyphen_for_a_file_is_the_output(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(take_along, "export_library", lambda *_, **options: asked.update(options))
    monkeypatch.setattr(steering, "report", lambda *_, **options: asked.update(options))
    shown = CliRunner().invoke(cli.app, [*command, "--output", "-"])
    assert (shown.exit_code, asked["output"]) == (0, None)


def test_whoever_reads_no_further_is_told_nothing_about_it(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "doctor"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=os.environ | {"VIDEOTHEK_DATA_DIR": str(tmp_path)},
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")

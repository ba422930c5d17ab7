"""What became of an import, in the words of its page."""

from collections.abc import Mapping
from typing import Any

from app.cli.failures import ExitCode
from app.cli.words import number_text, reason_word, say

OVER = ("finished", "cancelled", "undone")
"""States in which nobody works on an import any more."""

Job = Mapping[str, Any]
"""An import as the server shows it (schemas/imports.py, ``ImportOut``)."""


def accepted_text(counts: Mapping[str, int]) -> str:
    """What the server took of an input, as in “3 videos accepted, 1 was there already.”."""
    parts = [say("accepted", n=counts["new"])]
    others = ("duplicate", "repeated", "rejected", "playlist")
    parts += [say(verdict, n=counts[verdict]) for verdict in others if counts[verdict]]
    return f"{', '.join(parts)}."


def summary_text(job: Job) -> str:
    """What became of it, as in “47 videos imported. 1 not available (private), 1 comes later.”."""
    state, summary = job["state"], job["summary"]
    if state == "undone":
        return say("undone")
    stopped = summary["waiting"] if state == "cancelled" else summary["stopped"]
    waiting = summary["waiting"] - stopped
    later = min(waiting, summary["later"]) if state in ("running", "finished") else 0
    removed = max(0, job["counts"]["new"] - summary["total"])
    gone = sum(summary["unavailable"].values())
    playlists = summary["playlists"]
    pending = ((summary.get("transcription") or {}).get("pending") or {}).get("videos", 0)
    without = max(0, summary["without_captions"] - pending)
    parts = [
        say("removed", n=removed) if removed else "",
        say("without", n=without) if without else "",
        say("captions_later", n=pending) if pending else "",
        f"{say('unavailable', n=gone)}{_why(summary['unavailable'])}" if gone else "",
        say("on_hold" if state == "paused" else "waiting", n=waiting - later)
        if waiting > later
        else "",
        say("later", n=later) if later else "",
        say("stopped", n=stopped) if stopped else "",
        say("unread", n=playlists["unavailable"]) if playlists["unavailable"] else "",
    ]
    head = f"{say('cancelled')} " if state == "cancelled" else ""
    rest = ", ".join(part for part in parts if part)
    return f"{head}{say('imported', n=summary['imported'])}{f' {rest}.' if rest else ''}"


def exit_code(job: Job) -> ExitCode:
    """What the shell is told of an import that is over."""
    counts, summary = job["counts"], job["summary"]
    if job["state"] == "undone":
        return ExitCode.FAILED
    playlists = summary["playlists"]
    missing = (
        summary["waiting"]
        + sum(summary["unavailable"].values())
        + counts["rejected"]
        + playlists["unavailable"]
        + playlists["stopped"]
    )
    there = summary["imported"] + counts["duplicate"] + playlists["read"]
    if not there and not summary["waiting"]:
        return ExitCode.FAILED
    return ExitCode.INCOMPLETE if missing else ExitCode.OK


def done_count(job: Job) -> int:
    """How many videos of an import are at their end."""
    total: int = job["summary"]["total"]
    waiting: int = job["summary"]["waiting"]
    return total - waiting


def done_text(job: Job) -> str:
    """``612 of 1,000``."""
    total = number_text(job["summary"]["total"])
    return say("progress", done=number_text(done_count(job)), total=total)


def percent_of(job: Job) -> float:
    """How far an import is; while only playlists are being read, nothing of it is known."""
    summary = job["summary"]
    is_unknown = not summary["total"] and summary["playlists"]["waiting"]
    return 0.0 if is_unknown else float(job["progress_percent"])


def _why(unavailable: Mapping[str, int]) -> str:
    most_first = sorted(unavailable.items(), key=lambda reason: -reason[1])
    if len(most_first) == 1:
        return f" ({reason_word(most_first[0][0])})"
    words = [f"{number_text(number)} {reason_word(code)}" for code, number in most_first]
    return f" ({', '.join(words)})"

"""``videothek imports``: what was imported, and steering it."""

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from app.cli.add import conclude, follow
from app.cli.client import Server
from app.cli.failures import CommandFailed, ExitCode
from app.cli.files import save
from app.cli.summary import OVER, Job, accepted_text, done_text, percent_of, summary_text
from app.cli.tables import print_table
from app.cli.terminal import run, write
from app.cli.words import say
from app.core.settings import Settings

_PAGE_SIZE = 200
# Imports of the same minute begin alike (UUID version 7): so much tells most of them apart.
_SHORT_ID_LENGTH = 13
_LAST = "last"


def show_imports(limit: int) -> None:
    """Print the newest imports.

    Args:
        limit: How many.
    """

    def command(server: Server, _settings: Settings) -> None:
        jobs = server.get("/imports", limit=min(limit, _PAGE_SIZE))["items"]
        if not jobs:
            write(say("no_imports"))
            return
        names = {entry["id"]: entry["name"] for entry in server.get("/lists")}
        heads = ("id", "begun", "state", "from", "done", "summary")
        print_table(
            [say(f"head_{head}") for head in heads], [_row(job, jobs, names) for job in jobs]
        )

    run(command)


def steer(what: str, which: str, **body: Any) -> None:
    """Pause, resume, cancel or undo an import.

    Args:
        what: The last part of the route.
        which: The beginning of its id, or ``last``.
        body: What the route wants to know.
    """

    def command(server: Server, _settings: Settings) -> None:
        import_id = find_import(server, which)
        job = server.post(f"/imports/{import_id}/{what}", json=body or None)
        write(f"{_short(job['id'])}  {say('state_' + job['state'])}  {summary_text(job)}")

    run(command)


def undo(which: str, *, sure: bool) -> None:
    """Remove all that an import added, after a question.

    Args:
        which: The beginning of its id, or ``last``.
        sure: Don't ask.
    """

    def command(server: Server, _settings: Settings) -> None:
        import_id = find_import(server, which)
        job = server.get(f"/imports/{import_id}")
        if not sure and job["undo_until"]:
            _ask_before_undo(job)
        job = server.post(f"/imports/{import_id}/undo", json=None)
        write(f"{_short(job['id'])}  {say('state_' + job['state'])}  {summary_text(job)}")

    run(command)


def _ask_before_undo(job: Job) -> None:
    question = say("undo_question", n=job["summary"]["total"])
    if not sys.stdin.isatty():
        raise CommandFailed(f"{question} {say('undo_needs_yes')}", ExitCode.USAGE)
    if not typer.confirm(question):
        raise CommandFailed(say("interrupted"))


def retry(which: str, outcome: str) -> None:
    """Try a group of an import's videos again.

    Args:
        which: The beginning of the import's id, or ``last``.
        outcome: What they came to.
    """

    def command(server: Server, _settings: Settings) -> None:
        import_id = find_import(server, which)
        answer = server.post(f"/imports/{import_id}/retry-failed", json={"outcome": outcome})
        write(say("retried", n=answer["retried"]))

    run(command)


def show(which: str, *, wait: bool) -> None:
    """Show an import, or its progress until it is over.

    Args:
        which: The beginning of its id, or ``last``.
        wait: Until it is over; the exit code is that of ``videothek import`` then.
    """

    def command(server: Server, _settings: Settings) -> ExitCode:
        import_id = find_import(server, which)
        if wait:
            return follow(server, import_id)
        job = server.get(f"/imports/{import_id}")
        write(f"{job['id']}  {say('state_' + job['state'])}  {_begun(job)}")
        write(accepted_text(job["counts"]))
        if job["undo_until"]:
            at = datetime.fromisoformat(job["undo_until"]).astimezone()
            write(say("undo_until", at=f"{at:%Y-%m-%d %H:%M}", id=_short(job["id"])))
        if job["state"] in OVER:
            conclude(job)
        else:
            write(f"{percent_of(job):.0f} %  {done_text(job)}")
            write(summary_text(job))
        return ExitCode.OK

    run(command)


def report(which: str, *, outcome: str | None, output: Path | None) -> None:
    """Fetch the table of every line and what became of it.

    Args:
        which: The beginning of the import's id, or ``last``.
        outcome: Only lines that came to this.
        output: Where to; None prints it.
    """

    def command(server: Server, _settings: Settings) -> None:
        import_id = find_import(server, which)
        with server.download(f"/imports/{import_id}/report.csv", outcome=outcome) as answer:
            if output is not None:
                save(answer, output)
                return
            for part in answer.iter_bytes():
                sys.stdout.buffer.write(part)

    run(command)


def find_import(server: Server, which: str) -> str:
    """The id of the import that is meant.

    Args:
        server: Where it is.
        which: The beginning of its id, if no other begins so; ``last`` is the newest.

    Raises:
        CommandFailed: There is none, or there are several.
    """
    if which == _LAST:
        newest = server.get("/imports", limit=1)["items"]
        if not newest:
            raise CommandFailed(say("no_imports"))
        return str(newest[0]["id"])
    wanted = which.lower()
    found = [import_id for import_id in _all_ids(server) if import_id.startswith(wanted)]
    if not found or not wanted:
        raise CommandFailed(say("no_such_import", id=which))
    if len(found) > 1:
        shortest = _length_that_tells_apart(found)
        ids = ", ".join(import_id[:shortest] for import_id in found[:5])
        raise CommandFailed(say("many_imports", id=which, ids=ids))
    return found[0]


def _all_ids(server: Server) -> Iterator[str]:
    cursor = None
    while True:
        page = server.get("/imports", limit=_PAGE_SIZE, cursor=cursor)
        yield from (job["id"] for job in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return


def _row(job: Job, jobs: list[Job], names: Mapping[str, str]) -> list[str]:
    length = _length_that_tells_apart([one["id"] for one in jobs])
    return [
        job["id"][:length],
        _begun(job),
        say("state_" + job["state"]),
        job["label"] or names.get(job["list_id"] or "", ""),
        "–" if job["state"] == "undone" else f"{percent_of(job):.0f} %",
        summary_text(job),
    ]


def _begun(job: Job) -> str:
    return f"{datetime.fromisoformat(job['created_at']).astimezone():%Y-%m-%d %H:%M}"


def _short(import_id: str) -> str:
    return import_id[:_SHORT_ID_LENGTH]


def _length_that_tells_apart(ids: list[str]) -> int:
    """How much of each id has to be shown, so that no two look alike."""
    length = _SHORT_ID_LENGTH
    longest = max(map(len, ids))
    while length < longest and len({import_id[:length] for import_id in ids}) < len(set(ids)):
        length += 1
    return length

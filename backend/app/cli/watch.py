"""Watching an import until it is over, whatever becomes of the server meanwhile."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from app.cli.client import Server
from app.cli.failures import ServerAway
from app.cli.summary import OVER, Job, done_text, percent_of
from app.cli.words import left_text, plain, say

_LOOK_SECONDS = 0.5
# Each look at the lanes reads all of them, and what they say lasts for longer.
_LOOK_AT_LANES_SECONDS = 2.0
_LATER = "groq"
_BAR_WIDTH = 40
# Without a terminal: a line each time so much more is done.
_PLAIN_STEP_PERCENT = 10


@dataclass(slots=True)
class View:
    """What is known of an import while it is watched.

    Args:
        job: As the server showed it last.
        lanes: How fast each upstream lets us go, as it was last known.
        is_away: The server does not answer.
    """

    job: Job
    lanes: Sequence[dict[str, Any]] = field(default_factory=list)
    is_away: bool = False

    @property
    def percent(self) -> float:
        """How far it is."""
        return percent_of(self.job)

    def figures(self) -> str:
        """How much of it is done, and how long the rest takes."""
        eta = self.job["eta_seconds"]
        parts = [done_text(self.job)]
        if reading := self.job["summary"]["playlists"]["waiting"]:
            parts.append(say("reading", n=reading))
        if eta is not None and not self.is_away:
            parts.append(left_text(eta))
        return " · ".join(parts)

    def notice(self) -> str:
        """Why nothing moves, if nothing does."""
        if self.is_away:
            return say("server_away")
        if self.job["state"] == "paused":
            return say("held", id=self.job["id"])
        paused = [
            lane
            for lane in self.lanes
            if lane["state"] in ("paused", "probing")
            and lane["waiting"]
            # Captions from the sound come later; no import waits for them.
            and lane["name"] != _LATER
        ]
        if not paused:
            return ""
        last = max(paused, key=lambda lane: lane["resumes_at"] or "")
        if last["resumes_at"] is None:
            # It is just being asked whether it works again.
            return plain(last["reason"])
        at = datetime.fromisoformat(last["resumes_at"]).astimezone()
        return say("resumes", why=plain(last["reason"]), at=f"{at:%H:%M:%S}")


class Display(Protocol):
    """Shows a view, again and again."""

    def show(self, view: View) -> None:
        """The newest one."""


def watch(
    server: Server,
    import_id: str,
    display: Display,
    sleep: Callable[[float], None] = time.sleep,
) -> Job:
    """Watch an import until it is over.

    A server that does not answer is waited for, for as long as it takes: the import is in its
    database, so a restart loses nothing.

    Args:
        server: Where it is.
        import_id: The import.
        display: Where its progress is shown.
        sleep: How to wait between two looks.

    Returns:
        The import as it is at its end.

    Raises:
        CommandFailed: The server refuses to show it.
    """
    view: View | None = None
    lanes_looked_at = 0.0
    while True:
        try:
            job = server.get(f"/imports/{import_id}")
            if view is None:
                view = View(job)
            view.job, view.is_away = job, False
            if job["state"] in OVER:
                display.show(view)
                return view.job
            if time.monotonic() - lanes_looked_at >= _LOOK_AT_LANES_SECONDS:
                view.lanes = server.lanes()
                lanes_looked_at = time.monotonic()
        except ServerAway:
            if view is None:
                raise
            view.is_away = True
        display.show(view)
        sleep(_LOOK_SECONDS)


class PlainLines:
    """A line for every tenth, and for everything that holds the import up: for files and pipes.

    Args:
        write: Writes a line.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._step = -1
        self._notice = ""

    def show(self, view: View) -> None:
        """See ``Display``."""
        step = int(view.percent // _PLAIN_STEP_PERCENT)
        notice = view.notice()
        goes_on = bool(self._notice) and not notice
        if view.job["summary"]["total"] and (step > self._step or goes_on):
            self._step = step
            self._write(f"{view.percent:3.0f} %  {view.figures()}")
        if notice and notice != self._notice:
            self._write(notice)
        self._notice = notice


class LiveBar(AbstractContextManager["LiveBar"]):
    """A bar that moves, for terminals; gone at the end, when the summary takes its place.

    Args:
        console: The terminal.
    """

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._live.stop()

    def show(self, view: View) -> None:
        """See ``Display``."""
        row = Table.grid(padding=(0, 1))
        row.add_row(
            ProgressBar(
                total=100,
                completed=view.percent,
                width=_BAR_WIDTH,
                complete_style="green",
                finished_style="green",
            ),
            Text(f"{view.percent:3.0f} %"),
            Text(view.figures()),
        )
        self._live.update(Group(row, Text(view.notice(), style="yellow")), refresh=True)

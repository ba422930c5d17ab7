"""What every command of a running server shares: how it begins, how it ends, where it writes."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from app.cli.client import Server, server_of
from app.cli.failures import CommandFailed, ExitCode
from app.cli.local import load_settings
from app.cli.words import plain, say
from app.core.settings import Settings


def run(command: Callable[[Server, Settings], ExitCode | None]) -> None:
    """Run a command against the running server, and end with its exit code.

    Args:
        command: What to do; it says what went wrong by raising ``CommandFailed``.
    """
    settings = load_settings()
    try:
        server = server_of(settings)
        try:
            code = command(server, settings) or ExitCode.OK
        finally:
            server.close()
        sys.stdout.flush()
    except CommandFailed as failed:
        tell(failed.sentence)
        code = failed.code
    except KeyboardInterrupt:
        tell(say("interrupted"))
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough: nobody is left to be told anything.
        _let_go_of_stdout()
        code = ExitCode.FAILED
    except Exception as error:
        if settings.log_level == "DEBUG":
            raise
        tell(say("unexpected", reason=plain(f"{type(error).__name__}: {error}")))
        code = ExitCode.FAILED
    raise typer.Exit(code)


@contextmanager
def enough_said() -> Iterator[None]:
    """End quietly when whoever reads the output has had enough, as ``head`` has."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
        raise typer.Exit(ExitCode.FAILED) from None


def tell(sentence: str) -> None:
    """Say something about the command itself, beside what it prints."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - a terminal is where this belongs


def write(line: str) -> None:
    """Print a line at once: whoever reads a pipe wants to know now."""
    print(line, flush=True)  # noqa: T201 - likewise


def terminal() -> Console | None:
    """The terminal, if that is where the output goes; None for files, pipes and teletypes."""
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal and not console.is_dumb_terminal else None


def _let_go_of_stdout() -> None:
    # The interpreter would try to write what is left at its end, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

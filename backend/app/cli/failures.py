"""How a command ends when it does not end well: a sentence and an exit code, never a traceback."""

from enum import IntEnum
from typing import NoReturn

import typer


class ExitCode(IntEnum):
    """What a command says to the shell."""

    OK = 0
    FAILED = 1
    USAGE = 2
    INCOMPLETE = 3
    NO_SERVER = 4
    INTERRUPTED = 130


class CommandFailed(Exception):
    """A command can't go on.

    Args:
        sentence: What people are told.
        code: What the shell is told.
    """

    def __init__(self, sentence: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class ServerAway(CommandFailed):
    """Nobody answers, or only for the server: it may be back in a moment."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, ExitCode.NO_SERVER)


def give_up(sentence: str, code: ExitCode = ExitCode.FAILED) -> NoReturn:
    """End the command with a sentence on stderr."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)

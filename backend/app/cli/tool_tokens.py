"""``videothek tokens``: what lets other tools in."""

from datetime import datetime

from app.cli.client import Server
from app.cli.failures import CommandFailed
from app.cli.tables import print_table
from app.cli.terminal import run, tell, write
from app.cli.words import plain, say
from app.core.settings import Settings


def create_token(name: str, scope: str) -> None:
    """Make a token and print it, alone on stdout.

    Args:
        name: What it is for.
        scope: What it may do.
    """

    def command(server: Server, _settings: Settings) -> None:
        made = server.post("/tokens", json={"name": name, "scope": scope})
        tell(say("token_once"))
        write(made["token"])

    run(command)


def list_tokens() -> None:
    """Print all tokens, without their secrets."""

    def command(server: Server, _settings: Settings) -> None:
        rows = server.get("/tokens")
        if not rows:
            write(say("no_tokens"))
            return
        heads = ("id", "name", "scope", "made", "used")
        print_table(
            [say(f"head_{head}") for head in heads],
            [
                [
                    row["id"],
                    row["name"],
                    say(f"scope_{row['scope']}"),
                    _day(row["created_at"]),
                    _day(row["last_used_at"]),
                ]
                for row in rows
            ],
        )

    run(command)


def revoke_token(which: str) -> None:
    """Make a token worthless.

    Args:
        which: Its name, or the beginning of its id.
    """

    def command(server: Server, _settings: Settings) -> None:
        rows = server.get("/tokens")
        found = [row for row in rows if row["name"] == which]
        found = found or [row for row in rows if which and row["id"].startswith(which.lower())]
        if not found:
            raise CommandFailed(say("no_such_token", name=plain(which)))
        if len(found) > 1:
            raise CommandFailed(say("many_tokens", name=plain(which)))
        server.delete(f"/tokens/{found[0]['id']}")
        write(say("token_gone", name=plain(found[0]["name"])))

    run(command)


def _day(at: str | None) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else "–"

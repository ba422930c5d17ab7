"""`videothek import` and its relatives, as real processes beside a real server."""

import asyncio
import csv
import io
import json
import os
import re
import signal
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest

from standin.server import StandIn
from tests.api.test_api_tokens import make
from tests.api.test_batch_import import links, video_ids
from tests.api.test_import_life import ON_SQLITE, act, shown
from tests.pipeline.test_steering_killed import VIDEOS, Steered, input_text
from tests.support.command import Command
from tests.support.server import AppProcess, Client, RunningApp, sign_in, until

pytestmark = [ON_SQLITE, pytest.mark.timeout(180)]

ESCAPE = "\x1b"


@pytest.fixture
async def command(app: RunningApp, client: Client) -> Command:
    """For a server elsewhere, with a token that may do everything."""
    return Command.at(app.url, (await make(client, "full"))["token"])


async def until_it_says(process: asyncio.subprocess.Process, words: str) -> list[str]:
    """Read lines until one holds these words."""
    assert process.stdout is not None
    said: list[str] = []
    async with asyncio.timeout(60):
        while not said or words not in said[-1]:
            line = (await process.stdout.readline()).decode()
            assert line, "".join(said)
            said.append(line)
    return said


async def the_end(process: asyncio.subprocess.Process) -> tuple[int | None, list[str]]:
    async with asyncio.timeout(60):
        out, _ = await process.communicate()
    return process.returncode, out.decode().splitlines()


async def test_hundreds_of_videos_are_steered_from_the_terminal_between_kills(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    videothek = Command.of(tmp_path, VIDEOTHEK_DATABASE_URL=database_url)
    source = tmp_path / "links.txt"
    source.write_text(input_text())
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        steered = Steered(process, await sign_in(process.url))
        watching = await videothek.start("import", str(source), "--list", "Groß")
        said = await until_it_says(watching, "of 500")
        assert said[0] == "500 videos accepted, 2 given twice, 2 lines without a video.\n"
        page = (await steered.client.http.get("/imports")).json()
        steered.import_id = page["items"][0]["id"]
        await steered.further()
        await pause_through_a_kill(steered, videothek, watching)
        await cancel_and_go_on(steered, videothek, watching)
        await undo_what_is_watched(steered, videothek)
        await steered.client.http.aclose()
    assert "Traceback" not in (tmp_path / "app.log").read_text()


async def pause_through_a_kill(
    steered: Steered, videothek: Command, watching: asyncio.subprocess.Process
) -> None:
    paused = await videothek("imports", "pause", "last")
    assert (paused.code, paused.err) == (0, "")
    assert "  paused  " in paused.out
    shown = await videothek("imports", "list", "--limit", "1")
    assert (shown.code, shown.err) == (0, "")
    assert "\tpaused\t" in shown.out
    await until_it_says(watching, "The import is paused.")
    await steered.adds_up()
    await steered.client.http.aclose()
    steered.process.kill()
    await until_it_says(watching, "The server does not answer right now.")
    away = await videothek("imports")
    assert (away.code, away.out) == (4, "")
    assert away.err == f"No Videothek answers at {steered.process.url}.\n"
    await steered.process.start()
    steered.client = await sign_in(steered.process.url)
    await until_it_says(watching, "The import is paused.")
    await steered.adds_up()
    assert (await videothek("imports", "resume", steered.import_id[:18])).code == 0
    await steered.further()


async def cancel_and_go_on(
    steered: Steered, videothek: Command, watching: asyncio.subprocess.Process
) -> None:
    await steered.kill()
    cancelled = await videothek("imports", "cancel", "last")
    assert "  cancelled  Cancelled. " in cancelled.out
    code, said = await the_end(watching)
    assert (code, said[-1][:11]) == (3, "Cancelled. ")
    assert said[-1].endswith(" stopped.")
    assert ESCAPE not in "".join(said)
    left = (await steered.adds_up())["summary"]["stopped"]
    await steered.kill()
    retried = await videothek("imports", "retry", "last", "--outcome", "stopped")
    assert retried.out == f"{left} entries are tried again.\n"


async def undo_what_is_watched(steered: Steered, videothek: Command) -> None:
    watching = await videothek.start("imports", "show", "last", "--wait")
    await until_it_says(watching, "of 500")
    await steered.further()
    await steered.kill()
    refused = await videothek("imports", "undo", "last")
    assert (refused.code, refused.out) == (2, "")
    assert "--yes" in refused.err
    undone = await videothek("imports", "undo", "last", "--yes")
    assert undone.out.endswith("  undone  The import was undone.\n")
    code, said = await the_end(watching)
    assert (code, said[-1]) == (1, "The import was undone.")
    job = await steered.adds_up()
    assert (job["state"], job["summary"]["total"]) == ("undone", 0)
    lists = (await steered.client.http.get("/lists")).json()
    assert [row["name"] for row in lists] == ["Videothek"], "the list it made went with it"
    again = await videothek("imports", "resume", "last")
    assert (again.code, again.err) == (1, "This import is over already.\n")
    report = await videothek("imports", "report", "last", "--outcome", "removed")
    assert len(list(csv.reader(io.StringIO(report.out)))) == VIDEOS + 1


async def test_the_exit_code_says_what_became_of_it(
    command: Command, client: Client, standin: StandIn, tmp_path: Path
) -> None:
    good, silent, private, later = video_ids(4)
    standin.set_scenario(silent, captions="none")
    standin.set_scenario(private, availability="private")

    done = await command("import", "-", "--list", "Neu", stdin=links([good, silent]))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "2 videos accepted."
    assert done.out.splitlines()[-1] == "2 videos imported. 1 without captions."
    assert ESCAPE not in done.out

    again = await command("import", "-", "--list", " neu ", stdin=links([good]))
    assert (again.code, again.out.splitlines()[0]) == (
        0,
        "0 videos accepted, 1 was there already.",
    )
    lists = (await client.http.get("/lists")).json()
    assert [row["name"] for row in lists] == ["Videothek", "Neu"]

    partly = await command("import", "-", stdin=links([good, private]))
    assert partly.code == 3
    assert partly.out.splitlines()[-1] == "1 video imported. 1 not available (private)."
    lost = await command("import", "-", "--list", "Neu", stdin=links([private]))
    assert lost.code == 1
    rejected = await command("import", "-", "--no-wait", stdin=f"{links([later])}\nkein Link")
    assert rejected.code == 3
    assert "videothek imports show" in rejected.out

    nothing = await command("import", "-", stdin="kein Link")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err == "There is no link to a YouTube video in it.\n"
    limited = command.but(VIDEOTHEK_IMPORT_MAX_BYTES="20")
    much = await limited("import", "-", stdin="x" * 21)
    assert (much.code, much.out) == (1, "")
    assert much.err.startswith("This is too large at once.")
    for wrong in (
        ("import",),
        ("import", str(tmp_path / "fehlt.txt")),
        ("import", str(tmp_path)),
        ("export", "--format", "xlsx"),
        ("imports", "retry", "last", "--outcome", "alles"),
    ):
        done = await command(*wrong)
        assert done.code == 2, wrong
        assert "Traceback" not in done.err
        assert done.out == ""


async def test_without_a_server_or_a_way_in_it_says_so(app: RunningApp, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"
    for command, words in (
        (Command.of(nowhere), "There is no Videothek running here."),
        (Command.at(nobody, "vt_x"), f"No Videothek answers at {nobody}."),
        (Command.at(app.url, "vt_x"), f"The library at {app.url} does not accept this token."),
        (Command(VIDEOTHEK_SERVER_URL=app.url), "Set VIDEOTHEK_API_TOKEN:"),
    ):
        done = await command("imports")
        assert (done.code, done.out, done.err.count("\n")) == (4, "", 1)
        assert done.err.startswith(words)
    (nowhere / "address").write_text(nobody)
    done = await Command.of(nowhere, LANG="de_DE.UTF-8")("import", "-", stdin="x")
    assert done.code == 4
    assert done.err.startswith("Hier läuft keine Videothek.")
    assert [file.name for file in nowhere.iterdir()] == ["address"]
    wrong = await Command.at("ftp://x", "vt_x")("imports")
    assert (wrong.code, wrong.err[:20]) == (2, "VIDEOTHEK_SERVER_URL")


async def test_what_a_token_may_not_do_is_said_in_the_servers_words(
    app: RunningApp, client: Client
) -> None:
    adds = Command.at(app.url, (await make(client, "add"))["token"], LC_ALL="de_DE.UTF-8")
    done = await adds("import", "-", "--list", "Neu", stdin=links(video_ids(1)))
    assert done.code == 0
    assert done.out.splitlines()[-1].startswith("1 Video importiert.")

    for arguments in (
        ("export", "--format", "csv"),
        ("imports", "undo", "last", "--yes"),
        ("tokens", "list"),
    ):
        refused = await adds(*arguments)
        assert (refused.code, refused.err) == (1, "Dieser Zugang darf das nicht.\n"), arguments


async def test_ctrl_c_ends_the_watching_and_not_the_import(
    command: Command, client: Client, standin: StandIn
) -> None:
    # Slow enough that the first line is not missed where a command takes seconds to begin.
    standin.set_latency(3.0)
    watching = await command.start("import", "-")
    assert watching.stdin is not None
    watching.stdin.write(links(video_ids(30)).encode())
    watching.stdin.close()
    await until_it_says(watching, "0 of 30")
    watching.send_signal(signal.SIGINT)
    async with asyncio.timeout(20):
        _, err = await watching.communicate()

    assert watching.returncode == 130
    words = re.fullmatch(
        r"The import goes on at the server\. Watch it: videothek imports show (\S+) --wait\n",
        err.decode(),
    )
    assert words
    standin.set_latency(0.0)
    assert len(await client.until_settled(60)) == 30
    done = await command("imports", "show", words[1], "--wait")
    assert done.code == 0


async def test_a_pause_of_youtube_is_said_in_words_with_the_time_it_goes_on(
    command: Command, client: Client, standin: StandIn
) -> None:
    standin.add_fault(
        kind="watch", fault="status_429_retry_after", count=1, after=2, retry_after_seconds=3
    )
    done = await command("import", "-", stdin=links(video_ids(12)))

    assert done.code == 0, done.err
    notice = r"YouTube asks us to slow down\. .* It goes on at \d\d:\d\d:\d\d\."
    assert re.search(notice, done.out), done.out
    assert len(await client.until_settled(60)) == 12


async def test_a_reader_that_has_had_enough_hears_no_complaint(
    command: Command, client: Client
) -> None:
    await client.batch({"text": links(video_ids(300))})
    for arguments in (("imports", "report", "last"), ("export", "--format", "json"), ("imports",)):
        reading, writing = os.pipe()
        process = await command.start(*arguments, stdout=writing)
        os.close(writing)
        os.close(reading)
        async with asyncio.timeout(30):
            _, err = await process.communicate()
        assert err == b"", arguments
        assert process.returncode == 1


async def test_in_a_terminal_a_bar_moves_and_a_zip_is_not_poured_into_it(
    command: Command, tmp_path: Path
) -> None:
    source = tmp_path / "links.txt"
    source.write_text(links(video_ids(3)))
    for arguments, wanted in (
        (("import", str(source)), "3 videos imported."),
        (("imports",), "links.txt"),
        (("export", "--format", "takeout"), ""),
    ):
        terminal, end = os.openpty()
        process = await command.start(*arguments, stdout=end)
        os.close(end)
        seen = await asyncio.to_thread(read_all, terminal)
        async with asyncio.timeout(30):
            _, err = await process.communicate()
        assert wanted in seen
        assert (ESCAPE in seen) == bool(wanted)
        assert process.returncode == (0 if wanted else 2)
        assert err.decode()[:5] == ("" if wanted else "A ZIP")


def read_all(terminal: int) -> str:
    """What a program writes to a terminal, until it closes it."""
    seen = b""
    try:
        while part := os.read(terminal, 4096):
            seen += part
    except OSError:
        # So Linux says that nobody holds the other end any more.
        pass
    finally:
        os.close(terminal)
    return seen.decode()


async def test_a_library_goes_out_and_comes_in_through_the_command(
    app: RunningApp, command: Command, tmp_path: Path
) -> None:
    ids = video_ids(6)
    for name, chosen in (("=A/B", ids[:3]), ("Zweite <b>", ids[2:])):
        await command("import", "-", "--list", name, "--no-wait", stdin=links(chosen))
    stranger = await app.add_user("fremd")
    other = Command.at(app.url, (await make(stranger, "full"))["token"])

    for number, export_format in enumerate(("csv", "takeout")):
        target = tmp_path / f"library{number}"
        saved = await command("export", "--format", export_format, "--output", str(target))
        assert (saved.code, saved.out, saved.err) == (0, "", f"Saved: {target}\n")
        done = await other("import", str(target), "--split", "--no-wait")
        assert done.code == 0, done.err
        lists = (await stranger.http.get("/lists")).json()
        assert [row["name"] for row in lists] == ["Videothek", "=A/B", "Zweite <b>"]
        for row, wanted in zip(lists[1:], (ids[:3], ids[2:]), strict=True):
            found = await stranger.videos(row["id"])
            assert [video["youtube_id"] for video in found] == wanted, export_format
        undone = await other("imports", "undo", "last", "--yes")
        assert undone.code == 0
        assert len((await stranger.http.get("/lists")).json()) == 1, "its lists went with it"

    piped = await command("export", "--format", "archive", "--list", "zweite <B>")
    assert piped.out == "".join(f"youtube {youtube_id}\n" for youtube_id in ids[2:])
    missing = await command("export", "--format", "json", "--list", "Dritte")
    assert (missing.code, missing.err) == (1, "There is no list “Dritte”.\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert (await command("export", "--format", "takeout", "-o", str(folder))).code == 0
    (file,) = folder.iterdir()
    assert zipfile.is_zipfile(file)


async def test_tokens_are_made_listed_and_revoked_on_the_servers_own_machine(
    settings: Any, app: RunningApp, client: Client
) -> None:
    (settings.data_dir / "address").write_text(app.url)
    local = Command.of(settings.data_dir, VIDEOTHEK_DATABASE_URL=settings.database_url)

    made = await local("tokens", "create", "Lesezeichen", "--scope", "read")
    assert made.code == 0
    token = made.out.strip()
    assert re.fullmatch(r"vt_[\w-]{43}", token)
    assert made.err == "This token is shown only now. Keep it well.\n"
    reads = Command.at(app.url, token)
    assert json.loads((await reads("export", "--format", "json")).out)["format"] == "videothek"
    listed = await local("tokens", "list")
    assert re.fullmatch(r"\S+\tLesezeichen\tread\t[\d :-]+\t[\d :-]+\n", listed.out)
    assert token not in listed.out
    assert (await local("tokens", "revoke", "Lesezeichen")).code == 0
    assert (await reads("export", "--format", "json")).code == 4
    gone = await local("tokens", "revoke", "Lesezeichen")
    assert (gone.code, gone.err) == (1, "There is no token “Lesezeichen”.\n")
    assert (await client.http.get("/tokens")).json() == []


async def test_imports_are_named_by_how_they_begin(command: Command, client: Client) -> None:
    none = await command("imports")
    assert (none.code, none.out) == (0, "No imports yet.\n")
    assert (await command("imports", "show")).code == 1
    ids = []
    for seed in (1, 2, 3):
        ids.append((await client.batch({"urls": video_ids(2, seed)})).json()["import_id"])
        await act(client, ids[-1], "pause")

    table = (await command("imports")).out.splitlines()
    assert len(table) == 3
    short = [row.split("\t")[0] for row in table]
    assert all(full.startswith(begin) for full, begin in zip(reversed(ids), short, strict=True))
    assert (await command("imports", "resume", short[2].upper())).code == 0

    async def runs() -> bool | None:
        return (await shown(client, ids[0]))["state"] != "paused" or None

    await until(runs)
    several = await command("imports", "pause", ids[0][:2])
    assert several.code == 1
    assert several.err.startswith(f"Several imports begin with {ids[0][:2]}: ")
    nobody = await command("imports", "pause", "ffff")
    assert (nobody.code, nobody.err) == (1, "There is no import that begins with ffff.\n")

"""`python -m standin.demo`: the application on the stand-in, with a hundred videos importing."""

import argparse
import contextlib
import os
import random
import signal
import socket
import string
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import httpx

from standin.scenarios import PREFIXES
from standin.server import StandIn, run_in_thread

VIDEOS = 100
# The others come with a playlist.
LINKS = 80
PLAYLIST_ID = "PLdemo0123456789abcdefghijklmnopqr"
# A hundred videos are two hundred player requests, 5.5 s apart in real life: here about 65 s.
PACING_SCALE = 17.0
# Before the middle of the import the caption lane is told to wait, for long enough to be seen.
CAPTIONS_BEFORE_THROTTLE = 30
THROTTLE_SECONDS = 10

# Which of the hundred are not simply fine: position to scenario.
UNUSUAL = {
    4: {"availability": "private"},
    9: {"captions": "none"},
    13: {"availability": "upcoming"},
    17: {"availability": "deleted"},
    26: {"availability": "members_only"},
    38: {"captions": "none"},
    45: {"availability": "live"},
    52: {"availability": "private"},
    61: {"captions": "none"},
    74: {"availability": "geo_blocked"},
    88: {"captions": "none"},
}

_BUILD_DIRECTORY = Path(__file__).resolve().parents[2] / ".build" / "demo"
_ALPHABET = string.ascii_letters + string.digits + "-_"
# Sixty-four bits in eleven characters of six leave sixteen choices for the last one.
_LAST_CHARACTERS = "AEIMQUYcgkosw048"
_STOP_SECONDS = 15
_LAST_PORT = 65_535
_LOG_LINES_SHOWN = 15

_INTRODUCTION = """
  Videothek demo. A stand-in plays YouTube, so nothing here needs the internet,
  and everything that you see is made up.
"""
_UNDER_WAY = f"""\
  {LINKS} links and a playlist of {VIDEOS - LINKS} videos were dropped a moment ago. They are
  importing {PACING_SCALE:.0f} times as fast as real life: it takes a little over a minute. A few
  videos are private or gone, some have no captions.
  On the way the stand-in asks for a pause; watch the import wait calmly and go on.
"""


class DemoFailed(Exception):
    """The demo can't run; the message is for the person at the terminal."""


def demo_ids(count: int = VIDEOS, seed: int = 2026) -> list[str]:
    """Return ids that look like YouTube's, the same ones each time."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    ids: list[str] = []
    while len(ids) < count:
        found = "".join(chance.choices(_ALPHABET, k=10)) + chance.choice(_LAST_CHARACTERS)
        if found[:5] not in PREFIXES:
            ids.append(found)
    return ids


def prepare(stand_in: StandIn, ids: list[str]) -> None:
    """Choose what the videos are like, and when the stand-in asks for a pause.

    Args:
        stand_in: The upstream.
        ids: The videos in the order of their import.
    """
    for position, video_id in enumerate(ids):
        stand_in.set_scenario(video_id, **UNUSUAL.get(position, {}))
    stand_in.set_playlist(PLAYLIST_ID, video_ids=ids[LINKS:], title="Demo")
    stand_in.add_fault(
        kind="timedtext",
        fault="status_429_retry_after",
        retry_after_seconds=THROTTLE_SECONDS,
        after=CAPTIONS_BEFORE_THROTTLE,
        count=1,
    )


class App:
    """`videothek serve` in a process of its own, as people run it.

    Args:
        directory: Where it keeps its data, and its log.
        gateway: The stand-in's address.
        port: Where it listens; 0 takes a free port.
    """

    def __init__(self, directory: Path, gateway: str, port: int) -> None:
        own = {name: value for name, value in os.environ.items() if "VIDEOTHEK" not in name}
        self._environment = {
            **own,
            "PYTHONUNBUFFERED": "1",
            "VIDEOTHEK_DATA_DIR": str(directory),
            "VIDEOTHEK_YOUTUBE_GATEWAY": gateway,
            "VIDEOTHEK_GROQ_BASE_URL": f"{gateway}/openai/v1",
            "VIDEOTHEK_GROQ_API_KEY": "demo",
            "VIDEOTHEK_PACING_SCALE": str(PACING_SCALE),
        }
        # The console script beside this Python; the stand-in never imports the application.
        self._command = str(Path(sys.executable).parent / "videothek")
        self._log = directory / "app.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [self._command, "serve", "--port", str(port)],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def wait_until_ready(self) -> str:
        """Pass on what the application says at its start, and return its address.

        Raises:
            DemoFailed: It ended instead.
        """
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        url = ""
        for line in self._process.stdout:
            _say(line)
            if "is running at" in line:
                url = line.split()[-1]
            if url and not line.strip():
                # What it might say later must not fill the pipe and block it.
                threading.Thread(target=self._pass_on, daemon=True).start()
                return url
        raise DemoFailed(f"Videothek did not start.\n{self.last_words()}")

    def sign_in(self, url: str) -> httpx.Client:
        """Return a client that is signed in by a link of its own, not by the person's."""
        printed = subprocess.run(  # noqa: S603 - our own command
            [self._command, "users", "link"],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        _, found, code = printed.stdout.strip().partition("#code=")
        if not found:
            raise DemoFailed(f"Videothek gave no sign-in link.\n{printed.stderr.strip()}")
        client = httpx.Client(base_url=f"{url}/api", timeout=30, trust_env=False)
        answer = client.post("/auth/link", json={"code": code}).raise_for_status()
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return client

    def wait(self) -> None:
        """Wait until it ends, which it should not do by itself."""
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end; insist after a while."""
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        """Return the end of its log."""
        lines = self._log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-_LOG_LINES_SHOWN:])

    def _pass_on(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        with contextlib.suppress(ValueError):
            for line in self._process.stdout:
                _say(line)


def run(port: int) -> None:
    """Run the demo until it is interrupted.

    Args:
        port: Where the page is; 0 takes a free port.

    Raises:
        DemoFailed: It can't run.
    """
    _check_port(port)
    ids = demo_ids()
    with _fresh_directory() as directory, run_in_thread() as stand_in:
        prepare(stand_in, ids)
        _say(_INTRODUCTION)
        app = App(directory, stand_in.url, port)
        try:
            url = app.wait_until_ready()
            with contextlib.closing(app.sign_in(url)) as client:
                _drop(client, ids)
            _say(_UNDER_WAY + "\n")
            app.wait()
            raise DemoFailed(f"Videothek ended by itself.\n{app.last_words()}")
        finally:
            # A second Ctrl+C must not leave the application behind.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            app.stop()


def _drop(client: httpx.Client, ids: list[str]) -> None:
    """Post the links, in the forms in which people have them, to the first list."""
    forms = ("https://www.youtube.com/watch?v={}", "https://youtu.be/{}")
    links = [forms[at % len(forms)].format(video_id) for at, video_id in enumerate(ids[:LINKS])]
    text = "\n".join([*links, f"https://www.youtube.com/playlist?list={PLAYLIST_ID}"])
    list_id = client.get("/lists").raise_for_status().json()[0]["id"]
    client.post(f"/lists/{list_id}/videos/batch", json={"text": text}).raise_for_status()


@contextmanager
def _fresh_directory() -> Iterator[Path]:
    """A directory below `.build/demo` that is gone afterwards."""
    _BUILD_DIRECTORY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_BUILD_DIRECTORY, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        # As the server does it: connections that are still fading away do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoFailed(
                f"Port {port} can't be used ({error.strerror}). "
                "Choose another one: make demo DEMO_PORT=8123"
            ) from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _port(given: str) -> int:
    number = int(given)
    if not 0 <= number <= _LAST_PORT:
        raise ValueError(given)
    return number


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="standin.demo", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="0 takes a free port")
    arguments = parser.parse_args()
    # Also where a shell started this in the background and switched the signal off.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        run(arguments.port)
    except KeyboardInterrupt:
        _say("\n  Stopped. The demo's library is removed.\n")
    except DemoFailed as failed:
        sys.exit(f"  {failed}")
    except httpx.HTTPError as failed:
        sys.exit(f"  Videothek did not answer as it should: {failed}")


if __name__ == "__main__":
    main()

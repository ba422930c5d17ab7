"""`make demo`: a hundred videos on the stand-in, from its start to Ctrl+C."""

import contextlib
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from standin.demo import demo_ids

BACKEND = Path(__file__).parents[2]

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def demo() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "standin.demo", "--port", "0"],
        cwd=BACKEND,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        if process.poll() is None:
            process.kill()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if words in line:
            return text
    raise AssertionError(text + (process.stderr.read() if process.stderr else ""))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def signed_in(url: str, code: str) -> httpx.Client:
    client = httpx.Client(base_url=f"{url}/api", timeout=20, trust_env=False)
    token = client.post("/auth/link", json={"code": code}).raise_for_status().json()
    client.headers["Authorization"] = f"Bearer {token['access_token']}"
    return client


def the_import(client: httpx.Client) -> dict[str, Any]:
    (shown,) = client.get("/imports").raise_for_status().json()["items"]
    assert isinstance(shown, dict)
    return shown


def test_the_demo_imports_and_ends_cleanly_with_ctrl_c(demo: subprocess.Popen[str]) -> None:
    said = read_until(demo, "watch the import")
    links = re.findall(r"(http://[\d.:]+)/#code=(\S+)", said)
    assert len(links) == 1
    children = children_of(demo.pid)
    assert len(children) == 1

    # The printed link is the person's: nobody has used it yet.
    with contextlib.closing(signed_in(*links[0])) as client:
        started = time.monotonic()
        while the_import(client)["summary"]["imported"] < 5:
            assert time.monotonic() - started < 60
            time.sleep(0.2)
        counts = the_import(client)["counts"]
        assert (counts["new"], counts["playlist"]) == (len(demo_ids()), 1) == (100, 1)

    demo.send_signal(signal.SIGINT)
    output, errors = demo.communicate(timeout=20)
    assert (demo.returncode, errors) == (0, "")
    assert "Stopped" in output
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    port = int(links[0][0].rsplit(":", 1)[1])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_busy_port_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "standin.demo", "--port", str(port)],
            cwd=BACKEND,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"Port {port} can't be used" in done.stderr

"""The command says what is wrong in one sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def serve(directory: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "serve", *arguments],
        env={"PATH": os.environ["PATH"], "VIDEOTHEK_DATA_DIR": str(directory), **settings},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"VIDEOTHEK_PORT": "abc"}, "VIDEOTHEK_PORT is not right"),
        ({"VIDEOTHEK_LOG_LEVEL": "foo"}, "VIDEOTHEK_LOG_LEVEL is not right"),
        ({"VIDEOTHEK_DATABASE_URL": "mysql://x"}, "The database can't be used"),
        (
            {
                "VIDEOTHEK_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
                "VIDEOTHEK_DATABASE_WAIT_SECONDS": "1.5",
                "VIDEOTHEK_PORT": "0",
            },
            "The database can't be used",
        ),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    done = serve(tmp_path, **settings)

    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_database_file_and_a_busy_port_are_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "videothek.db").write_bytes(b"no database" * 1000)
    done = serve(tmp_path, "--port", "0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "The database can't be used" in done.stderr

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        done = serve(tmp_path, "--port", str(busy.getsockname()[1]))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Can't listen on 127.0.0.1" in done.stderr

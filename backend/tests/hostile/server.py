"""The application with its workers as a process of its own, and a stand-in for YouTube as another."""

import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.support.server import AppProcess

_SHOWN = 1500


class HostileApp(AppProcess):
    """`videothek serve`, whose access tokens outlive the run.

    Args:
        directory: For its data and its log.
    """

    def __init__(self, directory: Path) -> None:
        self._log = directory / "app.log"
        self._youtube = subprocess.Popen(
            [sys.executable, "-m", "standin", "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        assert self._youtube.stdout is not None
        super().__init__(
            directory,
            VIDEOTHEK_YOUTUBE_GATEWAY=self._youtube.stdout.readline().split()[-1],
            VIDEOTHEK_ACCESS_TOKEN_SECONDS="86400",
            VIDEOTHEK_IMPORT_MAX_ITEMS="100",
            VIDEOTHEK_PACING_SCALE="200",
        )

    def tracebacks(self) -> list[str]:
        """What unexpected was written into its log, shortened."""
        _, *parts = self._log.read_text().split("Traceback (most recent call last)")
        return [part[:_SHOWN] + " ... " + part.partition("\n20")[0][-_SHOWN:] for part in parts]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        self._youtube.kill()
        self._youtube.wait()
        if self._youtube.stdout:
            self._youtube.stdout.close()

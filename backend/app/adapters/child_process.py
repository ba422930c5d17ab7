"""Work in a process of its own: it can be killed at any time, and never outlives its parent."""

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections import deque
from pathlib import Path
from typing import Any, Self

import app
from app.core.errors import UpstreamFailed

_log = logging.getLogger(__name__)

# Of one answer: the words of eleven minutes are a tenth of it.
_MAX_ANSWER_BYTES = 16_000_000
_KEPT_COMPLAINTS = 20
_SECRETS_PREFIX = "VIDEOTHEK_"
# onnxruntime (of faster-whisper) and the model hub's client tell their makers of each use otherwise.
_NO_TELEMETRY = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


class ChildFailed(UpstreamFailed):
    """The process died, or what it said was no answer."""


class ChildProcess:
    """A process that answers one request at a time (``app.adapters.child_side`` is its other end).

    Its standard input is its life line: the kernel closes it when this process dies, however suddenly,
    and the child ends. It has a session of its own, so that what is typed at a terminal never reaches
    it, and inherits neither sockets nor this application's secrets.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._complaints: deque[str] = deque(maxlen=_KEPT_COMPLAINTS)
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, module: str) -> Self:
        """Start a module of ours.

        Args:
            module: Its name; it calls ``child_side.serve``.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            # The working directory is no place to import from.
            "-P",
            "-m",
            module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
            limit=_MAX_ANSWER_BYTES,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    async def ask(
        self, request: dict[str, Any], payload: bytes = b"", *, deadline_seconds: float
    ) -> dict[str, Any]:
        """Ask, and wait for the answer; whatever goes wrong, and if it is cancelled, the process ends.

        Args:
            request: JSON.
            payload: Bytes that go with it.
            deadline_seconds: How long to wait.

        Raises:
            ChildFailed: It died, or did not answer in time.
        """
        try:
            async with asyncio.timeout(deadline_seconds):
                return await self._exchange(request, payload)
        except TimeoutError as error:
            await self.kill()
            raise ChildFailed(f"no answer in {deadline_seconds:.0f} s") from error
        except (OSError, ValueError) as error:
            await self.kill()
            raise ChildFailed(f"the process died: {self._last_words()}") from error
        except BaseException:
            await self.kill()
            raise

    async def kill(self) -> None:
        """End it and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await asyncio.shield(self._gone())

    async def _exchange(self, request: dict[str, Any], payload: bytes) -> dict[str, Any]:
        writer, reader = self._process.stdin, self._process.stdout
        if writer is None or reader is None:
            raise ValueError("no pipes")
        head = json.dumps({**request, "payload_bytes": len(payload)})
        writer.write(head.encode() + b"\n" + payload)
        await writer.drain()
        line = await reader.readline()
        if not line:
            # What it complained about last may still be on its way.
            await self._process.wait()
            await self._listening
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def _listen(self) -> None:
        stream = self._process.stderr
        while stream is not None and (line := await stream.readline()):
            self._complaints.append(line.decode(errors="replace").rstrip()[:500])

    def _last_words(self) -> str:
        if self._complaints:
            _log.warning("a child process died:\n%s", "\n".join(self._complaints))
        return self._complaints[-1] if self._complaints else f"status {self._process.returncode}"

    async def _gone(self) -> None:
        await self._process.wait()
        await self._listening
        if self._process.stdin is not None:
            self._process.stdin.close()


def _environment() -> dict[str, str]:
    ours = str(Path(app.__file__).parent.parent)
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(_SECRETS_PREFIX)
    }
    search_path = [ours, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**inherited, **_NO_TELEMETRY, "PYTHONPATH": os.pathsep.join(search_path)}

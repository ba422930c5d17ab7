"""The child's end of ``app.adapters.child_process``."""

import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

# Whoever waits for a page goes first.
_NICENESS = 10

Handle = Callable[[dict[str, Any], bytes], dict[str, Any]]


def serve(handle: Handle) -> None:
    """Answer requests, one at a time, until the parent is gone.

    Args:
        handle: Makes an answer of a request and its payload; an exception of it ends the process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    # Libraries print what they like: it must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
    # Reads while a request is worked on, so that the end of the parent is noticed at once.
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    try:
        while True:
            request, payload = requests.get()
            answers.write(json.dumps(handle(request, payload)).encode() + b"\n")
            answers.flush()
    except BaseException:  # noqa: BLE001 - whatever it is, it ends here
        traceback.print_exc()
        sys.stderr.flush()
        # An orderly end would wait for the thread that reads.
        os._exit(1)


def _read(requests: queue.Queue[tuple[dict[str, Any], bytes]]) -> None:
    stream = sys.stdin.buffer
    while line := stream.readline():
        request = json.loads(line)
        requests.put((request, stream.read(request.pop("payload_bytes"))))
    # The parent is gone, and nobody wants the rest.
    os._exit(0)

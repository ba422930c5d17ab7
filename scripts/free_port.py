"""Prints a port of this machine that nobody listens on: a fixed one may be somebody's dev server."""

import socket

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    print(probe.getsockname()[1])

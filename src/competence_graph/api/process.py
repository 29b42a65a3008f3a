"""The web server as a process of its own, which ends when the one that started it is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

GROUPS = hasattr(os, "killpg")
PATIENCE = 4.0  # seconds that the server has to close its connections before it is killed


def run_until_ended(command: Sequence[str]) -> int:
    """Run a server until it ends, or until this process is told to: by Ctrl+C, SIGTERM or, where there is one, SIGHUP.

    The server is then told to end, with the process for queries that it started, and killed when it does not in time.
    Both are one process group of their own, so that a terminal's Ctrl+C comes here alone, and is passed on once.

    Returns
    -------
    int
        The exit code of the server; 0 where it was told to end.
    """
    told = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        if not told:
            told = True
            raise KeyboardInterrupt

    wanted = [number for name in ("SIGTERM", "SIGINT", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, stop) for number in wanted}
    server: subprocess.Popen[bytes] | None = None
    try:
        server = subprocess.Popen(command, process_group=0) if GROUPS else subprocess.Popen(command)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        if server is not None:
            _end(server)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server and what it started; where it had ended by itself, what it started."""
    _tell(server, signal.SIGTERM)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _tell(server, getattr(signal, "SIGKILL", signal.SIGTERM))
        server.wait()


def _tell(server: subprocess.Popen[bytes], number: int) -> None:
    if GROUPS:
        with suppress(ProcessLookupError, PermissionError):  # the last of the group is gone
            os.killpg(server.pid, number)
    elif server.poll() is None:
        server.terminate()

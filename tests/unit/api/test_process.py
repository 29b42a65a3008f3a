"""``competence-graph serve`` as a real process: told to end, it ends with the web server and the worker for queries."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from competence_graph.api.process import run_until_ended
from competence_graph.resources import BUILD_FOLDER_VARIABLE

START_SECONDS, END_SECONDS = 60, 8

posix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals are those of POSIX")


def below(pid: int) -> set[int]:
    """Return the processes that a process started, and those that these started."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@posix
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the processes from /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["kill", "Ctrl+C"])
def test_serve_leaves_nothing_behind(tiny_build: Path, tmp_path: Path, number: signal.Signals) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    log = (tmp_path / "log.txt").open("wb")
    serve = subprocess.Popen(
        [sys.executable, "-m", "competence_graph", "serve", "--port", str(port)],
        stdout=log, stderr=subprocess.STDOUT, cwd=tmp_path, start_new_session=True,
        env={**os.environ, BUILD_FOLDER_VARIABLE: str(tiny_build)},
    )  # fmt: skip
    started: set[int] = set()
    try:
        ask(f"{base}/healthz", START_SECONDS, serve)
        ask(f"{base}/sparql?query={urllib.parse.quote('ASK {}')}", START_SECONDS, serve)
        started = below(serve.pid)
        assert len(started) >= 2, "the web server and the worker"
        sent = time.monotonic()
        serve.send_signal(number)
        assert serve.wait(END_SECONDS) == 0
        while any(alive(pid) for pid in started) and time.monotonic() < sent + END_SECONDS:
            time.sleep(0.05)
        assert [pid for pid in started if alive(pid)] == []
        with socket.socket() as free:
            assert free.connect_ex(("127.0.0.1", port)) != 0
    finally:
        log.close()
        for pid in (serve.pid, *started):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        serve.wait()


def ask(address: str, seconds: float, serve: subprocess.Popen[bytes]) -> None:
    """Wait until an address answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (OSError, urllib.error.URLError):
            assert serve.poll() is None, "the server did not start"
            assert time.monotonic() < until
            time.sleep(0.1)


def test_the_code_of_a_server_that_ends_by_itself_is_kept() -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert run_until_ended([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    assert signal.getsignal(signal.SIGTERM) is before


@posix
def test_a_server_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    code = f"import sys, competence_graph.api.process as p; p.PATIENCE = 0.5; sys.exit(p.run_until_ended([sys.executable, '-c', {deaf!r}]))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"deaf"
        process.terminate()
        assert process.wait(END_SECONDS) == 0
        assert process.stdout.read() == b"", "the pipe is closed once the server is gone"
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()

"""A server of the web app and a browser, both started once for the tests of this folder and ended after them."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from visitor import FLAGS, HOSTILE, Server, Visitor, chromium, new_context, visit

from competence_graph.graph.build import build
from competence_graph.resources import BUILD_FOLDER_VARIABLE

HERE = Path(__file__).resolve().parent
TINY = HERE.parents[1] / "fixtures" / "tiny" / "csv"
START_SECONDS = 60


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[Server]:
    """Start ``competence-graph serve`` on a free port, as a user does, and end it with all that it started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "competence_graph", "serve", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True, cwd=log.parent,
            env={**os.environ, BUILD_FOLDER_VARIABLE: str(folder), "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"{base}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"The server did not start:\n{log.read_text()}")
                time.sleep(0.1)
        yield Server(base, log, folder)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path:
        pytest.fail("There is no Chromium here, and --browser-required was given.")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def server(browser: Browser, shipped_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(shipped_build, tmp_path_factory.mktemp("server") / "log.txt") as started:
        yield started


@pytest.fixture(scope="package")
def profile(browser: Browser) -> BrowserContext:
    """Return one browser profile for all tests that need none of their own: it keeps the app's files."""
    return new_context(browser)


@pytest.fixture
def visitor(profile: BrowserContext, server: Server) -> Iterator[Visitor]:
    with visit(profile, server.base) as opened:
        yield opened


def hostile_frameworks(folder: Path) -> Path:
    """Copy the tiny frameworks, with labels at their worst and two roles with enough stated to be drawn."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    tiny = folder / "tiny" / "1"
    for name in ("areas", "competences", "functions", "models", "principles", "roles"):
        _rewrite(tiny / f"{name}.csv", _spoilt)

    def more(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        like = next(row for row in rows if row["kind"] == "requirement" and row["status"] == "attested")
        subjects = {"case-manager": range(6), "care-co-ordinator": range(3, 9)}
        added = [
            {**like, "id": f"h{role[:3]}{n}", "subject": role, "object": f"hostile-{n}", "locator": "section 9", "lines": str(900 + n), "level": "", "importance": ""}
            for role, numbers in subjects.items()
            for n in numbers
        ]  # fmt: skip
        return rows + added

    def items(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        like = next(row for row in rows if row["label"].endswith("Networking"))
        return rows + [
            {**like, "id": f"hostile-{n}", "label": f"{HOSTILE[n % len(HOSTILE)]} number {n}"} for n in range(9)
        ]

    _rewrite(tiny / "statements.csv", more)
    _rewrite(tiny / "competences.csv", items)
    passport = tiny / "framework.toml"
    text = passport.read_text(encoding="utf-8")
    passport.write_text(text.partition("[expected]")[0], encoding="utf-8")
    return folder


def _spoilt(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{**row, "label": f"{HOSTILE[n % len(HOSTILE)]} {row['label']}"} for n, row in enumerate(rows)]


def _rewrite(path: Path, change: object) -> None:
    assert callable(change)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), change(list(reader))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="package")
def hostile_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    result = build(hostile_frameworks(folder / "frameworks"), output=folder / "build")
    result.report.raise_for_defects()
    with serving(folder / "build", folder / "log.txt") as started:
        yield started

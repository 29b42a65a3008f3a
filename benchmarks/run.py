"""Measure the program against what one would use without it, both sides in one run, and print a table.

From the top of a checkout::

    python -m benchmarks.run                    # the shipped graph, sizes S and M
    python -m benchmarks.run --large            # and L: ten minutes more
    python -m benchmarks.run --only overlap     # one part

These are measurements and no tests: nothing here fails because a machine is slow. What fails is a side that gives
another answer than the other. Targets are ratios; a row whose target is missed says so.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy
import pyoxigraph
import scipy

from benchmarks import asking, building, finding, pages, pairs, synthetic
from benchmarks.timing import ROUNDS, Section, table
from competence_graph.analysis.holdings import from_graph
from competence_graph.graph import pointer
from competence_graph.graph.build import build
from competence_graph.graph.store import STORE_FOLDER, load
from competence_graph.query.names import Names

PARTS = ("build", "overlap", "pairs", "guard", "search", "catalogue", "pages")


def machine() -> str:
    """Return date, machine and versions in a line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = (line.partition(":") for line in info.read_text(encoding="utf-8").splitlines())
        cpu = next((value.strip() for key, _, value in lines if key.strip() == "model name"), cpu)
    load_average = f", load average {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores ({cpu}), {platform.system()}{load_average}; "
        f"Python {platform.python_version()}, pyoxigraph {pyoxigraph.__version__}, numpy {numpy.__version__}, "
        f"scipy {scipy.__version__}; medians of {ROUNDS} interleaved rounds"
    )


def measured(parts: list[str], sizes: list[str]) -> Iterator[Section]:
    """Go through the sections, each as soon as it is measured."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        build(output=folder).report.raise_for_defects()
        graph = load(folder)
        names = Names(graph)
        current = pointer.read(folder)
        assert current
        store = folder / current.folder / STORE_FOLDER
        if {"overlap", "pairs"} & set(parts):
            tables = [pairs.Sides("shipped", from_graph(graph, names))]
            tables += [pairs.Sides(size, synthetic.holdings(synthetic.SIZES[size])) for size in sizes]
            if "overlap" in parts:
                yield pairs.section(tables)
            if "pairs" in parts:
                yield pairs.all_section(tables)
            del tables
        if "guard" in parts:
            yield asking.section(graph, store)
        if "search" in parts:
            graphs = {"shipped": (graph, names)}
            for size in sizes:
                other = synthetic.named_graph(synthetic.SIZES[size])
                graphs[size] = (other, Names(other))
            yield finding.section(graphs)
        if "catalogue" in parts:
            yield asking.catalogue(graph, names)
        if "pages" in parts:
            yield pages.section(folder)
        if "build" in parts:
            with tempfile.TemporaryDirectory(prefix="bench-") as apart:  # a forced build removes older versions
                yield building.section(Path(apart), graph)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--large", action="store_true", help="size L too: some ten minutes and 4 GB of memory more")
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be given several times")
    arguments = parser.parse_args()
    start = time.monotonic()
    print(machine(), end="\n\n")
    sections = []
    for section in measured(arguments.only or list(PARTS), ["S", "M", *["L"] * arguments.large]):
        sections.append(section)
        print(table([section]), flush=True)
    rows = [row for section in sections for row in section.rows]
    missed = [row.what for row in rows if row.met is False]
    print(f"Targets met: {sum(row.met is True for row in rows)}; missed: {len(missed)}.\n", *missed, sep="\n- ")
    print(f"{time.monotonic() - start:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()

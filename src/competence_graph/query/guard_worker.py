"""The process in which queries of others run: it holds the store, answers over its pipes, and may be killed at any time.

Started by :mod:`competence_graph.query.guard` as ``python -P -m competence_graph.query.guard_worker STORE MEMORY``. Both
pipes carry one JSON document a line. It imports as little as possible, so that it starts quickly and its memory is the
query's.

- in: ``{"query", "rows", "seconds"}``
- out, once: ``{"ready": true}`` or ``{"failed": message}``
- out, for each query: ``{"form", "columns"}``, any number of ``{"rows": [[term, ...], ...]}``, then
  ``{"end": true, "truncated", "boolean"}``; or ``{"error": kind, "message"}`` at any point.

A term is ``[type, value, datatype, language]``; one that is not bound is null.

Limits, where the platform has them (Linux all; macOS does not enforce the address space; Windows none, there only the
deadline and the check of the words hold): ``RLIMIT_AS`` for memory, ``RLIMIT_CPU`` set anew for each query, so that a
query whose server died ends too, and ``RLIMIT_NOFILE`` = 0 once the store is open: no socket and no file can be opened
any more, whatever the query says. RocksDB opens all its files with the store and answers without opening another
(measured: 205,796 quads, every index). Memory is not watched from outside: that would need psutil, which is no
dependency of this project.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

import pyoxigraph as ox

BATCH_ROWS = 200
BATCH_CHARACTERS = 200_000
ANSWER_CHARACTERS = 16_000_000
TRIPLE_COLUMNS = ("subject", "predicate", "object")
# Every index is read and some texts are turned into terms, so that nothing is left to be opened later.
WARMING = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a ?o } }",
    "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 500",
    'SELECT * WHERE { ?s ?p "" }',
    "SELECT (NOW() AS ?now) (UUID() AS ?uuid) (RAND() AS ?rand) WHERE { }",
)

TermData = list[str]


def term_data(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> TermData | None:
    """Return a term as plain data: type (``iri``, ``bnode``, ``literal``, ``triple``), value, datatype, language."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.datatype.value, term.language or ""]
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value, "", ""]
    if isinstance(term, ox.BlankNode):
        return ["bnode", term.value, "", ""]
    return ["triple", str(term), "", ""]


def answer(store: ox.Store, query: str, max_rows: int) -> Iterator[dict[str, Any]]:
    """Run a query and go through the documents of its answer; rows beyond ``max_rows`` are never made."""
    result = store.query(query, use_default_graph_as_union=True)
    if isinstance(result, ox.QueryBoolean):
        yield {"form": "ask", "columns": []}
        yield {"end": True, "truncated": False, "boolean": bool(result)}
        return
    if isinstance(result, ox.QuerySolutions):
        yield {"form": "select", "columns": [variable.value for variable in result.variables]}
    else:
        yield {"form": "graph", "columns": list(TRIPLE_COLUMNS)}
    batch: list[list[TermData | None]] = []
    in_batch = in_all = count = 0
    truncated = False
    for solution in result:
        row = [term_data(term) for term in solution]
        size = sum(len(term[1]) for term in row if term)
        if count == max_rows or in_all + size > ANSWER_CHARACTERS:
            truncated = True
            break
        count, in_all, in_batch = count + 1, in_all + size, in_batch + size
        batch.append(row)
        if len(batch) == BATCH_ROWS or in_batch > BATCH_CHARACTERS:
            yield {"rows": batch}
            batch, in_batch = [], 0
    if batch:
        yield {"rows": batch}
    yield {"end": True, "truncated": truncated, "boolean": None}


def _limit(memory_bytes: int) -> None:
    """Take away memory, files, sockets and core dumps for good."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS may refuse it
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Let this process use so much more processor time; the kernel ends it then, should the parent be gone."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds * (os.cpu_count() or 1)) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def serve(store: ox.Store, requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer one query after another until the pipe is closed."""

    def send(document: dict[str, Any]) -> None:
        replies.write(json.dumps(document).encode("ascii") + b"\n")
        replies.flush()

    for line in requests:
        request = json.loads(line)
        _limit_time(request["seconds"])
        try:
            for document in answer(store, request["query"], request["rows"]):
                send(document)
        except (SyntaxError, UnicodeError) as error:
            send({"error": "syntax", "message": str(error)})
        except MemoryError:
            send({"error": "memory", "message": ""})
        except (OSError, RuntimeError, ValueError) as error:
            send({"error": "failed", "message": str(error)})


def main(path: str, memory_bytes: int) -> None:
    """Open the store, give up what is not needed any more, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the pipe
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the replies
    try:
        store = ox.Store.read_only(path)
        for query in WARMING:
            for _ in store.query(query, use_default_graph_as_union=True):  # type: ignore[union-attr]
                pass
        _limit(memory_bytes)
        opened: dict[str, Any] = {"ready": True}
    except (OSError, ValueError) as error:
        opened = {"failed": str(error)}
    replies.write(json.dumps(opened).encode("ascii") + b"\n")
    replies.flush()
    if "ready" in opened:
        serve(store, sys.stdin.buffer, replies)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

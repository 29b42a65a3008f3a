"""The guard: SPARQL of others, checked first and then run in a process of its own, which may be killed.

An Oxigraph in the server's process can be taken down by a query of 4.4 KB, cannot be interrupted, and follows ``SERVICE``
to any address; there is no switch. So user SPARQL never runs in the server's process:

1. *Before execution* a query is refused that is empty, longer than 20,000 characters, nested more than 100 brackets
   deep, or in which ``SERVICE``, ``FROM``, ``LOAD`` or a word of an update stands outside strings, IRIs and comments.
   Where a text can be read in several ways, a word that is visible in any of them counts: Oxigraph takes ``<`` for an
   operator or an IRI as the place demands, ends a comment at a carriage return, and needs no blank around words
   (``1SERVICE<…>`` is a call: measured). A word written with codepoint escapes counts as well.
2. *In the worker* (:mod:`competence_graph.query.guard_worker`) memory and processor time are limited and no socket or
   file can be opened.
3. *From outside* the worker is killed at the deadline; a crash is an error of that query, and the next one has a new
   worker. Rows and text of an answer are capped as they come.

The worker is a fresh interpreter, as ``multiprocessing`` makes with ``spawn``, but without its import of the parent's
``__main__``: Streamlit puts the page that it runs there, and the worker would run that page. The pipes carry JSON, not
pickles, so a worker that went wrong cannot run anything in the server.
"""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from competence_graph.errors import (
    GraphError,
    GuardBusyError,
    QueryCancelledError,
    QueryCrashError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    RefusedQueryError,
)
from competence_graph.query.refusals import check

Term = tuple[str, str, str, str]
"""Type (``iri``, ``bnode``, ``literal`` or ``triple``), value, datatype, language."""
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class GuardedAnswer:
    """The answer of a guarded query.

    Parameters
    ----------
    form : {'select', 'ask', 'graph'}
        What was asked for; ``graph`` for CONSTRUCT and DESCRIBE, whose columns are subject, predicate and object.
    columns : tuple of str
        The variables, in order.
    rows : list of mapping of str to term
        A term is type (``iri``, ``bnode``, ``literal`` or ``triple``), value, datatype, language; what is not bound is
        absent.
    truncated : bool
        Whether there was more than the caps on rows and text allow.
    seconds : float
        How long it ran.
    boolean : bool or None
        The answer of an ASK.
    """

    form: str
    columns: tuple[str, ...]
    rows: list[dict[str, Term]]
    truncated: bool
    seconds: float
    boolean: bool | None = None


def _row(columns: tuple[str, ...], row: list[list[str] | None]) -> dict[str, Term]:
    return {
        name: (term[0], term[1], term[2], term[3]) for name, term in zip(columns, row, strict=True) if term is not None
    }


class _Worker:
    """One worker process and the thread that reads its replies."""

    def __init__(self, path: Path, memory_bytes: int) -> None:
        command = [sys.executable, "-P", "-m", "competence_graph.query.guard_worker", str(path), str(memory_bytes)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._killed = False
        self._replies: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="guard-reader", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        with suppress(ValueError, OSError):  # a reply cut off by the kill
            for line in self._process.stdout:
                self._replies.put(json.loads(line))
        self._replies.put(None)

    @property
    def alive(self) -> bool:
        return not self._killed and self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How the process ended; waits for a moment, as its pipe closes before it is gone."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        return self._process.returncode

    def send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin
        with suppress(OSError):  # a worker that has just died: the reply says so
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            self._process.stdin.flush()

    def reply(self, deadline: float) -> dict[str, Any] | None:
        """Return the next reply; None when the process has ended; raises ``queue.Empty`` at the deadline."""
        return self._replies.get(timeout=max(deadline - time.monotonic(), 0.001))

    def kill(self) -> None:
        self._killed = True
        self._process.kill()

    def close(self) -> None:
        """Kill, wait until it is gone, and give back the pipes."""
        self.kill()
        self._process.wait()
        self._reader.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]


class Guard:
    """Runs queries of others on a built store, one at a time, in a worker process that is kept between queries.

    Parameters
    ----------
    path : Path
        Folder of the store.
    seconds : float, default 10.0
        Deadline of a query.
    memory_bytes : int, default 1 GiB
        Address space of the worker, the open store (some 450 MB of addresses) included; Linux only.
    max_rows : int, default 10,000
        Most rows of an answer.
    max_waiting : int, default 8
        How many queries may wait for their turn.
    wait_seconds : float, default 30.0
        How long one waits at the most.

    Notes
    -----
    May be used from any thread. The worker starts with the first query.
    """

    def __init__(
        self,
        path: Path,
        seconds: float = 10.0,
        memory_bytes: int = 1 << 30,
        max_rows: int = 10_000,
        *,
        max_waiting: int = 8,
        wait_seconds: float = 30.0,
    ) -> None:
        self.path = Path(path)
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        self.max_rows = max_rows
        self.wait_seconds = wait_seconds
        self._places = threading.BoundedSemaphore(max_waiting + 1)
        self._turn = threading.Lock()
        self._state = threading.Lock()  # guards the four below
        self._worker: _Worker | None = None
        self._running = False
        self._stopped = False
        self._closed = False
        self._ticket: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, text: str, *, ticket: object = None) -> GuardedAnswer:
        """Check a query, run it, and return its answer.

        Parameters
        ----------
        text : str
            SPARQL.
        ticket : object, optional
            What :meth:`cancel` names to stop this query and no other.

        Raises
        ------
        RefusedQueryError
            The query must not run, or is not SPARQL.
        StoppedQueryError
            It was stopped: deadline, memory, crash, cancelled, or too many were waiting.
        GraphError
            The store cannot be opened.
        """
        check(text)
        if not self._places.acquire(blocking=False):
            raise GuardBusyError("Too many queries are waiting; try again in a moment.")
        try:
            if not self._turn.acquire(timeout=self.wait_seconds):
                raise GuardBusyError(f"The query waited {self.wait_seconds:g} s for its turn; try again in a moment.")
            try:
                self._ticket = ticket
                return self._run(text)
            finally:
                self._ticket = None
                self._turn.release()
        finally:
            self._places.release()

    def cancel(self, ticket: object = None) -> None:
        """Stop the query that is running now, if there is one and it has this ticket; those that wait go on."""
        with self._state:
            if self._running and self._worker and (ticket is None or ticket is self._ticket):
                self._stopped = True
                self._worker.kill()

    def close(self) -> None:
        """Stop what is running and end the worker; the guard cannot be used any more."""
        with self._state:
            self._closed = True
        self.cancel()
        with self._turn:
            self._discard()

    def _run(self, text: str) -> GuardedAnswer:
        try:
            worker = self._ready()
            return self._answer(worker, text)
        except RefusedQueryError:
            raise
        except BaseException:  # an interrupt too: whatever the worker still says must not answer the next query
            self._discard()
            raise
        finally:
            with self._state:
                self._running = False

    def _ready(self) -> _Worker:
        """Return the worker, started and open; a dead one is replaced."""
        if self._worker and not self._worker.alive:
            self._discard()
        with self._state:
            if self._closed:
                raise QueryCancelledError("The guard is closed.")
            self._running, self._stopped = True, False
            started = self._worker is None
            worker = self._worker = self._worker or _Worker(self.path, self.memory_bytes)
        if started:
            try:
                reply = worker.reply(time.monotonic() + START_SECONDS)
            except queue.Empty:
                raise QueryTimeoutError("The process for queries did not start in time.") from None
            if reply is None:
                raise self._ended(worker)
            if "failed" in reply:
                raise GraphError(f"The graph in {self.path} cannot be opened ({reply['failed']}).")
        return worker

    def _answer(self, worker: _Worker, text: str) -> GuardedAnswer:
        start = time.monotonic()
        worker.send({"query": text, "rows": self.max_rows, "seconds": self.seconds})
        form = ""
        columns: tuple[str, ...] = ()
        rows: list[dict[str, Term]] = []
        while True:
            try:
                reply = worker.reply(start + self.seconds)
            except queue.Empty:
                raise QueryTimeoutError(f"The query was stopped after {self.seconds:g} s.") from None
            if reply is None:
                raise self._ended(worker)
            if "error" in reply:
                raise self._error(reply)
            if "columns" in reply:
                form, columns = reply["form"], tuple(reply["columns"])
            rows += [_row(columns, row) for row in reply.get("rows", ())]
            if "end" in reply:
                seconds = time.monotonic() - start
                return GuardedAnswer(form, columns, rows, reply["truncated"], seconds, reply["boolean"])

    def _error(self, reply: dict[str, Any]) -> Exception:
        if reply["error"] == "syntax":
            return QuerySyntaxError(f"The query is not SPARQL 1.1: {reply['message']}")
        if reply["error"] == "memory":
            return self._too_much_memory()
        return RefusedQueryError(f"The query cannot be answered: {reply['message']}")

    def _too_much_memory(self) -> QueryMemoryError:
        return QueryMemoryError(f"The query took more memory than allowed ({self.memory_bytes >> 20:,} MiB).")

    def _ended(self, worker: _Worker) -> Exception:
        """Return the error that says why the worker is gone."""
        code = worker.exit_code
        with self._state:
            if self._closed or self._stopped:
                return QueryCancelledError("The query was cancelled.")
        if code == -signal.SIGABRT:  # Oxigraph and RocksDB abort where memory runs out
            return self._too_much_memory()
        if code == -getattr(signal, "SIGXCPU", 24):
            return QueryTimeoutError("The query was stopped: it used more processor time than allowed.")
        return QueryCrashError(
            f"The query ended the process that ran it (exit code {code}); the next one gets a new one."
        )

    def _discard(self) -> None:
        with self._state:
            worker, self._worker = self._worker, None
        if worker:
            worker.close()

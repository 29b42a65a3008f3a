"""The guard: what it refuses, what it stops, and that the next query always works."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence_graph.errors import (
    EmptyQueryError,
    ForbiddenWordError,
    GraphError,
    GuardBusyError,
    NestingError,
    QueryCancelledError,
    QueryCrashError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooLongError,
    RefusedQueryError,
    StoppedQueryError,
)
from competence_graph.query.guard import Guard
from competence_graph.query.refusals import MAX_CHARACTERS, check

SECONDS = 1.5
THINGS = 2000
XSD = "http://www.w3.org/2001/XMLSchema#"
limited = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk: 2,000 things, three triples each, in two graphs."""
    folder = tmp_path_factory.mktemp("guard") / "store"
    built = ox.Store(str(folder))
    for i in range(THINGS):
        thing, graph = ox.NamedNode(f"x:{i}"), ox.NamedNode(f"x:g{i % 2}")
        built.add(ox.Quad(thing, ox.NamedNode("x:p0"), ox.Literal(i), graph))
        built.add(ox.Quad(thing, ox.NamedNode("x:p1"), ox.Literal(f"aaaa thing {i}", language="en"), graph))
        built.add(ox.Quad(thing, ox.NamedNode("x:p2"), ox.NamedNode(f"x:{i // 2}"), graph))
    built.flush()
    del built
    return folder


@pytest.fixture(scope="module")
def guard(store: Path) -> Iterator[Guard]:
    with Guard(store, seconds=SECONDS) as made:
        yield made


def works(guard: Guard) -> None:
    answer = guard.run("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert answer.rows == [{"n": ("literal", str(3 * THINGS), XSD + "integer", "")}]


# Answers


def test_terms_as_plain_data(guard: Guard) -> None:
    answer = guard.run(
        'SELECT ?a ?b ?c ?d ?e { BIND(<x:a> AS ?a) BIND("b"@en AS ?b) BIND(1 AS ?c) BIND(BNODE() AS ?d) }'
    )
    assert answer.columns == ("a", "b", "c", "d", "e")
    row = answer.rows[0]
    assert row["a"] == ("iri", "x:a", "", "")
    assert (row["b"][0], row["b"][1], row["b"][3]) == ("literal", "b", "en")
    assert row["c"] == ("literal", "1", XSD + "integer", "")
    assert row["d"][0] == "bnode"
    assert "e" not in row
    assert (answer.form, answer.boolean, answer.truncated) == ("select", None, False)
    assert 0 < answer.seconds < SECONDS


def test_ask(guard: Guard) -> None:
    assert guard.run("ASK { <x:1> ?p ?o }").boolean is True
    assert guard.run("ASK { <x:none> ?p ?o }").boolean is False


def test_construct(guard: Guard) -> None:
    answer = guard.run("CONSTRUCT { ?s <x:q> ?o } WHERE { ?s <x:p0> ?o } LIMIT 3")
    assert (answer.form, answer.columns, len(answer.rows)) == ("graph", ("subject", "predicate", "object"), 3)


def test_default_graph_is_the_union_and_graphs_can_be_named(guard: Guard) -> None:
    assert len(guard.run("SELECT ?s { ?s <x:p0> ?o }").rows) == THINGS
    assert len(guard.run("SELECT ?s { GRAPH <x:g1> { ?s <x:p0> ?o } }").rows) == THINGS / 2


def test_rows_are_capped(store: Path) -> None:
    with Guard(store, seconds=SECONDS, max_rows=10) as guard:
        # The whole product, 6,000³ rows, could never be made in the time.
        answer = guard.run("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        assert (len(answer.rows), answer.truncated) == (10, True)
        assert (len(guard.run("SELECT * { ?s ?p ?o } LIMIT 10").rows), answer.truncated) == (10, True)
        assert guard.run("SELECT * { ?s ?p ?o } LIMIT 10").truncated is False


def test_text_is_capped(guard: Guard) -> None:
    answer = guard.run(bomb(5) + " LIMIT 5")
    assert answer.truncated
    assert not answer.rows


@pytest.mark.parametrize("pattern", [
    "<x:7> ?p ?o", "?s <x:p0> 7", '?s ?p "aaaa thing 7"@en', "?s <x:p2> <x:7>", "GRAPH ?g { <x:7> ?p ?o }", "GRAPH ?g { ?s ?p <x:7> }",
    "GRAPH <x:g1> { <x:7> ?p ?o }", "?s <x:p2>+ <x:7>", '?s ?p "not there"',
])  # fmt: skip
def test_every_index_works_without_another_file(guard: Guard, store: Path, pattern: str) -> None:
    query = f"SELECT * WHERE {{ {pattern} }}"
    expected = len(list(ox.Store.read_only(str(store)).query(query, use_default_graph_as_union=True)))  # type: ignore[arg-type]
    assert len(guard.run(query).rows) == expected


@pytest.mark.parametrize("call", ["UUID()", "RAND()", "NOW()", "TZ(NOW())", "SHA512('a')"])
def test_functions_that_could_need_a_file(guard: Guard, call: str) -> None:
    assert guard.run(f"SELECT ({call} AS ?x) {{ }}").rows[0]["x"][1]


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="needs /proc")
def test_worker_can_open_nothing(guard: Guard) -> None:
    works(guard)
    assert guard._worker
    limits = Path(f"/proc/{guard._worker.pid}/limits").read_text()
    for line in limits.splitlines():
        if line.startswith(("Max open files", "Max core file")):
            assert line.split()[-3:-1] == ["0", "0"] or line.split()[-2:] == ["0", "0"], line
    assert "Max address space         1073741824           1073741824" in limits


# Refusals


@pytest.mark.parametrize("text", ["", "  \n\t ", "# nothing", "#a\r# b"])
def test_empty(guard: Guard, text: str) -> None:
    with pytest.raises(EmptyQueryError, match="no query"):
        guard.run(text)


def test_length() -> None:
    fits = "ASK { } #"
    check(fits + "x" * (MAX_CHARACTERS - len(fits)))
    with pytest.raises(QueryTooLongError, match=r"20,001 characters; at most 20,000"):
        check(fits + "x" * (MAX_CHARACTERS - len(fits) + 1))


@pytest.mark.parametrize(("left", "right"), ["{}", "()"])
def test_depth(guard: Guard, left: str, right: str) -> None:
    def nested(depth: int) -> str:
        n = depth - 1
        if left == "{":
            return "SELECT * WHERE {" + left * n + " ?s ?p 7 " + right * n + "}"
        return "SELECT * WHERE { ?s ?p 7 FILTER " + left * n + "1" + right * n + "}"

    assert len(guard.run(nested(100)).rows) == 1
    with pytest.raises(NestingError, match="more than 100"):
        guard.run(nested(101))
    with pytest.raises(NestingError):
        guard.run(nested(9000))


def test_brackets_in_strings_iris_and_comments_do_not_count() -> None:
    many = "{[(" * 300
    check(f'ASK {{ ?s ?p \'{many}\' , """{many}\n""" , <x:{"(" * 300}> }} # {many}')


@pytest.mark.parametrize("text", [
    "INSERT DATA { <x:a> <x:b> <x:c> }", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://127.0.0.1/>", "CLEAR ALL", "DROP ALL", "CREATE GRAPH <x:g>",
    "ADD <x:a> TO <x:b>", "MOVE <x:a> TO <x:b>", "COPY <x:a> TO <x:b>", "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "PREFIX x: <x:>\n# c\ninsert\n{ } WHERE { }", "ASK { } ; cLeAr ALL", "\\u0044ROP ALL",
])  # fmt: skip
def test_update_is_refused(guard: Guard, text: str) -> None:
    with pytest.raises(ForbiddenWordError, match="read here, not changed") as caught:
        guard.run(text)
    assert caught.value.word.isupper()
    works(guard)


@pytest.mark.parametrize("text", [
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "SELECT * FROM NAMED <x:g> { ?s ?p ?o }", "SELECT * from#c\nnamed <x:g> { }",
    "SELECT * FR\\u004fM <x:g> { ?s ?p ?o }", "ASK FROM<x:g>{ }",
])  # fmt: skip
def test_from_is_refused(guard: Guard, text: str) -> None:
    with pytest.raises(ForbiddenWordError) as caught:
        guard.run(text)
    assert caught.value.word == "FROM"


@pytest.mark.parametrize("text", [
    "SELECT ?service ?load { ?service ?from $insert }",
    "SELECT * { ?s ?p 'SERVICE', \"LOAD\", '''it's FROM\nhere''', \"\"\"DROP \"it\" \"\"\"@en }",
    "# SERVICE FROM\nASK { } # INSERT",
    "ASK { <https://www.service.gov.uk/from/load#service> ?p ?o }",
    "PREFIX nos: <https://w3id.org/x#> SELECT * { nos:in.service-user ?p nos:service ; nos:load nos:from }",
    "ASK { ?s ?p 'a \\' SERVICE' }",
    "ASK { ?s ?p 'x'@from }",
    "ASK { ?a ?b ?c FILTER(?a<?c && ?c>?b) }",
    "PREFIX load: <x:> ASK { load:a ?p _:insert }",
    "SELECT * { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> 'services from here' }",
])  # fmt: skip
def test_words_that_are_no_keywords_pass(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["SELEC * { }", "ASK { ?s ?p }", "ASK { nos:a ?p ?o }", "'''", "ASK { \ud800 }", "\0"])
def test_what_is_not_sparql_is_refused(guard: Guard, text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"not SPARQL 1\.1"):
        guard.run(text)
    works(guard)


def test_escapes_in_escapes_are_refused() -> None:
    with pytest.raises(RefusedQueryError, match="escapes within escapes"):
        check("ASK { ?s ?p '" + "\\u005C" + "u005C" * 6 + "' }")


@given(st.text(alphabet=st.sampled_from("{}()'\"<>#\\\n\r ?x:aSERVICE0."), max_size=300))
def test_check_only_ever_refuses(text: str) -> None:
    with suppress(RefusedQueryError):
        check(text)


@pytest.mark.parametrize(
    "text", ["'''" * 6666, "'" * 20000, "<" * 20000, "<a#)'>" * 3333, "\\" * 20000, "a:\\'" * 5000, "\\u005C" * 3333]
)
def test_check_takes_no_more_than_a_pass(text: str) -> None:
    start = time.process_time()
    with suppress(RefusedQueryError):
        check(text)
    assert time.process_time() - start < 2  # a quadratic pass took longer than this on most of them


# Reaching out


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine that notes every connection."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                seen.append(b"connected")
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], seen
        done.set()
        thread.join()


HIDDEN = {
    "plain": "SELECT * { SERVICE @@ { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT @@ { ?s ?p ?o } }",
    "case": "SELECT * { sErViCe U { ?s ?p ?o } }",
    "comment": "SELECT * { SERVICE# '\n@@ { ?s ?p ?o } }",
    "comment that ends at a carriage return": "SELECT * { # x\rSERVICE @@ { ?s ?p ?o } \n}",
    "glued to a prefix": "PREFIX ex: @@ SELECT * { SERVICEex: { ?s ?p ?o } }",
    "glued to silent": "SELECT * { SERVICESILENT@@{ ?s ?p ?o } }",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE@@{ ?a ?b ?c } }",
    "glued to a full stop": "SELECT * { ?s ?p 1.SERVICE@@{ ?a ?b ?c } }",
    "glued to a word": "SELECT * { ?s ?p trueSERVICE@@{ ?a ?b ?c } }",
    "glued to a variable": "SELECT * { ?s ?p ?o.SERVICE@@{ ?a ?b ?c } }",
    "glued to a language": "SELECT * { BIND('x'@en AS ?q)SERVICE@@{ ?a ?b ?c } }",
    "in a seeming IRI": "SELECT * { VALUES ?g { @@ } BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n?g{ ?s ?p ?o } }",
    "seeming string": "SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) BIND('x>' AS ?c) FILTER(?a<?b&&?c='x>')SERVICE @@{ ?s ?p ?o } FILTER(?c!='y') }",
    "seeming long string": "SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b#>'''\n)SERVICE@@{ ?s ?p ?o } #'''\n }",
    "escaped quote in a name": "PREFIX x: <x:> SELECT * { ?s ?p x:a\\' . SERVICE @@ { ?a ?b ?c } ?s ?p x:a\\' }",
    "escape": "SELECT * { \\u0053ERVICE @@ { ?s ?p ?o } }",
    "long escape": "SELECT * { SERV\\U00000049CE @@ { ?s ?p ?o } }",
    "escaped escape": "SELECT * { \\u005Cu0053ERVICE @@ { ?s ?p ?o } }",
    "escaped quote": "SELECT * { BIND('\\u0027 AS ?x) SERVICE @@ { ?s ?p ?o } BIND('' AS ?y) }",
    "escaped line end": "SELECT * { #\\u000ASERVICE @@ { ?s ?p ?o }\n }",
    "another letter": "SELECT * { \u017fERVICE @@ { ?s ?p ?o } }",
    "in a sub-select": "SELECT * { { SELECT * { OPTIONAL{}SERVICE@@{ ?s ?p ?o } } } }",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_service_is_refused_and_never_connects(guard: Guard, listener: tuple[int, list[bytes]], name: str) -> None:
    port, seen = listener
    with pytest.raises(ForbiddenWordError) as caught:
        guard.run(HIDDEN[name].replace("@@", f"<http://127.0.0.1:{port}/q>"))
    assert caught.value.word == "SERVICE"
    assert not seen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot take sockets away from a process")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_service_that_came_through_would_not_connect(
    guard: Guard, listener: tuple[int, list[bytes]], host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, seen = listener
    monkeypatch.setattr("competence_graph.query.guard.check", lambda text: None)
    with pytest.raises(RefusedQueryError, match="cannot be answered"):
        guard.run(f"SELECT * {{ SERVICE <http://{host}:{port}/q> {{ ?s ?p ?o }} }}")
    time.sleep(0.2)
    assert not seen
    works(guard)


def test_the_listener_would_notice(listener: tuple[int, list[bytes]]) -> None:
    port, seen = listener
    query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/q> {{ ?s ?p ?o }} }}"
    list(ox.Store().query(query))  # type: ignore[arg-type]
    time.sleep(0.2)
    assert seen
    seen.clear()


# What is stopped


def bomb(times: int) -> str:
    """Return a query whose value is 16 characters, multiplied so many times by 16."""
    binds = " ".join(f"BIND(CONCAT({','.join(['?' + chr(97 + i)] * 16)}) AS ?{chr(98 + i)})" for i in range(times))
    return f'SELECT ?{chr(97 + times)} WHERE {{ BIND("0123456789abcdef" AS ?a) {binds} }}'


HOSTILE: dict[str, tuple[str, tuple[type[Exception], ...]]] = {
    "cartesian": ("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", (QueryTimeoutError, QueryMemoryError)),
    "cartesian, sorted": ("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g", (QueryTimeoutError, QueryMemoryError)),
    "nested paths": ("SELECT (COUNT(*) AS ?n) WHERE { ?a ((<x:p2>/^<x:p2>)+/(<x:p2>|^<x:p2>)*)+ ?b }", (QueryTimeoutError, QueryMemoryError)),
    "negated path": ("SELECT (COUNT(*) AS ?n) WHERE { ?a (<x:p2>|!<x:p0>)* ?b . ?c (<x:p2>|!<x:p0>)* ?d }", (QueryTimeoutError, QueryMemoryError)),
    "regex repeated": ('SELECT ?s WHERE { ?s ?p ?o FILTER(REGEX(STR(?o), "((a{1,100}){1,100}){1,100}")) }', (QueryTimeoutError, QueryMemoryError)),
    "concat bomb": (bomb(7), (QueryMemoryError,)),
    "long chain": ("SELECT * WHERE { BIND(1" + "+1" * 9000 + " AS ?x) }", (QueryCrashError, QueryTimeoutError)),
    "many negations": ("SELECT * WHERE { BIND(" + "!" * 18000 + "true AS ?x) }", (QueryCrashError,)),
}  # fmt: skip


@limited
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_query_is_stopped_and_the_next_one_works(guard: Guard, name: str) -> None:
    query, errors = HOSTILE[name]
    works(guard)
    start = time.monotonic()
    with pytest.raises(errors):
        guard.run(query)
    assert time.monotonic() - start < SECONDS + 1
    works(guard)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a+)+(b+)+$" + "(x|y|z)*" * 50, "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_regular_expressions_take_linear_time(guard: Guard, pattern: str) -> None:
    answer = guard.run(f'SELECT (COUNT(*) AS ?n) WHERE {{ ?s <x:p1> ?o FILTER(REGEX(STR(?o), "{pattern}")) }} ')
    assert len(answer.rows) == 1


SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(STR(?c)) + STRLEN(STR(?f)) = -1) }"


def test_deadline(guard: Guard) -> None:
    works(guard)
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 1\.5 s"):
        guard.run(SLOW)
    assert SECONDS <= time.monotonic() - start < SECONDS + 1
    works(guard)


def test_cancel(store: Path) -> None:
    with Guard(store, seconds=30) as guard:
        works(guard)
        guard.cancel()  # nothing runs: nothing happens
        works(guard)
        threading.Timer(0.3, guard.cancel).start()
        start = time.monotonic()
        with pytest.raises(QueryCancelledError, match="cancelled"):
            guard.run(SLOW)
        assert time.monotonic() - start < 3
        works(guard)


def test_cancel_by_ticket_stops_no_other_query(store: Path) -> None:
    mine, other = object(), object()
    with Guard(store, seconds=30) as guard, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(guard.run, SLOW, ticket=mine)
        time.sleep(0.5)
        guard.cancel(other)
        time.sleep(0.3)
        assert not asked.done()
        guard.cancel(mine)
        with pytest.raises(QueryCancelledError, match="cancelled"):
            asked.result(5)


def test_close_stops_what_runs_and_what_waits(store: Path) -> None:
    guard = Guard(store, seconds=30)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(guard.run, SLOW) for _ in range(3)]
        time.sleep(0.5)
        guard.close()
        for one in asked:
            with pytest.raises(QueryCancelledError):
                one.result(5)
    with pytest.raises(QueryCancelledError, match="closed"):
        guard.run("ASK { }")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_worker_that_dies_idle_or_at_work_is_replaced(store: Path) -> None:
    with Guard(store, seconds=30) as guard:
        works(guard)
        assert guard._worker
        first = guard._worker.pid
        os.kill(first, signal.SIGKILL)
        time.sleep(0.2)
        works(guard)
        second = guard._worker.pid
        assert second != first
        threading.Timer(0.3, os.kill, (second, signal.SIGSEGV)).start()
        with pytest.raises(QueryCrashError, match="exit code -11"):
            guard.run(SLOW)
        works(guard)


def test_worker_is_kept(guard: Guard) -> None:
    works(guard)
    assert guard._worker
    pid = guard._worker.pid
    with pytest.raises(QuerySyntaxError):
        guard.run("ASK")
    works(guard)
    assert guard._worker.pid == pid


def test_four_threads(guard: Guard) -> None:
    def ask(number: int) -> str:
        if number % 10 == 9:
            with pytest.raises(StoppedQueryError):
                guard.run("SELECT * WHERE { BIND(" + "!" * 18000 + "true AS ?x) }")
        return guard.run(f"SELECT ?o {{ <x:{number}> <x:p0> ?o }}").rows[0]["o"][1]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(40))) == [str(number) for number in range(40)]


def test_waiting_is_limited(store: Path) -> None:
    with Guard(store, seconds=30, max_waiting=1, wait_seconds=0.5) as guard, ThreadPoolExecutor(2) as pool:
        works(guard)
        running = pool.submit(guard.run, SLOW)
        time.sleep(0.2)
        waiting = pool.submit(guard.run, "ASK { }")
        time.sleep(0.1)
        with pytest.raises(GuardBusyError, match="Too many"):
            guard.run("ASK { }")
        with pytest.raises(GuardBusyError, match=r"waited 0\.5 s"):
            waiting.result(5)
        guard.cancel()
        with pytest.raises(QueryCancelledError):
            running.result(5)
        works(guard)


def test_store_that_cannot_be_opened(tmp_path: Path) -> None:
    with Guard(tmp_path / "none") as guard, pytest.raises(GraphError, match="cannot be opened"):
        guard.run("ASK { }")


def test_worker_imports_little() -> None:
    """A heavy import would take the memory that queries need."""
    import subprocess

    code = "import sys, json, competence_graph.query.guard_worker; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "rapidfuzz", "streamlit", "networkx", "typer"} & set(json.loads(done.stdout))

"""Commands that ask: look up, search, query, compare, transfer, find."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from competence_graph.cli.output import (
    AttestedOption,
    Format,
    FormatOption,
    Strictness,
    StrictnessOption,
    print_answer,
    say,
)
from competence_graph.errors import ParameterError

app = typer.Typer()


@app.command(name="list")
def list_(
    kind: Annotated[
        str, typer.Argument(help="role, competence, function, model, area, framework, group, case, learning, finding …")
    ],
    framework: Annotated[str, typer.Option("--framework", help="Only of this framework.")] = "",
    include_interim: Annotated[bool, typer.Option("--include-interim", help="Show placeholders too.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """List everything of one kind."""
    from competence_graph.graph.store import load
    from competence_graph.query.lookup import list_things

    print_answer(list_things(load(), kind, framework=framework, include_interim=include_interim), form)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Identifier, code or name.")], form: FormatOption = Format.table
) -> None:
    """Show everything that is known of one thing, with its sources."""
    from competence_graph.graph.store import load
    from competence_graph.query.description import show as run

    print_answer(run(load(), name), form)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words, in any order.")],
    kind: Annotated[str, typer.Option("--kind", help="Only of this kind.")] = "",
    framework: Annotated[str, typer.Option("--framework", help="Only of this framework.")] = "",
    limit: Annotated[int, typer.Option("--limit", help="Most rows.")] = 20,
    form: FormatOption = Format.table,
) -> None:
    """Search all names and codes; typing mistakes are allowed."""
    from competence_graph.graph.store import load
    from competence_graph.query.search import search as run

    found = run(load(), " ".join(words), kind=kind, framework=framework, limit=limit)
    print_answer(found, form)
    if not found.rows:
        say("'competence-graph list KIND' prints everything of a kind.")


@app.command()
def query(
    name: Annotated[
        str, typer.Argument(help="A query of the catalogue, or a .rq file; nothing for the catalogue.")
    ] = "",
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter as name=value; may be given several times.")
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """Ask a question of the catalogue, or run a SPARQL file of your own."""
    from competence_graph.graph.store import load
    from competence_graph.query.catalogue import catalogue_table, find
    from competence_graph.query.run import run_file, run_query

    if not name:
        print_answer(catalogue_table(), form)
        return
    given: dict[str, str] = {}
    for pair in param or []:
        key, sign, value = pair.partition("=")
        if not sign:
            raise ParameterError(f"{pair!r} is no parameter; expected name=value.")
        given[key] = value
    if name.endswith(".rq"):
        path = Path(name)
        if not path.is_file():
            raise ParameterError(f"There is no file {name}.")
        if given:
            raise ParameterError("A query file of your own takes no parameters; write the values into it.")
        print_answer(run_file(load(), path), form)
        return
    print_answer(run_query(load(), find(name), given), form)


@app.command()
def overlap(
    roles: Annotated[list[str], typer.Argument(help="Two to six roles.")],
    strictness: StrictnessOption = Strictness.close,
    attested_only: AttestedOption = False,
    form: FormatOption = Format.table,
) -> None:
    """Say what roles share: competences and care functions, stated and worked out."""
    from competence_graph.analysis.overlap import overlap as run
    from competence_graph.graph.store import load

    print_answer(run(load(), roles, strictness=strictness.value, attested_only=attested_only), form)


@app.command()
def transfer(
    from_role: Annotated[str, typer.Argument(help="The role that someone has.")],
    to_role: Annotated[str, typer.Argument(help="The role to be taken.")],
    strictness: StrictnessOption = Strictness.close,
    attested_only: AttestedOption = False,
    form: FormatOption = Format.table,
) -> None:
    """Say what one role already gives another, and what not. The way back is another question."""
    from competence_graph.analysis.transfer import transfer as run
    from competence_graph.graph.store import load

    print_answer(run(load(), from_role, to_role, strictness=strictness.value, attested_only=attested_only), form)


@app.command()
def gap(
    target: Annotated[str, typer.Option("--target", help="A role, a care function or a care model.")],
    role: Annotated[str, typer.Option("--role", help="A role to compare with.")] = "",
    held: Annotated[
        Path | None,
        typer.Option("--held", help="A file with the competences that a person or team holds.", show_default=False),
    ] = None,
    strictness: StrictnessOption = Strictness.close,
    form: FormatOption = Format.table,
) -> None:
    """Say what a target needs, and how far a role, a person or a team gives it."""
    from competence_graph.analysis.claims import RoleRecord
    from competence_graph.analysis.gap import gap as run
    from competence_graph.analysis.held import read_held
    from competence_graph.graph.store import load
    from competence_graph.query.names import Names

    graph = load()
    names = Names(graph)
    record: RoleRecord | None = None
    problems: list[str] = []
    if held is not None:
        if not held.is_file():
            raise ParameterError(f"There is no file {held}.")
        record, problems = read_held(held, names)
    table = run(graph, target, role=role, held=record, strictness=strictness.value, names=names)
    print_answer(table, form)
    for problem in problems:
        say(problem)
    if problems:
        raise typer.Exit(1)


@app.command()
def similar(
    role: Annotated[str, typer.Argument(help="A role.")],
    top: Annotated[int, typer.Option("--top", help="Most rows.")] = 10,
    form: FormatOption = Format.table,
) -> None:
    """Find the roles nearest to one, by plain measures side by side."""
    from competence_graph.analysis.similarity import similar as run
    from competence_graph.graph.store import load

    print_answer(run(load(), role, top=top), form)


@app.command()
def path(
    from_role: Annotated[str, typer.Argument(help="Where someone is.")],
    to_role: Annotated[str, typer.Argument(help="Where they want to be.")],
    strictness: StrictnessOption = Strictness.close,
    measure: Annotated[
        str, typer.Option("--measure", help="squares: many small steps beat one large; largest: smallest largest step.")
    ] = "squares",
    form: FormatOption = Format.table,
) -> None:
    """Find stepping stones from one role to another; gates on the way are shown."""
    from competence_graph.analysis.paths import path as run
    from competence_graph.graph.store import load

    print_answer(run(load(), from_role, to_role, strictness=strictness.value, measure=measure), form)


@app.command()
def compare(
    framework: Annotated[str, typer.Argument(help="A framework.")],
    other: Annotated[str, typer.Argument(help="Another framework.")],
    strictness: StrictnessOption = Strictness.close,
    form: FormatOption = Format.table,
) -> None:
    """Say how far two frameworks cover each other, each way, and what was never looked at."""
    from competence_graph.analysis.coverage import compare as run
    from competence_graph.graph.store import load

    print_answer(run(load(), framework, other, strictness=strictness.value), form)

"""The command line: each command calls one function below and shows its table.

Exit codes: 0 fine, 1 findings (bad tables, nothing built), 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from competence_graph import __version__
from competence_graph.errors import (
    AmbiguousNameError,
    CompetenceGraphError,
    NotBuiltError,
    NotFoundError,
    ParameterError,
)
from competence_graph.model.report import Report
from competence_graph.query.table import Table
from competence_graph.reports import text

WRONG_USE = (ParameterError, NotFoundError, AmbiguousNameError)
SHOWN_FINDINGS = 50
PIPED_WIDTH = 140

evaluate = typer.Typer(
    help="Measure how well likeness and mapping suggestions find what is known.", no_args_is_help=True
)
app = typer.Typer(
    name="competence-graph",
    help="A competence-framework knowledge graph for UK health and social care: who does what, what roles share, what transfers, what a care model needs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """Forms in which an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


class Strictness(StrEnum):
    """How alike two items must be to count as the same."""

    same = "same"
    exact = "exact"
    close = "close"
    broad = "broad"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Form of the answer.")]
StrictnessOption = Annotated[
    Strictness,
    typer.Option(
        "--strictness",
        "-s",
        help="How alike two items must be: same, exact mappings, close mappings, or broader and narrower too.",
    ),
]
AttestedOption = Annotated[bool, typer.Option("--attested-only", help="Count only what sources say themselves.")]
FrameworksOption = Annotated[
    Path | None,
    typer.Option("--frameworks", help="Folder of frameworks; default is the one that ships.", show_default=False),
]


def _print(table: Table, form: Format) -> None:
    if form is Format.table:
        Console(width=None if sys.stdout.isatty() else PIPED_WIDTH).print(text.to_rich(table))
    else:
        sys.stdout.write(text.FORMATS[form.value](table).rstrip("\n") + "\n")


def _error(message: str) -> None:
    Console(stderr=True, soft_wrap=True).print(message, markup=False, highlight=False)


def _show_findings(report: Report, form: Format) -> None:
    from competence_graph.query.quality import findings_table

    table = findings_table(report)
    if form is not Format.table:
        _print(table, form)
        return
    for defect in list(report)[:SHOWN_FINDINGS]:
        _error(str(defect))
    if len(report) > SHOWN_FINDINGS:
        _error(f"… and {len(report) - SHOWN_FINDINGS:,} more; '--format csv' prints all of them.")
    _error(table.notes[0])


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def build(
    frameworks: FrameworksOption = None,
    force: Annotated[bool, typer.Option("--force", help="Build although nothing has changed.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Read, check and join the frameworks into the graph, and put it in use."""
    from competence_graph.graph.build import build as run

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("Starting", total=1.0)
        result = run(
            frameworks, force=force, progress=lambda step, share: bar.update(task, description=step, completed=share)
        )
    if not result.report.ok:
        _show_findings(result.report, form)
        _error("Nothing was built; the last good graph, if there is one, is still in use.")
        raise typer.Exit(1)
    words = f"{result.quad_count:,} statements in the graph; data version {result.data_version}."
    _error(("Built: " if result.stored else "Nothing has changed: ") + words)


@app.command()
def check(
    frameworks: FrameworksOption = None,
    full: Annotated[
        bool, typer.Option("--full", help="Run the OWL DL reasoner too (needs the extra 'reasoning').")
    ] = False,
    form: FormatOption = Format.table,
) -> None:
    """Check the tables, the shapes and the quality queries; print every finding at once."""
    from competence_graph.query.quality import check_everything, findings_table

    console = Console(stderr=True)
    with console.status("Checking the tables, the shapes and the quality queries"):
        report = check_everything(frameworks, full=full)
    if report.ok:
        if form is Format.table:
            _error("No findings.")
        else:
            _print(findings_table(report), form)
        return
    _show_findings(report, form)
    raise typer.Exit(1)


@app.command()
def info(form: FormatOption = Format.table) -> None:
    """Say what is loaded: frameworks with counts, standing, depth and licence; statements by kind and status."""
    from competence_graph.graph.store import load
    from competence_graph.query.lookup import info as run

    _print(run(load()), form)


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

    _print(list_things(load(), kind, framework=framework, include_interim=include_interim), form)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Identifier, code or name.")], form: FormatOption = Format.table
) -> None:
    """Show everything that is known of one thing, with its sources."""
    from competence_graph.graph.store import load
    from competence_graph.query.description import show as run

    _print(run(load(), name), form)


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
    _print(found, form)
    if not found.rows:
        _error("'competence-graph list KIND' prints everything of a kind.")


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
        _print(catalogue_table(), form)
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
        _print(run_file(load(), path), form)
        return
    _print(run_query(load(), find(name), given), form)


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

    _print(run(load(), roles, strictness=strictness.value, attested_only=attested_only), form)


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

    _print(run(load(), from_role, to_role, strictness=strictness.value, attested_only=attested_only), form)


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
    _print(table, form)
    for problem in problems:
        _error(problem)
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

    _print(run(load(), role, top=top), form)


@evaluate.command(name="similar")
def evaluate_similar(
    pairs: Annotated[Path, typer.Option("--pairs", help="Truth table: CSV with the columns query and relevant.")],
    items: Annotated[
        Path | None,
        typer.Option(
            "--items",
            help="Roles and items to measure on: CSV with role, item, label and, if any, definition, importance, level, pool; default is the graph.",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """Say which measure of likeness finds alike roles best, with intervals."""
    from competence_graph.analysis.evaluation import evaluate_similar as run
    from competence_graph.analysis.evaluation import read_pairs
    from competence_graph.analysis.holdings import from_csv, from_graph, texts_of_the_field
    from competence_graph.graph.store import load
    from competence_graph.query.names import Names

    truth = read_pairs(_file(pairs))
    if items is None:
        graph = load()
        _print(run([from_graph(graph, Names(graph))], truth, data_version=graph.data_version), form)
        return
    try:
        graph = load()
        texts, version = texts_of_the_field(graph, Names(graph)), graph.data_version
    except NotBuiltError:  # words are then learnt from the items alone
        texts, version = [], ""
    _print(run(from_csv(_file(items), texts), truth, data_version=version, title=items.name), form)


@evaluate.command(name="mappings")
def evaluate_mappings(
    pairs: Annotated[Path, typer.Option("--pairs", help="Truth table: CSV with the columns subject_id and object_id.")],
    form: FormatOption = Format.table,
) -> None:
    """Say which text measure finds mapped items best; candidates are all items of the objects' frameworks."""
    from competence_graph.analysis.evaluation import evaluate_mappings as run
    from competence_graph.analysis.evaluation import read_pairs
    from competence_graph.graph.store import load
    from competence_graph.query.names import KINDS, Names

    truth = read_pairs(_file(pairs), ("subject_id", "object_id"))
    graph = load()
    kinds = {label for kind in ("competence", "function", "principle") for label in KINDS[kind]}
    labels = {t.id: t.label for t in Names(graph).things.values() if t.kind in kinds}
    frameworks = {target.partition(":")[0] for targets in truth.relevant.values() for target in targets}
    objects = {key: label for key, label in labels.items() if key.partition(":")[0] in frameworks}
    subjects = {key: label for key, label in labels.items() if key in truth.relevant}
    _print(run(subjects, objects, truth, data_version=graph.data_version), form)


def _file(path: Path) -> Path:
    if not path.is_file():
        raise ParameterError(f"There is no file {path}.")
    return path


app.add_typer(evaluate, name="evaluate")


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

    _print(run(load(), from_role, to_role, strictness=strictness.value, measure=measure), form)


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

    _print(run(load(), framework, other, strictness=strictness.value), form)


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; the default is this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port.")] = 8501,
) -> None:
    """Start the web app, the JSON API and the SPARQL endpoint; the graph is built first if there is none."""
    from competence_graph.api.process import run_until_ended
    from competence_graph.graph import pointer
    from competence_graph.resources import build_folder, front_door

    if pointer.read(build_folder()) is None:
        build()
    if host not in ("127.0.0.1", "localhost", "::1"):
        _error(
            f"Listening on {host}: others can reach it. Name the hosts it answers to in COMPETENCE_GRAPH_HOSTS, and put it behind a proxy."
        )
    _error(f"Competence Graph: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}  (end with Ctrl+C)")
    # Every other setting stands in .streamlit/config.toml beside the front door, where Streamlit looks for it.
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(front_door()),
        "--server.address",
        host,
        "--server.port",
        str(port),
    ]
    raise typer.Exit(run_until_ended(command))


@app.command()
def template(output: Annotated[Path, typer.Argument(help="The workbook to write, ending in .xlsx.")]) -> None:
    """Write an empty workbook with every sheet and column, to bring a framework of your own."""
    from competence_graph.model.template import write_template

    if output.suffix.lower() != ".xlsx":
        raise ParameterError(f"{output.name} does not end in .xlsx.")
    if output.exists():
        raise ParameterError(f"{output} exists already; give another name, so that nothing is lost.")
    write_template(output)
    _error(
        f"Written: {output}. Fill it in, put it in <framework>/<version>/ with a framework.toml, and run 'competence-graph check'."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; translate this project's errors to messages and exit codes, in this one place."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except WRONG_USE as error:
        _error(str(error))
        sys.exit(2)
    except CompetenceGraphError as error:
        _error(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)

"""Commands that measure how well likeness and mapping suggestions find what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from competence_graph.cli.output import (
    Format,
    FormatOption,
    print_answer,
)
from competence_graph.errors import NotBuiltError, ParameterError

app = typer.Typer(help="Measure how well likeness and mapping suggestions find what is known.", no_args_is_help=True)


@app.command(name="similar")
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
        print_answer(run([from_graph(graph, Names(graph))], truth, data_version=graph.data_version), form)
        return
    try:
        graph = load()
        texts, version = texts_of_the_field(graph, Names(graph)), graph.data_version
    except NotBuiltError:  # words are then learnt from the items alone
        texts, version = [], ""
    print_answer(run(from_csv(_file(items), texts), truth, data_version=version, title=items.name), form)


@app.command(name="mappings")
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
    print_answer(run(subjects, objects, truth, data_version=graph.data_version), form)


def _file(path: Path) -> Path:
    if not path.is_file():
        raise ParameterError(f"There is no file {path}.")
    return path

"""The command line: each command calls one function below and shows its table.

Exit codes: 0 fine, 1 findings (bad tables, nothing built), 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from competence_graph import __version__
from competence_graph.cli import graph, measures, questions
from competence_graph.cli.output import Format, say
from competence_graph.errors import AmbiguousNameError, CompetenceGraphError, NotFoundError, ParameterError

__all__ = ["Format", "app", "main"]

WRONG_USE = (ParameterError, NotFoundError, AmbiguousNameError)
app = typer.Typer(
    name="competence-graph",
    help="A competence-framework knowledge graph for UK health and social care: who does what, what roles share, what transfers, what a care model needs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


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


app.add_typer(graph.app)
app.add_typer(questions.app)
app.add_typer(measures.app, name="evaluate")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; translate this project's errors to messages and exit codes, in this one place."""
    try:
        app(args=list(arguments) if arguments is not None else None)
    except WRONG_USE as error:
        say(str(error))
        sys.exit(2)
    except CompetenceGraphError as error:
        say(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)

"""Commands on the graph as a whole: build, check, what is loaded, serve, an empty workbook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from competence_graph.cli.output import (
    Format,
    FormatOption,
    FrameworksOption,
    print_answer,
    print_findings,
    say,
)
from competence_graph.errors import ParameterError

app = typer.Typer()


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
        print_findings(result.report, form)
        say("Nothing was built; the last good graph, if there is one, is still in use.")
        raise typer.Exit(1)
    words = f"{result.quad_count:,} statements in the graph; data version {result.data_version}."
    say(("Built: " if result.stored else "Nothing has changed: ") + words)


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
            say("No findings.")
        else:
            print_answer(findings_table(report), form)
        return
    print_findings(report, form)
    raise typer.Exit(1)


@app.command()
def info(form: FormatOption = Format.table) -> None:
    """Say what is loaded: frameworks with counts, standing, depth and licence; statements by kind and status."""
    from competence_graph.graph.store import load
    from competence_graph.query.lookup import info as run

    print_answer(run(load()), form)


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
        say(
            f"Listening on {host}: others can reach it. Name the hosts it answers to in COMPETENCE_GRAPH_HOSTS, and put it behind a proxy."
        )
    say(f"Competence Graph: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}  (end with Ctrl+C)")
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
    say(
        f"Written: {output}. Fill it in, put it in <framework>/<version>/ with a framework.toml, and run 'competence-graph check'."
    )

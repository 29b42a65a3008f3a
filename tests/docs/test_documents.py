"""Documents and code tell the same story."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from conftest import ROOT

from competence_graph.analysis.profiles import roles_page
from competence_graph.app import PAGES
from competence_graph.cli import app
from competence_graph.errors import CompetenceGraphError
from competence_graph.graph.store import Graph
from competence_graph.model.dictionary import dictionary_page
from competence_graph.query.catalogue import catalogue_page, read_catalogue
from competence_graph.resources import BUILD_FOLDER_VARIABLE, data_folder

README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALL_AND_RUN = "pip install . && competence-graph serve"
INSTALL_AND_TEST = "pip install -e '.[test]' && pytest"


@pytest.mark.parametrize(("name", "page"), [("data-dictionary.md", dictionary_page), ("queries.md", catalogue_page)])
def test_generated_pages_are_up_to_date(name: str, page: object) -> None:
    assert callable(page)
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(), "run: python tools/generate_docs.py"


def test_the_page_of_roles_is_up_to_date(shipped_graph: Graph) -> None:
    assert (ROOT / "docs" / "roles.md").read_text(encoding="utf-8") == roles_page(shipped_graph), (
        "run: competence-graph build, then python tools/generate_docs.py"
    )


def test_readme_has_the_two_commands() -> None:
    assert INSTALL_AND_RUN in README
    assert INSTALL_AND_TEST in README


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for part in ("pip install --quiet -e '.[test]'", "\npytest", "ruff check", "mypy", "lint-imports"):
        assert part in script


def test_every_command_is_in_the_readme() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert len(commands) >= 12
    missing = {name for name in commands if f"competence-graph {name}" not in README}
    assert not missing


def test_every_folder_of_the_readme_exists() -> None:
    tree = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert tree
    folders = [line.split()[0] for line in tree[1].splitlines() if line and not line.startswith(" ")]
    assert len(folders) >= 8
    assert not [folder for folder in folders if not (ROOT / folder).exists()]


def test_every_top_level_folder_is_in_the_readme() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    top = {line.split("/")[0] for line in done.stdout.splitlines() if "/" in line and not line.startswith(".")}
    assert not [folder for folder in top if f"{folder}/" not in README]


def test_every_error_is_in_the_tree_of_its_module() -> None:
    import competence_graph.errors as errors

    def below(cls: type[CompetenceGraphError]) -> set[str]:
        return {cls.__name__}.union(*(below(sub) for sub in cls.__subclasses__()))

    assert errors.__doc__
    assert not [name for name in below(CompetenceGraphError) if name not in errors.__doc__]


def test_every_framework_has_a_readme_with_verification_figures() -> None:
    folders = [p.parent for p in data_folder("frameworks").glob("*/*/framework.toml")]
    assert len(folders) >= 3
    for folder in folders:
        text = (folder / "README.md").read_text(encoding="utf-8")
        assert re.search(r"sample", text, re.IGNORECASE), folder
        assert re.search(r"error", text, re.IGNORECASE), folder


def test_catalogue_is_read() -> None:
    assert len(read_catalogue()) >= 21


def test_help_of_every_command_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "competence_graph", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "transfer" in done.stdout


def test_notebook_for_analysts_runs(shipped_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(shipped_build))
    notebook = json.loads((ROOT / "docs" / "analyst-guide.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 8
    for cell in cells:
        exec(compile(cell, "analyst-guide.ipynb", "exec"), names)
    assert names["answer"].rows  # type: ignore[attr-defined]


def test_python_example_of_the_readme_runs(shipped_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(shipped_build))
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example
    exec(compile(example[1], "README.md", "exec"), {})


def test_every_page_stands_in_the_user_guide_with_its_pictures() -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    assert len(PAGES) >= 10
    for page in PAGES:
        assert f"## {page.title}" in guide
        for width in (1366, 390):
            name = f"pictures/{page.path or 'home'}-{width}.png"
            assert name in guide
            assert (ROOT / "docs" / name).is_file(), "run: python tools/screenshots.py ADDRESS"

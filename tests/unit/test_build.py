"""The build is one step: it does nothing, or everything; a failure leaves the last good graph in use."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from competence_graph.errors import NotBuiltError, SourceError
from competence_graph.graph import build as module
from competence_graph.graph import pointer, rules
from competence_graph.graph.build import KEPT, build, data_version
from competence_graph.graph.pointer import Current
from competence_graph.graph.quads import PROVENANCE_GRAPH
from competence_graph.graph.store import load
from competence_graph.namespaces import CG, PROV, RDF, to_iri
from competence_graph.resources import code_files, data_folder


def built_folders(output: Path) -> set[str]:
    return {p.name for p in output.iterdir() if p.is_dir()}


def contents(output: Path) -> set[ox.Quad]:
    return set(load(output).store)


def snapshot(output: Path) -> dict[str, bytes]:
    """Return every file of a build folder but the logs and locks that a mere reader of the store touches."""
    return {
        p.relative_to(output).as_posix(): p.read_bytes()
        for p in sorted(output.rglob("*"))
        if p.is_file() and p.name not in ("LOCK", "LOG") and not p.name.startswith("LOG.")
    }


def relabel(frameworks: Path, label: str) -> None:
    path = frameworks / "other" / "1" / "functions.csv"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    cells = lines[1].split(",")
    cells[1] = label
    path.write_text("\n".join([lines[0], ",".join(cells)]) + "\n", encoding="utf-8")


def test_a_build_stores_what_the_pointer_says(tiny_frameworks: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, float]] = []
    result = build(tiny_frameworks, output=tmp_path / "out", progress=lambda step, share: steps.append((step, share)))
    current = pointer.read(tmp_path / "out")
    assert result.stored
    assert result.report.ok
    assert current is not None
    assert (current.data_version, current.quad_count) == (result.data_version, result.quad_count)
    graph = load(tmp_path / "out")
    assert len(graph.store) == result.quad_count
    assert (graph.data_version, graph.built_at) == (current.data_version, current.built_at)
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert set(result.inferred) == {rule.name for rule in rules.read_rules()}
    assert sum(result.inferred.values()) > 0


def test_what_was_inferred_is_in_the_graph(tiny_frameworks: Path, tmp_path: Path) -> None:
    build(tiny_frameworks, output=tmp_path / "out")
    found = load(tmp_path / "out").select(
        f"SELECT DISTINCT ?r WHERE {{ ?r a {CG.Requirement} ; {CG.status} {CG.Inferred} ; "
        f"{CG.subject} <{to_iri('tiny:case-manager')}> ; {CG.object} <{to_iri('tiny:signs-of-frailty')}> }}"
    )
    assert len(found) == 1


def test_unchanged_inputs_do_nothing(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = build(tiny_frameworks, output=output)
    before = snapshot(output)
    second = build(tiny_frameworks, output=output)
    assert not second.stored
    assert (second.data_version, second.quad_count) == (first.data_version, first.quad_count)
    assert snapshot(output) == before


def test_force_builds_again(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = build(tiny_frameworks, output=output)
    second = build(tiny_frameworks, output=output, force=True)
    assert second.stored
    assert second.data_version == first.data_version
    assert len(built_folders(output)) == 2


def test_a_lost_store_is_built_again(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(tiny_frameworks, output=output)
    current = pointer.read(output)
    assert current is not None
    (output / current.folder).rename(tmp_path / "lost")
    assert build(tiny_frameworks, output=output).stored
    assert len(load(output).store) > 0


def test_a_changed_input_gives_a_new_version(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = build(tiny_frameworks, output=output)
    relabel(tiny_frameworks, "Writing plans")
    second = build(tiny_frameworks, output=output)
    assert second.stored
    assert second.data_version != first.data_version
    current = pointer.read(output)
    assert current is not None
    assert current.data_version == second.data_version
    labels = {q.object.value for q in contents(output) if isinstance(q.object, ox.Literal)}
    assert "Writing plans" in labels
    assert "Drawing up plans" not in labels


@pytest.mark.parametrize("name", ["tiny/1/roles.csv", "tiny/1/framework.toml", "mappings/tiny--other.sssom.tsv"])
def test_the_data_version_depends_on_every_input(tiny_frameworks: Path, name: str) -> None:
    ontology = data_folder("ontology")
    before = data_version(tiny_frameworks, ontology)
    assert data_version(tiny_frameworks, ontology) == before
    path = tiny_frameworks / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert data_version(tiny_frameworks, ontology) != before


def test_the_data_version_does_not_depend_on_prose(tiny_frameworks: Path) -> None:
    ontology = data_folder("ontology")
    before = data_version(tiny_frameworks, ontology)
    (tiny_frameworks / "tiny" / "1" / "README.md").write_text("Prose.", encoding="utf-8")
    assert data_version(tiny_frameworks, ontology) == before


def test_a_renamed_file_gives_a_new_version(tiny_frameworks: Path) -> None:
    ontology = data_folder("ontology")
    before = data_version(tiny_frameworks, ontology)
    (tiny_frameworks / "tiny" / "1").rename(tiny_frameworks / "tiny" / "2")
    assert data_version(tiny_frameworks, ontology) != before


@pytest.mark.parametrize("place", ["rules.apply", "provenance_quads", "library_quads"])
@pytest.mark.parametrize("error", [RuntimeError("the rule broke"), KeyboardInterrupt()])
def test_a_crash_in_the_middle_changes_nothing(
    tiny_frameworks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, error: BaseException
) -> None:
    output = tmp_path / "out"
    build(tiny_frameworks, output=output)
    before, quads = snapshot(output), contents(output)
    relabel(tiny_frameworks, "Writing plans")

    def crash(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        if place == "rules.apply":
            patch.setattr(rules, "apply", crash)
        else:
            patch.setattr(module, place, crash)
        with pytest.raises(type(error)):
            build(tiny_frameworks, output=output)
    assert snapshot(output) == before
    assert len(built_folders(output)) == 1, "a half-built folder was left"
    assert contents(output) == quads
    assert build(tiny_frameworks, output=output).stored, "and the next build goes through"


def test_a_crash_of_the_first_build_leaves_nothing(
    tiny_frameworks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"

    def crash(*_: object) -> None:
        raise RuntimeError("the rule broke")

    monkeypatch.setattr(rules, "apply", crash)
    with pytest.raises(RuntimeError, match="the rule broke"):
        build(tiny_frameworks, output=output)
    assert snapshot(output) == {}
    with pytest.raises(NotBuiltError):
        load(output)


def test_defects_store_nothing(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(tiny_frameworks, output=output)
    before = snapshot(output)
    (tiny_frameworks / "other" / "1" / "roles.csv").write_text("", encoding="utf-8")
    result = build(tiny_frameworks, output=output)
    assert not result.stored
    assert "empty-file" in result.report.by_rule()
    assert snapshot(output) == before


def test_the_pointer_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Current("a", "a-1", "2026-01-01", 1), Current("b", "b-1", "2026-01-02", 2)
    pointer.write(tmp_path, old)
    replaced: list[tuple[Path, Path]] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        assert pointer.read(tmp_path) == old, "the old pointer stands until the new one is whole"
        assert json.loads(self.read_text(encoding="utf-8"))["folder"] == "b-1"
        assert self.parent == tmp_path, "a rename across file systems is no single step"
        replaced.append((self, target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    pointer.write(tmp_path, new)
    assert [target for _, target in replaced] == [tmp_path / pointer.FILE_NAME]
    assert pointer.read(tmp_path) == new
    assert [p.name for p in tmp_path.iterdir()] == [pointer.FILE_NAME]


def test_a_pointer_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Current("a", "a-1", "2026-01-01", 1)
    pointer.write(tmp_path, old)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError("in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        pointer.write(tmp_path, Current("b", "b-1", "2026-01-02", 2))
    assert pointer.read(tmp_path) == old


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"data_version": "a"}'])
def test_a_pointer_that_is_not_ours_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / pointer.FILE_NAME).write_text(text, encoding="utf-8")
    assert pointer.read(tmp_path) is None


def test_two_versions_are_kept(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    folders: list[str] = []
    for turn in range(4):
        relabel(tiny_frameworks, f"Plan {turn}")
        assert build(tiny_frameworks, output=output).stored
        current = pointer.read(output)
        assert current is not None
        folders.append(current.folder)
        os.utime(output / current.folder, (turn, turn))  # so that the order does not hang on the clock
    assert KEPT == 2
    assert built_folders(output) == set(folders[-2:])


def test_pruning_leaves_what_is_not_a_built_version(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (output / "mine").mkdir(parents=True)
    for _ in range(3):
        build(tiny_frameworks, output=output, force=True)
    assert "mine" in built_folders(output)
    assert len(built_folders(output)) == KEPT + 1


def test_a_reader_of_the_version_before_goes_on(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(tiny_frameworks, output=output)
    graph = load(output)
    relabel(tiny_frameworks, "Writing plans")
    build(tiny_frameworks, output=output)
    assert len(graph.select("SELECT ?s WHERE { ?s ?p ?o } LIMIT 5")) == 5
    assert graph.data_version != load(output).data_version


def test_loading_without_a_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="Run 'competence-graph build'") as caught:
        load(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_no_folder_of_frameworks_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no folder") as caught:
        build(tmp_path / "missing", output=tmp_path / "out")
    assert caught.value.path == tmp_path / "missing"
    assert not (tmp_path / "out").exists()


def test_building_twice_gives_the_same_graph(tiny_frameworks: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    build(tiny_frameworks, output=first)
    build(tiny_frameworks, output=second)

    def but_time(quads: set[ox.Quad]) -> ox.Dataset:
        dataset = ox.Dataset(q for q in quads if q.predicate != PROV.startedAtTime)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # blank nodes of the ontology
        return dataset

    one, two = but_time(contents(first)), but_time(contents(second))
    assert len(one) > 1000
    assert one == two


def test_provenance_names_every_file_and_every_graph(tiny_frameworks: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(tiny_frameworks, output=output)
    quads = contents(output)
    used = {q.object.value for q in quads if q.predicate == PROV.used and isinstance(q.object, ox.NamedNode)}
    files = [p.relative_to(tiny_frameworks).as_posix() for p in tiny_frameworks.rglob("*") if p.is_file()]
    assert len(files) > 20
    assert [name for name in files if not any(iri.endswith(f"file/{name}") for iri in used)] == []
    generated = {q.subject for q in quads if q.predicate == PROV.wasGeneratedBy}
    ours = {q.graph_name for q in quads} - {PROVENANCE_GRAPH, module.ONTOLOGY_GRAPH}
    assert ours <= generated
    runs = {q.subject for q in quads if q.predicate == RDF.type and q.object == PROV.Activity}
    assert len(runs) == len(generated)


def test_data_version_covers_the_code_that_writes_iris() -> None:
    names = {f"{p.parent.name}/{p.name}" for p in code_files()}
    assert names >= {
        "model/records.py", "importers/tabular.py", "graph/quads.py", "competence_graph/namespaces.py",
    }  # fmt: skip

"""The kinds of thing that the parameters of the catalogue take: as narrow as the query's own patterns allow.

What a pattern allows is read from the text of the query: in which kinds of statement the parameter, or what matches it,
stands as subject or object, and what :data:`STATEMENT_KINDS` lets stand there.
"""

from __future__ import annotations

import re

import pytest

from competence_graph.errors import NotFoundError, ParameterError
from competence_graph.model.kinds import STATEMENT_KINDS
from competence_graph.model.records import COMPETENCE_KINDS
from competence_graph.query.catalogue import (
    THING_KINDS,
    VALUE_KINDS,
    CatalogueQuery,
    Parameter,
    catalogue_page,
    read_catalogue,
)
from competence_graph.query.names import Names, labels_of
from competence_graph.query.run import bind

CATALOGUE = read_catalogue()
PARAMETERS = [
    pytest.param(query, parameter, id=f"{query.name}-{parameter.name}")
    for query in CATALOGUE.values()
    for parameter in query.parameters.values()
    if parameter.kinds
]
ANY_STATEMENT = {"why-we-say-so", "findings-about"}
"""Queries whose pattern takes any kind of statement, or a finding about anything."""
ONE_KIND = {"role", "model"}
"""What a person asks for by one word, though a group could stand where a role does, and a case where a model does."""
BY_NAME = {("group-in-common", "group")}
"""A staff group may be found by what it is called alone, which the reading of the pattern does not see."""
IN_TABLE = {
    "roles": {"role"}, "competences": set(COMPETENCE_KINDS), "functions": {"care function"}, "principles": {"principle"},
    "learning": {"learning offer"}, "cases": {"case study"}, "models": {"care model", "point model", "whole-system model", "service"},
}  # fmt: skip


def standing(query: CatalogueQuery, variable: str) -> set[str]:
    """Return the class labels of what may stand for a variable, by the statements of the query; empty if none says it."""
    of_term = {kind.term: kind for kind in STATEMENT_KINDS.values()}
    body = re.sub(r"#.*", "", query.text.partition("SELECT")[2])
    sets = []
    for term, rest in re.findall(r"\?\w+ a (cg:\w+|\?\w+) ;(.*?) \.(?:\s|$)", body, re.DOTALL):
        listed = re.search(rf"VALUES {re.escape(term)} {{(.*?)}}", body)
        terms = [t.removeprefix("cg:") for t in (listed[1].split() if listed else [term])]
        for place in re.findall(rf"cg:(subject|object) \?{variable}\b", rest):
            kinds = [of_term[t] for t in terms if t in of_term]
            tables = {table for kind in kinds for table in (kind.subjects if place == "subject" else kind.objects)}
            if tables:
                sets.append(set().union(*(IN_TABLE.get(t, {t.removeprefix("terms:")}) for t in tables)))
    if re.search(rf"(?:skos:inScheme|dcterms:isPartOf) \?{variable}\b", body):
        sets.append({"framework"})
    if re.search(rf"dcterms:source \?{variable}\b", body):
        sets.append({"source document"})
    if re.search(rf"cg:instanceOf \?{variable}\b", body):
        sets.append({"role"})
    matched = re.findall(rf"\?{variable} \?match \?(\w+)", body)
    also_called = re.findall(rf"BIND \(IF\([^)]*\?{variable}\b[^)]*\) AS \?(\w+)\)", body)
    sets += [found for other in (*matched, *also_called) if (found := standing(query, other))]
    return set.intersection(*sets) if sets else set()


@pytest.mark.parametrize(("query", "parameter"), PARAMETERS)
def test_a_parameter_takes_no_more_than_the_pattern(query: CatalogueQuery, parameter: Parameter) -> None:
    if query.name in ANY_STATEMENT:
        assert parameter.name in ("thing", "subject", "object")
        return
    allowed = standing(query, parameter.name)
    assert allowed, f"the test does not see where ?{parameter.name} stands; teach it, or mend the query"
    taken = labels_of(parameter.kinds)
    if (query.name, parameter.name) in BY_NAME:
        assert parameter.kind == parameter.name
        return
    assert taken <= allowed
    if parameter.kind not in ONE_KIND:
        assert allowed <= taken, "a kind that would be answered is not offered"


@pytest.mark.parametrize(("query", "parameter"), PARAMETERS)
def test_the_default_is_of_the_kind(query: CatalogueQuery, parameter: Parameter, shipped_names: Names) -> None:
    assert parameter.default in {thing.id for thing in shipped_names.of_kinds(parameter.kinds)}


@pytest.mark.parametrize(("query", "parameter"), PARAMETERS)
def test_every_kind_is_of_the_data(query: CatalogueQuery, parameter: Parameter, shipped_names: Names) -> None:
    for kind in parameter.kinds:
        assert shipped_names.of_kinds((kind,)), f"there is nothing of the kind {kind}"


@pytest.mark.parametrize("name", [kind for kind in THING_KINDS if kind != "finding"])
def test_a_parameter_called_as_a_kind_takes_it(name: str) -> None:
    for query in CATALOGUE.values():
        if name in query.parameters:
            kinds = query.parameters[name].kinds
            assert name in kinds
            assert len(kinds) == 1 or (query.name, kinds) == ("learning-for-competence", ("competence", "function"))


def test_every_parameter_is_of_kinds_that_exist() -> None:
    for query in CATALOGUE.values():
        for parameter in query.parameters.values():
            assert parameter.kind in VALUE_KINDS or set(parameter.kinds) <= set(THING_KINDS)
            assert parameter.kind != "thing"


def test_the_virtual_wards_may_call_for_functions(shipped_names: Names) -> None:
    _text, understood = bind(CATALOGUE["functions-and-carriers"], {"caller": "oawip:virtual-wards"}, shipped_names)
    assert understood["caller"] == "oawip:virtual-wards"


def test_another_kind_is_refused_and_named(shipped_names: Names) -> None:
    with pytest.raises(
        ParameterError, match=r"principle is 'Case manager', which is of the kind role; expected principle"
    ):
        bind(CATALOGUE["principle-chain"], {"principle": "roles:case-manager"}, shipped_names)
    with pytest.raises(ParameterError, match=r"expected need state or model or case or setting"):
        bind(CATALOGUE["functions-and-carriers"], {"caller": "roles:case-manager"}, shipped_names)
    with pytest.raises(NotFoundError):
        bind(CATALOGUE["principle-chain"], {"principle": "no:such-thing"}, shipped_names)


def test_the_catalogue_page_names_the_kinds() -> None:
    assert "| `competence` | competence, function |" in catalogue_page()

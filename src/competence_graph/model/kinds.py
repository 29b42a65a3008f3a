"""The kinds of statement: what each says, and what it may join.

One table serves the row checks, the ontology test (each kind is a subclass of ``Statement``) and the data dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass

_PEOPLE = ("roles", "terms:staff group", "terms:team", "terms:organisation")
_ABILITIES = ("competences",)


@dataclass(frozen=True, slots=True)
class StatementKind:
    """A kind of statement.

    Parameters
    ----------
    name : str
        As written in the tables.
    term : str
        Local name of its class in ``ontology/competence.ttl``.
    meaning : str
        In words, with ``S`` for the subject and ``O`` for the object.
    subjects, objects : tuple of str
        Tables in which they may stand; ``terms:<kind>`` narrows a table to rows of that kind.
    """

    name: str
    term: str
    meaning: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]


_SERVICES = ("models", "cases")

STATEMENT_KINDS: dict[str, StatementKind] = {
    kind.name: kind
    for kind in (
        StatementKind("requirement", "Requirement", "S needs, or is said to have, the competence O", _PEOPLE, _ABILITIES),
        StatementKind("performance", "Performance", "S carries out the care function O", _PEOPLE, ("functions",)),
        StatementKind("function need", "FunctionNeed", "carrying out the care function S takes the competence O", ("functions",), _ABILITIES),
        StatementKind("model need", "ModelNeed", "the care model, service or setting S needs O", (*_SERVICES, "terms:setting", "terms:need state"), ("competences", "functions")),
        StatementKind("underpinning", "Underpinning", "the principle S underpins the care function O", ("principles",), ("functions",)),
        StatementKind("development", "Development", "the learning offer S develops O", ("learning",), ("competences", "functions")),
        StatementKind("audience", "Audience", "the learning offer S is taken by, or meant for, O", ("learning",), (*_PEOPLE, *_SERVICES)),
        StatementKind("filling", "Filling", "people in S have taken the role O", _PEOPLE, ("roles",)),
        StatementKind("overlap", "Overlap", "a source states that S and O overlap or substitute for each other", _PEOPLE, _PEOPLE),
        StatementKind("gap", "GapStatement", "a source states that S lacks O", _PEOPLE, ("competences", "functions")),
        StatementKind("involvement", "Involvement", "the care model, case or team S has the role or group O in it", (*_SERVICES, "terms:team"), _PEOPLE),
        StatementKind("service", "Service", "the care model or case S is for the people or the need O", _SERVICES, ("terms:cohort", "terms:need state")),
        StatementKind("location", "Location", "the care model or case S is delivered in the setting O", _SERVICES, ("terms:setting",)),
    )
}  # fmt: skip
NEEDING_NECESSITY = frozenset({"requirement", "function need", "model need"})

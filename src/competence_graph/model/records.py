"""The authoring tables as frozen records: the one schema of this project.

Each class is one table (a CSV file, or a sheet of a workbook); each field made by
:func:`~competence_graph.model.columns.column` is one column. The data dictionary, the template workbook, the parser
and the row checks are made from these declarations.

Names follow SKOS (``prefLabel`` as *label*, ``altLabel``, ``notation``, ``broader``), SSSOM for mappings, and the
usage of the NHS and social care for roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from competence_graph.model.columns import column
from competence_graph.model.kinds import STATEMENT_KINDS

STATUSES = ("attested", "curated", "inferred", "interim", "suggested")
AUTHORED_STATUSES = ("attested", "curated", "interim", "suggested")
COMPETENCE_KINDS = ("competence", "skill", "knowledge", "behaviour", "qualification", "experience")
NECESSITIES = ("essential", "desirable", "not stated")
PROFILES = ("full", "local", "partial", "mentioned")
TIERS = ("registered", "support", "volunteer or carer", "manager")
ATTRIBUTES = ("staff group", "profession", "tier", "sector", "setting", "employer")
TERM_KINDS = ("staff group", "team", "organisation", "setting", "cohort", "need state", "sector", "profession")
MODEL_KINDS = ("point", "whole-system", "service")
FINDING_KINDS = (
    "enabler", "barrier", "gap", "outcome", "service feature", "question", "recommendation", "view",
)  # fmt: skip
SOURCE_KINDS = ("document", "register", "cited document", "web page", "discussion")
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of any table: where it stands, for messages."""

    table: ClassVar[str]
    meaning: ClassVar[str]

    framework: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Row):
    """A row that says where it comes from."""

    status: str = column(
        "How the row is known: attested (the source says it), curated (our judgement), interim (stands in until the real wording is held), suggested (by machine)",
        form="choice", choices=AUTHORED_STATUSES, required=True, example="attested",
    )  # fmt: skip
    source: str = column(
        "The document it was read in", form="reference", refers=("sources",), required=True, example="report"
    )
    locator: str = column(
        "Place in the document, for people", required=True, example="section 3.4, functions of care co-ordinators"
    )
    lines: str = column(
        "Lines (or register row) of the document as held, for machines", form="lines", required=True, example="677-678"
    )
    stated_as: str = column("The source's own words, a short phrase", required=True, example="Problem-solving skills")
    originals: tuple[str, ...] = column(
        "The documents that the passage itself cites",
        form="references",
        refers=("sources",),
        example="kings-fund-case-management-2011",
    )
    span_hash: str = column(
        "First 16 hex digits of the SHA-256 of the quoted lines; written by the verification tool",
        example="b5bb9d8014a0f9b1",
    )
    reason: str = column(
        "Why we say so; required where the status is curated or interim",
        example="Both name assessment of the older person in general",
    )
    note: str = column("Hedges, scope, doubts", example="all staff of the team")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing(Evidence):
    """A row that brings a thing of its own, with a permanent identifier and a label."""

    id: str = column(
        "Permanent identifier inside this framework", form="identifier", required=True, example="problem-solving-skills"
    )
    label: str = column("Short factual name", required=True, example="Problem-solving skills")
    definition: str = column("Meaning, in our own words", example="")
    replaced_by: str = column("For a retired identifier: what stands in its place", form="reference", example="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept(Thing):
    """A thing that has other names, a code, parts and a place in a hierarchy."""

    alt_labels: tuple[str, ...] = column("Other names", form="list", example="brokering; care brokerage")
    notation: str = column("The publisher's code", example="SFHCM A1")
    broader: tuple[str, ...] = column(
        "The wider item of the same framework that this belongs under", form="references", example="assessment-skills"
    )
    parts: tuple[str, ...] = column(
        "Items that together are this item, all of them", form="references", example="brokerage-skills; advocacy-skills"
    )
    examples: tuple[str, ...] = column(
        "Items that the source gives as examples of this item, not all of it",
        form="references",
        example="intravenous-therapies",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(Concept):
    """What someone can do, knows or is: skill, knowledge, behaviour, qualification, experience, or a mix."""

    table: ClassVar[str] = "competences"
    meaning: ClassVar[str] = "What someone can do, knows or is"

    kind: str = column(
        "What it is; 'competence' where it is a mix or the source does not say",
        form="choice",
        choices=COMPETENCE_KINDS,
        required=True,
        example="skill",
    )
    kind_doubt: str = column("Where the two readers of its kind disagreed: the other kind and why", example="")
    occupations: tuple[str, ...] = column(
        "Occupations that the publisher's register names for it", form="list", example="Health Professionals"
    )
    earlier_codes: tuple[str, ...] = column("Codes of earlier editions", form="list", example="CM A1")
    publisher: str = column(
        "Who published the item, where a framework has several publishers", example="Skills for Health"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFunction(Concept):
    """What must be done for a person, whoever does it."""

    table: ClassVar[str] = "functions"
    meaning: ClassVar[str] = "What must be done, whoever does it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle(Concept):
    """A principle that underpins care functions."""

    table: ClassVar[str] = "principles"
    meaning: ClassVar[str] = "Principles that underpin care functions"

    stands_in_for: str = column(
        "For a placeholder: the principle whose wording is not held",
        form="reference", refers=("principles",), example="staffordshire:principle-1",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Thing):
    """A published group of items: an area, a suite, a list."""

    table: ClassVar[str] = "areas"
    meaning: ClassVar[str] = "Published groups of items: areas, suites, lists"

    position: int | None = column("Place in the publisher's order", form="integer", example="1")
    expected: int | None = column("Number of entries that the publisher's list has", form="integer", example="15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Evidence):
    """One entry of a published list: an item standing in an area. It says nothing about any role."""

    table: ClassVar[str] = "placements"
    meaning: ClassVar[str] = "Entries of published lists: which item stands in which area"

    item: str = column("The item", form="reference", required=True, example="networking-skills")
    area: str = column("The area", form="reference", refers=("areas",), required=True, example="co-ordination")
    position: int | None = column("Place in the list", form="integer", example="3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Thing):
    """A role (a hat) or a post, as a source names it."""

    table: ClassVar[str] = "roles"
    meaning: ClassVar[str] = "Roles and posts, as sources name them"

    alt_labels: tuple[str, ...] = column("Other names", form="list", example="care coordinator")
    profile: str = column(
        "How whole the list of its statements is: full (a national list meant to be complete), local (one employer's whole list), partial, mentioned",
        form="choice", choices=PROFILES, required=True, example="partial",
    )  # fmt: skip
    broader: tuple[str, ...] = column(
        "The general role of which this is a site's or specialty's form",
        form="references",
        refers=("roles",),
        example="care-coordinator",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Evidence):
    """One fact about a role: its staff group, profession, tier, sector, setting or employer."""

    table: ClassVar[str] = "attributes"
    meaning: ClassVar[str] = "Facts about roles; what is not here is 'not stated'"

    subject: str = column(
        "The role", form="reference", refers=("roles",), required=True, example="link-worker-sandwell"
    )
    property: str = column("What the fact is about", form="choice", choices=ATTRIBUTES, required=True, example="tier")
    value: str = column(f"The fact; a tier is one of {', '.join(TIERS)}", required=True, example="support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Thing):
    """Something else that statements speak of: staff group, team, organisation, setting, cohort, need state and more."""

    table: ClassVar[str] = "terms"
    meaning: ClassVar[str] = "Staff groups, teams, organisations, settings, cohorts, need states"

    kind: str = column("What it is", form="choice", choices=TERM_KINDS, required=True, example="staff group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Thing):
    """A care model: a point model, a whole-system model, or one service that is an instance of one."""

    table: ClassVar[str] = "models"
    meaning: ClassVar[str] = "Care models and services"

    kind: str = column(
        "Point model, whole-system model, or a service at one site",
        form="choice",
        choices=MODEL_KINDS,
        required=True,
        example="point",
    )
    broader: tuple[str, ...] = column(
        "For a service: the model of which it is an instance",
        form="references",
        refers=("models",),
        example="hospital-at-home",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Thing):
    """A case study."""

    table: ClassVar[str] = "cases"
    meaning: ClassVar[str] = "Case studies"

    place: str = column("Where", example="Torbay")
    model: str = column(
        "The care model it is a case of", form="reference", refers=("models",), example="torbay-whole-system"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Thing):
    """A learning offer: a course, programme, module, induction, as far as a source describes it."""

    table: ClassVar[str] = "learning"
    meaning: ClassVar[str] = "Learning offers"

    provider: str = column("Who provides it", example="")
    mode: str = column("How it is taught", example="workplace assessment")
    duration: str = column("How long, as stated", example="6 weeks")
    cost: str = column("What it costs, as stated", example="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Thing):
    """A finding of a source: enabler, barrier, gap, outcome figure, service feature, question, recommendation, view."""

    table: ClassVar[str] = "findings"
    meaning: ClassVar[str] = "Findings: enablers, barriers, outcomes, questions"

    kind: str = column("What it is", form="choice", choices=FINDING_KINDS, required=True, example="barrier")
    about: tuple[str, ...] = column("What it concerns", form="references", example="case-torbay")
    value: str = column("A figure, as printed", example="63,735")
    unit: str = column("Unit of the figure", example="GBP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Evidence):
    """One statement of a source, or of ours, that joins two things."""

    table: ClassVar[str] = "statements"
    meaning: ClassVar[str] = "Statements that join two things"

    id: str = column("Permanent identifier inside this framework", form="identifier", required=True, example="s0042")
    kind: str = column(
        "What the statement says; see the table of kinds",
        form="choice",
        choices=tuple(STATEMENT_KINDS),
        required=True,
        example="requirement",
    )
    subject: str = column("Of what it is said", form="reference", required=True, example="roles:case-manager")
    object: str = column("What is said of it", form="reference", required=True, example="problem-solving-skills")
    necessity: str = column(
        "How necessary, for requirements and needs", form="choice", choices=NECESSITIES, example="essential"
    )
    level: str = column(
        "Level on a scale of the framework; empty is 'not stated'", form="reference", refers=("levels",), example=""
    )
    importance: float | None = column("Importance, 0 to 1, where the framework gives one", form="share", example="")
    place: str = column("Where, for what is said of one site", example="South Devon and Torbay")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Thing):
    """One level of a framework's scale."""

    table: ClassVar[str] = "levels"
    meaning: ClassVar[str] = "Levels of the framework's own scale"

    scale: str = column("Name of the scale", required=True, example="Career framework")
    position: int | None = column("Place on the scale, lowest first", form="integer", required=True, example="3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """A document, register or page that rows of this framework cite."""

    table: ClassVar[str] = "sources"
    meaning: ClassVar[str] = "Documents, registers and pages that rows cite"

    id: str = column("Permanent identifier inside this framework", form="identifier", required=True, example="report")
    label: str = column("Title", required=True, example="Scoping best practice in older adult and integrated care")
    kind: str = column(
        "What it is; a cited document was not opened by us, only named by one that was",
        form="choice",
        choices=SOURCE_KINDS,
        required=True,
        example="document",
    )
    publisher: str = column("Who published it", example="The King's Fund")
    issued: str = column("Date of issue, as far as stated (YYYY, YYYY-MM or YYYY-MM-DD)", example="2014-04")
    url: str = column("Address", example="")
    file: str = column("Name of the file as held, for the verification tool", example="")
    sha256: str = column("SHA-256 of the file as held", example="")
    note: str = column("Anything a careful reader must know", example="")


RECORDS: dict[str, type[Row]] = {
    cls.table: cls
    for cls in (
        Source, Area, Competence, CareFunction, Principle, Placement, Role, Attribute, Term, Model, Case, Offer,
        Observation, Level, Statement,
    )
}  # fmt: skip

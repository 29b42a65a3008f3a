"""Mappings between frameworks, in the columns of SSSOM.

A mapping set is one ``<subject>--<object>.sssom.tsv`` with its metadata in a commented YAML head, as SSSOM has it [1]_.
Predicates are SKOS's mapping properties; a row that says "looked for, none found" has ``sssom:NoTermFound`` as its
object.

References
----------
.. [1] Matentzoglu et al. (2022), A Simple Standard for Sharing Ontological Mappings, doi:10.1093/database/baac035
"""

from __future__ import annotations

from dataclasses import dataclass, field

NO_TERM_FOUND = "sssom:NoTermFound"
PREDICATES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
JUSTIFICATIONS = (
    "semapv:ManualMappingCuration", "semapv:MappingReview", "semapv:LexicalMatching",
    "semapv:SemanticSimilarityThresholdMatching", "semapv:CompositeMatching",
)  # fmt: skip
DECIDED = ("semapv:ManualMappingCuration", "semapv:MappingReview")
"""Justifications of a mapping that a person decided; the others are a machine's suggestions."""
# Rubric: 0.95 the same wording or code · 0.8 the same meaning, other words · 0.6 a reader would agree, scope differs
# in a way that the reason names · 0.4 arguable, kept because nothing nearer exists.
CONFIDENCES = (0.95, 0.8, 0.6, 0.4)
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "confidence",
    "author_label", "mapping_date", "mapping_tool", "reviewer_label", "comment",
)  # fmt: skip
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification", "confidence", "author_label", "comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """One row of a mapping set; field names are SSSOM's.

    Attributes
    ----------
    confidence : float
        One of the four values of the rubric (:data:`CONFIDENCES`).
    comment : str
        The reason, as a nurse educator would accept it.
    reviewer_label : str
        Empty until a practitioner has reviewed the row.
    """

    subject_id: str
    predicate_id: str
    object_id: str
    mapping_justification: str
    confidence: float
    author_label: str
    comment: str
    subject_label: str = ""
    object_label: str = ""
    mapping_date: str = ""
    mapping_tool: str = ""
    reviewer_label: str = ""
    row: int = 0

    @property
    def found(self) -> bool:
        """Whether the row maps to something; False for a no-match row."""
        return self.object_id != NO_TERM_FOUND


@dataclass(frozen=True)
class MappingSet:
    """One crosswalk file: its name, its metadata, its rows."""

    file: str
    metadata: dict[str, object] = field(default_factory=dict)
    mappings: tuple[Mapping, ...] = ()

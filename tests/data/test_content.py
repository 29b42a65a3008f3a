"""The content that ships: counts as the sources have them, evidence on every row, honest statuses.

Whoever holds the source documents proves the evidence itself with ``tools/verify_sources.py``; these tests hold what can
be held without the documents.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from competence_graph.model.framework import Framework, Library, curie
from competence_graph.model.records import (
    Area,
    Competence,
    Evidence,
    Placement,
    Role,
    Source,
    Statement,
    Term,
    Thing,
)

ANNEX_B = {
    "co-ordination": 15, "interpersonal": 5, "values": 4, "knowledge-of-older-people": 7, "clinical": 3,
    "mental-health": 5, "medicines": 1, "multidisciplinary-team-skills": 20, "case-management": 2, "judgement": 5,
    "local-knowledge": 2, "experience": 2, "pre-and-post-registration-training": 1, "new-roles": 4,
}  # fmt: skip
LONGEST_PHRASE = 32


def framework(library: Library, slug: str) -> Framework:
    return next(f for f in library.frameworks if f.slug == slug)


@pytest.fixture(scope="module")
def oawip(shipped_library: Library) -> Framework:
    return framework(shipped_library, "oawip")


def test_annex_b_is_whole(oawip: Framework) -> None:
    placed = [p for p in oawip.of(Placement) if p.area in ANNEX_B]
    assert Counter(p.area for p in placed) == ANNEX_B
    assert len(placed) == 76
    assert len({p.item for p in placed}) == 74
    for area, count in ANNEX_B.items():
        assert sorted(p.position or 0 for p in placed if p.area == area) == list(range(1, count + 1)), area


def test_every_entry_of_annex_b_names_its_original(oawip: Framework) -> None:
    entries = [p for p in oawip.of(Placement) if p.area in ANNEX_B]
    assert not [p for p in entries if not p.originals]
    assert sum(len(p.originals) > 1 for p in entries) <= 1  # one entry carries two footnotes, to one document


def test_lists_of_the_report_have_their_length(oawip: Framework) -> None:
    placed = Counter(p.area for p in oawip.of(Placement))
    assert placed["silver-book-generic-skills"] == 12
    assert placed["age-uk-broad-gaps"] == 3
    assert placed["age-uk-clinical-gaps"] == 5
    assert placed["interdisciplinary-team-characteristics"] == 10
    assert placed["six-principles-workforce-integration"] == 6
    assert placed["training-questions"] == 7


def test_report_has_its_models_states_and_cases(oawip: Framework) -> None:
    kinds = Counter(row.kind for row in oawip.rows["models"])  # type: ignore[attr-defined]
    assert kinds["point"] == 8
    assert kinds["whole-system"] == 3
    states = {"well", "seems-well-but-asymptomatic", "acutely-ill", "chronically-ill", "complex-or-multiple-needs"}
    assert states <= {row.id for row in oawip.of(Term) if row.kind == "need state"}
    annex_a = {
        "case-torbay", "case-pan-gwent-frailty", "case-midhurst-macmillan", "case-oxleas-dementia",
        "case-sandwell-mental-health", "case-pembrokeshire-crt", "case-poole-intermediate-care",
    }  # fmt: skip
    assert annex_a <= {row.id for row in oawip.rows["cases"] if isinstance(row, Thing)}


def test_standards_are_whole(shipped_library: Library) -> None:
    nos = framework(shipped_library, "nos")
    publishers = Counter(row.publisher for row in nos.of(Competence))
    assert publishers == {"Skills for Health": 1443, "Skills for Care & Development": 435}
    assert len({row.notation for row in nos.of(Competence)}) == 1878
    assert len(nos.of(Area)) == 75
    assert not [row.label for row in nos.of(Area) if row.label.endswith(".") or "\n" in row.label]


def test_every_row_has_evidence_in_a_short_phrase(shipped_library: Library) -> None:
    seen = 0
    for f in shipped_library.frameworks:
        for row in f.all_rows():
            if isinstance(row, Evidence):
                seen += 1
                place = f"{f.folder}/{row.table}.csv row {row.row}"
                assert re.fullmatch(r"[0-9a-f]{16}", row.span_hash), place
                assert len(row.stated_as.split()) <= LONGEST_PHRASE, f"{place}: shorten the quotation"
                assert not re.search(r"[<>*⁰¹²³⁴⁵⁶⁷⁸⁹]", row.stated_as), f"{place}: mark-up or a footnote mark"
    assert seen > 7000


def test_sources_that_were_opened_have_a_checksum(shipped_library: Library) -> None:
    for f in shipped_library.frameworks:
        used = {curie(f.slug, row.source) for row in f.all_rows() if isinstance(row, Evidence)}
        for name in used:
            source = shipped_library.things[name]
            assert isinstance(source, Source)
            assert re.fullmatch(r"[0-9a-f]{64}", source.sha256), name
            assert source.file, name
            assert "/" not in source.file, name


def test_labels_are_short_facts(shipped_library: Library) -> None:
    for f in shipped_library.frameworks:
        for row in f.all_rows():
            if isinstance(row, Thing):
                assert len(row.label) <= 170 or row.label == row.stated_as, f"{f.slug}:{row.id}"
                assert row.label == row.label.strip(), f"{f.slug}:{row.id}"
                assert "\n" not in row.label, f"{f.slug}:{row.id}"


def test_function_needs_are_our_judgement_unless_the_source_says_so(oawip: Framework) -> None:
    needs = [s for s in oawip.of(Statement) if s.kind == "function need"]
    assert len(needs) >= 900
    assert all(s.status == "curated" for s in needs if s.object.startswith("nos:"))


def test_no_mapping_claims_a_review_or_an_identity_it_cannot_have(shipped_library: Library) -> None:
    mappings = [m for s in shipped_library.mappings for m in s.mappings]
    assert len(mappings) >= 1000
    assert not [m for m in mappings if m.reviewer_label]
    exact = {
        (m.subject_id.split(":")[0], m.object_id.split(":")[0]) for m in mappings if m.predicate_id == "skos:exactMatch"
    }
    assert exact <= {("interdisciplinary-team", "nancarrow-2013")}, (
        "two printings of one list; all other claims are weaker"
    )
    assert any(not m.found for m in mappings), "rows that say 'none found' are kept"


def test_no_role_of_this_project_claims_a_full_profile_without_a_whole_list(shipped_library: Library) -> None:
    roles = framework(shipped_library, "roles").of(Role)
    assert len(roles) >= 120
    assert {role.profile for role in roles} <= {"partial", "mentioned", "local", "full"}
    assert not [r.id for r in roles if r.profile == "full" and not r.note]


def test_passports_are_complete(shipped_library: Library) -> None:
    assert len(shipped_library.frameworks) >= 3
    for f in shipped_library.frameworks:
        assert f.passport.licence, f.slug
        assert f.passport.as_at, f.slug
        assert f.passport.summary, f.slug

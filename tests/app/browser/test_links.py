"""Addresses: a link inside the app fills the page that it opens, a wrong address is said to be wrong, a query travels."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext
from visitor import Server, Visitor, visit

pytestmark = pytest.mark.browser

MANAGER, COORDINATOR = "roles:case-manager", "roles:care-coordinator"


def value(visitor: Visitor, name: str) -> str:
    return visitor.control(f"control.{name}").locator("input").input_value()


def chosen(visitor: Visitor, name: str) -> str:
    """Return what a list shows as chosen, wherever its field keeps it."""
    return visitor.control(f"control.{name}").inner_text() + value(visitor, name)


def test_a_link_to_a_question_fills_its_form(visitor: Visitor) -> None:
    """Both pages call the controls start and target, so the state still holds those of the page before."""
    visitor.goto(f"/needs?start={COORDINATOR}&target={MANAGER}")
    visitor.follow(visitor.page.get_by_role("link", name="Ask it of the catalogue").first)
    assert visitor.heading() == "Ask"
    assert "Care co-ordinator" in chosen(visitor, "start")
    assert "Case manager" in chosen(visitor, "target")
    assert "Still to choose" not in visitor.text()
    assert "Negotiation and brokerage" in visitor.text()


def test_back_and_forth_between_pages_that_share_a_control(visitor: Visitor) -> None:
    visitor.goto(f"/finder?role={MANAGER}&target={COORDINATOR}")
    visitor.page.evaluate(
        """address => { history.pushState({}, "", address); window.dispatchEvent(new PopStateEvent("popstate")); }""",
        f"{visitor.base}/ask?question=requirements-of-role&role={MANAGER}",
    )
    visitor.page.get_by_role("heading", name="Ask", exact=True).wait_for()
    visitor.settle()
    assert "Case manager" in chosen(visitor, "role")
    assert "Still to choose" not in visitor.text()
    visitor.page.go_back()
    visitor.page.get_by_role("heading", name="Role finder", exact=True).wait_for()
    visitor.settle()
    assert "Case manager" in chosen(visitor, "role")
    assert "Care co-ordinator" in chosen(visitor, "target")


def test_two_choices_after_one_another_both_stay(visitor: Visitor) -> None:
    visitor.goto("/ask?question=requirements-met")
    visitor.choose("control.start", "Community matron (Oxleas)")
    visitor.choose("control.match", "broad")
    visitor.page.wait_for_url("**match=broad*")
    visitor.settle()
    assert "Community matron (Oxleas)" in chosen(visitor, "start")
    assert "start=roles%3Acommunity-matron-oxleas" in visitor.page.url


def test_another_question_forgets_what_it_does_not_take(visitor: Visitor) -> None:
    visitor.goto(f"/ask?question=requirements-met&start={MANAGER}&target={COORDINATOR}&match=exact")
    visitor.choose("control.question", "Which stated requirements do two roles share")
    visitor.page.wait_for_url("**question=shared-requirements*")
    assert "start=" not in visitor.page.url
    assert "match=exact" in visitor.page.url
    assert "does not take" not in visitor.text()


@pytest.mark.parametrize("path", ["/nosuchpage", "/thing?id=roles:case-manager", "/%3Cscript%3E"])
def test_an_unknown_address_is_said_to_be_unknown(visitor: Visitor, path: str) -> None:
    visitor.goto(path)
    assert visitor.heading() == "There is no such page"
    assert visitor.page.get_by_role("dialog").count() == 0
    assert urlsplit(visitor.page.url).path == urlsplit(path).path
    for name in ("Browse", "Transfer and training needs", "About"):
        assert visitor.page.get_by_test_id("stMain").get_by_role("link", name=name, exact=True).count() == 1
    if path.startswith("/thing"):
        visitor.follow(visitor.page.get_by_test_id("stMain").get_by_role("link", name="Item", exact=True))
        visitor.page.get_by_role("heading", level=1, name="Case manager", exact=True).wait_for()


def test_a_near_name_is_a_link_to_the_answer(visitor: Visitor) -> None:
    visitor.goto("/ask?question=learning-for-competence&competence=Case management")
    near = visitor.page.get_by_test_id("stAlert").get_by_role("link", name="Case management skills · skill")
    visitor.follow(near)
    assert "Case management skills" in chosen(visitor, "competence")
    assert "no such choice" not in visitor.text()


def test_a_query_of_ones_own_travels_by_link_and_waits_to_be_run(
    visitor: Visitor, profile: BrowserContext, server: Server
) -> None:
    visitor.goto("/ask?question=requirements-of-role")
    visitor.page.get_by_text("SPARQL editor").click()
    query = "SELECT ?label WHERE { <https://example.org/ä> ?p ?label } LIMIT 7"
    field = visitor.page.get_by_label("SPARQL", exact=True)
    field.fill(query)
    field.press("Control+Enter")
    visitor.settle()
    assert visitor.page.get_by_label("Link to this query").count() == 0
    visitor.page.get_by_role("button", name="Run", exact=True).click()
    visitor.page.get_by_label("Link to this query").wait_for()
    link = urlsplit(visitor.page.get_by_label("Link to this query").input_value())
    with visit(profile, server.base) as other:
        other.goto(f"/{link.path.lstrip('/')}?{link.query}")
        assert other.page.get_by_label("SPARQL", exact=True).input_value() == query
        assert "came with the link" in other.text()
        assert other.page.get_by_label("Link to this query").count() == 0, "it has not run"
        other.page.get_by_role("button", name="Run", exact=True).click()
        other.page.get_by_label("Link to this query").wait_for()
        other.settle()
        assert "came with the link" not in other.text()
        assert "Nothing found" in other.text() or "0 rows" in other.text()

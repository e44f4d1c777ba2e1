"""What people see who typed something that cannot be: on every public form, without scripts, and nothing they typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.page_types import by_route
from tests.running import Portal

LONG = "ដីធ្លី " * 40
# Route -> what is asked for, the fields it is wrong in, and what was typed besides or must still stand there.
WRONG = {
    "places": ("?kind=palace&commune=180101", ["kind"], {"commune": "180101"}),
    "places ": ("?commune=999999", ["commune"], {}),
    "records": ("?state=ភ្លេច", ["state"], {}),
    "quality": ("?failing=nothing&organization=nobody", ["organization", "failing"], {}),
    "sql": ("?q=SELECT+ឈ្មោះ+FROM", ["sql"], {"sql": "SELECT ឈ្មោះ FROM"}),
    "join": ("?with=00000000-0000-4000-8000-000000000000", ["with"], {}),
    "resource": ("?min.lat=ជើង&max.long=កើត&has.name_km=ក្រុង", ["min", "max"], {"has": "ក្រុង"}),
    "resource ": ("?has.nowhere=x", [], {}),
    "search": (f"?q={LONG}&sort=backwards", ["q", "sort"], {}),
    "dataset-list": (f"?q={LONG}", ["q-data"], {}),
    "changes": ("?from=00000000-0000-4000-8000-000000000000", [], {}),
}


def first_error(page: Page, fields: list[str], kept: dict[str, str]) -> None:
    """A summary on top whose links lead to the fields, each marked and described; the title says it; what was typed stands there."""
    summary = page.get_by_role("alert")
    expect(summary).to_have_count(1)
    expect(summary.get_by_role("heading", level=2)).to_have_text("មានបញ្ហា")
    assert page.title().startswith("កំហុស៖")
    links = summary.get_by_role("link").all()
    assert len(links) == len(fields)
    for link, field in zip(links, fields, strict=True):
        name = (link.get_attribute("href") or "").removeprefix("#")
        assert name.startswith(field)
        control = page.locator(f"[id='{name}']")
        expect(control).to_have_attribute("aria-invalid", "true")
        described = (control.get_attribute("aria-describedby") or "").split()
        assert link.inner_text() in [page.locator(f"[id='{one}']").inner_text() for one in described]
        link.click()
        expect(control).to_be_in_viewport()
        expect(control).to_be_visible()
    for field, value in kept.items():
        assert value in [
            one.input_value() for one in page.locator(f"[id='{field}']:is(input, select, textarea), input[id^='{field}-']").all()
        ]


@pytest.mark.parametrize("route", WRONG)
def test_what_is_wrong_is_said_on_top_and_at_the_field(city: Portal, visit: Callable[..., Page], route: str) -> None:
    asked, fields, kept = WRONG[route]
    path = by_route(city.url)[route.strip()][0].partition("?")[0]
    page = visit(f"/km/{path}{asked}", java_script_enabled=False)
    first_error(page, fields, kept)


def test_an_answer_that_is_too_long_comes_back_whole(visit: Callable[..., Page]) -> None:
    page = visit("/km/about/", java_script_enabled=False)
    page.locator("form.useful button[value=no]").click()
    page.locator("textarea").evaluate("box => box.removeAttribute('maxlength')")  # as an old browser would
    words = "ខ្ញុំរកមិនឃើញម៉ោងបើក។ " * 200
    page.locator("textarea").fill(words)
    page.locator("main button[type=submit]").click()
    first_error(page, ["missing"], {"missing": words})


def test_a_guide_with_an_unknown_commune_still_guides(visit: Callable[..., Page]) -> None:
    page = visit("/km/health/child-vaccination/?commune=999999", java_script_enabled=False)
    first_error(page, ["commune"], {})
    expect(page.locator(".steps")).to_be_visible()


def test_with_scripts_the_summary_has_the_focus_and_goes_when_it_is_mended(city: Portal, visit: Callable[..., Page]) -> None:
    page = visit(f"/km/{by_route(city.url)['resource'][0]}?min.lat=ជើង")
    expect(page.get_by_role("alert")).to_be_focused()
    page.locator("[aria-invalid]").fill("11")
    page.locator("[aria-invalid]").press("Enter")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".table-scroll table").first).to_be_visible()
    assert not page.title().startswith("កំហុស")

"""What assistive technology is told, and what the keyboard alone can do: beyond what axe can see."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.portal.in_browser import covered_focus

GUIDE = "/en/health/child-vaccination/"
EVICTION = "/en/land-and-housing/eviction-notice/"


def test_the_tree_of_a_guide_reads_like_the_page(visit: Callable[..., Page]) -> None:
    page = visit(GUIDE, language="en")
    expect(page.locator("body")).to_match_aria_snapshot("""
    - link "Skip to the content"
    - banner:
      - link "Sihanoukville for All"
      - navigation "Language":
        - list:
          - listitem: [link "ខ្មែរ"]
          - listitem: [link "English"]
          - listitem: [link "简体中文"]
      - search:
        - combobox "Search guides, services and data"
        - button "Search"
    - main:
      - navigation "You are here"
      - article:
        - heading [level=1]
        - complementary "In short"
        - heading "What to do today" [level=2]
        - list
        - heading "Papers to bring" [level=2]
    - contentinfo:
      - navigation "About this site"
    """)


def test_search_and_its_suggestions_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/en/", language="en")
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.type("vaccin")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()


def test_the_map_opens_and_leads_on_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/en/place/", language="en")
    page.locator("details:has(svg.map) > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("svg.map")).to_be_visible()
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/*/")
    expect(page.locator("h1")).to_have_text(name)


def test_the_questions_of_a_journey_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/en/land-and-housing/notice-to-leave/", language="en")
    page.locator(".journey > section:visible .choices a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".journey > section:visible")).to_have_count(1)
    assert page.evaluate("location.hash").startswith("#")


def test_nothing_hides_what_has_the_focus(visit: Callable[..., Page]) -> None:
    for width in (360, 1280):
        page = visit(EVICTION, width=width, language="en")
        assert covered_focus(page) == []


def test_stillness_is_kept_and_text_reflows_when_it_is_doubled(visit: Callable[..., Page]) -> None:
    page = visit(GUIDE, width=320, language="en", reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

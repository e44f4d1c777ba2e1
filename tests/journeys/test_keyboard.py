"""What assistive technology is told, and what the keyboard alone can do: beyond what axe can see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.page_types import by_route
from tests.portal.in_browser import tab_to, walk_of_focus
from tests.running import Portal

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


# Address, what is opened there first, and what a screen reader is told of it.
TREES = {
    "filters of a search": (
        "/en/search/?q=land",
        ".facets > summary",
        """
        - main:
          - heading "Search" [level=1]
          - search:
            - combobox "Search guides, services and data"
            - button "Search"
          - status: /\\d+ results/
          - complementary "Filters":
            - group:
              - group "Kind":
                - checkbox /Page \\d+/
              - group "Order":
                - radio "Best match" [checked]
                - radio "Newest first"
              - button "Apply"
          - list:
            - listitem:
              - heading [level=2]:
                - link
        """,
    ),
    "places and their map": (
        "/en/place/",
        "details:has(svg.map) > summary",
        """
        - main:
          - heading "Places" [level=1]
          - paragraph:
            - combobox "Kind"
          - paragraph:
            - combobox "Service"
          - paragraph:
            - combobox "Nearest to the commune"
          - button "Show"
          - paragraph:
            - button "Near me"
            - status
          - heading /\\d+ places/ [level=2]
          - group:
            - 'group "Map of the places: each dot leads to one"':
              - link "Sample neighbourhood centre"
          - list:
            - listitem:
              - heading [level=3]:
                - link
        """,
    ),
    "questions": (
        "/en/health/child-to-vaccinate/",
        "",
        """
        - article:
          - 'heading "A child to vaccinate: one step at a time" [level=1]'
          - region "Does the child have a vaccination card?":
            - heading "Does the child have a vaccination card?" [level=2]
            - list:
              - listitem: [link "Yes"]
              - listitem: [link "It is lost"]
              - listitem: [link "The child has never been vaccinated"]
          - paragraph:
            - link "Show all questions and guides on one page"
        """,
    ),
    "what is wrong": (
        "/en/place/?commune=999999",
        "",
        """
        - alert "There is a problem":
          - heading "There is a problem" [level=2]
          - list:
            - listitem:
              - link
        """,
    ),
    "feedback": (
        "/en/accessibility/",
        "form.useful [value=no]",
        """
        - main:
          - heading "Thank you. What was missing?" [level=1]
          - textbox "What did you look for and not find?"
          - button "Send"
        """,
    ),
}


@pytest.mark.parametrize("part", TREES)
def test_the_tree_of_what_people_work_with(visit: Callable[..., Page], part: str) -> None:
    address, opened, tree = TREES[part]
    page = visit(address, language="en")
    if opened:
        page.locator(opened).first.click()
    expect(page.locator("body")).to_match_aria_snapshot(tree)


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


# What is done -> route or address, then (what Tab leads to, what is pressed or typed there) …, and where that leads.
FILTERS = ("#filters > summary", "Enter")
WAYS = {
    "narrow a search": (
        "/km/search/?q=ដីធ្លី",
        [(".facets > summary", "Enter"), ("input[name=topic]", "Space"), (".facets button", "Enter")],
        "topic=",
    ),
    "narrow the datasets": (
        "/km/dataset/",
        [(".facets > summary", "Enter"), (".facets input", "Space"), (".facets button", "Enter")],
        "organization=",
    ),
    "filter a table": ("resource", [FILTERS, ("[id^=min-]", "type:11"), ("#show-rows", "Enter")], "min."),
    "sort a table": ("resource", [("thead th a", "Enter")], "sort="),
    "choose columns": ("resource", [FILTERS, ("#col-2", "Space")], "col="),
    "join two tables": ("join", [("main form button", "Enter")], "with="),
    "find the nearest": ("/km/place/", [("#commune", "ArrowDown"), ("form.inline button", "Enter")], "commune=1"),
    "open a place on the map": ("/km/place/", [("details:has(svg.map) > summary", "Enter"), ("svg.map a", "Enter")], "/km/place/sample"),
    "narrow a register": ("/km/events/", [("#kind", "ArrowDown"), ("form.inline button", "Enter")], "kind="),
    "answer the questions": ("/km/health/child-to-vaccinate/", [(".choices a", "Enter")], "#"),
    "say what was missing": (
        "/km/about/",
        [("form.useful [value=no]", "Enter"), ("textarea", "type:ម៉ោងបើក"), ("main button", "Enter")],
        "feedback/",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_can_be_done_is_done_by_keyboard(city: Portal, visit: Callable[..., Page], way: str) -> None:
    start, steps, end = WAYS[way]
    page = visit(start if start.startswith("/") else f"/km/{by_route(city.url)[start][0]}")
    for selector, key in steps:
        page.locator(selector).first.wait_for(state="attached")  # after a form was sent it is on the next page
        tab_to(page, selector)
        if key.startswith("type:"):
            page.keyboard.type(key.removeprefix("type:"))
        else:
            page.keyboard.press(key)
    page.wait_for_url(lambda address: end in address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_nothing_hides_what_has_the_focus(visit: Callable[..., Page]) -> None:
    for width in (360, 1280):
        page = visit(EVICTION, width=width, language="en")
        assert walk_of_focus(page, "Shift+Tab") == []


def test_stillness_is_kept_and_text_reflows_when_it_is_doubled(visit: Callable[..., Page]) -> None:
    page = visit(GUIDE, width=320, language="en", reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

"""Journeys: every answer leads somewhere, nobody is told what was answered, and every path can be reviewed."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from pages.journey_paths import Step, review
from pages.models import JourneyPage

from .conftest import EVICTION, page_of

JOURNEY = "land-and-housing/told-to-leave/"


def step(name: str, *leads: str | None, guides: bool = True) -> Step:
    return Step(name, f"តើ {name}?", [(f"ចម្លើយ {number}", lead) for number, lead in enumerate(leads)], guides)


def test_every_path_from_start_to_end_is_found() -> None:
    found = review([step("a", "b", "c"), step("b", "d"), step("c", "d", None), step("d", None)])
    assert [[passed.name for passed, _ in path.steps] for path in found.paths] == [["a", "b", "d"], ["a", "c", "d"], ["a", "c"]]
    assert not any(path.loops or path.dead_end for path in found.paths)


def test_circles_dead_ends_and_steps_that_nothing_leads_to_are_named() -> None:
    found = review([step("a", "b", "c", guides=False), step("b", "a"), step("c", None, guides=False), step("d", "x")])
    assert [path.loops for path in found.paths] == [True, False]
    assert [path.dead_end for path in found.paths] == [False, True]
    assert [lost.name for lost in found.unreachable] == ["d"]
    assert [(lost.name, name) for lost, name in found.unknown] == [("d", "x")]


def test_a_journey_with_very_many_paths_is_still_reviewed() -> None:
    many = [step(str(number), str(number + 1), str(number + 1)) for number in range(40)]
    found = review([*many, step("40", None)])
    assert found.more
    assert not found.unreachable


@pytest.mark.usefixtures("city")
def test_each_answer_is_a_link_to_a_step_of_the_same_page(client: Client) -> None:
    html = client.get(f"/km/{JOURNEY}").content.decode()
    assert '<a class="button secondary" href="#step-2">មានលិខិត</a>' in html
    assert '<a class="button secondary" href="#step-3">គ្មានទេ</a>' in html
    for number in (1, 2, 3, 4):
        assert f'<section id="step-{number}"' in html
    assert 'href="#end"' in html
    assert "តើមានលិខិតទេ?" in html
    assert "有信件吗？" in client.get(f"/zh-hans/{JOURNEY}").content.decode()


@pytest.mark.usefixtures("city")
def test_inside_a_guide_its_neighbours_in_the_journey_are_one_step_away(client: Client) -> None:
    html = client.get(f"/en/{EVICTION}").content.decode()
    assert "Guide 1 of 2 in the journey" in html
    assert '<a rel="next" href="/en/health/vaccination/"' in html
    html = client.get("/en/health/vaccination/").content.decode()
    assert f'<a rel="prev" href="/en/{EVICTION}"' in html
    assert f'href="/en/{JOURNEY}#end"' in html


@pytest.mark.usefixtures("city")
def test_an_answer_that_leads_nowhere_keeps_the_journey_from_readers(client: Client) -> None:
    page = page_of("told-to-leave", "km")
    assert isinstance(page, JourneyPage)
    page.steps[0].value["answers"][0]["leads_to"] = "nowhere"
    with pytest.raises(ValidationError, match="nowhere"):
        page.save_revision().publish()
    assert "nowhere" not in client.get(f"/km/{JOURNEY}").content.decode()


@pytest.mark.usefixtures("city")
def test_editors_see_every_path_and_which_guide_is_missing_in_a_language(sign_in: Callable[..., Client]) -> None:
    html = sign_in("reviewer").get(reverse("pages_report", args=["journeys"]), {"language": "km"}).content.decode()
    assert "តើមានលិខិតទេ? [មានលិខិត] → អានលិខិត → ថែទាំសុខភាព" in html
    assert "តើមានលិខិតទេ? [គ្មានទេ] → សុំលិខិត → ថែទាំសុខភាព" in html
    assert "មិនទាន់មានជា៖ 简体中文" in html, "the vaccination guide is not in Chinese"

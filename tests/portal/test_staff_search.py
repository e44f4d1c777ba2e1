"""What staff finds in the administration: Khmer and Chinese inside a title, drafts, and all that the public finds."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from pages.models import Place
from search.engines import get_engine
from search.query import SearchUnavailable
from tests.pages.conftest import city, loaded_city, page_of, sign_in  # noqa: F401

pytestmark = pytest.mark.usefixtures("city")
Work = Callable[[], None]
SignIn = Callable[..., Client]


def listed(browser: Client, text: str, **choices: str) -> set[tuple[str, str]]:
    """(slug, language) of the pages that the administration's search shows."""
    answer = browser.get(reverse("wagtailadmin_pages:search"), {"q": text, **choices})
    assert answer.status_code == 200
    return {(page.slug, page.locale.language_code) for page in answer.context["pages"]}


@pytest.mark.parametrize(
    ("text", "slug", "language"),
    [("លំនៅឋាន", "land-and-housing", "km"), ("驱逐", "eviction-notice", "zh-hans"), ("evict", "eviction-notice", "en")],
)
def test_words_inside_a_title_are_found(sign_in: SignIn, text: str, slug: str, language: str) -> None:  # noqa: F811
    assert (slug, language) in listed(sign_in(), text)


def test_a_draft_is_found_by_a_word_inside_its_title(sign_in: SignIn) -> None:  # noqa: F811
    page = page_of("eviction-notice", "km")
    page.unpublish()
    page.title = "ត្រូវដឹងនិងដំណឹងពីលំនៅឋាន"
    page.save()
    assert ("eviction-notice", "km") in listed(sign_in(), "ដំណឹង លំនៅឋាន")


@pytest.mark.parametrize("text", ["បណ្ដេញចេញ", "បណ្តេញចេញ", "demolish"])
def test_what_the_public_finds_staff_finds(work: Work, sign_in: SignIn, text: str) -> None:  # noqa: F811
    """By a word of the text, spelt in another way, and in another language than the page's."""
    work()
    assert {("eviction-notice", code) for code in ("km", "en", "zh-hans")} <= listed(sign_in(), text)


def test_titles_are_found_while_the_index_is_away(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def away(*_args: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr(type(get_engine()), "search", away)
    assert ("eviction-notice", "zh-hans") in listed(sign_in(), "驱逐")
    assert listed(sign_in("author"), "nothing is called this") == set()


def test_choosers_find_khmer(work: Work, sign_in: SignIn) -> None:  # noqa: F811
    work()
    browser = sign_in()
    shown = browser.get(reverse("wagtailadmin_choose_page_search"), {"q": "លំនៅឋាន", "page_type": "wagtailcore.page"})
    assert "លំនៅឋាន" in shown.content.decode()
    place = Place.objects.first()
    assert place is not None
    word = place.name_km.split()[-1][:8]
    found = browser.get(reverse("wagtailsnippetchoosers_pages_place:choose_results"), {"q": word})
    assert place.name_km in found.content.decode()


def test_saving_a_page_queues_no_second_index(sign_in: SignIn) -> None:  # noqa: F811
    before = DBTaskResult.objects.filter(task_path__startswith="modelsearch").count()
    page_of("eviction-notice", "km").save_revision().publish()
    Place.objects.first().save()  # type: ignore[union-attr]
    assert DBTaskResult.objects.filter(task_path__startswith="modelsearch").count() == before

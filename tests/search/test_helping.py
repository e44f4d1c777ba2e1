"""Other words, corrections, suggestions while typing and topics for a question without answer: the same on both engines."""

import pytest
from django.core.exceptions import ValidationError

from search.helping import nearest_topics, preview_synonym, suggest
from search.models import Synonym
from search.query import Query
from search.selectors import search
from search.services.reindex import reindex
from search.spelling import did_you_mean

from .city import Things, document

pytestmark = pytest.mark.django_db


def found(text: str, **changes: object) -> list[str]:
    return [hit.key for hit in search(Query(text=text, **changes)).hits]


def test_an_everyday_word_finds_the_official_one_and_back(city: Things) -> None:
    assert search(Query(text="សិទ្ធិអាស្រ័យផល")).relaxed
    synonym = Synonym.objects.create(terms="អាស្រ័យផល\nលំនៅឋាន\nusufruct")
    assert not search(Query(text="សិទ្ធិអាស្រ័យផល")).relaxed  # inside an unspaced chunk
    assert found("usufruct") == ["thing:2"]
    assert found("USUFRUCT rights") == ["thing:2"]
    assert found("-usufruct ដីធ្លី") == ["thing:1"]
    synonym.delete()
    assert found("usufruct") == []


def test_a_one_way_synonym_goes_one_way(city: Things) -> None:
    Synonym.objects.create(terms="thrown out", means="eviction\nបណ្តេញចេញ")
    assert found("thrown out") == ["thing:2"]
    assert found("eviction thrown") == ["thing:2"]  # only as some of the words
    assert search(Query(text="eviction thrown")).relaxed
    assert not search(Query(text="was I thrown out")).relaxed


@pytest.mark.parametrize("text", ["找工作", "我想找工作", "想要找到工作"])
def test_a_term_is_found_inside_what_the_dictionary_takes_for_one_word(city: Things, text: str) -> None:
    Synonym.objects.create(terms="工作", means="土地登记")
    assert found(text)[:1] == ["thing:1"]


def test_a_single_character_is_a_term_only_where_it_is_a_word(city: Things) -> None:
    Synonym.objects.create(terms="乡", means="土地登记")
    assert found("乡") == ["thing:1"]
    assert found("家乡") == []


def test_a_term_that_no_text_says_is_no_mistake(city: Things) -> None:
    assert search(Query(text="vaccinatoin")).corrected == "vaccination"
    Synonym.objects.create(terms="vaccinatoin", means="housing")
    assert did_you_mean(Query(text="vaccinatoin")) == ""
    assert found("vaccinatoin") == ["thing:2"]


def test_what_a_term_means_ranks_first_where_it_is_the_whole_title(engine_name: str, things: Things) -> None:
    Synonym.objects.create(terms="盲人\nមនុស្សពិការភ្នែក", means="无障碍\nភាពងាយស្រួល")
    titles = {1: ("城乡无障碍无障碍上网", "ភាពងាយស្រួលនៃភាពងាយស្រួលធ្វើដំណើរ"), 2: ("无障碍", "ភាពងាយស្រួល")}
    things.rows |= {number: document("thing", number, title={"zh-hans": zh, "km": km}) for number, (zh, km) in titles.items()}
    reindex()
    assert found("盲人")[0] == found("មនុស្សពិការភ្នែក")[0] == "thing:2"


def test_a_synonym_can_be_tried_before_it_is_saved(city: Things) -> None:
    preview = preview_synonym("where is the allotment", Synonym(terms="allotment", means="land\n土地登记"))
    assert (preview.others, preview.before, preview.after) == (["land", "土地登记"], 0, 2)
    assert found("allotment") == []


@pytest.mark.parametrize(("terms", "means"), [("", ""), ("ដី", ""), ("ដី\n?!", ""), ("ដី", "…")])
def test_a_synonym_that_says_nothing_is_refused(db: None, terms: str, means: str) -> None:
    with pytest.raises(ValidationError):
        Synonym(terms=terms, means=means).full_clean()


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("vacination", "vaccination", "thing:4"),
        ("housing rihgts", "housing rights", "thing:2"),
        ("លំនៅឋាណ", "លំនៅឋាន", "thing:2"),
        ("សេវាចុះបញ្ជិដីធ្លី", "សេវាចុះបញ្ជីដីធ្លី", "thing:1"),
        ("土地登己", "土地登记", "thing:1"),
    ],
)
def test_a_slip_is_corrected_where_nothing_else_is_found(city: Things, typed: str, meant: str, first: str) -> None:
    results = search(Query(text=typed))
    assert (results.corrected, results.hits[0].key) == (meant, first)
    assert "<mark>" in results.hits[0].title_html + results.hits[0].excerpt_html
    assert did_you_mean(Query(text=typed)) == meant
    assert did_you_mean(Query(text=meant)) == ""


@pytest.mark.parametrize(
    ("typed", "language", "title"),
    [
        ("សេវាច", "km", "សេវាចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ"),
        ("ដីធ", "km", "សេវាចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ"),  # from a word inside
        ("registering la", "en", "Registering land in Sihanoukville"),
        ("EVIC", "en", "Housing rights and evictions"),
        ("土", "zh-hans", "西哈努克市土地登记"),
        ("住房权", "zh-hans", "保障住房权利指南"),
        ("vacc", "km", "Vaccination for children"),  # in another language than the reader's
    ],
)
def test_titles_are_suggested_while_typing(city: Things, typed: str, language: str, title: str) -> None:
    suggestions = suggest(typed, language=language)
    assert title in [suggestion.title for suggestion in suggestions]
    assert all(suggestion.url.startswith(("/km/", "/en/", "/zh-hans/")) for suggestion in suggestions)


def test_nothing_typed_suggests_nothing(city: Things) -> None:
    assert suggest(" ?", language="km") == suggest("", language="km") == suggest("zzz", language="km") == []
    assert len(suggest("s", language="en", limit=1)) <= 1


def test_topics_for_a_question_without_answer(city: Things) -> None:
    assert [topic.value for topic in nearest_topics(Query(text="vaccination zebra", language="en"))] == ["health"]
    assert nearest_topics(Query(text="zebra"))[0].value == "services"

"""The documented components, rendered inside the real base template."""

from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from tests.portal.theme_page import LANGUAGES, theme_page


def test_every_documented_component_renders_in_each_language(db: None) -> None:
    for language in LANGUAGES:
        html = theme_page(language)
        assert f'<html lang="{language}">' in html
        for name in (
            "in-short",
            "steps",
            "checklist",
            "cards",
            "trust",
            "facts",
            "table-scroll",
            "facets",
            "results",
            "pager",
            "downloads",
        ):
            assert name in html


def test_language_switch_stays_on_the_page_and_shows_native_names(db: None) -> None:
    request = RequestFactory().get("/km/search/", {"q": "ដីធ្លី"})
    with translation.override("km"):
        html = engines["django"].get_template("base.html").render({}, request)
    assert 'href="/zh-hans/search/?q=%E1%9E%8A%E1%9E%B8%E1%9E%92%E1%9F%92%E1%9E%9B%E1%9E%B8"' in html
    assert all(name in html for name in ("ខ្មែរ", "English", "简体中文"))


def test_only_real_translations_are_offered_to_search_engines(db: None) -> None:
    request = RequestFactory().get("/km/about/")
    with translation.override("km"):
        html = engines["django"].get_template("base.html").render({"language_urls": {"km": "/km/about/"}}, request)
    assert 'rel="alternate" hreflang="km"' in html
    assert 'rel="alternate" hreflang="en"' not in html
    assert 'href="/en/about/"' in html


def test_sample_pages_say_so_and_stay_out_of_search_engines(db: None) -> None:
    template = engines["django"].get_template("base.html")
    with translation.override("en"):
        sample = template.render({"is_sample": True}, RequestFactory().get("/en/"))
        real = template.render({}, RequestFactory().get("/en/"))
    assert 'content="noindex"' in sample
    assert "notice sample" in sample
    assert "noindex" not in real
    assert "notice sample" not in real

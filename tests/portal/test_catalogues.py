"""Interface strings are found, kept up to date, checked and compiled in Python alone."""

import gettext
import re
from datetime import date
from pathlib import Path

import django
import polib
import pytest
import rest_framework
import wagtail
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.formats import date_format

from portal.catalogues import borrowed
from portal.catalogues.files import compile_catalogue, path_of, problems, update_catalogue
from portal.catalogues.messages import Message, from_python, from_template


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    empty = polib.POFile()
    empty.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    path = tmp_path / "django.po"
    empty.save(str(path))
    return path


def translate(path: Path, **texts: str) -> None:
    opened = polib.pofile(str(path))
    for entry in opened:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: texts[entry.msgid]}
        else:
            entry.msgstr = texts[entry.msgid]
    opened.save(str(path))


def test_strings_in_python_are_found_with_context_and_plural() -> None:
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a = _("Land")
b = ngettext("%(n)s row", "%(n)s rows", n)
c = pgettext("month", "May")
d = translation.gettext("two " "parts")
e = _(computed)
"""
    assert set(from_python(source)) == {
        Message("", "Land"),
        Message("", "%(n)s row", "%(n)s rows"),
        Message("month", "May"),
        Message("", "two parts"),
    }


def test_strings_in_templates_are_found_as_django_looks_them_up() -> None:
    source = """{% load i18n %}
{% translate "Land rights" %} {% translate 'May' context "month" %}
{% include "x.html" with title=_("Search") %}
{% blocktranslate trimmed count n=rows %}
  {{ n }} row
{% plural %}
  {{ n }} rows
{% endblocktranslate %}
{# {% translate "not this" %} #}
"""
    assert set(from_template(source)) == {
        Message("", "Land rights"),
        Message("month", "May"),
        Message("", "Search"),
        Message("", "%(n)s row", "%(n)s rows"),
    }


def test_a_translation_is_kept_while_new_strings_come_and_old_ones_go(catalogue: Path) -> None:
    update_catalogue(catalogue, {Message("", "Land"): ["a.py"], Message("", "Gone"): ["a.py"]})
    translate(catalogue, Land="ដី", Gone="បាត់")
    assert update_catalogue(catalogue, {Message("", "Land"): ["b.py"], Message("", "New"): ["b.py"]}) == (1, 1)
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue))} == {"Land": "ដី", "New": ""}


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ("", "untranslated"),
        ("%(m)s ជួរ", "placeholders differ"),
        ("ជួរ", "placeholders differ"),
        ("%(n)s\u200bជួរ", "not clean Unicode"),
    ],
)
def test_a_bad_translation_is_reported(catalogue: Path, translation: str, problem: str) -> None:
    used = {Message("", "%(n)s row", "%(n)s rows"): ["a.html"]}
    update_catalogue(catalogue, used)
    translate(catalogue, **{"%(n)s row": translation})
    [found] = problems(catalogue, used)
    assert problem in found
    assert "a.html" in found


def test_missing_fuzzy_and_unused_strings_are_reported(catalogue: Path) -> None:
    update_catalogue(catalogue, {Message("", "Land"): ["a.py"], Message("", "Old"): ["a.py"]})
    translate(catalogue, Land="ដី", Old="ចាស់")
    opened = polib.pofile(str(catalogue))
    opened.find("Land").flags.append("fuzzy")
    opened.save(str(catalogue))
    found = [line.split(":")[0] for line in problems(catalogue, {Message("", "Land"): ["a.py"], Message("", "New"): ["a.py"]})]
    assert sorted(found) == ["fuzzy", "missing", "no longer used"]


def test_the_compiled_catalogue_speaks_khmer_and_is_made_only_when_needed(catalogue: Path) -> None:
    used = {Message("", "Land"): ["a.py"], Message("", "%(n)s row", "%(n)s rows"): ["a.py"]}
    update_catalogue(catalogue, used)
    translate(catalogue, **{"Land": "ដីធ្លី", "%(n)s row": "%(n)s ជួរ"})
    assert compile_catalogue(catalogue)
    assert not compile_catalogue(catalogue)
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)
    assert spoken.gettext("Land") == "ដីធ្លី"
    assert spoken.ngettext("%(n)s row", "%(n)s rows", 5) == "%(n)s ជួរ"
    assert list(problems(catalogue, used)) == []


def test_the_portals_catalogues_compile() -> None:
    call_command("compile_catalogues", verbosity=0)


def test_borrowed_words_are_still_theirs() -> None:
    folder = Path(next(iter(django.__path__)))
    theirs = {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(folder / "conf/locale/en/LC_MESSAGES/django.po"))}
    for path in Path(next(iter(rest_framework.__path__))).glob("*.py"):
        theirs |= {(message.context, message.text) for message in from_python(path.read_text(encoding="utf-8"))}
    for path in Path(next(iter(wagtail.__path__))).glob("**/locale/en/LC_MESSAGES/django.po"):
        theirs |= {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(path))}
    ours = from_python(Path(borrowed.__file__).read_text(encoding="utf-8"))
    assert {(message.context, message.text) for message in ours} - theirs == set()


@pytest.mark.parametrize(("language", "shown"), [("km", "23 វិច្ឆិកា 2026"), ("en", "23 November 2026"), ("zh-hans", "2026年11月23日")])
def test_dates_are_written_as_the_city_writes_them(language: str, shown: str) -> None:
    call_command("compile_catalogues", verbosity=0)
    with translation.override(language):
        assert date_format(date(2026, 11, 23)) == shown


@pytest.mark.parametrize(("locale", "script"), [("km", "[\u1780-\u17d3]"), ("zh_Hans", "[\u4e00-\u9fff]")])
def test_the_portals_translations_are_in_their_script(locale: str, script: str) -> None:
    # Units are international, and names of formats stand as they are.
    units = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|\b(KB|kB|MB|GB|CSV|JSON|XLSX|API|URL|UUID|SQL|IP)\b|[\W\d_]")
    for entry in polib.pofile(str(path_of(locale, Path(settings.LOCALE_PATHS[0])))):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not text or not units.sub("", text) or re.search(script, text), f"{entry.msgid!r} is {text!r}"

"""Do a translation and its source say the same? Numbers, dates, links and citations are compared, text by text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.selectors.addresses import in_language

DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩０１２３４５６７８９", "01234567890123456789")
MONTHS = {
    word: number
    for words in (
        "January February March April May June July August September October November December",
        "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    )
    for number, word in enumerate(words.split(), 1)
}
WRITTEN_DATE = re.compile(rf"(\d{{1,2}})\s*(?:ខែ)?\s*({'|'.join(MONTHS)})\s*(?:ឆ្នាំ)?\s*(\d{{4}})")
OTHER_DATE = re.compile(r"(\d{4})(?:\s*年\s*|-)(\d{1,2})(?:\s*月\s*|-)(\d{1,2})(?:\s*日)?")
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d{3})+(?![\d])|\d+(?:[.,]\d+)?")
# Two and more, before a length of time; “one” is in many languages only an article. Longer words first: seven in Khmer begins with five.
SPELT = {
    word: number
    for words in (
        "two three four five six seven eight nine ten eleven twelve",
        "ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ ប្រាំបី ប្រាំបួន ដប់ ដប់មួយ ដប់ពីរ",
        "两 三 四 五 六 七 八 九 十 十一 十二",
    )
    for number, word in enumerate(words.split(), 2)
} | {"twenty": 20, "thirty": 30, "ម្ភៃ": 20, "សាមសិប": 30, "二十": 20, "三十": 30}
TIMES = r"(?:second|minute|hour|day|week|month|year|នាទី|ម៉ោង|ថ្ងៃ|សប្តាហ៍|ខែ|ឆ្នាំ|分钟|小时|天|周|星期|个月|年)"
NOT_AFTER = r"(?<![A-Za-z〇零一二三四五六七八九十])(?<!ដប់)(?<!ម្ភៃ)(?<!សិប)"  # the end of a longer number
SPELT_NUMBER = re.compile(rf"{NOT_AFTER}({'|'.join(sorted(SPELT, key=len, reverse=True))})[\s-]*(?={TIMES})", re.IGNORECASE)
WHAT = {"number": _("numbers"), "date": _("dates"), "link": _("links"), "citation": _("citations")}


@dataclass(frozen=True, slots=True)
class Difference:
    """`what`: a key of WHAT; what only the source and only the translation say in the text at `path`."""

    path: str
    what: str
    source: str
    translation: str

    def __str__(self) -> str:
        return f"{WHAT[self.what]}: {self.source or '–'} ≠ {self.translation or '–'}"


def facts_of(text: str) -> Counter[tuple[str, str]]:
    """(kind, value) of every date and number in a text, the same for the same value in any of our languages."""
    found: Counter[tuple[str, str]] = Counter()
    text = text.translate(DIGITS)
    for pattern, order in ((WRITTEN_DATE, (2, 1, 0)), (OTHER_DATE, (0, 1, 2))):
        for match in pattern.finditer(text):
            year, month, day = (match.groups()[index] for index in order)
            found["date", f"{year}-{MONTHS.get(month) or int(month):02}-{int(day):02}"] += 1
        text = pattern.sub(" ", text)
    text = SPELT_NUMBER.sub(lambda match: f" {SPELT[match[1].lower()]} ", text)
    for number in NUMBER.findall(text):
        grouped = re.fullmatch(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+", number)
        found["number", re.sub(r"[.,\u00a0\u202f]", "", number) if grouped else number.replace(",", ".")] += 1
    return found


def facts_by_path(page: Page) -> dict[str, Counter[tuple[str, str]]]:
    """What every text of `page` states, by its path: translations have the same paths."""
    facts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            facts[segment.path] += facts_of(unescape(strip_tags(segment.string.data)))
            for attrs in (segment.attrs or {}).values():
                facts[segment.path]["link", in_language(attrs.get("href") or attrs.get("linktype", ""), "km")] += 1
    for path, value in _citations(page):
        facts[path]["citation", value] += 1
    return facts


def _citations(page: Page) -> Iterator[tuple[str, str]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name == "legal_basis":
            for block in field.value_from_object(page):
                value: Any = block.value
                yield f"{field.name}.{block.id}", f"{value['url']} {value['date_checked'] or ''}".strip()


def differences(source: Page, translation: Page) -> list[Difference]:
    """Where the two say something different, in the order of the source."""
    ours, theirs = facts_by_path(source), facts_by_path(translation)
    found = []
    for path in dict.fromkeys([*ours, *theirs]):
        missing, added = ours.get(path, Counter()) - theirs.get(path, Counter()), theirs.get(path, Counter()) - ours.get(path, Counter())
        for what in WHAT:
            sides = [", ".join(value for kind, value in side.elements() if kind == what) for side in (missing, added)]
            if any(sides):
                found.append(Difference(path, what, *sides))
    return found

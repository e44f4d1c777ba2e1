"""What pages know that belongs to everybody: the public registers, how useful readers found pages, when each text was last reviewed.

What these datasets and their columns are called stands in `own_records.yaml`.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from datasets.own_records import register
from pages.content.files import read
from pages.models import RECORDS, Feedback, Place, Triage
from pages.record_table import rows_of, schema_of
from pages.selectors.reviews import guides_with_care


def feedback_rows() -> Iterator[tuple[Any, ...]]:
    """Votes by page, language and month, spam left out; never a word of what was written."""
    votes = Feedback.objects.exclude(status=Triage.SPAM).annotate(month=TruncMonth("created")).order_by("path", "language", "month")
    counts = votes.values_list("path", "language", "month")
    for path, language, month, yes, no in counts.annotate(yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False))):
        yield f"/{path}", language, month.strftime("%Y-%m"), yes, no


def review_rows() -> Iterator[tuple[Any, ...]]:
    """Every public guide in each of its languages, with the dates of its care."""
    for page, path in guides_with_care():
        yield path, page.locale.language_code, page.title, page.reviewed_on, page.next_review, bool(page.reviewed_by), page.is_sample


def register_all() -> None:
    models = {"places": Place, **RECORDS}
    own_rows = {"page-feedback": feedback_rows, "guide-reviews": review_rows}
    for name, texts in read(Path(__file__).with_suffix(".yaml")).data.items():
        fields = [field | {"title": field["title"]["en"], "title_translated": field["title"]} for field in texts.pop("fields", ())]
        schema = partial(schema_of, models[name]) if name in models else partial(dict, fields=fields)
        rows = partial(rows_of, models[name]) if name in models else own_rows[name]
        about = {f"{part}_{code.replace('-', '_')}": text for part in texts for code, text in texts[part].items()}
        register(name, about=about, schema=schema, rows=rows)

# ruff: noqa: S608 -- examples for people; what they send is checked like anybody's
"""A page for questions in SQL: a form, examples that run, the answer as a table and as a file."""

import csv
import io
import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.selectors import NOBODY, as_uuid, visible_resources
from datasets.sql_answers import ask, in_words
from datasets.tabular.exporting import EXPORT_FORMATS, neutralise
from datasets.tabular.sql import Answer, SqlError

from .attachments import harden
from .columns import ColumnFact, column_facts
from .table_preview import Preview, shown

SHOWN = 100
MOST_ROWS = 10_000


@require_safe
def sql_page(request: HttpRequest) -> HttpResponse:
    """`?q=` is answered here; `&download=csv` or `json` gives the file; `?table=<resource>` writes the examples for that table."""
    text = request.GET.get("q", "").strip()
    extension = request.GET.get("download", "")
    tables = visible_resources(NOBODY).exclude(current__parquet="").filter(current__isnull=False).order_by("dataset__name", "position")
    chosen = tables.filter(uuid=as_uuid(request.GET.get("table", ""))).first() if request.GET.get("table") else None
    example = chosen or tables.first()
    examples = _examples(str(example.uuid), column_facts(example.current.schema)) if example and example.current else []
    context = {
        "examples": examples,
        "text": text or (examples[1][1] if examples else ""),
        "tables": list(tables[:50]),
        "example": example,
        "noindex": bool(request.GET),
        "shown_rows": SHOWN,
    }
    status = 200
    if text:
        try:
            answer = ask(NOBODY, text, rows=MOST_ROWS if extension else SHOWN)
            if extension in ("csv", "json"):
                return _file(answer, extension)
            context |= {"table": _preview(answer), "truncated": answer.truncated, "query": urlencode({"q": text})}
        except SqlError as error:
            context["errors"], status = {"sql": in_words(error)}, 503 if error.code == "busy" else 400
    return render(request, "datasets/sql.html", context, status=status)


def _examples(table: str, columns: list[ColumnFact]) -> list[tuple[str, str, str]]:
    first = columns[0].name
    group = next((column.name for column in columns if column.choices or (column.type == "string" and column.name != first)), first)
    number = next((column.name for column in columns if column.is_number), None)
    quoted = [name.replace('"', '""') for name in (first, group, number or first)]
    counted = f'SELECT "{quoted[1]}", count(*) AS n\nFROM "{table}"\nGROUP BY 1\nORDER BY n DESC\nLIMIT 20'
    found = [(_("The first ten rows"), f'SELECT *\nFROM "{table}"\nLIMIT 10'), (_("How many rows of each"), counted)]
    if number:
        most = f'SELECT "{quoted[0]}", "{quoted[2]}"\nFROM "{table}"\nWHERE "{quoted[2]}" > (SELECT avg("{quoted[2]}") FROM "{table}")'
        found.append((_("The rows above the average"), f'{most}\nORDER BY "{quoted[2]}" DESC'))
    return [(title, sql, urlencode({"q": sql, "table": table})) for title, sql in found]


def _preview(answer: Answer) -> Preview:
    facts = [ColumnFact(name, kind, kind, "", "", "", "", (), ()) for name, kind in answer.columns]
    return Preview(facts, [[shown(value) for value in row] for row in answer.rows], len(answer.rows))


def _file(answer: Answer, extension: str) -> HttpResponse:
    names = [name for name, _type in answer.columns]
    if extension == "json":
        body = json.dumps([dict(zip(names, row, strict=True)) for row in answer.rows], ensure_ascii=False)
    else:
        out = io.StringIO(newline="")
        csv.writer(out).writerows([neutralise(cell) if isinstance(cell, str) else cell for cell in row] for row in [names, *answer.rows])
        body = "\ufeff" + out.getvalue()
    response = HttpResponse(body, content_type=EXPORT_FORMATS[extension])
    harden(response, filename=f"answer.{extension}")
    response["X-Truncated"] = str(answer.truncated).lower()
    return response

"""SQL as the DataStore answers it."""

from typing import Any

from datasets.ckan.errors import NotAuthorized, ValidationError
from datasets.ckan.lookups import find_resource
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.table import TYPES
from datasets.ckan.values import MISSING, text
from datasets.sql_answers import ask, in_words
from datasets.tabular.sql import SqlError

MOST = 32_000


@action("datastore_search_sql", side_effect_free=True)
def datastore_search_sql(user: User, data: Parameters) -> dict[str, Any]:
    """The rows of one SELECT over tables whose names are resource ids in double quotes.

    sql: as PostgreSQL writes it; the documentation lists what may be said. At most 32000 rows (records_truncated says so), 5 seconds.
    """
    question = text(data, "sql")
    if not question:
        raise ValidationError({"sql": [MISSING]})
    try:
        answer = ask(user, question, rows=MOST)
    except SqlError as error:
        if error.code == "unknown-table":
            name = str(error.context["name"])
            if name.startswith("pg_"):
                raise NotAuthorized(in_words(error)) from None
            find_resource(user, name, detail=f'Resource "{name[:100]}" was not found.')  # says whether it is unknown or forbidden
        if error.code == "not-allowed" or (error.code == "not-a-table" and error.context["name"]):
            raise NotAuthorized(in_words(error)) from None
        raise ValidationError({"query": [in_words(error)]}) from None
    names = [name for name, _type in answer.columns]
    found: dict[str, Any] = {
        "sql": question,
        "records": [dict(zip(names, row, strict=True)) for row in answer.rows],
        "fields": [{"id": name, "type": "int" if name == "_id" else TYPES.get(kind, "text")} for name, kind in answer.columns],
    }
    return {**found, "records_truncated": True} if answer.truncated else found

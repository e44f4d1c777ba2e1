"""Tables: the rows of resources that were checked and published."""

from typing import Any

from datasets.ckan.errors import NotFound, ValidationError
from datasets.ckan.lookups import find_resource
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.table import NATIVE, described, field_of
from datasets.ckan.table_query import columns_of, list_tables, search_table
from datasets.ckan.table_request import read_table_request
from datasets.ckan.values import MISSING, boolean, text
from datasets.selectors import Table, as_uuid, visible_tables


@action("datastore_search", side_effect_free=True)
def datastore_search(user: User, data: Parameters) -> dict[str, Any]:
    """Rows of a resource's table.

    resource_id (or id). filters: {"column": value}, {"column": [values]} or {"column": {"gte": 1, "lt": 9}} (lt, lte, gt, gte, eq, in),
    all of which hold; a list of such objects, and {"$or": [...]}, is a choice of them.
    q: words that must all be in the row, or {"column": "words"}. fields: columns, in that order. sort: "column desc, other".
    limit (100, at most 32000), offset. records_format: objects, lists, csv or tsv. include_total (true). distinct (false).
    Every row has its number, _id; with q also its rank, which grows with how often the words occur: the highest come first without sort.
    plain: false reads q as PostgreSQL's tsquery: words with & | ! and parentheses. resource_id "_table_metadata" lists the tables.
    """
    request = read_table_request(data)
    if request.resource_id == "_table_metadata":
        return list_tables(request, [str(table.resource) for table in visible_tables(user)])
    return search_table(_table(user, request.resource_id), request)


@action("datastore_info", side_effect_free=True)
def datastore_info(user: User, data: Parameters) -> dict[str, Any]:
    """What a resource's table is made of: its columns with their types and labels, how many rows, how many bytes.

    resource_id (or id). include_meta (true), include_fields_schema (true).
    """
    resource_id = text(data, "resource_id") or text(data, "id")
    if not resource_id:
        raise ValidationError({"resource_id": [MISSING]})
    table = _table(user, resource_id)
    columns, rows = columns_of(table.path)
    schema = described(table.schema)
    fields = []
    for column in columns:
        if column.name == "_id":
            continue
        field = field_of(column, schema)
        if boolean(data, "include_fields_schema", True):
            constraints = schema.get(column.name, {}).get("constraints", {})
            field["schema"] = {
                "native_type": NATIVE.get(column.type, "text"),
                "notnull": bool(constraints.get("required")),
                "index_name": None,
                "is_index": False,
                "uniquekey": bool(constraints.get("unique")),
            }
        fields.append(field)
    found: dict[str, Any] = {"fields": fields}
    if boolean(data, "include_meta", True):
        size = table.path.stat().st_size
        meta = {"count": rows, "table_type": "BASE TABLE", "size": size, "db_size": size, "idx_size": 0, "aliases": []}
        found["meta"] = {"id": resource_id, **meta}
    return found


def _table(user: User, resource_id: str) -> Table:
    key, detail = as_uuid(resource_id), f'Resource "{resource_id[:100]}" was not found.'
    for table in visible_tables(user, uuid=key) if key else ():
        return table
    find_resource(user, resource_id, detail=detail)  # says whether it is unknown or forbidden
    raise NotFound(detail)

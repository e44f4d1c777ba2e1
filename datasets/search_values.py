"""The cells of a table that search may find, where the publisher says so: a village's name finds the tables it stands in."""

import logging
from urllib.parse import quote

import polars as pl

from datasets.models import Resource

logger = logging.getLogger(__name__)

MOST_VALUES = 50_000  # of a resource
LONGEST_VALUE = 100  # what is longer is a text, not a name


def cell_values(resource: Resource) -> dict[str, list[str]]:
    """For each text column the path that shows the rows of a value (put behind it) -> its different values that hold a letter."""
    path = resource.current.parquet_path if resource.values_searchable and resource.current else None
    if path is None or not path.exists():
        return {}
    found: dict[str, list[str]] = {}
    left = MOST_VALUES
    try:
        table = pl.scan_parquet(path, glob=False)
        for name, kind in table.collect_schema().items():
            if kind != pl.String or left <= 0:
                continue
            column = pl.col(name)
            wanted = column.str.contains(r"\p{L}") & (column.str.len_chars() <= LONGEST_VALUE)
            values = table.filter(wanted).select(column.unique(maintain_order=True).head(left)).collect().to_series().to_list()
            left -= len(values)
            if values:
                found[f"/dataset/{resource.dataset.name}/resource/{resource.uuid}/?is.{quote(name)}="] = values
    except (OSError, pl.exceptions.PolarsError):
        logger.exception("The values of resource %s cannot be read.", resource.pk)
    return found

"""SQL over the tables that a reader may see: which ones a question names, the answer, and what is wrong with it in words."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from datasets.selectors import as_uuid, visible_tables
from datasets.tabular.connection import open_parquet
from datasets.tabular.sql import Answer, SqlError, read_statement, run


def ask(user: Any, text: str, *, rows: int) -> Answer:
    """At most `rows` rows of the answer. Raises SqlError, "unknown-table" also for what this reader may not see; TableLost."""
    statement = read_statement(text)
    paths = {}
    for name in statement.tables.values():
        try:
            paths[name] = _table(user, name)
        except SqlError as error:
            error.line, error.column = statement.at(name)
            raise
    try:
        return run(statement, paths, rows=rows)
    except SqlError as error:
        for path in paths.values() if error.code == "failed" else ():
            with open_parquet(path) as table:  # the question need not be what is wrong
                table.first_rows()
        raise


def _table(user: Any, name: str) -> Path:
    """The table of a resource's uuid, or of a dataset's name where it has just one."""
    key = as_uuid(name)
    tables = visible_tables(user, **({"uuid": key} if key else {"dataset__name": name}))
    if len(tables) > 1:
        raise SqlError("several-tables", name=name, names=", ".join(str(one.resource) for one in tables))
    if not tables:
        raise SqlError("unknown-table", name=name)
    return tables[0].path


def in_words(error: SqlError) -> str:
    """What is wrong and how to mend it, with the place."""
    words = _words(error) % error.context
    if error.line is None or error.column is None:
        return words
    return _("Line %(line)d, column %(column)d: %(words)s") % {"line": error.line, "column": error.column, "words": words}


def _words(error: SqlError) -> str:
    return {
        "syntax": _("This is not complete SQL: look at what stands here and just before it."),
        "too-long": _("The question is too long (%(limit)s)."),
        "too-deep": _("Too many brackets inside each other: %(limit)s at most."),
        "several": _("One question at a time: take away the semicolon and what follows it."),
        "not-a-select": _("Only questions that begin with SELECT or WITH are answered."),
        "not-allowed": _("“%(name)s” is not allowed here. The page “Ask tables in SQL” lists what is."),
        "not-a-table": _("“%(name)s” is no table. Write FROM and the table's id in double quotes."),
        "unknown-table": _("There is no table “%(name)s” that you may read. Take its id from its page."),
        "several-tables": _("The dataset “%(name)s” has several tables. Write the id of one of them: %(names)s"),
        "unknown-column": _("None of these tables has a column “%(name)s”. Names with capitals or spaces need double quotes."),
        "failed": _("The tables cannot answer this: %(message)s"),
        "timeout": _("The answer took longer than %(seconds)d seconds. Ask for less: add a WHERE, join fewer rows."),
        "too-much-memory": _("The answer needs too much memory. Ask for less: add a WHERE, group by fewer values."),
    }.get("syntax" if error.context.get("name") == "" else error.code, _("Many people are asking just now. Try again in a few seconds."))

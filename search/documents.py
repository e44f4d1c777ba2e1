"""What other rooms give to search: one flat document for each thing the public may find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

LANGUAGES = ("km", "en", "zh-hans")


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find. Texts are plain text by language; what a results page shows is kept in the index, so it asks no database.

    `key` is `"<source name>:<primary key>"` (see `registry.Source`), `url` a path by language, `facets` values (slugs) by facet name,
    `modified` aware. `values`: what stands in the cells of a table, found but ranked below names; the key is the
    path without language at which `quote(value)`, put behind it, shows the rows ("/dataset/…/resource/…/?column=").
    `sort` may hold `name` (str), `created` and `size` (numbers; `created` as a timestamp).
    `extra` is handed back with the hit and never searched: names and ids a room needs to make a link or an API answer.
    """

    key: str
    kind: str
    language: str | None
    title: Mapping[str, str]
    summary: Mapping[str, str]
    body: Mapping[str, str]
    keywords: Sequence[str]
    url: Mapping[str, str]
    facets: Mapping[str, Sequence[str]]
    modified: datetime
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: Mapping[str, str | float] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the document speaks: its own, else those of its title."""
        if self.language:
            return (self.language,)
        return tuple(language for language in LANGUAGES if self.title.get(language, "").strip())

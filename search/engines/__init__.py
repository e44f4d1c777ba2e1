"""The engine that the environment asks for."""

import os
from functools import lru_cache

from django.conf import settings

from .base import Engine

__all__ = ["Engine", "engine_for", "get_engine"]


@lru_cache(8)
def engine_for(url: str, index: str, folder: str) -> Engine:
    """The engine of these addresses (Elasticsearch) or, without one, folder (Tantivy)."""
    if url:
        from .elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(url.replace(",", " ").split(), index)
    from .tantivy import TantivyEngine

    return TantivyEngine(folder)


# Two processes on one kept connection would read each other's answers.
os.register_at_fork(after_in_child=engine_for.cache_clear)


def get_engine() -> Engine:
    """Elasticsearch where ELASTICSEARCH_URL is set, else Tantivy in SEARCH_INDEX_DIR."""
    return engine_for(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX, str(settings.SEARCH_INDEX_DIR))

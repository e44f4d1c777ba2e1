"""The engine that the environment asks for."""

from functools import lru_cache

from django.conf import settings

from .base import Engine

__all__ = ["Engine", "get_engine"]


@lru_cache(8)
def _engine(url: str, index: str, folder: str) -> Engine:
    if url:
        from .elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(url, index)
    from .tantivy import TantivyEngine

    return TantivyEngine(folder)


def get_engine() -> Engine:
    """Elasticsearch where ELASTICSEARCH_URL is set, else Tantivy in SEARCH_INDEX_DIR."""
    return _engine(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX, str(settings.SEARCH_INDEX_DIR))

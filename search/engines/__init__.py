"""The engine that the environment asks for."""

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


def get_engine() -> Engine:
    """Elasticsearch where ELASTICSEARCH_URL is set, else Tantivy in SEARCH_INDEX_DIR."""
    return engine_for(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX, str(settings.SEARCH_INDEX_DIR))

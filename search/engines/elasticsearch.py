"""Elasticsearch 8: for a portal that has outgrown one machine. Only built-in analyzers, so any managed cluster will do.

The index is an alias over one index of the same name with a suffix; a rebuild fills another and moves the alias. Which rules it was
made by stands in the mapping's `_meta`.
"""

import contextlib
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers
from elasticsearch.dsl import A, Date, Double, Index, Keyword, Mapping, Object, Search, Text
from elasticsearch.helpers import BulkIndexError

from search.prepared import FIELDS, INDEX_VERSION, LISTS, SORT_NUMBERS, SORT_TEXTS, Prepared
from search.query import DEEPEST, SearchUnavailable

from .base import Found, Plan
from .elasticsearch_query import elasticsearch_search

TIMEOUT = 2.0  # seconds a reader waits
BULK_TIMEOUT = 30.0
# A node short of memory answers 429: it gets less at a time, and is asked again a little later.
BULK: dict[str, Any] = {"max_chunk_bytes": 5_000_000, "max_retries": 5, "initial_backoff": 0.5}
CHECKED = 5.0  # seconds for which a usable index is taken to stay one


@contextlib.contextmanager
def _unavailable(message: str) -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError, BulkIndexError, OSError, KeyError) as error:
        raise SearchUnavailable(f"{message}: {error}") from error


def _mapping() -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_meta", {"version": INDEX_VERSION})
    mapping.meta("_source", {"includes": ["display", "key", "digest", "values"]})
    mapping.meta("dynamic_templates", [{"facets": {"path_match": "facets.*", "mapping": {"type": "keyword", "ignore_above": 8000}}}])
    mapping.field("key", Keyword())
    for field in FIELDS:
        mapping.field(f"{field}_w", Text(analyzer="whitespace"))
        mapping.field(f"{field}_g", Text(analyzer="whitespace"))
    for name in LISTS:
        mapping.field(name, Keyword(ignore_above=8000))
    mapping.field("signal", Double())
    mapping.field("digest", Keyword())
    mapping.field("values", Keyword(index=False, doc_values=False))
    mapping.field("facets", Object(dynamic=True))
    mapping.field("modified", Date())
    for name in SORT_NUMBERS:
        mapping.field(name, Double())
    for name in SORT_TEXTS:
        mapping.field(name, Keyword())
    mapping.field("display", Object(enabled=False))
    return mapping


class _Build:
    def __init__(self, client: Elasticsearch, name: str) -> None:
        self._client = client
        self._name = name

    def add(self, packed: Iterable[dict[str, Any]]) -> int:
        actions = ({"_index": self._name, "_id": source["key"], "_source": source} for source in packed)
        with _unavailable("A new search index cannot be written"):
            return helpers.bulk(self._client, actions, **BULK)[0]


class ElasticsearchEngine:
    """See `Engine`. `urls` may carry a user and password; where there are several nodes, the next one is asked when one does not answer.
    `index` is the alias.
    """

    name = "elasticsearch"

    def __init__(self, urls: Sequence[str], index: str) -> None:
        secured = {"api_key": settings.ELASTICSEARCH_API_KEY, "ca_certs": settings.ELASTICSEARCH_CA}
        self._client = Elasticsearch(
            list(urls),
            request_timeout=TIMEOUT,
            max_retries=2 * (len(urls) - 1),
            retry_on_timeout=len(urls) > 1,
            retry_on_status=(502, 503, 504),
            **{name: value for name, value in secured.items() if value},
        )
        self._bulk = self._client.options(request_timeout=BULK_TIMEOUT)
        self._alias = index
        self._usable_until = 0.0

    def usable(self) -> bool:
        if time.monotonic() < self._usable_until:
            return True
        with _unavailable("Elasticsearch does not answer"):
            try:
                mappings = self._client.indices.get_mapping(index=self._alias)
            except NotFoundError:
                return False
            if not self._client.indices.exists_alias(name=self._alias):
                return False
            versions = [mapping["mappings"].get("_meta", {}).get("version") for mapping in mappings.values()]
        if versions != [INDEX_VERSION]:
            return False
        self._usable_until = time.monotonic() + CHECKED
        return True

    def write(self, documents: Sequence[Prepared], deleted: Sequence[str]) -> dict[str, str]:
        actions: list[dict[str, Any]] = [{"_op_type": "delete", "_id": key} for key in deleted]
        actions += [{"_op_type": "index", "_id": prepared.key, "_source": self.pack(prepared)} for prepared in documents]
        refused: dict[str, str] = {}
        with _unavailable("Elasticsearch cannot be written"):
            for ok, item in helpers.streaming_bulk(
                self._bulk, actions, index=self._alias, require_alias=True, refresh=True, raise_on_error=False, **BULK
            ):
                ((operation, answer),) = item.items()
                if ok or (operation == "delete" and "error" not in answer):
                    continue
                if answer["status"] in (404, 429) or answer["status"] >= 500:  # not this document's fault
                    self._usable_until = 0.0
                    raise SearchUnavailable(f"Elasticsearch cannot be written: {answer['error']}")
                refused[answer["_id"]] = str(answer["error"])
        return refused

    @staticmethod
    def pack(prepared: Prepared) -> dict[str, Any]:
        return {
            "key": prepared.key,
            **prepared.text,
            **prepared.lists,
            "signal": prepared.signal,
            "digest": prepared.digest,
            "values": prepared.values,
            "facets": prepared.facets,
            "modified": prepared.modified,
            **prepared.numbers,
            **prepared.names,
            "display": prepared.display,
        }

    @contextlib.contextmanager
    def build(self) -> Iterator[_Build]:
        name = f"{self._alias}-{secrets.token_hex(4)}"
        index = Index(name, using=self._bulk)
        index.mapping(_mapping())
        index.settings(
            number_of_shards=settings.ELASTICSEARCH_SHARDS,
            number_of_replicas=settings.ELASTICSEARCH_REPLICAS,
            max_result_window=2 * DEEPEST + 1,
            refresh_interval="-1",
        )
        with _unavailable("A new search index cannot be made"):
            index.create()
        try:
            yield _Build(self._bulk, name)
            with _unavailable("The new search index cannot be put in place"):
                index.put_settings(settings={"index": {"refresh_interval": "1s"}})
                index.refresh()
                self._swap(name)
        except BaseException:
            with contextlib.suppress(ApiError, TransportError):
                index.delete(ignore_unavailable=True)
            raise
        self._usable_until = 0.0

    def _swap(self, name: str) -> None:
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self._alias}}]
        for old, about in self._bulk.indices.get(index=f"{self._alias},{self._alias}-*", ignore_unavailable=True).items():
            if old == self._alias or self._alias in about["aliases"]:
                actions.append({"remove_index": {"index": old}})
        self._bulk.indices.update_aliases(actions=actions)

    def search(self, plan: Plan) -> Found:
        search = elasticsearch_search(Search(using=self._client, index=self._alias), plan)
        # Scores over all shards as over one; a part of the answer is no answer: another node is asked.
        search = search.params(search_type="dfs_query_then_fetch", allow_partial_search_results=False)
        with _unavailable("Elasticsearch does not answer"):
            response = search.execute().to_dict()
            if response["timed_out"] or response["_shards"]["failed"]:
                raise SearchUnavailable("Elasticsearch answered only in part.")
            counted = response.get("aggregations", {})
            return Found(
                response["hits"]["total"]["value"],
                [hit["_source"]["display"] for hit in response["hits"]["hits"]],
                {name: [(bucket["key"], bucket["doc_count"]) for bucket in counted[f"facet-{name}"]["buckets"]] for name in plan.facets},
            )

    def digests(self) -> Iterator[tuple[str, str]]:
        search = Search(using=self._bulk, index=self._alias).source(["digest"]).sort("key").extra(size=1000)
        with _unavailable("Elasticsearch does not answer"):
            while hits := search.execute().to_dict()["hits"]["hits"]:
                for hit in hits:
                    yield hit["_id"], hit["_source"]["digest"]
                search = search.extra(search_after=hits[-1]["sort"])

    def values(self, key: str) -> str:
        with _unavailable("Elasticsearch does not answer"):
            try:
                return str(self._client.get(index=self._alias, id=key, source_includes=["values"])["_source"].get("values", ""))
            except NotFoundError:
                return ""

    def spelling(self, most: int) -> dict[str, int]:
        search = Search(using=self._bulk, index=self._alias).extra(size=0)
        search.aggs.bucket("words", A("terms", field="spelling", size=most))
        with _unavailable("Elasticsearch does not answer"):
            buckets = search.execute().to_dict()["aggregations"]["words"]["buckets"]
            return {bucket["key"]: bucket["doc_count"] for bucket in buckets}

    def health(self) -> dict[str, Any]:
        try:
            cluster = self._client.cluster.health()
        except (ApiError, TransportError, OSError) as error:
            return {"ok": False, "engine": self.name, "problem": type(error).__name__}
        return {"ok": cluster["status"] != "red", "engine": self.name, "status": cluster["status"], "nodes": cluster["number_of_nodes"]}

    def drop(self) -> None:
        self._usable_until = 0.0
        with _unavailable("Elasticsearch does not answer"):
            names = list(self._bulk.indices.get(index=f"{self._alias},{self._alias}-*", ignore_unavailable=True))
            mine = [name for name in names if name == self._alias or name.removeprefix(f"{self._alias}-").isalnum()]
            if mine:
                self._bulk.indices.delete(index=",".join(mine), ignore_unavailable=True)

"""Tantivy: the index is a folder, nothing to install or run.

`folder/current` holds the name of the live index beside it, so that a rebuild takes over in one rename. One process writes (the
indexer); readers look at one file's time before each search and reload when something was committed.
"""

import contextlib
import json
import logging
import os
import secrets
import shutil
import threading
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from search.prepared import FIELDS, INDEX_VERSION, LISTS, SORT_NUMBERS, SORT_TEXTS, Prepared
from search.query import DEEPEST, SearchUnavailable

from .base import Found, Plan
from .beside import beside
from .tantivy_query import Counted, count_facets, tantivy_queries

logger = logging.getLogger(__name__)

VERSION = f"{INDEX_VERSION}/tantivy-{tantivy.__version__}"
HEAP = 50_000_000
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
SETTLED = 60.0  # seconds: a damaged index younger than this is not rebuilt again


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(f"{field}_w", tokenizer_name="whitespace")
        builder.add_text_field(f"{field}_g", tokenizer_name="whitespace")
    for name in LISTS:
        builder.add_text_field(name, tokenizer_name="raw" if name == "exact" else "whitespace", index_option="basic")
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_date_field("modified", fast=True)
    for name in SORT_NUMBERS:
        builder.add_float_field(name, fast=True)
    for name in SORT_TEXTS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_float_field("signal", fast=True)
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("values", stored=True)
    builder.add_bytes_field("display", stored=True)
    return builder.build()


@contextlib.contextmanager
def _unavailable(message: str) -> Iterator[None]:
    """Whatever the engine says becomes SearchUnavailable. Its panics are BaseExceptions without a name to import."""
    try:
        yield
    except (SearchUnavailable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise SearchUnavailable(f"{message}: {error}") from error


class _Open(NamedTuple):
    pointer: tuple[int, int]  # inode and time of the file that names the live index
    path: Path
    index: tantivy.Index
    stamp: int
    counted: Counted


class _Build:
    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def add(self, packed: Iterable[str]) -> int:
        return sum(1 for document in packed if self._writer.add_json(document) >= 0)


class TantivyEngine:
    """See `Engine`. `folder` is made when the first index is built."""

    name = "tantivy"

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._pointer = self._folder / "current"
        self._open: _Open | None = None
        self._lock = threading.Lock()

    def _live(self) -> Path:
        return self._folder / self._pointer.read_text().strip()

    def usable(self) -> bool:
        try:
            live = self._live()
            if (live / "broken").exists() or (live / "version").read_text() != VERSION:
                return False
            self._reader()
        except (OSError, SearchUnavailable):
            return False
        return True

    def _reader(self) -> _Open:
        """The live index, as of the last commit. Twice, because a new index may take over between reading its name and opening it."""
        try:
            return self._opened()
        except SearchUnavailable:
            return self._opened()

    def _opened(self) -> _Open:
        opened = self._open
        try:
            status = os.stat(self._pointer)
            pointer = status.st_ino, status.st_mtime_ns
            live = opened.path if opened and opened.pointer == pointer else self._live()
            stamp = os.stat(live / "meta.json").st_mtime_ns
        except OSError as error:
            raise SearchUnavailable("There is no search index yet.") from error
        if opened and opened.path == live and opened.stamp == stamp:
            return opened
        with self._lock:
            try:
                with _unavailable("The search index cannot be opened"):
                    index = opened.index if opened and opened.path == live else tantivy.Index.open(str(live))
                    index.config_reader("manual")
                    index.reload()
            except SearchUnavailable:
                self._mark_broken(live)  # the indexer may have it open from when it was whole
                raise
            self._open = _Open(pointer, live, index, stamp, {})
            return self._open

    def _mark_broken(self, path: Path) -> None:
        """Have the indexer, which may be another process, build a new index; not over and over if that does not help."""
        self._open = None
        with contextlib.suppress(OSError):
            if time.time() - (path / "version").stat().st_mtime > SETTLED:
                (path / "broken").touch()

    def write(self, documents: Sequence[Prepared], deleted: Sequence[str]) -> dict[str, str]:
        opened = self._reader()
        refused: dict[str, str] = {}
        with _unavailable("The search index cannot be written"):
            writer = opened.index.writer(HEAP, 1)
            try:
                for key in [*deleted, *(prepared.key for prepared in documents)]:
                    writer.delete_documents_by_term("key", key)
                for prepared in documents:
                    try:
                        writer.add_json(self.pack(prepared))
                    except (ValueError, TypeError) as error:
                        refused[prepared.key] = str(error)
                writer.commit()
            except BaseException:
                self._mark_broken(opened.path)
                raise
            finally:
                writer.wait_merging_threads()
        return refused

    @staticmethod
    def pack(prepared: Prepared) -> str:
        stored = {"values": prepared.values, "display": _json(prepared.display)}
        return _json(
            {
                "key": prepared.key,
                **{field: tokens for field, tokens in prepared.text.items() if tokens},
                "exact": prepared.lists["exact"],
                # One text of many words takes a fraction of the time that many values take.
                **{name: " ".join(prepared.lists[name]) for name in LISTS if name != "exact"},
                "facets": prepared.facets,
                "modified": prepared.modified.astimezone(UTC).isoformat(),
                **prepared.numbers,
                **prepared.names,
                "signal": prepared.signal,
                "digest": prepared.digest,
                **{name: b64encode(text.encode()).decode() for name, text in stored.items() if text},
            }
        )

    @contextlib.contextmanager
    def build(self) -> Iterator[_Build]:
        name = f"index-{secrets.token_hex(4)}"
        path = self._folder / name
        with _unavailable("A new search index cannot be made"):
            path.mkdir(parents=True)
        try:
            with _unavailable("A new search index cannot be written"):
                index = tantivy.Index(_schema(), str(path))
                writer = index.writer(HEAP * 4, 1)
            build = _Build(writer)
            yield build
            with _unavailable("A new search index cannot be written"):
                writer.commit()
                writer.wait_merging_threads()
                (path / "version").write_text(VERSION)
                pointer = self._folder / f"{name}.current"
                pointer.write_text(name)
                os.replace(pointer, self._pointer)
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        for old in self._folder.glob("index-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    def search(self, plan: Plan) -> Found:
        opened = self._reader()
        with _unavailable("The question cannot be put to the search index"):
            searcher = opened.index.searcher()
            query, matches = tantivy_queries(opened.index.schema, searcher, opened.counted, plan)
        try:
            with _unavailable("The search index cannot be read"):
                return self._search(searcher, query, matches, plan)
        except SearchUnavailable:
            self._mark_broken(opened.path)
            raise

    def _search(self, searcher: tantivy.Searcher, query: tantivy.Query, matches: tantivy.Query, plan: Plan) -> Found:
        # The engine lets go of Python while it works: counting takes the second processor.
        counting = beside(count_facets, searcher, matches, plan) if plan.facets else None
        addresses: list[tantivy.DocAddress]
        page = max(1, min(plan.limit, DEEPEST))
        if len(plan.sort) > 1:
            total, addresses = self._sorted(searcher, query, plan)
        elif plan.sort:
            name, descending = plan.sort[0]
            result = searcher.search(query, page, offset=plan.offset, order_by_field=name, order=_order(descending))
            total, addresses = result.count, [address for _, address in result.hits]
        else:
            result = searcher.search(query, page, offset=plan.offset, weight_by_field="signal" if plan.match else None)
            total, addresses = result.count, [address for _, address in result.hits]
        documents = [searcher.doc(address) for address in addresses[: plan.limit]]
        if plan.keys_only:
            displays = [{"key": document["key"][0]} for document in documents]
        else:
            displays = [json.loads(bytes(document["display"][0])) for document in documents]
        return Found(total, displays, counting.result() if counting else {})

    @staticmethod
    def _sorted(searcher: tantivy.Searcher, query: tantivy.Query, plan: Plan) -> tuple[int, list[tantivy.DocAddress]]:
        """By several fields: Tantivy sorts by one at a time, and Python's sort keeps the order of equals."""
        found: dict[tuple[int, int], tantivy.DocAddress] = {}
        values: list[dict[tuple[int, int], Any]] = []
        for name, descending in plan.sort:
            result = searcher.search(query, DEEPEST, order_by_field=name, order=_order(descending))
            found |= {(address.segment_ord, address.doc): address for _, address in result.hits}
            values.append({(address.segment_ord, address.doc): value for value, address in result.hits})
        places = [place for place in found if all(place in value for value in values)]
        for (_, descending), value in reversed(list(zip(plan.sort, values, strict=True))):
            places.sort(key=lambda place: value[place], reverse=descending)
        return result.count, [found[place] for place in places[plan.offset : plan.offset + plan.limit]]

    def digests(self) -> Iterator[tuple[str, str]]:
        opened = self._reader()
        with _unavailable("The search index cannot be read"):
            searcher = opened.index.searcher()
            if not searcher.num_docs:
                return
            result = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False)
            for _, address in result.hits:
                document = searcher.doc(address)
                yield document["key"][0], document["digest"][0]

    def values(self, key: str) -> str:
        opened = self._reader()
        with _unavailable("The search index cannot be read"):
            searcher = opened.index.searcher()
            hits = searcher.search(tantivy.Query.term_query(opened.index.schema, "key", key), 1).hits
            stored = searcher.doc(hits[0][1]).get_first("values") if hits else None
            return bytes(stored).decode() if stored else ""

    def spelling(self, most: int) -> dict[str, int]:
        opened = self._reader()
        with _unavailable("The search index cannot be read"):
            return dict(opened.index.searcher().terms_with_prefix("spelling", "", limit=most))

    def health(self) -> dict[str, Any]:
        return {"ok": self.usable(), "engine": self.name}

    def drop(self) -> None:
        self._open = None
        shutil.rmtree(self._folder, ignore_errors=True)


def _order(descending: bool) -> tantivy.Order:
    return tantivy.Order.Desc if descending else tantivy.Order.Asc

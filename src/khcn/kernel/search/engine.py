"""The embedded engine: tantivy in a folder.

Texts are made into words in Python and indexed by whitespace, so that indexing and asking cannot disagree and no
tokenizer has to be registered. Each text stands in two fields: without marks, which finds, and with marks, which
ranks. Nothing of the texts is stored in the index.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy

from khcn.kernel.records.refs import RecordRef
from khcn.kernel.search import queries
from khcn.kernel.search.contracts import (
    EVERYTHING,
    FIRST_PAGE,
    NOTHING,
    Change,
    EngineHit,
    Filters,
    Found,
    Page,
    Scope,
    SearchDocument,
    Sort,
    Term,
)
from khcn.kernel.search.queries import SCHEMA
from khcn.kernel.search.words import exact_words, folded_words
from khcn.language.words import words as _

POSITION_FILE = "position.json"
HEAP_BYTES = 30_000_000
BULK_HEAP_BYTES = 100_000_000
MOST_FACET_VALUES = 200
DEEPEST_HIT = 10_000


class IndexBusy(Exception):
    """Another writer is at work on this index."""


class IndexMissing(Exception):
    """There is no index in the folder, or one that this machine cannot read."""


class IndexDamaged(Exception):
    """The engine cannot write this index any more; a new one is to be built."""


LOCKED = "LockBusy"
"""How the engine says that another writer is at work; it has one kind of error for everything."""


class TantivyIndex:
    """One index in one folder. Any number of readers; one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as failure:
            raise IndexMissing(
                _("Chưa có chỉ mục tìm kiếm trong {name}. Lập lại bằng lệnh «khcn reindex».").format(name=folder.name)
            ) from failure
        self._index.config_reader("manual", 0)
        self._lock = threading.Lock()
        self._seen = (0, 0)
        self._seen = self._mark()

    @classmethod
    def create(cls, folder: Path) -> TantivyIndex:
        """Make an empty index in a folder that has none."""
        folder.mkdir(parents=True)
        tantivy.Index(SCHEMA, path=str(folder))
        return cls(folder)

    def apply(self, changes: Sequence[Change], position: int) -> None:
        """Replace or remove the documents in one commit, then keep the position. Raises: IndexBusy, IndexDamaged."""
        self.fill([changes], position, heap=HEAP_BYTES)

    def fill(self, batches: Iterable[Sequence[Change]], position: int, heap: int = BULK_HEAP_BYTES) -> int:
        """Apply batches of changes with one writer and one commit; returns how many.

        Raises: IndexBusy, IndexDamaged.
        """
        writer = self._writer(heap)
        applied = 0
        try:
            # What a killed writer left behind would collide with the names this one is going to give its files.
            writer.garbage_collect_files()
            for changes in batches:
                for change in changes:
                    writer.delete_documents_by_term("key", str(change.ref))
                    if change.document is not None:
                        writer.add_document(_tantivy_document(change.document))
                applied += len(changes)
            self._commit(writer)
        finally:
            # The folder stays locked for as long as the writer lives.
            del writer
        _write_position(self.folder, position)
        return applied

    def search(
        self,
        query: Sequence[Term],
        filters: Filters,
        scope: Scope,
        *,
        facets: Sequence[str] = (),
        sort: Sort = Sort.RELEVANCE,
        page: Page = FIRST_PAGE,
    ) -> Found:
        """Find the documents that hold every term, within the filters and the scope."""
        if not query or page.number < 1 or page.offset + page.size > DEEPEST_HIT:
            return NOTHING
        searcher = self._searcher()
        asked = queries.within(queries.all_of(query), filters, scope)
        order = "day" if sort is Sort.NEWEST else None
        result = searcher.search(asked, page.size, offset=page.offset, order_by_field=order)
        counts = {name: self._facet(searcher, query, filters, scope, name) for name in facets}
        return Found(_hits(searcher, result), int(result.count), counts)

    def similar(self, text: str, k: int, scope: Scope) -> tuple[EngineHit, ...]:
        """Find the k documents whose title and body are most like the text, judged by its rarest words."""
        searcher = self._searcher()
        known = {
            word: searcher.doc_freq("body_f", word) + searcher.doc_freq("title_f", word)
            for word in set(folded_words(text))
        }
        rarest = sorted((count, word) for word, count in known.items() if count)[: queries.MOST_LIKE_WORDS]
        if not rarest:
            return ()
        asked = queries.within(queries.like([word for _, word in rarest]), EVERYTHING, scope)
        return _hits(searcher, searcher.search(asked, k))

    def suggest(self, query: Sequence[Term], scope: Scope, k: int = 8) -> tuple[EngineHit, ...]:
        """Find documents whose title or code holds the terms, the last of them as a beginning."""
        if not query:
            return ()
        terms = [*query[:-1], replace(query[-1], prefix=True)]
        searcher = self._searcher()
        return _hits(searcher, searcher.search(queries.within(queries.named(terms), EVERYTHING, scope), k))

    def position(self) -> int:
        """Return the position of the last change applied; 0 if none."""
        try:
            return int(json.loads((self.folder / POSITION_FILE).read_text(encoding="utf-8"))["position"])
        except FileNotFoundError:
            return 0

    def count(self) -> int:
        """Return how many documents the index holds."""
        return int(self._searcher().num_docs)

    def _facet(
        self, searcher: Any, query: Sequence[Term], filters: Filters, scope: Scope, name: str
    ) -> Mapping[str, int]:
        others = replace(filters, registers=()) if name == "register" else replace(filters, years=())
        asked = queries.within(queries.all_of(query), others, scope)
        wanted = {"by": {"terms": {"field": name, "size": MOST_FACET_VALUES}}}
        return {
            str(bucket["key"]): int(bucket["doc_count"])
            for bucket in searcher.aggregate(asked, wanted)["by"]["buckets"]
        }

    def _searcher(self) -> Any:
        mark = self._mark()
        with self._lock:
            if mark != self._seen:
                self._index.reload()
                self._seen = mark
            return self._index.searcher()

    def _writer(self, heap: int) -> Any:
        # Opened anew: only so does the writer know the files of processes that were killed since this index was opened.
        try:
            return tantivy.Index.open(str(self.folder)).writer(heap_size=heap, num_threads=1)
        except ValueError as failure:
            if LOCKED in str(failure):
                raise IndexBusy(_("Chỉ mục tìm kiếm đang được một tiến trình khác ghi.")) from failure
            raise self._damaged(failure) from failure

    def _commit(self, writer: Any) -> None:
        try:
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as failure:
            raise self._damaged(failure) from failure

    def _damaged(self, failure: Exception) -> IndexDamaged:
        return IndexDamaged(
            _("Không ghi được chỉ mục tìm kiếm {name}: {failure}").format(name=self.folder.name, failure=failure)
        )

    def _mark(self) -> tuple[int, int]:
        """Return what changes with every commit of any process."""
        try:
            state = (self.folder / "meta.json").stat()
        except FileNotFoundError:
            # A newer generation took its place a moment ago; what is open can still be read.
            return self._seen
        return state.st_mtime_ns, state.st_ino


def _hits(searcher: Any, result: Any) -> tuple[EngineHit, ...]:
    found = []
    for score, address in result.hits:
        key = searcher.doc(address).get_first("key")
        found.append(EngineHit(RecordRef.parse(key), float(score)))
    return tuple(found)


def _tantivy_document(source: SearchDocument) -> Any:
    document = tantivy.Document()
    document.add_text("key", str(source.ref))
    document.add_text("register", source.ref.register)
    document.add_text("office", str(source.office))
    for token in source.visible:
        document.add_text("visible", token)
    if source.day is not None:
        document.add_text("year", str(source.day.year))
        document.add_integer("day", source.day.toordinal())
    else:
        document.add_integer("day", 0)
    for name, number in (("field", source.field), ("place", source.place)):
        if number is not None:
            document.add_text(name, str(number))
    document.add_text("code_f", " ".join(folded_words(source.code)))
    for name, text in (("title", source.title), ("body", source.body), *(("files", text) for text in source.files)):
        document.add_text(f"{name}_f", " ".join(folded_words(text)))
        document.add_text(f"{name}_x", " ".join(exact_words(text)))
    return document


def _write_position(folder: Path, position: int) -> None:
    waiting = folder / f"{POSITION_FILE}.new"
    with waiting.open("w", encoding="utf-8") as file:
        json.dump({"position": position}, file)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(folder / POSITION_FILE)

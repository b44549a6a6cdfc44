"""What the product asks of a search engine, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from khcn.kernel.records.refs import RecordRef


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "phu-hop"
    NEWEST = "moi-nhat"


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One record as the engine knows it: its texts with marks, its filters, and the tokens of who may know of it.

    `day`: the record's own date, which gives its year and its place among the newest. `files`: words of its files.
    """

    ref: RecordRef
    title: str
    code: str
    body: str
    files: Sequence[str]
    office: int
    visible: frozenset[str]
    day: date | None = None
    field: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A record to be replaced by its new document, or removed where there is none."""

    ref: RecordRef
    document: SearchDocument | None


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that stand together; with `prefix` the last is a beginning. Letters keep their marks."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; empty means all."""

    registers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    field: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What the asker may know of: any of the tokens is enough. `hidden`: narrowed and not yet indexed anew."""

    tokens: frozenset[str]
    hidden: frozenset[RecordRef] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the hits is wanted; pages count from 1."""

    number: int = 1
    size: int = 20

    @property
    def offset(self) -> int:
        """Return how many hits come before the page."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A record the engine found; the score is comparable within one search only."""

    ref: RecordRef
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and counts by facet ("register", "year") and value."""

    hits: tuple[EngineHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


NOTHING = Found((), 0)
EVERYTHING = Filters()
FIRST_PAGE = Page()


class SearchIndex(Protocol):
    """An engine. Applying a change twice, or older changes again, leaves it as the newest documents say."""

    def apply(self, changes: Sequence[Change], position: int) -> None:
        """Replace or remove the documents durably, then keep the position of the last change applied."""

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
        """Find the documents that hold every term, within the filters and the scope.

        The count of a facet leaves the filter of that facet aside.
        """

    def similar(self, text: str, k: int, scope: Scope) -> tuple[EngineHit, ...]:
        """Find the k documents whose title and body are most like the text."""

    def suggest(self, query: Sequence[Term], scope: Scope, k: int = 8) -> tuple[EngineHit, ...]:
        """Find documents whose title or code holds the terms, the last of them as a beginning."""

    def position(self) -> int:
        """Return the position of the last change applied; 0 if none."""

"""Search for people: hits checked against the database, with the passages that show why each was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khcn.kernel.files.selectors import words_of_many
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.search.addresses import address_of
from khcn.kernel.search.contracts import EVERYTHING, FIRST_PAGE, EngineHit, Filters, Page, Scope, Sort, Term
from khcn.kernel.search.documents import body_of, records_of
from khcn.kernel.search.folder import current_index
from khcn.kernel.search.models import SearchOutbox
from khcn.kernel.search.visibility import Viewer
from khcn.kernel.search.words import Piece, highlighted, passage, plain, read_query

MOST_PENDING = 2_000
SHOWN_WITHOUT_MATCH = 200
FACETS = ("register", "year")


@dataclass(frozen=True)
class Hit:
    """A record found: its title and a passage in pieces, the words searched for marked."""

    record: Record
    register: str
    label: str
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    score: float
    url: str

    @property
    def snippet(self) -> str:
        """Return the passage as plain text."""
        return plain(self.passage)


@dataclass(frozen=True)
class Results:
    """A page of hits; `total` and the facets are None and empty while too much waits to be indexed to count safely."""

    hits: tuple[Hit, ...]
    total: int | None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class _Standing:
    """What of the searcher's scope follows from writes that are not indexed yet."""

    scope: Scope
    countable: bool


def find(
    text: str,
    viewer: Viewer,
    *,
    filters: Filters = EVERYTHING,
    sort: Sort = Sort.RELEVANCE,
    page: Page = FIRST_PAGE,
) -> Results:
    """Find the records that hold every word of the text, among those the viewer may know of.

    Raises: IndexMissing.
    """
    terms = read_query(text)
    if not terms:
        return Results((), 0)
    standing = _standing(viewer)
    facets = FACETS if standing.countable else ()
    found = current_index().search(terms, filters, standing.scope, facets=facets, sort=sort, page=page)
    return Results(
        _hits(found.hits, viewer, terms), found.total if standing.countable else None, found.facets, tuple(terms)
    )


def suggestions(text: str, viewer: Viewer, k: int = 8) -> tuple[Hit, ...]:
    """Return records whose title or code goes on as the text begins. Raises: IndexMissing."""
    terms = read_query(text)
    if not terms:
        return ()
    return _hits(current_index().suggest(terms, _standing(viewer).scope, k), viewer, terms, with_passage=False)


def similar_records(text: str, viewer: Viewer, k: int = 10, *, besides: RecordRef | None = None) -> tuple[Hit, ...]:
    """Return the records most like a text, with the passages they share with it. Raises: IndexMissing."""
    terms = [Term((word,)) for word in dict.fromkeys(word for term in read_query(text) for word in term.words)]
    found = [hit for hit in current_index().similar(text, k + 1, _standing(viewer).scope) if hit.ref != besides]
    return _hits(found[:k], viewer, terms)


def _standing(viewer: Viewer) -> _Standing:
    """Hide at once what was narrowed or withdrawn from the viewer and is still indexed as it was."""
    lines = SearchOutbox.objects.order_by().values_list("register", "record_id").distinct()[: MOST_PENDING + 1]
    pending = {RecordRef(register, number) for register, number in lines}
    hidden = pending - viewer.check(pending).keys() if pending else set()
    return _Standing(Scope(viewer.tokens, frozenset(hidden)), countable=len(pending) <= MOST_PENDING)


def _hits(
    found: Sequence[EngineHit], viewer: Viewer, terms: Sequence[Term], *, with_passage: bool = True
) -> tuple[Hit, ...]:
    known = {register.key: register for register in registers()}
    allowed = viewer.check([hit.ref for hit in found])
    passages = _passages(allowed, known, terms) if with_passage else {}
    hits = []
    for hit in found:
        if record := allowed.get(hit.ref):
            label, title = known[hit.ref.register].label_one, highlighted(record.title, terms)
            shown = passages.get(hit.ref, ())
            hits.append(Hit(record, hit.ref.register, label, title, shown, hit.score, address_of(record)))
    return tuple(hits)


def _passages(
    records: Mapping[RecordRef, Record],
    known: Mapping[str, Register],
    terms: Sequence[Term],
) -> dict[RecordRef, tuple[Piece, ...]]:
    """Return a passage for each record: from its own text, else from its files, else the beginning of its text."""
    bodies = _bodies(records, known)
    shown = {ref: passage(body, terms) for ref, body in bodies.items()}
    words = words_of_many(ref for ref, pieces in shown.items() if not pieces)
    for ref, texts in words.items():
        shown[ref] = next((pieces for text in texts if (pieces := passage(text, terms))), ())
    return {ref: pieces or _beginning(bodies[ref]) for ref, pieces in shown.items()}


def _bodies(records: Iterable[RecordRef], known: Mapping[str, Register]) -> dict[RecordRef, str]:
    ids: dict[str, list[int]] = {}
    for ref in records:
        ids.setdefault(ref.register, []).append(ref.id)
    return {
        row.ref: body_of(known[key], row).strip()
        for key, numbers in ids.items()
        for row in records_of(known[key], numbers)
    }


def _beginning(body: str) -> tuple[Piece, ...]:
    return (Piece(body[:SHOWN_WITHOUT_MATCH] + ("…" if len(body) > SHOWN_WITHOUT_MATCH else "")),) if body else ()

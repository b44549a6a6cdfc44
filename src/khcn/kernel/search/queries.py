"""Build the engine's queries from objects: nothing a person types is ever parsed as a query language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tantivy import Occur, Query, SchemaBuilder

from khcn.kernel.search.contracts import Filters, Scope, Term
from khcn.kernel.search.words import folded_words

SCHEMA_VERSION = 1
"""Raised whenever what is indexed changes; an index of another version is built anew."""

FOLDED: Mapping[str, float] = MappingProxyType({"code_f": 4.0, "title_f": 3.0, "body_f": 1.0, "files_f": 0.6})
EXACT: Mapping[str, float] = MappingProxyType({"title_x": 3.0, "body_x": 1.0, "files_x": 0.6})
NAMES: Mapping[str, float] = MappingProxyType({"code_f": 2.0, "title_f": 1.0})
LIKENESS: Mapping[str, float] = MappingProxyType({"title_f": 2.0, "body_f": 1.0})
TIE = 0.1
WHOLE_TITLE_BOOST = 4.0
MOST_LIKE_WORDS = 40
LIKE_SHARE = 0.3


def _schema() -> Any:
    builder = SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("register", "year"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("office", "visible", "field", "place"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    for name in (*FOLDED, *EXACT):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


SCHEMA = _schema()


def all_of(terms: Sequence[Term]) -> Any:
    """Ask for every term in any text; words typed with marks rank the texts that have those marks."""
    must = [(Occur.Must, _anywhere(term, FOLDED, _folded(term))) for term in terms]
    marked = [term for term in terms if _folded(term) != list(term.words)]
    should = [(Occur.Should, _anywhere(term, EXACT, list(term.words))) for term in marked]
    together = [word for term in terms for word in _folded(term)]
    if len(terms) > 1 and len(together) > 1:
        whole = Query.phrase_query(SCHEMA, "title_f", list(together), 2)
        should.append((Occur.Should, Query.boost_query(whole, WHOLE_TITLE_BOOST)))
    return Query.boolean_query([*must, *should])


def named(terms: Sequence[Term]) -> Any:
    """Ask for every term in the title or the code."""
    return Query.boolean_query([(Occur.Must, _anywhere(term, NAMES, _folded(term))) for term in terms])


def like(words: Sequence[str]) -> Any:
    """Ask for a good part of these words, without marks, in the title or the body."""
    should = [(Occur.Should, _word_alike(word)) for word in words]
    return Query.boolean_query(should, max(1, int(len(words) * LIKE_SHARE)))


def _word_alike(word: str) -> Any:
    return _dismax([_boosted(Query.term_query(SCHEMA, name, word), by) for name, by in LIKENESS.items()])


def within(asked: Any, filters: Filters, scope: Scope) -> Any:
    """Narrow a query to the filters and to what may be known of; the ranking does not change."""
    clauses = [(Occur.Must, asked), (Occur.Must, _among("visible", sorted(scope.tokens)))]
    narrowing: tuple[tuple[str, list[str]], ...] = (
        ("register", list(filters.registers)),
        ("year", [str(year) for year in filters.years]),
        ("field", [] if filters.field is None else [str(filters.field)]),
        ("place", [] if filters.place is None else [str(filters.place)]),
    )
    clauses += [(Occur.Must, _among(name, values)) for name, values in narrowing if values]
    if scope.hidden:
        clauses.append((Occur.MustNot, _among("key", [str(ref) for ref in scope.hidden])))
    return Query.boolean_query(clauses)


def _folded(term: Term) -> list[str]:
    return folded_words(" ".join(term.words))


def _anywhere(term: Term, fields: Mapping[str, float], words: list[str]) -> Any:
    ask = _asking(term, words)
    return _dismax([_boosted(ask(name), by) for name, by in fields.items()])


def _asking(term: Term, words: list[str]) -> Callable[[str], Any]:
    if not words:
        return lambda _name: Query.empty_query()
    if len(words) == 1:
        # A phrase of one word would stop the engine; a beginning is a pattern, which finds all its words.
        beginning = f"{re.escape(words[0])}.*"
        return lambda name: (
            Query.regex_query(SCHEMA, name, beginning) if term.prefix else Query.term_query(SCHEMA, name, words[0])
        )
    if term.prefix:
        return lambda name: Query.phrase_prefix_query(SCHEMA, name, list(words))
    return lambda name: Query.phrase_query(SCHEMA, name, list(words))


def _among(name: str, values: list[str]) -> Any:
    return Query.const_score_query(Query.term_set_query(SCHEMA, name, values), 0.0)


def _dismax(alternatives: list[Any]) -> Any:
    return Query.disjunction_max_query(alternatives, TIE)


def _boosted(query: Any, by: float) -> Any:
    return Query.boost_query(query, by)

"""Read reported figures: a number, its unit, whether it is exact, its period; and leave alone what is no figure."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import alternation, canonical, pattern, phrases, table
from khcn.governance.reader.periods import period_at
from khcn.governance.reader.quantities import Quantity, find_quantities
from khcn.governance.reader.reading import Evidence, Figure, Span
from khcn.governance.reader.spans import SpanSet
from khcn.kernel.text.folding import search_key

_CONTEXT = table("units")["context"]
_HYPOTHETICAL = re.compile("|".join(rf"\b{canonical(word)}\b" for word in _CONTEXT["hypothetical"]))
_CONDITIONAL = pattern(r"\bnếu\s(?!như trước|trước đây)[^.]*\b(?:sẽ|có thể)\b")
# No other number may stand between: "giảm 3 vụ so với 7 ngày nghỉ trước" shortens nothing.
_SHORTENING = re.compile("(?:" + "|".join(rf"\b{canonical(word)}\b" for word in _CONTEXT["shortening"]) + r")\D*$")
# "giảm cả 3 tiêu chí" speaks of parts that the reader knows.
_CHANGE = pattern(r"\b(?:tăng|giảm)(?:\sthêm)?\s$")
_ALL_OF = pattern(r"\bcả\s$")
_TARGET = re.compile("|".join(rf"\b{canonical(word)}\b" for word in _CONTEXT["target"]))
_CHANGED = pattern(r"\btừ\s\d+(?:\s\w+)?\s(?:xuống(?:\scòn)?|lên|còn|thành)\s\d+\s")
_PLANNED = frozenset({"nhiệm vụ", "kiến nghị", "giải pháp", "nội dung", "yêu cầu", "ý kiến", "chỉ tiêu"})
_LIST_FOLLOWS = pattern(r"(?:,?\s\w+){0,6}\s?:")
_AT_LEAST = pattern(r"(?:ít nhất|tối thiểu|không dưới|phấn đấu(?:\s\w+){0,3})\s$")
_NEW = re.compile("(?:" + "|".join(canonical(word) for word in _CONTEXT["new"]) + r")(?:\s\w+){0,2}\s$")
_TAILS = re.compile(rf"^(?:\s\w+){{0,3}}?\s(?:{alternation('units', 'structural_tails')})\b")
_STRUCTURAL = phrases("units", "structural").all
_TIME = phrases("units", "time").all
_MEASURES = phrases("units", "measures").all
_WORD_STRUCTURAL = frozenset(canonical(word) for word in _CONTEXT["word_structural"]) | _STRUCTURAL
_CLASSES = {
    kind: re.compile(
        "(?<!\\w)(?P<word>"
        + "|".join(
            sorted((re.escape(canonical(word)) for word in table("units")["comparators"][kind]), key=len, reverse=True)
        )
        + r")\s(?:(?:con số|mức|là|đạt|khoảng|chiếm|tăng|giảm|thực hiện|tới)\s)?(?:\()?$",
    )
    for kind in ("under", "over", "about")
}
_EXACT_HON = pattern(r"(?:cao|nhiều|thấp|ít|lớn|nhỏ|kém)\shơn\s$")
_UPWARD_AFTER = pattern(r"^[^,;.\n]{0,30}?\btrở lên\b")
_PLAIN = frozenset(canonical(word) for word in table("units")["comparators"]["plain"])
_CLAUSE = re.compile(r"[;\n]|,\s|\.\s|[:()]")
_REACH = 32
_SMALL = 10
_FEW_WORDS = 24


@dataclass(frozen=True, slots=True)
class Proposals:
    """Where the text asks or orders (half-open canonical spans): what is asked for has not happened."""

    petitions: SpanSet
    directives: SpanSet


def comparator_of(document: Document, quantity: Quantity) -> str:
    """Return exact, over, about or under, with the text's own word in brackets when it is not the plain one."""
    before = document.lower[max(0, quantity.start - _REACH) : quantity.start]
    for kind, words in _CLASSES.items():
        found = words.search(before)
        if found and not _EXACT_HON.search(before):
            word = found["word"]
            return kind if word in _PLAIN else f"{kind} ({word})"
    return "over (trở lên)" if _UPWARD_AFTER.match(document.lower[quantity.end : quantity.end + _REACH]) else "exact"


def _clause(document: Document, start: int, end: int, low: int, high: int) -> Span:
    left = max((found.end() for found in _CLAUSE.finditer(document.text, low, start)), default=low)
    found = _CLAUSE.search(document.text, end, high)
    return left, found.start() if found else high


def _is_structural(document: Document, quantity: Quantity) -> bool:
    names = _WORD_STRUCTURAL if quantity.in_words else _STRUCTURAL
    few = quantity.value <= _SMALL and quantity.value == quantity.value.to_integral_value()
    after = document.lower[quantity.number_end : quantity.number_end + 2 * _REACH]
    known = _ALL_OF.search(document.lower[max(0, quantity.start - _REACH) : quantity.start])
    changed = quantity.counted in _MEASURES and _CHANGE.search(
        document.lower[max(0, quantity.start - _REACH) : quantity.start]
    )
    names_parts = (quantity.counted in names and not changed) or bool(known) or bool(_TAILS.match(after))
    return few and (names_parts or _announces_list(document, quantity))


def _announces_list(document: Document, quantity: Quantity) -> bool:
    """Tell whether a count only says how many items follow: ``3 nhiệm vụ: thứ nhất …``."""
    return quantity.counted in _PLANNED and bool(_LIST_FOLLOWS.match(document.lower, quantity.end))


def _is_changed(document: Document, quantity: Quantity) -> bool:
    """Tell whether a time stands in ``từ 60 xuống 25 ngày``: both ends are figures, unlike ``từ ngày 1 đến ngày 5``."""
    around = document.lower[max(0, quantity.start - _REACH) : quantity.end + _REACH]
    return bool(_CHANGED.search(around))


def _is_tallied(quantity: Quantity, others: list[Quantity]) -> bool:
    """Tell whether a sentence counts more of the same: in ``14 tỉnh …; 6 tỉnh …`` the six are a result too."""
    return any(other.value > _SMALL and other.counted == quantity.counted for other in others)


def _is_reported(
    document: Document, quantity: Quantity, sentence: Span, others: list[Quantity], proposals: Proposals
) -> bool:
    structural = _is_structural(document, quantity) and not _is_tallied(quantity, others)
    if structural or proposals.petitions.covers(quantity.start):
        return False
    clause = document.lower[slice(*_clause(document, quantity.start, quantity.end, *sentence))]
    before = document.lower[max(sentence[0], quantity.start - _REACH) : quantity.start]
    if quantity.counted in _TIME and not _SHORTENING.search(before) and not _is_changed(document, quantity):
        return False
    if _HYPOTHETICAL.search(clause) or _CONDITIONAL.search(document.lower, sentence[0], quantity.start):
        return False
    if not proposals.directives.covers(quantity.start):
        return True
    # An order may name things that exist ("hướng dẫn 5 doanh nghiệp") or that are still to come.
    if quantity.counted in _MEASURES:
        return not _TARGET.search(before)
    return not quantity.in_words and not _NEW.search(before) and not _AT_LEAST.search(before)


def _same(left: Figure, right: Figure) -> bool:
    """Tell whether a figure is said again: same value and unit; of percentages the words too."""
    if left.value != right.value:
        return False
    ours, theirs = search_key(left.unit), search_key(right.unit)
    if "%" in left.unit or "%" in right.unit:
        return left.unit == right.unit and search_key(left.what) == search_key(right.what)
    return ours == theirs or ours.startswith(theirs) or theirs.startswith(ours)


def _figure(document: Document, quantity: Quantity, sentence: Span) -> Figure:
    span = document.span(quantity.start, quantity.end)
    start, end = _clause(document, quantity.start, quantity.end, *sentence)
    sure = 0.9 if quantity.rule != "number_and_noun" else 0.6
    return Figure(
        value=quantity.value,
        unit=quantity.unit,
        comparator=comparator_of(document, quantity),
        what=document.clean(start, min(end, start + 10 * _FEW_WORDS)),
        period=period_at(document, (quantity.start, quantity.end), sentence),
        evidence=Evidence(text=document.raw(span), span=span, rule=quantity.rule, confidence=sure),
    )


def _candidates(document: Document, proposals: Proposals) -> Iterator[tuple[Figure, int]]:
    quantities = find_quantities(document)
    for sentence in document.sentences:
        if sentence.paragraph == document.title or sentence.paragraph in document.repeated:
            continue
        span = sentence.start, sentence.end
        low = bisect_left(quantities, sentence.start, key=lambda quantity: quantity.start)
        high = bisect_left(quantities, sentence.end, key=lambda quantity: quantity.start)
        within = quantities[low:high]
        for quantity in within:
            if _is_reported(document, quantity, span, within, proposals):
                yield _figure(document, quantity, span), sentence.start


def _ranged(figures: list[Figure]) -> list[Figure]:
    """Give the high end of a range the comparator of its low end."""
    result = figures[:1]
    for before, figure in pairwise(figures):
        joined = figure.evidence.rule == "range_high" and before.evidence.span == figure.evidence.span
        result.append(replace(figure, comparator=before.comparator) if joined else figure)
    return result


def read_figures(document: Document, proposals: Proposals) -> list[Figure]:
    """Return the reported figures in order, each once."""
    kept: list[Figure] = []
    by_value: dict[Decimal, list[tuple[Figure, int]]] = {}
    found = list(_candidates(document, proposals))
    for figure, (_, place) in zip(_ranged([figure for figure, _ in found]), found, strict=True):
        same_value = by_value.setdefault(figure.value, [])
        # One sentence says nothing twice: "8 người chết, 8 người bị thương" are two figures.
        if not any(_same(known, figure) and place != other for known, other in same_value):
            kept.append(figure)
            same_value.append((figure, place))
    return kept

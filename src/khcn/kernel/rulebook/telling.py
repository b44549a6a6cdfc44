"""Tell the history of a rule in sentences: who said what, when, why, from which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.ui import formats


@dataclass(frozen=True)
class RuleEvent:
    """One change of a rule: its instant, who made it, what became of its values, why."""

    at: datetime
    who: str
    what: str
    why: str


def events_of(key: str) -> list[RuleEvent]:
    """Return every change of a rule, newest first; one query."""
    versions = Rule.Version._base_manager.filter(key=key).select_related("change").order_by("id", "recorded_from")
    told: dict[int, tuple[Any, list[str]]] = {}
    previous: Any = None
    for version in versions:
        before = previous if previous is not None and previous.id == version.id else None
        _, sentences = told.setdefault(version.change_id, (version.change, []))
        sentences += _sentences(before, version)
        previous = version
    return [
        RuleEvent(change.at, change.actor_name, f"{change.verb_label}: {'; '.join(sentences)}", change.why)
        for change, sentences in sorted(told.values(), key=lambda one: (one[0].at, one[0].pk), reverse=True)
    ]


def validity_words(since: date | None, until: date | None) -> str:
    """Return a validity as people say it."""
    words = [f"từ {formats.day(since)}"] if since else []
    words += [f"đến hết {formats.day(until)}"] if until else []
    return " ".join(words) or "không nêu thời hạn"


def _sentences(before: Any, after: Any) -> Iterable[str]:
    value = words_of(after.key, after.value, after.unit)
    if before is None:
        yield f"«{value}», hiệu lực {validity_words(after.valid_from, after.valid_to)}, theo {after.legal_basis}"
        return
    old = words_of(before.key, before.value, before.unit)
    if old != value:
        yield f"giá trị «{old}» thành «{value}»"
    spans = [validity_words(one.valid_from, one.valid_to) for one in (before, after)]
    if spans[0] != spans[1]:
        yield f"hiệu lực của «{value}» thành {spans[1]} (trước: {spans[0]})"
    if before.legal_basis != after.legal_basis:
        yield f"căn cứ «{before.legal_basis}» thành «{after.legal_basis}»"
    if before.confidence != after.confidence:
        yield f"độ tin cậy thành «{Confidence(after.confidence).label}»"

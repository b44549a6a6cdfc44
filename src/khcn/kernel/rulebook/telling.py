"""Tell the history of a rule in sentences: who said what, when, why, from which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.language.words import Words, joined
from khcn.language.words import words as _
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
        RuleEvent(change.at, change.actor_name, f"{Words(change.verb_label)}: {joined('; ', sentences)}", change.why)
        for change, sentences in sorted(told.values(), key=lambda one: (one[0].at, one[0].pk), reverse=True)
    ]


def validity_words(since: date | None, until: date | None) -> str:
    """Return a validity as people say it."""
    said = [_("từ {since}").format(since=formats.day(since))] if since else []
    said += [_("đến hết {until}").format(until=formats.day(until))] if until else []
    return joined(" ", said) or _("không nêu thời hạn")


def _sentences(before: Any, after: Any) -> Iterable[str]:
    value = words_of(after.key, after.value, after.unit)
    if before is None:
        yield _("«{value}», hiệu lực {valid_from}, theo {legal_basis}").format(
            value=value, valid_from=validity_words(after.valid_from, after.valid_to), legal_basis=after.legal_basis
        )
        return
    old = words_of(before.key, before.value, before.unit)
    if old != value:
        yield _("giá trị «{old}» thành «{value}»").format(old=old, value=value)
    spans = [validity_words(one.valid_from, one.valid_to) for one in (before, after)]
    if spans[0] != spans[1]:
        yield _("hiệu lực của «{value}» thành {value2} (trước: {value3})").format(
            value=value, value2=spans[1], value3=spans[0]
        )
    if before.legal_basis != after.legal_basis:
        yield _("căn cứ «{legal_basis}» thành «{legal_basis2}»").format(
            legal_basis=before.legal_basis, legal_basis2=after.legal_basis
        )
    if before.confidence != after.confidence:
        yield _("độ tin cậy thành «{label}»").format(label=Confidence(after.confidence).label)

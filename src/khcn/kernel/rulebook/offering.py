"""Rules that a new release brings and that differ from what is said here: offered, never written over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.matching import digest_of, key_of, met_by, said_ever
from khcn.kernel.rulebook.models import KeptValue, Rule
from khcn.kernel.rulebook.permissions import may_change_rules
from khcn.kernel.rulebook.services import NewValue, correct_rule, plan_correcting, plan_replacing, replace_rule
from khcn.kernel.rulebook.shipped import ShippedRule, shipped_rules
from khcn.kernel.rulebook.timeline import Plan, RuleNotChanged
from khcn.language.words import words as _

WHY = _("Theo bản mới của phần mềm")


@dataclass(frozen=True)
class Offer:
    """One shipped row that was never said here, and the row of this place that it differs from.

    `same_start`: the row begins on the same day, so that the offer corrects it; otherwise the offer follows it.
    """

    shipped: ShippedRule
    row: Rule
    same_start: bool

    @property
    def digest(self) -> str:
        """Return the name by which the offer is answered; another text makes another offer."""
        return digest_of(self.shipped)

    @property
    def new(self) -> NewValue:
        """Return the offer as an administrator would say it."""
        one = self.shipped
        return NewValue(one.value, one.valid_from, one.legal_basis, one.confidence, WHY, one.valid_to)

    def plan(self) -> Plan:
        """Return what the rule would say after accepting.

        Raises: UnreadableValue; RuleNotChanged.
        """
        return plan_correcting(self.row, self.new) if self.same_start else plan_replacing(self.row, self.new)


def offers() -> list[Offer]:
    """Return what the shipped rules offer here and nobody has answered; four queries."""
    offices = {office.code: office.pk for office in Office.objects.all()}
    rows = list(Rule.objects.select_related("office").order_by("key", F("valid_from").asc(nulls_first=True)))
    known, kept = said_ever(), set(KeptValue.objects.values_list("digest", flat=True))
    found = []
    for one in shipped_rules():
        office = offices.get(one.office)
        if (one.office and office is None) or key_of(one, office) in known or digest_of(one) in kept:
            continue
        if (met := met_by(one, office, rows)) is not None:
            found.append(Offer(one, met, met.valid_from == one.valid_from))
    return found


def accept_offer(*, offer: Offer, actor: Any) -> Rule:
    """Let what the release offers hold here from its first day; dates follow as with any change.

    Raises: NotPermitted; UnreadableValue; RuleNotChanged, where it does not fit the values here.
    """
    if offer.same_start:
        return correct_rule(rule=offer.row, new=offer.new, actor=actor)
    one = offer.shipped
    if one.valid_from is None:
        raise RuleNotChanged(
            _("Chưa nhận được «{label}»: trùng thời gian với giá trị đang ghi. Dùng «Sửa sai».").format(label=one.label)
        )
    return replace_rule(
        rule=offer.row,
        value=one.value,
        valid_from=one.valid_from,
        legal_basis=one.legal_basis,
        confidence=one.confidence,
        actor=actor,
        why=WHY,
    )


def keep_own(*, offer: Offer, actor: Any, why: str) -> KeptValue:
    """Keep what is said here against the release, with the reason; the same offer is not made again.

    Raises: NotPermitted; RuleNotChanged, without a reason.
    """
    may_change_rules(actor).enforce()
    if not why.strip():
        raise RuleNotChanged(_("Chưa ghi được việc giữ «{label}»: nêu lý do giữ.").format(label=offer.row.label))
    with recording(
        actor=actor, verb="keep-rule", label=_("giữ giá trị «{label}»").format(label=offer.row.label)[:200], why=why
    ):
        kept = KeptValue(key=offer.shipped.key, digest=offer.digest, why=why)
        kept.save()
    return kept

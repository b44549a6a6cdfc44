"""Read what the province has for science and technology, and by which rules it is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.selectors import ClassNotFound, class_named
from khcn.kernel.identity.models import Office
from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.records.record import Record
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.parties.identifiers import field_level
from khcn.parties.models import Equipment, Organisation, ScienceOrganisation
from khcn.parties.models.science import JOINT
from khcn.parties.rules import months_before
from khcn.ui import formats

CV_AGE = "parties.cv_age"
FIELD_SCHEME = "parties.field_scheme"
PERSON_LEVELS = "parties.person_field_levels"
ORGANISATION_LEVELS = "parties.organisation_field_levels"
CERTIFICATE_NOTICE = "parties.certificate_notice"
LARGE_EQUIPMENT = "parties.large_equipment"
SHARED_EQUIPMENT = "parties.shared_equipment"


class FieldRefused(ValueError):
    """A code of a research field cannot stand where it was written; the message says why and by which rule."""


def field_named(written: str, *, on: date, office: Office | None, levels: str) -> Classification | None:
    """Return the research field of a code or name, in the classification that applied on the day; None for nothing.

    `levels`: the rule that says which levels may stand here. Raises: FieldRefused; RuleUnknown.
    """
    code = written.split(JOINT, 1)[0].strip()
    if not code:
        return None
    scheme = rule_in_force(FIELD_SCHEME, on=on, office=office)
    try:
        found = class_named(scheme.value, code, on)
    except ClassNotFound as missing:
        raise FieldRefused(
            _(
                "Lĩnh vực «{code}» không có trong bảng phân loại áp dụng ngày {on} ({basis}). Ghi mã hoặc tên có trong "
                "bảng; nếu bảng chưa được nạp thì để trống."
            ).format(code=code, on=formats.day(on), basis=scheme.legal_basis)
        ) from missing
    allowed = rule_in_force(levels, on=on, office=office)
    if field_level(found.code) not in allowed.value:
        raise FieldRefused(
            _("Mã lĩnh vực «{code}» thuộc cấp {level}; mục này cần mã cấp {allowed} ({basis}).").format(
                code=found.code,
                level=field_level(found.code),
                allowed=joined(", ", [str(one) for one in allowed.value]),
                basis=allowed.legal_basis,
            )
        )
    return found


def rule_for(key: str, *, on: date | None, office: Office | None) -> Rule | None:
    """Return the rule in force, None where none says anything or the day is not known."""
    try:
        return rule_in_force(key, on=on, office=office) if on is not None else None
    except RuleUnknown:
        return None


def oldest_fresh_day(user: Any) -> date | None:
    """Return the day since which a CV must have been updated for this user today; None where no rule says so."""
    day = acting_day(user)
    rule = rule_for(CV_AGE, on=day, office=getattr(user, "office", None))
    return months_before(day, int(rule.value)) if rule is not None and day is not None else None


def large_cost_vnd(user: Any) -> int | None:
    """Return from which cost in đồng equipment counts as large; None where no rule says so."""
    rule = rule_for(LARGE_EQUIPMENT, on=acting_day(user), office=getattr(user, "office", None))
    return int(rule.value) if rule is not None else None


def publication_rule(record: Record, on: date) -> Rule | None:
    """Return the rule that says what of shared equipment must be public on the day."""
    return rule_for(SHARED_EQUIPMENT, on=on, office=record.office)


def shared_equipment_of(organisation: Organisation, user: Any) -> Any:
    """Return the shared equipment of an organisation that the user may know of."""
    rows = Equipment.objects.visible_to(user).standing().filter(organisation=organisation)
    return rows.shared().order_by("title", "pk")


def ending_certificates(*, on: date) -> list[ScienceOrganisation]:
    """Return the organisations whose certificate ends within the days of notice, or ended; none without a rule.

    Only organisations that exist and are not withdrawn; each office by its own rule.
    """
    rows = ScienceOrganisation.objects.exclude(certificate_until=None).filter(
        organisation__withdrawn_on=None, organisation__ended_on=None
    )
    found = []
    for facts in rows.select_related("organisation__office").order_by("pk"):
        rule = rule_for(CERTIFICATE_NOTICE, on=on, office=facts.organisation.office)
        if rule is not None and facts.certificate_until - timedelta(days=int(rule.value)) <= on:
            found.append(facts)
    return found

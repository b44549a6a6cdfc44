"""Give out a link, take it back, note the day on which it was opened."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from khcn.kernel.access.decisions import requires
from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_value
from khcn.kernel.sharing.models import LinkOpening, SharedLink
from khcn.kernel.sharing.registry import shareable_of
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _

NONCE_BYTES = 16
USUAL_DAYS = 90
LONGEST_DAYS = 366
DAYS_RULE = "sharing.link-days"
OPEN = _("Mở liên kết đọc không cần tài khoản")


def usual_days(on: date, office: Office | None) -> int:
    """Return how many days a link lasts where nobody says otherwise: the rulebook's value, else 90."""
    try:
        return int(rule_value(DAYS_RULE, on=on, office=office))
    except RuleUnknown:
        return USUAL_DAYS


def release_link(*, record: Record, actor: Any, on: date, days: int | None = None, purpose: str = "") -> SharedLink:
    """Let whoever holds the link read the record's released page until a day; links given out before stay as they are.

    `days`: how long after today, the rulebook's number where not said. Raises: NotPermitted; NotPossible, where the
    record is not for everyone.
    """
    shareable = shareable_of(record.REGISTER)
    if shareable is None:
        raise NotPossible(record, OPEN, [_("Loại hồ sơ này không có trang đọc không cần tài khoản.")])
    shareable.may_release(actor, record).enforce()
    refuse_withdrawn(record, OPEN)
    lasts = usual_days(on, record.office) if days is None else days
    reasons = [shareable.closed(record)]
    reasons += [_("Thời hạn phải từ 1 đến {longest_days} ngày.").format(longest_days=LONGEST_DAYS)] * (
        not 1 <= lasts <= LONGEST_DAYS
    )
    if any(reasons):
        raise NotPossible(record, OPEN, [reason for reason in reasons if reason])
    with recording(actor=actor, verb="release-link", label=_("mở liên kết đọc {code}").format(code=record.code), on=on):
        link = SharedLink(
            register=record.REGISTER,
            record_id=record.pk,
            purpose=purpose.strip(),
            nonce=secrets.token_urlsafe(NONCE_BYTES),
            released_on=on,
            released_by=actor,
            valid_until=on + timedelta(days=lasts),
        )
        link.save()
    return link


def revoke_link(*, link: SharedLink, actor: Any, on: date) -> SharedLink:
    """Take a link back at once and for good, whoever holds it; a link taken back stays so.

    Raises: NotPermitted.
    """
    record, shareable = resolve([link.ref], everything=True).get(link.ref), shareable_of(link.register)
    requires(record is not None and shareable is not None, _("Liên kết này không còn thuộc hồ sơ nào.")).enforce()
    shareable.may_release(actor, record).enforce()  # type: ignore[union-attr]  # required above
    if link.revoked_on is None:
        link.revoked_on, link.revoked_by = on, actor
        with recording(actor=actor, verb="revoke-link", label=_("thu hồi liên kết đọc"), on=on):
            link.save()
    return link


def note_opening(*, link: SharedLink, on: date) -> None:
    """Note the day on which a link was opened; written once a day, nothing about who opened it."""
    made = LinkOpening.objects.get_or_create(link=link, defaults={"last_opened_on": on})[1]
    if not made:
        LinkOpening.objects.filter(Q(last_opened_on__lt=on), link=link).update(last_opened_on=on)

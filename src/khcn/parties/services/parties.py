"""Enter organisations and people, give and end their roles, say for whom an account acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.identity.models import User
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter, perform
from khcn.kernel.workflow.standing import withdrawn_reason
from khcn.language.words import words as _
from khcn.parties.models import AgencyAccount, Organisation, Person, PersonRole
from khcn.parties.permissions import may_edit_party, may_link_account
from khcn.parties.rules import overlap
from khcn.parties.workflow import ORGANISATION_WORKFLOW, PERSON_WORKFLOW


class PartyRefused(ValueError):
    """What was asked of a party cannot be; the message says why and what to do."""


def enter_organisation(*, organisation: Organisation, actor: Any, on: date) -> Organisation:
    """Enter an organisation into the register.

    Raises: NotPermitted; PartyRefused, without a name.
    """
    may_edit_party(actor, organisation).enforce()
    _require_name(organisation.title, _("tổ chức"))
    enter(ORGANISATION_WORKFLOW, organisation, actor=actor, on=on, label=_("ghi vào sổ tổ chức"))
    return organisation


def end_organisation(
    *, organisation: Organisation, ended_on: date, successor: Organisation | None, actor: Any, on: date, note: str
) -> Organisation:
    """Record that an organisation ended, and which one goes on in its place.

    Raises: NotPermitted; NotPossible; PartyRefused, if it would be its own successor.
    """
    if successor is not None and successor.pk == organisation.pk:
        raise PartyRefused(
            _("«{organisation}» không thể tự kế thừa mình. Chọn tổ chức kế thừa khác hoặc để trống.").format(
                organisation=organisation
            )
        )
    organisation.ended_on, organisation.successor = ended_on, successor
    perform(ORGANISATION_WORKFLOW, "end", organisation, actor=actor, on=on, note=note)
    return organisation


def enter_person(*, person: Person, actor: Any, on: date) -> Person:
    """Enter a person into the register.

    Raises: NotPermitted; PartyRefused, without a name.
    """
    may_edit_party(actor, person).enforce()
    _require_name(person.title, _("cá nhân"))
    person.title = " ".join(person.title.split())
    enter(PERSON_WORKFLOW, person, actor=actor, on=on, label=_("ghi vào sổ cá nhân"))
    return person


def give_role(*, held: PersonRole, actor: Any, on: date | None = None) -> PersonRole:
    """Enter a role of a person: where, since when, until when, with which rank.

    Raises: NotPermitted; PartyRefused, if it is empty, ends before it begins or is already entered for that time.
    """
    person = held.person
    may_edit_party(actor, person).enforce()
    _refuse_withdrawn(person)
    held.role = " ".join(held.role.split())
    if not held.role:
        raise PartyRefused(_("Chưa ghi được chức vụ của {person}: thiếu tên chức vụ.").format(person=person))
    _refuse_disorder(held)
    same = PersonRole.objects.filter(person=person, role__iexact=held.role, organisation=held.organisation)
    if any(overlap((one.valid_from, one.valid_to), (held.valid_from, held.valid_to)) for one in same):
        raise PartyRefused(
            _("{person} đã có chức vụ «{role}» trong khoảng thời gian này. Sửa dòng đã có hoặc đổi ngày.").format(
                person=person, role=held.role
            )
        )
    with recording(actor=actor, verb="give-role", label=_("ghi chức vụ «{role}»").format(role=held.role)[:200], on=on):
        held.save()
    return held


def end_role(*, held: PersonRole, ended_on: date, actor: Any, on: date | None = None, why: str = "") -> PersonRole:
    """Record the last day on which a person held a role.

    Raises: NotPermitted; PartyRefused, if the role ended already or would end before it began.
    """
    may_edit_party(actor, held.person).enforce()
    _refuse_withdrawn(held.person)
    if held.valid_to is not None:
        raise PartyRefused(
            _("Chức vụ «{role}» của {person} đã kết thúc ngày {valid_to}.").format(
                role=held.role, person=held.person, valid_to=_day(held.valid_to)
            )
        )
    with recording(
        actor=actor,
        verb="end-role",
        label=_("ghi thôi giữ chức vụ «{role}»").format(role=held.role)[:200],
        why=why,
        on=on,
    ):
        held.valid_to = ended_on
        _refuse_disorder(held)
        held.save()
    return held


def link_account(
    *, user: User, organisation: Organisation, valid_from: date, actor: Any, valid_to: date | None = None
) -> AgencyAccount:
    """Let an account act for an outside organisation, for a time.

    Raises: NotPermitted; PartyRefused, if it already does, or the time is not in order.
    """
    may_link_account(actor, organisation).enforce()
    _refuse_withdrawn(organisation)
    if valid_to is not None and valid_to < valid_from:
        raise PartyRefused(
            _("Chưa gắn được tài khoản {user}: ngày kết thúc {valid_to} trước ngày bắt đầu.").format(
                user=user, valid_to=_day(valid_to)
            )
        )
    same = AgencyAccount.objects.filter(user=user, organisation=organisation)
    if any(overlap((one.valid_from, one.valid_to), (valid_from, valid_to)) for one in same):
        raise PartyRefused(
            _("Tài khoản {user} đã thay mặt {organisation} trong khoảng thời gian này.").format(
                user=user, organisation=organisation
            )
        )
    linked = AgencyAccount(user=user, organisation=organisation, valid_from=valid_from, valid_to=valid_to)
    with recording(
        actor=actor,
        verb="link-account",
        label=_("gắn tài khoản {user} với {organisation}").format(user=user, organisation=organisation)[:200],
        on=valid_from,
    ):
        linked.save()
    return linked


def end_account(*, account: AgencyAccount, ended_on: date, actor: Any) -> AgencyAccount:
    """Record the last day on which an account acts for its organisation.

    Raises: NotPermitted; PartyRefused, if it ended before or would end before it began.
    """
    may_link_account(actor, account.organisation).enforce()
    if account.valid_to is not None or ended_on < account.valid_from:
        raise PartyRefused(
            _("Tài khoản {account}: ngày kết thúc không hợp lệ, hoặc đã kết thúc rồi.").format(account=account)
        )
    with recording(actor=actor, verb="end-account", label=_("thôi gắn tài khoản với tổ chức"), on=ended_on):
        account.valid_to = ended_on
        account.save()
    return account


def _refuse_withdrawn(party: Organisation | Person) -> None:
    if reason := withdrawn_reason(party):
        raise PartyRefused(reason)


def _require_name(name: str, what: str) -> None:
    if not name.strip():
        raise PartyRefused(_("Chưa ghi được {what}: thiếu tên.").format(what=what))


def _refuse_disorder(held: PersonRole) -> None:
    if held.valid_from and held.valid_to and held.valid_to < held.valid_from:
        raise PartyRefused(
            _(
                "Chưa ghi được chức vụ «{role}» của {person}: ngày kết thúc {valid_to} trước ngày bắt đầu {valid_from}."
            ).format(role=held.role, person=held.person, valid_to=_day(held.valid_to), valid_from=_day(held.valid_from))
        )


def circles_refused(_before: Record, after: Record) -> list[str]:
    """Say why a correction would put two organisations under each other; nothing where it would not."""
    if not isinstance(after, Organisation):
        return []
    seen, above = {after.pk}, after.parent
    while above is not None:
        if above.pk in seen:
            return [
                _("«{after}» không thể trực thuộc «{parent}»: hai tổ chức sẽ thuộc lẫn nhau.").format(
                    after=after, parent=after.parent
                )
            ]
        seen.add(above.pk)
        above = above.parent
    return []


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"

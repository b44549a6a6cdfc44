"""Keep the divisions of an office and its own particulars; each act stays in the office's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from khcn.kernel.identity.administering import change_account
from khcn.kernel.identity.models import Division, Office, OfficeEvent, RoleGrant, User
from khcn.kernel.identity.permissions import may_administer
from khcn.kernel.identity.services import NotGranted
from khcn.language.words import joined
from khcn.language.words import words as _

OFFICE_FIELDS = ("name", "short_name", "symbol", "parent_name", "seat")


def open_division(*, values: Mapping[str, Any], actor: User, at: datetime, why: str) -> Division:
    """Found a division in the actor's office. `values`: code, name, valid_from.

    Raises: NotPermitted; NotGranted, for a code or a name that another division in force bears.
    """
    may_administer(actor).enforce()
    with transaction.atomic():
        _hold(actor.working_office)
        found = Division(office=actor.working_office, **values)
        _refuse_twin(found)
        found.save()
        _note(
            found.office,
            found,
            _("lập «{name}» ({code})").format(name=found.name, code=found.code),
            actor=actor,
            at=at,
            why=why,
        )
    return found


def change_division(*, division: Division, name: str, actor: User, at: datetime, why: str) -> bool:
    """Rename a division; records, papers in the making and people show the new name. Returns whether it changed.

    Raises: NotPermitted; NotGranted, for a name that another division in force bears.
    """
    may_administer(actor, division).enforce()
    with transaction.atomic():
        _hold(division.office)
        current = Division.objects.get(pk=division.pk)
        before, current.name = current.name, name.strip()
        if current.name == before:
            return False
        _refuse_twin(current)
        current.save(update_fields=["name"])
        _note(
            current.office,
            current,
            _("đổi tên: {before} → {name}").format(before=before, name=current.name),
            actor=actor,
            at=at,
            why=why,
        )
    return True


def end_division(*, division: Division, last: date, actor: User, at: datetime, why: str) -> Division:
    """Let a division exist until the day, included; who calls has moved what it answers for.

    Raises: NotPermitted; NotGranted, while people sit there or hold roles there, or if it has ended.
    """
    may_administer(actor, division).enforce()
    with transaction.atomic():
        _hold(division.office)
        current = Division.objects.get(pk=division.pk)
        if current.valid_to is not None:
            raise NotGranted(_("«{current}» đã thôi hoạt động từ trước.").format(current=current))
        if current.valid_from is not None and last < current.valid_from:
            raise NotGranted(
                _("Ngày thôi hoạt động trước ngày lập «{current}». Chọn ngày khác.").format(current=current)
            )
        _refuse_people(current, last)
        current.valid_to = last
        current.save(update_fields=["valid_to"])
        words = _("«{name}» thôi hoạt động, đến hết {day}/{month}/{year}").format(
            name=current.name, day=last.day, month=last.month, year=last.year
        )
        _note(current.office, current, words, actor=actor, at=at, why=why)
    return current


def move_people(*, people: Sequence[User], to: Division, actor: User, at: datetime, why: str) -> int:
    """Let people work in another division from now on; returns how many moved. Their roles stay as they are.

    Raises: NotPermitted; NotGranted, also for oneself.
    """
    if to.valid_to is not None:
        raise NotGranted(_("«{to}» đã thôi hoạt động. Chọn phòng, đơn vị khác.").format(to=to))
    with transaction.atomic():
        for person in people:
            change_account(user=person, values={"division": to}, actor=actor, at=at, why=why)
    return len(people)


def change_office(*, values: Mapping[str, Any], actor: User, at: datetime, why: str) -> list[str]:
    """Correct the particulars of the actor's office (`OFFICE_FIELDS`); returns the words of what changed.

    Raises: NotPermitted.
    """
    may_administer(actor).enforce()
    with transaction.atomic():
        office = _hold(actor.working_office)
        changed = [name for name in OFFICE_FIELDS if name in values and getattr(office, name) != values[name]]
        told = [
            _("{label}: {old} → {new}").format(label=_label(name), old=getattr(office, name), new=values[name])
            for name in changed
        ]
        for name in changed:
            setattr(office, name, values[name])
        if changed:
            office.save(update_fields=changed)
            _note(
                office,
                None,
                _("sửa thông tin cơ quan ({told})").format(told=joined("; ", told)),
                actor=actor,
                at=at,
                why=why,
            )
    return told


def _label(name: str) -> str:
    field: Any = Office._meta.get_field(name)
    label: str = field.verbose_name
    return label


def _hold(office: Office) -> Office:
    return Office.objects.select_for_update(of=("self",)).get(pk=office.pk)


def _refuse_twin(division: Division) -> None:
    others = Division.objects.filter(office=division.office_id).exclude(pk=division.pk)
    if others.filter(code__iexact=division.code).exists():
        raise NotGranted(
            _("Ký hiệu «{code}» đã dùng cho phòng, đơn vị khác, kể cả đã thôi. Chọn ký hiệu khác.").format(
                code=division.code
            )
        )
    if others.filter(name__iexact=division.name, valid_to=None).exists():
        raise NotGranted(_("Đã có phòng, đơn vị tên «{name}». Ghi tên khác.").format(name=division.name))


def _refuse_people(division: Division, last: date) -> None:
    sitting = User.objects.filter(division=division, is_active=True)
    holding = RoleGrant.objects.in_force(last).filter(division=division, user__is_active=True)
    names = dict.fromkeys(str(one) for one in (*sitting, *(grant.user for grant in holding.select_related("user"))))
    if names:
        raise NotGranted(
            _(
                "«{division}» còn người làm việc hoặc giữ vai trò: {value}. Chuyển người sang phòng khác, thôi "
                "giao vai trò của phòng trước."
            ).format(division=division, value=", ".join(list(names)[:10]))
        )


def _note(office: Office, division: Division | None, words: str, *, actor: User, at: datetime, why: str) -> None:
    if not why.strip():
        raise NotGranted(_("Ghi lý do; lý do được giữ trong lịch sử."))
    OfficeEvent.objects.create(
        office=office,
        division=division,
        at=at,
        actor=actor,
        actor_name=str(actor),
        words=words[:500],
        why=why.strip()[:500],
    )

"""Hand over the open work of a person who leaves or of a division that ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Coalesce

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.administering import close_account
from khcn.kernel.identity.models import Division, Office, User
from khcn.kernel.identity.organising import end_division
from khcn.kernel.identity.services import NotGranted
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.bulk import write_changed
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.records.registry import register as register_of
from khcn.language.words import words as _

AT_ONCE = 500
NAMED = 20
REGISTERS_NAMED = 5


@dataclass(frozen=True)
class OpenWork:
    """What is open in one register: how many records the reader may know of, and the first of them."""

    register: Register
    count: int
    first: list[Record]


def open_work(owner: Division | User, reader: Any) -> list[OpenWork]:
    """Return what the person or the division still answers for, of what the reader may know of; most of it first.

    One query counts it, and one more for each register of the first few names records.
    """
    asked = {register.key: _open(register, register.visible_to(reader), owner) for register in registers()}
    one = Office.objects.filter(pk=owner.office_id or 0).annotate(
        **{f"n{place}": _counted(rows) for place, rows in enumerate(asked.values())}
    )
    counts = {key: getattr(office, f"n{place}") for office in one for place, key in enumerate(asked)}
    most = sorted((key for key, count in counts.items() if count), key=lambda key: -counts[key])
    named = {key: list(asked[key].order_by("code")[:NAMED]) for key in most[:REGISTERS_NAMED]}
    return [OpenWork(register_of(key), counts[key], named.get(key, [])) for key in most]


def _counted(rows: Any) -> Coalesce:
    grouped = rows.order_by().annotate(together=Value(1)).values("together")
    return Coalesce(Subquery(grouped.annotate(number=Count("pk")).values("number")), 0)


def dissolve_division(*, division: Division, to: Division, last: date, actor: User, at: datetime, why: str) -> Division:
    """End a division; another takes over all it answers for, also what the actor may not know of.

    A receiver is always named, so that nothing is told of what the actor may not know of.
    Raises: NotPermitted; NotGranted.
    """
    if to.pk == division.pk or to.office_id != division.office_id or to.valid_to is not None:
        raise NotGranted(_("Chọn phòng, đơn vị tiếp nhận khác, đang hoạt động, trong cùng cơ quan."))
    with transaction.atomic():
        ended = end_division(division=division, last=last, actor=actor, at=at, why=why)
        label = _("chuyển từ «{division}» thôi hoạt động sang «{to}»").format(division=division, to=to)
        with recording(actor=actor, verb="hand-over", label=label[:200], why=why, on=last):
            for register in registers():
                names = _fields(register.model, Division)
                for rows in _pieces(_open(register, register.model.objects.all(), division)):
                    for row in rows:
                        _replace(row, names, division, to)
                    write_changed(rows, names)
            for rows in _pieces(Obligation.objects.open().filter(division=division)):
                for row in rows:
                    row.division = to
                write_changed(rows, ["division"])
    return ended


def leave(*, user: User, to: User | None, actor: User, at: datetime, on: date, why: str) -> None:
    """Close an account; where a colleague takes over, they become responsible for what was open.

    Of confidential records nobody becomes responsible by this way: the division in charge names another.
    Raises: NotPermitted; NotGranted.
    """
    if to is not None and (to.pk in {user.pk, actor.pk} or to.office_id != user.office_id or not to.is_active):
        raise NotGranted(
            _("Người nhận việc phải là đồng nghiệp khác đang làm việc trong cùng cơ quan, không phải bạn.")
        )
    with transaction.atomic():
        close_account(user=user, actor=actor, at=at, why=why)
        if to is not None:
            with recording(
                actor=actor,
                verb="hand-over",
                label=_("bàn giao từ {user} cho {to}").format(user=user, to=to)[:200],
                why=why,
                on=on,
            ):
                _hand_over(user, to)


def _hand_over(user: User, to: User) -> None:
    for register in registers():
        for rows in _pieces(_open(register, register.model.objects.all(), user)):
            for row in rows:
                row.responsible = None if row.confidentiality == Confidentiality.CONFIDENTIAL else to
            write_changed(rows, ["responsible"])
    for rows in _pieces(Obligation.objects.open().filter(person=user)):
        for row in rows:
            row.person = to
        write_changed(rows, ["person"])


def _open(register: Register, rows: Any, owner: Division | User) -> Any:
    """Keep the standing records not yet finished for which the person or the division answers."""
    names = ["responsible"] if isinstance(owner, User) else _fields(register.model, Division)
    answers = Q()
    for name in names:
        answers |= Q(**{name: owner.pk})
    workflow = register.workflow
    finished = [state for state, info in workflow.info.items() if info.final] if workflow is not None else []
    return rows.filter(answers, withdrawn_on=None).exclude(state__in=finished)


def _fields(model: Any, target: type) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.related_model is target]


def _replace(row: Any, names: list[str], before: Division, after: Division) -> None:
    for name in names:
        if getattr(row, f"{name}_id") == before.pk:
            setattr(row, name, after)


def _pieces(rows: Any) -> Iterator[list[Any]]:
    """Yield the rows in pieces; which they are is settled first, since they are changed meanwhile."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield list(rows.model.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk"))

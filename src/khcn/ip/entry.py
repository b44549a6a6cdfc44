"""Enter and import titles and registrations abroad from what people type."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings

from khcn.ip.models import ForeignRegistration, ProtectionTitle
from khcn.ip.permissions import may_enter_title
from khcn.ip.selectors import ELSEWHERE, NamedHolder, holders_named
from khcn.ip.services import add_holder, enter_title, start_foreign_registration
from khcn.ip.states import TitleState
from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Question
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person

Holders = tuple[NamedHolder, ...]
HolderKey = tuple[str, int | None, bool]


def enter_title_values(*, values: dict[str, Any], actor: Any, on: date) -> ProtectionTitle:
    """Enter an application from the answers of the form, in the division of whoever enters it.

    Raises: NotPermitted.
    """
    stored = {name: value for name, value in values.items() if name != HOLDERS.name}
    title = ProtectionTitle(office=actor.working_office, division=actor.division, **stored)
    with recording(actor=actor, verb="create", label=_("nhập đơn đăng ký bảo hộ"), on=on):
        enter_title(title=title, holders=(), actor=actor, on=on)
        change_holders(title, values.get(HOLDERS.name, ()))
    return title


def enter_foreign_values(*, values: dict[str, Any], actor: Any, on: date) -> ForeignRegistration:
    """Open a registration abroad from the answers of the form.

    Raises: NotPermitted.
    """
    registration = ForeignRegistration(office=actor.working_office, division=actor.division, **values)
    return start_foreign_registration(registration=registration, actor=actor, on=on)


def import_title(
    values: dict[str, Any], *, actor: Any, on: date, known_from: datetime | None = None
) -> ProtectionTitle:
    """Enter one title of an import sheet with its holders, in the state the sheet says.

    `values`: importable columns by name; `holders_text` names the holders, `office` the office where it is not that
    of the actor or, without an actor, of this installation. Raises: NotPermitted; HolderUnknown.
    """
    said = dict(values)
    names = said.pop("holders_text", "")
    office = said.pop("office", None) or _office_of(actor)
    said.setdefault("division", actor.division if actor is not None else None)
    said.setdefault("state", TitleState.FILED)
    said.setdefault("provenance", Provenance.IMPORTED)
    title = ProtectionTitle(office=office, **said)
    if actor is not None:
        may_enter_title(actor, title).enforce()
    holders = holders_named(names, office=office, user=actor)
    with recording(
        actor=actor, verb="import", label=_("nhập văn bằng từ tệp"), on=on, known_from=known_from, imported=True
    ):
        title.save()
        change_holders(title, holders)
    return title


def _office_of(actor: Any) -> Office:
    return actor.working_office if actor is not None else Office.objects.get(code=settings.OFFICE)


def change_holders(title: ProtectionTitle, wanted: Holders) -> None:
    """Make the title's holders those wanted, inside the change under way; history keeps who held it before.

    Raises: UnrecordedChange.
    """
    missing = {_key(one.party, in_province=one.in_province): one for one in wanted}
    for holder in list(title.holders.all()):
        if missing.pop(_key(holder.organisation or holder.person, in_province=holder.in_province), None) is None:
            holder.remove()
    for one in missing.values():
        add_holder(title=title, party=one.party, in_province=one.in_province)


def _key(party: Organisation | Person, *, in_province: bool) -> HolderKey:
    return party.REGISTER, party.pk, in_province


def _read(title: ProtectionTitle) -> str:
    parts = []
    for holder in title.holders.all():
        party = holder.organisation or holder.person
        parts.append(f"{party.code} · {party.title}" + ("" if holder.in_province else f" {ELSEWHERE}"))
    return "; ".join(parts)


def _parse(text: str, user: Any, on: date) -> Holders:
    del on
    return holders_named(text, office=user.working_office, user=user)


def _same(title: ProtectionTitle, wanted: Holders) -> bool:
    now = {_key(one.organisation or one.person, in_province=one.in_province) for one in title.holders.all()}
    return now == {_key(one.party, in_province=one.in_province) for one in wanted}


HOLDERS = Question(
    name="holders",
    label=_("Chủ văn bằng"),
    parse=_parse,
    read=_read,
    same=_same,
    write=change_holders,
    help_text=_(
        "Tên hoặc mã trong sổ tổ chức, sổ cá nhân; nhiều chủ cách nhau bằng dấu chấm phẩy. Chủ ở nơi khác ghi "
        "thêm {elsewhere} sau tên."
    ).format(elsewhere=ELSEWHERE),
)

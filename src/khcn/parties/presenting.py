"""What the record pages of parties show besides the register's own facts, as values of the interface."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import NoReverseMatch, reverse

from khcn.kernel.records.record import Record
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.permissions import may_edit_party
from khcn.ui import formats


def person_page(request: Any, person: Person) -> dict[str, Any]:
    """Return the roles of a person over time, the latest first, and what the user may do about them."""
    roles = person.roles.select_related("organisation").order_by(
        F("valid_from").desc(nulls_last=True), "protocol_rank", "pk"
    )
    may_edit = _may_edit(request, person)
    ids = {held.organisation_id for held in roles} - {None}
    shown = set(Organisation.objects.visible_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))
    return {
        "role_columns": [{"label": label} for label in (_("Chức vụ"), _("Tổ chức"), _("Thời gian"), _("Nguồn"), "")],
        "role_rows": [_role_row(held, shown, may_edit=may_edit) for held in roles],
        "acts": _acts((_("Ghi chức vụ"), "plus", "role-give"), of=person) if may_edit else [],
    }


def organisation_page(request: Any, organisation: Organisation) -> dict[str, Any]:
    """Return the people of an organisation over time, by protocol, and its parts."""
    roles = organisation.person_roles.select_related("person").order_by("protocol_rank", "person__sort_name", "pk")
    people = {held.person_id for held in roles}
    shown = set(Person.objects.visible_to(request.user).filter(pk__in=people).values_list("pk", flat=True))
    return {
        "people_columns": [{"label": label} for label in (_("Cá nhân"), _("Chức vụ"), _("Thời gian"))],
        "people_rows": [_person_row(held, shown) for held in roles],
        "children": [
            {"label": child.title, "url": record_address(child)}
            for child in organisation.children.visible_to(request.user).order_by("title")
        ],
    }


def period_of(held: PersonRole) -> str:
    """Return the time of a role in words; what is not known is not invented."""
    if held.valid_from is None and held.valid_to is None:
        return (
            _("ghi nhận ngày {known_on}").format(known_on=formats.day(held.known_on))
            if held.known_on
            else _("chưa rõ thời gian")
        )
    start = (
        _("từ {valid_from}").format(valid_from=formats.day(held.valid_from))
        if held.valid_from
        else _("chưa rõ từ ngày nào")
    )
    return (
        _("{start} đến {valid_to}").format(start=start, valid_to=formats.day(held.valid_to))
        if held.valid_to
        else _("{start} đến nay").format(start=start)
    )


def address_of(name: str, *arguments: Any) -> str:
    """Return an address of the product, empty where its pages are not installed."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def record_address(record: Record) -> str:
    """Return the address of a record's page."""
    return address_of("record", record.REGISTER, record.code)


def _may_edit(request: Any, record: Organisation | Person) -> bool:
    """Tell whether to offer changes: to who may make them, and not while looking at the past."""
    user = request.user
    return bool(user.is_authenticated and not request.GET.get("as_of") and may_edit_party(user, record))


def _acts(*offers: tuple[str, str, str], of: Organisation | Person) -> list[dict[str, str]]:
    found = [{"label": label, "icon": icon, "url": address_of(name, of.code)} for label, icon, name in offers]
    return [act for act in found if act["url"]]


def _person_row(held: PersonRole, shown: set[int]) -> dict[str, Any]:
    person = held.person
    known = person.pk in shown
    name = person.title if known else person.listed_name
    return {"cells": [name, held.role, period_of(held)], "url": record_address(person) if known else ""}


def _role_row(held: PersonRole, shown: set[int], *, may_edit: bool) -> dict[str, Any]:
    organisation = held.organisation
    where: Any = organisation.listed_name if organisation else ""
    if organisation and organisation.pk in shown:
        where = {"text": organisation.title, "url": record_address(organisation)}
    end = (
        {"text": _("Ghi thôi giữ"), "url": address_of("role-end", held.pk)}
        if may_edit and held.valid_to is None
        else ""
    )
    return {"cells": [held.role, where, period_of(held), held.source_note, end]}

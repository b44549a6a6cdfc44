"""A world with one person of every kind and, in every register, one record of every kind of secrecy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from khcn.kernel.access.roles import STAFF_ROLES, Confidentiality, Role
from khcn.kernel.identity.models import User
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.tests.factories import make_division, make_office, make_user

DAY = date(2021, 9, 24)
# own: internal, of the division of the people; far: internal, of another office; secret: of another division; closed: its
# number says that it was withdrawn; open: public, of another office.
KINDS = ("own", "far", "secret", "closed", "open")
# What fits a field of each kind; a date with a time is a date too, so it comes first. Others take words.
FITTING: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.BooleanField, False),
    (models.DateTimeField, datetime(2021, 9, 24, 5, tzinfo=UTC)),
    (models.DateField, DAY),
    (models.DecimalField, Decimal(1)),
    (models.FloatField, 1.0),
    (models.IntegerField, 2021),
    (models.JSONField, {}),
)
# What the first choice of a field would contradict.
SAID: dict[str, dict[str, Any]] = {
    "assignment": {"precision": "none"},
    "paper": {"direction": "incoming"},
    "period-report": {"kind": "nine-month"},
    "scientist": {"consented_on": DAY},
    "equipment-booking": {"starts_at": datetime(2021, 9, 24, 1, tzinfo=UTC)},  # and ends at five, as it fits
}


def make_people() -> dict[str, User | AnonymousUser]:
    """Return one person of each role, one without a role, one of another office, and a visitor."""
    division = make_division()
    placed = {Role.SPECIALIST, Role.DIVISION_HEAD}
    people: dict[str, Any] = {
        role.value: make_user(role, username=role.value, division=division if role in placed else None) for role in Role
    }
    people["nobody"] = make_user(username="nobody")
    people["elsewhere"] = make_user(*STAFF_ROLES, username="elsewhere", office=make_office("KH"))
    people["visitor"] = AnonymousUser()
    return people


def make_records(kinds: tuple[str, ...] = KINDS) -> dict[tuple[str, str], Any]:
    """Return one record of each kind in each register, by the register's key and the kind."""
    made: dict[tuple[str, str], Any] = {}
    for found in registers():
        for kind in kinds:
            if (found.key, kind) not in made:
                make_record(found, kind, made)
    return made


def make_record(found: Register, kind: str, made: dict[tuple[str, str], Any] | None = None, **values: Any) -> Any:
    """Enter one record whose title says its kind; what its table demands is filled with the first that fits."""
    office = make_office("KH" if kind in {"far", "open"} else "TN")
    code = {"own": "", "closed": "Z"}.get(kind, kind.upper())
    levels = {"secret": Confidentiality.CONFIDENTIAL, "open": Confidentiality.PUBLIC}
    said = {
        "office": office,
        "division": None if kind in {"far", "open"} else make_division(code="BIMAT" if kind == "secret" else "QLCN"),
        "title": f"Hồ sơ kienthuc{kind} {found.key}",
        "confidentiality": levels.get(kind, Confidentiality.INTERNAL),
        **({"withdrawn_on": DAY, "withdrawal_reason": "nhập nhầm"} if kind == "closed" else {}),
        **values,
    }
    made = {} if made is None else made
    with recording(actor=None, verb="make", label="lập", on=DAY, imported=True):
        record: Any = found.model(**_demanded(found, said, kind, made))
        record.code = f"{found.model.CODE_PREFIX}-2021-9{len(code):03d}" if code else ""
        record.save()
    made[found.key, kind] = record
    return record


def _demanded(found: Register, said: dict[str, Any], kind: str, made: dict[tuple[str, str], Any]) -> dict[str, Any]:
    values = {**SAID.get(found.key, {}), **said}
    if found.key == "assignment":
        values.setdefault("lead_division", make_division())
    values["state"] = found.workflow.initial if found.workflow else "active"
    for one in _asked(found.model, values):
        owner = next((other for other in registers() if other.model is one.related_model), None)
        if owner is not None:
            values[one.name] = made.get((owner.key, kind)) or make_record(owner, kind, made)
        else:
            values[one.name] = _first(one, str(said["title"]))
    return values


def _asked(model: Any, values: dict[str, Any]) -> list[Any]:
    fields = [one for one in model._meta.concrete_fields if one.name not in values and one.name != "code"]
    return [one for one in fields if not (one.primary_key or one.null or one.has_default() or one.blank)]


def _first(one: Any, title: str) -> Any:
    if one.choices:
        return one.choices[0][0]
    if isinstance(one, models.ForeignKey):
        rows: Any = one.related_model._base_manager
        return rows.first() or rows.create(**{x.name: _first(x, title) for x in _asked(one.related_model, {})})
    fit = next((value for kind, value in FITTING if isinstance(one, kind)), None)
    return f"{one.name} {title}"[: one.max_length] if fit is None else fit

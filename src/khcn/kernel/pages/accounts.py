"""What the administrator's pages of accounts show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.administering import in_words
from khcn.kernel.identity.models import Division, RoleGrant, User
from khcn.kernel.identity.permissions import may_give_roles
from khcn.kernel.identity.services import DELEGABLE
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.kernel.text.folding import search_key, sort_key
from khcn.language.words import words as _
from khcn.ui import formats

CLOSED, ALL = "ngung", "tat-ca"
HISTORY_SHOWN = 100


def list_values(actor: User, asked: Any, today: date) -> dict[str, Any]:
    """Return the accounts of the office that the address asks for, with the roles they hold on the day it names."""
    day, problem = _day_asked(asked.get("ngay", ""), today)
    people = [person for person in _people(actor, asked, day) if _answers(person, asked.get("q", ""))]
    columns = (_("Họ và tên"), _("Phòng, đơn vị"), _("Vai trò ngày {day}").format(day=formats.day(day)), _("Tài khoản"))
    return {
        "columns": [{"label": label} for label in columns],
        "rows": [_row(person) for person in sorted(people, key=lambda one: sort_key(one.full_name))],
        "count_text": _("{people} tài khoản").format(people=formats.number(len(people))),
        "asked": {name: asked.get(name, "") for name in ("q", "vai-tro", "phong", "tinh-trang", "ngay")},
        "filters": _filters(actor, asked),
        "problem": problem,
        "day": day,
    }


def _people(actor: User, asked: Any, day: date) -> Any:
    grants = RoleGrant.objects.in_force(day).select_related("division").order_by("role", "pk")
    people = User.objects.filter(office=actor.office_id).select_related("division")
    state = asked.get("tinh-trang", "")
    if state != ALL:
        people = people.filter(is_active=state != CLOSED)
    if asked.get("vai-tro") in Role.values:
        people = people.filter(pk__in=grants.order_by().filter(role=asked["vai-tro"]).values("user"))
    if asked.get("phong", "").isdecimal():
        number = int(asked["phong"][:9])
        held = grants.order_by().filter(division=number).values("user")
        people = people.filter(Q(division=number) | Q(pk__in=held))
    return people.prefetch_related(Prefetch("role_grants", grants, to_attr="held"))


def _answers(person: User, text: str) -> bool:
    words = search_key(f"{person.full_name} {person.username} {person.job_title} {person.email}")
    return all(word in words for word in search_key(text[:200]).split())


def _day_asked(text: str, today: date) -> tuple[date, str]:
    if not text.strip():
        return today, ""
    try:
        return parse_day(text, today), ""
    except DateReadingError as error:
        return today, str(error)


def _row(person: Any) -> dict[str, Any]:
    roles = [f"{one.get_role_display()}{f' ({one.division})' if one.division else ''}" for one in person.held]
    return {
        "cells": [
            {"text": person.full_name, "url": reverse("account-of", args=[person.pk]), "sub": person.job_title},
            str(person.division) if person.division else None,
            "; ".join(roles) or None,
            {"text": person.username, "sub": "" if person.is_active else _("đã ngừng hoạt động")},
        ]
    }


def _filters(actor: User, asked: Any) -> list[dict[str, Any]]:
    divisions = [(str(one.pk), one.name) for one in Division.objects.filter(office=actor.office_id)]
    states = [("", _("Đang hoạt động")), (CLOSED, _("Đã ngừng hoạt động")), (ALL, _("Tất cả"))]
    choices = (
        ("vai-tro", _("Vai trò"), [("", _("Mọi vai trò")), *Role.choices]),
        ("phong", _("Phòng, đơn vị"), [("", _("Mọi phòng")), *divisions]),
        ("tinh-trang", _("Tình trạng"), states),
    )
    return [
        {"name": name, "label": label, "choices": said, "chosen": asked.get(name, "")} for name, label, said in choices
    ]


def account_values(user: User, actor: User, today: date) -> dict[str, Any]:
    """Return one account: facts, roles by time, delegations, what was done with it, and what may be done."""
    grants = list(user.role_grants.select_related("division", "delegated_by").order_by("-valid_from", "-pk"))
    given = RoleGrant.objects.filter(delegated_by=user).select_related("user", "division").order_by("-valid_from")
    giving = may_give_roles(actor, user)
    return {
        "holder": user,
        "breadcrumb": [{"label": _("Tài khoản và vai trò"), "url": reverse("accounts")}, {"label": user.full_name}],
        "facts": [{"heading": "", "facts": _facts(user)}],
        "grants": [_grant_row(grant, today, ends=bool(giving)) for grant in grants],
        "given": [f"{grant.user}: {in_words(grant)}{_ended(grant)}" for grant in given],
        "events": [_event(one) for one in user.events.order_by("-at", "-pk")[:HISTORY_SHOWN]],
        "gives": bool(giving),
        "refusal": "" if giving else giving.sentence(),
        "delegates": user.is_active
        and any(one.role in DELEGABLE and one.delegated_by_id is None and _holds(one, today) for one in grants),
    }


def _facts(user: User) -> list[dict[str, Any]]:
    return [
        {"label": _("Tên đăng nhập"), "value": user.username},
        {"label": _("Chức danh"), "value": user.job_title},
        {"label": _("Phòng, đơn vị"), "value": user.division and str(user.division)},
        {"label": _("Cơ quan"), "value": user.office and str(user.office)},
        {"label": _("Thư điện tử"), "value": user.email},
        {"label": _("Tình trạng"), "value": _("Đang hoạt động") if user.is_active else _("Đã ngừng hoạt động")},
        {
            "label": _("Mật khẩu"),
            "value": _("Đã đặt") if user.has_usable_password() else _("Chưa đặt: chờ người dùng mở liên kết"),
        },
    ]


def _holds(grant: RoleGrant, day: date) -> bool:
    ended = grant.revoked_on is not None and grant.revoked_on <= day
    return not ended and grant.valid_from <= day and (grant.valid_to is None or grant.valid_to >= day)


def _grant_row(grant: RoleGrant, today: date, *, ends: bool) -> dict[str, Any]:
    over = grant.revoked_on is not None or (grant.valid_to is not None and grant.valid_to < today)
    by = _(", {delegated_by} ủy quyền").format(delegated_by=grant.delegated_by) if grant.delegated_by else ""
    return {
        "number": grant.pk,
        "words": f"{in_words(grant)}{by}{_ended(grant)}",
        "now": _holds(grant, today),
        "over": over,
        "ends": ends and not over,
    }


def _ended(grant: RoleGrant) -> str:
    return _(", đã thôi từ {revoked_on}").format(revoked_on=formats.day(grant.revoked_on)) if grant.revoked_on else ""


def _event(one: Any) -> dict[str, Any]:
    return {"at": one.at, "who": one.actor_name, "what": one.words, "note": one.why}

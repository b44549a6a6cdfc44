"""Open accounts, grant roles, and hand one's role to someone else while away."""

from __future__ import annotations

import logging
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from khcn.kernel.access.decisions import NotPermitted, requires
from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.kernel.identity.models import Division, Office, RoleGrant, User
from khcn.language.words import words as _

logger = logging.getLogger(__name__)

DELEGABLE = (Role.DIRECTOR, Role.DIVISION_HEAD)


class NotGranted(Exception):
    """A role or an account could not be given; the message says why and what to do."""


def create_account(
    *,
    username: str,
    full_name: str,
    office: Office,
    password: str | None = None,
    division: Division | None = None,
    email: str = "",
    job_title: str = "",
    actor: User | None = None,
) -> User:
    """Open an account; no actor means the system itself, at installation.

    Raises: NotPermitted; NotGranted, if the name is taken; ValidationError, for a weak password.
    """
    _only_administrators(actor)
    if User.objects.filter(username__iexact=username).exists():
        raise NotGranted(
            _("Chưa tạo được tài khoản «{username}»: tên đăng nhập đã có người dùng. Chọn tên khác.").format(
                username=username
            )
        )
    if password is not None:
        validate_password(password)
    found = User.objects.create_user(
        username, password, full_name=full_name, office=office, division=division, email=email, job_title=job_title
    )
    logger.info("account created", extra={"account": found.pk, "by": actor.pk if actor else None})
    return found


def grant_role(
    *,
    user: User,
    role: Role,
    valid_from: date,
    division: Division | None = None,
    valid_to: date | None = None,
    actor: User | None = None,
) -> RoleGrant:
    """Give a role for a time; saying it twice changes nothing. No actor means the system itself.

    Raises: NotPermitted; NotGranted.
    """
    _only_administrators(actor)
    if user.office is None:
        raise NotGranted(_("Chưa giao được vai trò cho {user}: tài khoản chưa thuộc cơ quan nào.").format(user=user))
    _ordered(valid_from, valid_to)
    found, created = RoleGrant.objects.get_or_create(
        user=user,
        role=role,
        office=user.office,
        division=division,
        valid_from=valid_from,
        defaults={"valid_to": valid_to},
    )
    if created:
        logger.info("role granted", extra={"grant": found.pk, "role": role, "by": actor.pk if actor else None})
    return found


def delegate(*, actor: User, role: Role, to: User, valid_from: date, valid_to: date, on: date) -> RoleGrant:
    """Hand one's own role as director or head to a colleague for a span of days; the grant names who handed it.

    A role held by delegation cannot be handed on. `on`: the day of the act.
    Raises: NotPermitted; NotGranted.
    """
    own = next((g for g in actor.grants if g.role == role and g.delegated_by_id is None), None)
    if own is None or role not in DELEGABLE:
        raise NotPermitted(requires(None, _("Chỉ lãnh đạo Sở, lãnh đạo phòng được ủy quyền vai trò của chính mình.")))
    if to.pk == actor.pk or to.office_id != actor.office_id or not to.is_active or not _works_here(to, on):
        raise NotGranted(
            _("Chưa ủy quyền được cho {to}: người nhận phải là cán bộ đang làm việc trong cùng cơ quan.").format(to=to)
        )
    _ordered(valid_from, valid_to)
    if valid_from < on:
        raise NotGranted(
            _("Chưa ủy quyền được: ngày bắt đầu {valid_from:%d/%m/%Y} đã qua. Chọn từ hôm nay trở đi.").format(
                valid_from=valid_from
            )
        )
    with transaction.atomic():
        taken = RoleGrant.objects.filter(
            user=to,
            role=role,
            division=own.division,
            valid_from__lte=valid_to,
            valid_to__gte=valid_from,
            revoked_on=None,
        )
        if taken.exists():
            raise NotGranted(
                _(
                    "{to} đã được giao vai trò này trong khoảng ngày đó. Chọn khoảng ngày khác hoặc kết thúc lần trước."
                ).format(to=to)
            )
        found = RoleGrant.objects.create(
            user=to,
            role=role,
            office=own.office,
            division=own.division,
            valid_from=valid_from,
            valid_to=valid_to,
            delegated_by=actor,
        )
    logger.info("role delegated", extra={"grant": found.pk, "role": role, "by": actor.pk})
    return found


def end_delegation(*, grant: RoleGrant, actor: User, on: date) -> RoleGrant:
    """End a delegation early: from this day on it holds no more; one still to come never begins.

    Raises: NotPermitted, to anyone but who delegated and administrators; NotGranted, if it has ended already.
    """
    requires(
        grant.delegated_by_id is not None and (grant.delegated_by_id == actor.pk or actor.holds(Role.ADMINISTRATOR)),
        _("Chỉ người đã ủy quyền hoặc quản trị hệ thống được kết thúc ủy quyền."),
    ).enforce()
    if grant.revoked_on is not None or (grant.valid_to is not None and grant.valid_to < on):
        raise NotGranted(
            _("Ủy quyền cho {user} đã kết thúc trước ngày {on:%d/%m/%Y}; không còn gì để kết thúc.").format(
                user=grant.user, on=on
            )
        )
    grant.revoked_on = on
    grant.save(update_fields=["revoked_on"])
    logger.info("delegation ended", extra={"grant": grant.pk, "by": actor.pk})
    return grant


def _works_here(person: User, on: date) -> bool:
    return person.role_grants.in_force(on).filter(role__in=STAFF_ROLES, delegated_by=None).exists()


def _only_administrators(actor: User | None) -> None:
    requires(
        actor is None or actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống được mở tài khoản, giao vai trò.")
    ).enforce()


def _ordered(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise NotGranted(
            _(
                "Chưa giao được vai trò: ngày kết thúc {valid_to:%d/%m/%Y} trước ngày bắt đầu {valid_from:%d/%m/%Y}."
            ).format(valid_to=valid_to, valid_from=valid_from)
        )

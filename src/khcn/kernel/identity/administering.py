"""Administer accounts: open, place, close, unlock, give and end roles; each act stays in the account's history."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import AccountEvent, Division, Office, PasswordLink, RoleGrant, User
from khcn.kernel.identity.permissions import may_administer, may_give_roles
from khcn.kernel.identity.services import NotGranted, create_account, delegate, end_delegation, grant_role
from khcn.language.words import joined
from khcn.language.words import words as _

LINK_LASTS = timedelta(days=3)
CHANGEABLE = ("full_name", "job_title", "email", "division")


def open_account(*, values: Mapping[str, Any], actor: User, at: datetime) -> User:
    """Open an account in the actor's office; its owner sets the password by a link (`make_link`).

    `values`: username, full_name, division, email, job_title. Raises: NotPermitted; NotGranted.
    """
    may_administer(actor).enforce()
    with transaction.atomic():
        _refuse_foreign(values.get("division"), actor)
        user = create_account(office=actor.working_office, actor=actor, **values)
        _note(user, _("mở tài khoản"), actor=actor, at=at)
    return user


def change_account(*, user: User, values: Mapping[str, Any], actor: User, at: datetime, why: str) -> list[str]:
    """Correct who a person is and where they work; returns the labels of what changed.

    Raises: NotPermitted; NotGranted, also to who would move themselves to another division.
    """
    may_administer(actor, user).enforce()
    _refuse_foreign(values.get("division"), actor)
    with _held(user) as current:
        changed = [name for name in CHANGEABLE if name in values and getattr(current, name) != values[name]]
        if "division" in changed and user.pk == actor.pk:
            raise NotGranted(
                _(
                    "Không ai tự chuyển mình sang phòng khác, vì phòng quyết định hồ sơ hạn chế nào được biết. "
                    "Nhờ một quản trị hệ thống khác."
                )
            )
        told = []
        for name in changed:
            field: Any = User._meta.get_field(name)
            told.append(
                _("{label}: {old} → {new}").format(
                    label=field.verbose_name,
                    old=getattr(current, name) or _("chưa có"),
                    new=values[name] or _("chưa có"),
                )
            )
            setattr(current, name, values[name])
        if changed:
            current.save(update_fields=changed)
            _note(current, _("sửa tài khoản ({told})").format(told=joined("; ", told)), actor=actor, at=at, why=why)
    return told


def close_account(*, user: User, actor: User, at: datetime, why: str) -> None:
    """Stop an account from signing in; it is never deleted, so that history keeps its names.

    Raises: NotPermitted; NotGranted, for oneself, the last administrator, or one closed before.
    """
    may_give_roles(actor, user).enforce()
    _reason(why)
    with _held(user) as current:
        if not current.is_active:
            raise NotGranted(_("Tài khoản «{username}» đã ngừng hoạt động từ trước.").format(username=current.username))
        _refuse_last(current, at)
        current.is_active = False
        current.save(update_fields=["is_active"])
        _note(current, _("ngừng hoạt động"), actor=actor, at=at, why=why)


def reopen_account(*, user: User, actor: User, at: datetime, why: str) -> None:
    """Let a closed account sign in again.

    Raises: NotPermitted; NotGranted.
    """
    may_give_roles(actor, user).enforce()
    _reason(why)
    with _held(user) as current:
        if current.is_active:
            raise NotGranted(_("Tài khoản «{username}» đang hoạt động.").format(username=current.username))
        current.is_active = True
        current.save(update_fields=["is_active"])
        _note(current, _("cho hoạt động lại"), actor=actor, at=at, why=why)


def reset_password(*, user: User, actor: User, at: datetime, why: str) -> None:
    """Take the password away, which ends every session; a new one is set by a link (`make_link`).

    Raises: NotPermitted; NotGranted.
    """
    may_administer(actor, user).enforce()
    _reason(why)
    with _held(user) as current:
        if not current.is_active:
            raise NotGranted(
                _("Tài khoản «{username}» đã ngừng hoạt động. Cho hoạt động lại trước.").format(
                    username=current.username
                )
            )
        current.set_unusable_password()
        current.save(update_fields=["password"])
        current.password_links.filter(used_at=None).update(used_at=at)
        _note(current, _("đặt lại mật khẩu"), actor=actor, at=at, why=why)


def unlock_account(*, user: User, actor: User, at: datetime, why: str) -> None:
    """Forget wrong passwords, so that the person need not wait.

    Raises: NotPermitted; NotGranted, if it was not locked.
    """
    may_administer(actor, user).enforce()
    with transaction.atomic():
        if not reset(username=user.username):
            raise NotGranted(
                _("Tài khoản «{username}» không bị tạm khóa vì nhập sai mật khẩu.").format(username=user.username)
            )
        _note(user, _("mở khóa sau nhiều lần nhập sai mật khẩu"), actor=actor, at=at, why=why)


def give_role(
    *, user: User, role: Role, valid_from: date, actor: User, at: datetime, why: str, **span: Any
) -> RoleGrant:
    """Give a role from one day to another, perhaps in one division (`division`, `valid_to`).

    Raises: NotPermitted; NotGranted.
    """
    may_give_roles(actor, user).enforce()
    _reason(why)
    _refuse_foreign(span.get("division"), actor)
    if valid_from < timezone.localdate(at):
        raise NotGranted(_("Chưa giao được vai trò: ngày bắt đầu đã qua. Vai trò chỉ có từ hôm nay trở đi."))
    with _held(user) as current:
        if not current.is_active:
            raise NotGranted(
                _("Tài khoản «{username}» đã ngừng hoạt động. Cho hoạt động lại trước.").format(
                    username=current.username
                )
            )
        grant = grant_role(user=current, role=role, valid_from=valid_from, actor=actor, **span)
        _note(current, _("giao vai trò {grant}").format(grant=in_words(grant)), actor=actor, at=at, why=why)
    return grant


def end_role(*, grant: RoleGrant, actor: User, at: datetime, why: str) -> None:
    """End a role from this day on; a delegation ends as its giver would end it.

    Raises: NotPermitted; NotGranted.
    """
    may_give_roles(actor, grant.user).enforce()
    _reason(why)
    on = timezone.localdate(at)
    with _held(grant.user) as current:
        if grant.delegated_by_id is not None:
            end_delegation(grant=grant, actor=actor, on=on)
        else:
            if grant.revoked_on is not None or (grant.valid_to is not None and grant.valid_to < on):
                raise NotGranted(_("Vai trò này của {current} đã thôi từ trước.").format(current=current))
            if grant.role == Role.ADMINISTRATOR:
                _refuse_last(current, at, apart_from=grant)
            grant.revoked_on = on
            grant.save(update_fields=["revoked_on"])
        _note(current, _("thôi giao vai trò {grant}").format(grant=in_words(grant)), actor=actor, at=at, why=why)


def delegate_for(
    *, absent: User, role: Role, to: User, span: tuple[date, date], actor: User, at: datetime, why: str
) -> RoleGrant:
    """Hand over the role of someone who cannot do it themselves, e.g. who fell ill.

    `span`: first and last day. An administrator cannot make themselves the one who stands in.
    Raises: NotPermitted; NotGranted.
    """
    may_give_roles(actor, to).enforce()
    may_administer(actor, absent).enforce()
    _reason(why)
    on = timezone.localdate(at)
    with transaction.atomic():
        grant = delegate(actor=absent.act_on(on), role=role, to=to, valid_from=span[0], valid_to=span[1], on=on)
        _note(
            absent,
            _("ủy quyền thay cho {absent}: {to} làm {grant}").format(absent=absent, to=to, grant=in_words(grant)),
            actor=actor,
            at=at,
            why=why,
        )
        _note(
            to,
            _("nhận ủy quyền của {absent}: {grant}").format(absent=absent, grant=in_words(grant)),
            actor=actor,
            at=at,
            why=why,
        )
    return grant


def make_link(*, user: User, actor: User, at: datetime) -> str:
    """Make the link by which a person without a password sets one, and return its secret, which is not kept.

    Older links open nothing any more. Raises: NotPermitted; NotGranted, where a password stands or the account is shut.
    """
    may_administer(actor, user).enforce()
    with _held(user) as current:
        if not current.is_active or current.has_usable_password():
            raise NotGranted(
                _("Tài khoản «{username}» không chờ đặt mật khẩu. Đặt lại mật khẩu trước.").format(
                    username=current.username
                )
            )
        current.password_links.filter(used_at=None).update(used_at=at)
        secret = secrets.token_urlsafe(32)
        PasswordLink.objects.create(
            user=current, secret_hash=_hash(secret), made_by=actor, made_at=at, expires_at=at + LINK_LASTS
        )
    return secret


def link_of(secret: str, at: datetime) -> PasswordLink | None:
    """Return the link of that secret while it can be used."""
    found = PasswordLink.objects.select_related("user").filter(secret_hash=_hash(secret), used_at=None).first()
    return found if found is not None and found.expires_at > at and found.user.is_active else None


def use_link(*, secret: str, password: str, at: datetime) -> User:
    """Set the password once.

    Raises: NotGranted, if the link was used or is too old; ValidationError, for a weak password.
    """
    with transaction.atomic():
        link = link_of(secret, at)
        if link is None or not PasswordLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
            raise NotGranted(_("Liên kết này đã dùng hoặc hết hạn. Nhờ quản trị hệ thống gửi liên kết mới."))
        validate_password(password, link.user)
        link.user.set_password(password)
        link.user.save(update_fields=["password"])
        _note(link.user, _("tự đặt mật khẩu bằng liên kết"), actor=link.user, at=at)
        return link.user


def in_words(grant: RoleGrant) -> str:
    """Return a role with its division and days."""
    until = _(" đến hết {valid_to}").format(valid_to=_day(grant.valid_to)) if grant.valid_to else ""
    where = f" ({grant.division})" if grant.division else ""
    return _("«{grant}»{where} từ {valid_from}{until}").format(
        grant=grant.get_role_display(), where=where, valid_from=_day(grant.valid_from), until=until
    )


def _day(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else ""


@contextmanager
def _held(user: User) -> Iterator[User]:
    """Hold the office, so that two administrators cannot remove each other at once, and read the account anew."""
    with transaction.atomic():
        Office.objects.select_for_update(of=("self",)).get(users=user)
        yield User.objects.select_related("division").get(pk=user.pk)


def _refuse_last(user: User, at: datetime, apart_from: RoleGrant | None = None) -> None:
    lasting = RoleGrant.objects.in_force(timezone.localdate(at)).filter(
        role=Role.ADMINISTRATOR, office=user.office, valid_to=None, delegated_by=None, user__is_active=True
    )
    rest = lasting.exclude(pk=apart_from.pk) if apart_from else lasting.exclude(user=user)
    if lasting.filter(user=user).exists() and not rest.exists():
        raise NotGranted(
            _(
                "{user} là quản trị hệ thống cuối cùng của cơ quan nên không thôi được. Giao vai trò quản trị "
                "cho người khác trước."
            ).format(user=user)
        )


def _refuse_foreign(division: Division | None, actor: User) -> None:
    if division is not None and division.office_id != actor.office_id:
        raise NotGranted(
            _("«{division}» không thuộc cơ quan của bạn. Chọn phòng, đơn vị khác.").format(division=division)
        )


def _reason(why: str) -> None:
    if not why.strip():
        raise NotGranted(_("Ghi lý do; lý do được giữ trong lịch sử tài khoản."))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _note(user: User, words: str, *, actor: User, at: datetime, why: str = "") -> None:
    AccountEvent.objects.create(
        user=user, at=at, actor=actor, actor_name=str(actor), words=words[:500], why=why.strip()[:500]
    )

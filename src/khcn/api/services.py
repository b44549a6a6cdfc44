"""Make and revoke access tokens, and note on which day one was used last."""

from __future__ import annotations

import logging
import secrets
from datetime import date, timedelta

from django.db.models import Q

from khcn.api.models import AccessToken
from khcn.api.selectors import digest_of
from khcn.kernel.access.decisions import requires
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import User
from khcn.language.words import words as _

logger = logging.getLogger(__name__)

BEGINNING = "khcn_"
SECRET_BYTES = 32
SHOWN_PREFIX = len(BEGINNING) + 5
LONGEST_DAYS = 366
MOST_TOKENS = 20


class TokenRefused(Exception):
    """A token could not be made or revoked; the message says why and what to do."""


def make_token(*, owner: User, label: str, days: int, on: date) -> tuple[AccessToken, str]:
    """Make a token for its owner, and return it with its code, which nobody can read again.

    `days`: how long it lasts after today. Raises: TokenRefused.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(
            _("Chưa tạo được mã truy cập: thời hạn phải từ 1 đến {longest_days} ngày.").format(
                longest_days=LONGEST_DAYS
            )
        )
    if AccessToken.objects.in_force(on).filter(owner=owner).count() >= MOST_TOKENS:
        raise TokenRefused(
            _("Chưa tạo được mã truy cập: đã có {most_tokens} mã còn dùng được. Thu hồi bớt mã cũ.").format(
                most_tokens=MOST_TOKENS
            )
        )
    code = BEGINNING + secrets.token_urlsafe(SECRET_BYTES)
    found = AccessToken.objects.create(
        owner=owner,
        label=label,
        prefix=code[:SHOWN_PREFIX],
        digest=digest_of(code),
        created_on=on,
        expires_on=on + timedelta(days=days),
    )
    logger.info("access token made", extra={"token": found.pk, "owner": owner.pk})
    return found, code


def revoke_token(*, token: AccessToken, actor: User, on: date) -> AccessToken:
    """Revoke a token at once and for good; only its owner and administrators may.

    Raises: NotPermitted; TokenRefused, if it was revoked before.
    """
    requires(
        token.owner_id == actor.pk or actor.holds(Role.ADMINISTRATOR),
        _("Chỉ chủ mã truy cập hoặc quản trị hệ thống được thu hồi mã."),
    ).enforce()
    if not AccessToken.objects.filter(pk=token.pk, revoked_on=None).update(revoked_on=on):
        raise TokenRefused(_("Mã truy cập «{label}» đã thu hồi từ trước.").format(label=token.label))
    token.refresh_from_db()
    logger.info("access token revoked", extra={"token": token.pk, "by": actor.pk})
    return token


def note_use(*, token: AccessToken, on: date) -> None:
    """Note the day on which a token was used; written once a day, however often it reads."""
    if token.last_used_on is None or token.last_used_on < on:
        AccessToken.objects.filter(Q(last_used_on=None) | Q(last_used_on__lt=on), pk=token.pk).update(last_used_on=on)

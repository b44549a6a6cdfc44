"""Send the link of a first password, whose secret is made when the message leaves and stands in no queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.identity.administering import make_link
from khcn.kernel.identity.models import User
from khcn.kernel.jobs.queue import job
from khcn.language.words import words as _

SUBJECT = _("Đặt mật khẩu hệ thống khoa học và công nghệ")


def link_address(secret: str) -> str:
    """Return the whole address at which the password is set."""
    return f"{settings.PUBLIC_URL}{reverse('first-password', args=[secret])}"


@job(queue="mail", retries=6, backoff=timedelta(minutes=1), wants_now=True)
def mail_password_link(account: int, asked_by: int, *, now: datetime) -> None:
    """Make the link and hand it to the mail system; tried again, it makes another, and the one before opens nothing.

    Nothing is sent once a password was set or the account closed. `account`, `asked_by`: numbers of users.
    """
    user = User.objects.get(pk=account)
    if not user.is_active or user.has_usable_password():
        return
    asking = User.objects.get(pk=asked_by).act_on(timezone.localdate(now))
    secret = make_link(user=user, actor=asking, at=now)
    words = _("Mở liên kết sau trong 3 ngày để đặt mật khẩu cho tài khoản «{username}»:").format(username=user.username)
    send_mail(SUBJECT, f"{words}\n{link_address(secret)}\n", None, [user.email])

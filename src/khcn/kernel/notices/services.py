"""Tell people, and note that they read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from khcn.kernel.notices.jobs import deliver
from khcn.kernel.notices.models import Notice
from khcn.language.words import words as _

LONGEST_SUBJECT = 120
LONGEST_TEXT = 500


class BadNotice(Exception):
    """A notice without words, or one that leads out of the product."""


def notify(*, user: Any, text: str, url: str = "", at: datetime, by_mail: bool = True) -> Notice:
    """Tell one person something in the product and, if they have an address, by e-mail.

    `text`: one sentence. `url`: a path of the product. The message leaves only if the caller's change commits.
    Raises: BadNotice.
    """
    sentence = " ".join(text.split())
    if not sentence:
        raise BadNotice(_("Thông báo chưa có nội dung."))
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise BadNotice(_("Thông báo chỉ dẫn đến trang trong hệ thống, không đến «{url}».").format(url=url))
    with transaction.atomic():
        told = Notice.objects.create(user=user, text=_cut(sentence, LONGEST_TEXT), url=url, created_at=at)
        if by_mail and user.email:
            send_notice(to=user.email, subject=sentence, body=_body(sentence, url))
    return told


def send_notice(*, to: str, subject: str, body: str) -> None:
    """Put one message in the queue; it is tried again for about two hours if the mail system is away."""
    deliver.enqueue(to, _cut(" ".join(subject.split()), LONGEST_SUBJECT), body)


def send_digest(*, user: Any, subject: str, lines: Sequence[tuple[str, str]]) -> None:
    """Send one message for several notices, so that a morning with many does not fill a mailbox.

    `lines`: sentence and path of each. One alone is its own subject. Nothing is sent without lines or an address.
    """
    if not lines or not user.email:
        return
    body = "\n".join(_body(sentence, url) for sentence, url in lines)
    send_notice(to=user.email, subject=lines[0][0] if len(lines) == 1 else subject, body=body)


def mark_read(*, user: Any, at: datetime, notice: int | None = None) -> int:
    """Note that the person read one notice, or all of theirs; returns how many were unread."""
    rows = Notice.objects.of(user).unread()
    return (rows if notice is None else rows.filter(pk=notice)).update(read_at=at)


def _body(sentence: str, url: str) -> str:
    lines = [sentence]
    if url:
        lines += ["", _("Mở tại: {public_url}{url}").format(public_url=settings.PUBLIC_URL, url=url)]
    return "\n".join(lines) + "\n"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"

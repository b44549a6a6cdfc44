from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from khcn.kernel.jobs.running import run_pending
from khcn.kernel.notices.models import Notice
from khcn.kernel.notices.selectors import notices_of, unread_count
from khcn.kernel.notices.services import BadNotice, mark_read, notify, send_notice
from khcn.kernel.tests.factories import make_user

pytestmark = pytest.mark.django_db

NOON = datetime(2021, 9, 24, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def reader(db):
    user = make_user(username="nguoi-doc")
    user.email = "nguoi.doc@example.vn"
    user.save()
    return user


@pytest.fixture
def client(reader):
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_notice_reaches_the_person_in_the_product_and_by_mail(reader, settings):
    settings.PUBLIC_URL = "https://khcn.example.vn"

    notify(user=reader, text="Hồ sơ VB-2021-0001 đã được cấp văn bằng.", url="/so/x/", at=NOON)
    run_pending(now=NOON)

    (message,) = mail.outbox
    assert message.to == ["nguoi.doc@example.vn"]
    assert message.subject == "Hồ sơ VB-2021-0001 đã được cấp văn bằng."
    assert "https://khcn.example.vn/so/x/" in message.body
    assert unread_count(reader) == 1


def test_nothing_leaves_if_the_change_does_not_commit(reader):
    with transaction.atomic():
        notify(user=reader, text="Việc mới", at=NOON)
        transaction.set_rollback(True)

    run_pending(now=NOON)

    assert mail.outbox == []
    assert Notice.objects.count() == 0


def test_someone_without_an_address_is_told_in_the_product_only(reader):
    reader.email = ""

    notify(user=reader, text="Việc mới", at=NOON)

    assert run_pending(now=NOON) == []
    assert unread_count(reader) == 1


def test_mail_is_tried_again_while_the_mail_system_is_away(reader, settings):
    settings.EMAIL_BACKEND = "khcn.kernel.notices.tests.test_notices.Away"
    notify(user=reader, text="Việc mới", at=NOON)
    away = run_pending(now=NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    back = run_pending(now=NOON + MINUTE)

    assert [attempt.status for attempt in away + back] == ["READY", "SUCCESSFUL"]
    assert len(mail.outbox) == 1


class Away:
    """A mail system that does not answer."""

    def __init__(self, **_options):
        raise OSError("máy chủ thư không trả lời")


@pytest.mark.parametrize(
    ("text", "url"), [("  ", ""), ("Việc", "https://xau.example/"), ("Việc", "//xau.example"), ("Việc", "javascript:x")]
)
def test_a_notice_without_words_or_leading_outside_is_refused(reader, text, url):
    with pytest.raises(BadNotice):
        notify(user=reader, text=text, url=url, at=NOON)


def test_a_subject_is_one_line_of_bounded_length():
    send_notice(to="a@example.vn", subject="Một\r\nBcc: x@example.vn " + "dài " * 60, body="")
    run_pending(now=NOON)

    assert "\n" not in mail.outbox[0].subject
    assert len(mail.outbox[0].subject) <= 120


def test_unread_notices_come_first_then_the_newest(reader):
    first, second, third = (notify(user=reader, text=f"Việc {n}", at=NOON + n * MINUTE) for n in (1, 2, 3))

    mark_read(user=reader, at=NOON + 9 * MINUTE, notice=third.pk)

    assert list(notices_of(reader)) == [second, first, third]


def test_the_page_lists_the_persons_notices_and_no_others(client, reader):
    notify(user=reader, text="Việc của <tôi>", url="/so/x/", at=NOON)
    notify(user=make_user(username="khac"), text="Việc của người khác", at=NOON)

    page = client.get("/thong-bao/").content.decode()

    assert "Việc của &lt;tôi&gt;" in page
    assert "người khác" not in page
    assert "1 thông báo chưa đọc" in page


def test_opening_a_notice_marks_it_read_and_goes_where_it_leads(client, reader):
    told = notify(user=reader, text="Việc", url="/so/x/", at=NOON)

    answer = client.post(f"/thong-bao/{told.pk}/mo/")

    assert answer["Location"] == "/so/x/"
    assert unread_count(reader) == 0


def test_all_are_marked_read_at_once(client, reader):
    notify(user=reader, text="Việc", at=NOON)

    answer = client.post("/thong-bao/da-doc/")

    assert answer["Location"] == "/thong-bao/"
    assert unread_count(reader) == 0
    assert "Chưa có thông báo nào" not in client.get("/thong-bao/").content.decode()


def test_anothers_notice_does_not_exist_for_this_person(client):
    told = notify(user=make_user(username="khac"), text="Việc", at=NOON)

    assert client.post(f"/thong-bao/{told.pk}/mo/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_someone_not_signed_in_is_sent_to_sign_in(settings, db):
    settings.LOGIN_URL = "/dang-nhap/"

    assert Client().get("/thong-bao/")["Location"].startswith("/dang-nhap/")

"""It is known that…"""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from khcn.assignments.tests.factories import change
from khcn.governance.tests.factories import READ_ON, make_organisation, make_session_read, make_task
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.sharing.models import LinkOpening, SharedLink
from khcn.kernel.sharing.selectors import address_of_link, newest_address
from khcn.kernel.sharing.services import release_link, revoke_link
from khcn.kernel.sharing.signing import token_of
from khcn.kernel.workflow.services import NotPossible

LAST = READ_ON + timedelta(days=90)


@pytest.fixture
def session(world):
    return make_session_read(world.specialist)


@pytest.fixture
def link(world, pages, session):
    return release_link(record=session, actor=world.director, on=READ_ON, purpose="In kèm thông báo")


def opened(link, on=READ_ON, token="", client=None):
    with time_machine.travel(datetime(on.year, on.month, on.day, 3, tzinfo=UTC), tick=False):
        return (client or Client()).get(reverse("shared-link", args=[token or token_of(link)]))


def test_a_link_opens_the_report_without_an_account_and_without_a_trace_in_the_browser(link, session):
    answer = opened(link)
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "Thực hiện kết luận tại" in text
    assert 'content="noindex' in text
    assert "/so/" not in text
    assert answer.cookies == {}
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_link_is_for_reading_only(link, method):
    assert getattr(Client(), method)(reverse("shared-link", args=[token_of(link)])).status_code == 405


def test_a_link_opens_to_the_end_of_its_last_day_and_then_says_whom_to_ask(link, session):
    last, after = opened(link, LAST), opened(link, LAST + timedelta(days=1))

    assert (last.status_code, after.status_code) == (200, 410)
    assert "26/12/2021" in after.content.decode()
    assert session.office.name in after.content.decode()
    assert session.title not in after.content.decode()
    assert after["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("place", [0, 5, -1, -20])
def test_a_changed_token_opens_nothing(link, place):
    token = token_of(link)
    letters = list(token)
    letters[place] = "A" if letters[place] != "A" else "B"

    assert opened(link, token="".join(letters)).status_code == 404


@pytest.mark.parametrize("token", ["x", ".", "a.b", "a" * 500, "ế.ộ", "%00.%00"])
def test_what_is_no_token_opens_nothing(link, token):
    assert opened(link, token=token).status_code == 404


def test_a_nonce_alone_opens_nothing(link):
    assert opened(link, token=link.nonce).status_code == 404
    assert opened(link, token=f"{link.nonce}.").status_code == 404


@pytest.mark.parametrize("changed", [{"valid_until": date(2030, 1, 1)}, {"record_id": 999}, {"register": "conclusion"}])
def test_a_row_changed_behind_the_systems_back_makes_its_address_worthless(link, changed):
    token = token_of(link)
    change(link, **changed)

    assert opened(link, token=token).status_code == 404


def test_a_link_signed_with_another_key_opens_nothing(link, settings):
    token = token_of(link)
    settings.SECRET_KEY = "another-key-of-another-installation-000000000000000000"

    assert opened(link, token=token).status_code == 404


def test_a_key_in_its_time_of_change_still_opens(link, settings):
    token = token_of(link)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-this-installation-00000000000000000000"

    assert opened(link, token=token).status_code == 200


def test_taking_a_link_back_closes_it_and_no_other(world, link, session):
    other = release_link(record=session, actor=world.director, on=READ_ON, days=10)
    revoke_link(link=link, actor=world.director, on=READ_ON)

    assert (opened(link).status_code, opened(other).status_code) == (410, 200)


def test_a_new_link_leaves_printed_codes_as_they_are(world, link, session):
    printed = token_of(link)
    release_link(record=session, actor=world.director, on=READ_ON, days=200)

    assert opened(link, token=printed).status_code == 200


def test_the_code_of_the_report_is_that_of_the_link_that_lasts_longest(world, link, session):
    longer = release_link(record=session, actor=world.director, on=READ_ON, days=200)

    assert newest_address(session, READ_ON).endswith(f"/xem/{token_of(longer)}/")
    assert newest_address(session, READ_ON + timedelta(days=201)) == ""


@pytest.mark.parametrize(
    "hidden",
    [
        {"confidentiality": Confidentiality.CONFIDENTIAL},
        {"withdrawn_on": READ_ON, "withdrawal_reason": "nhập trùng"},
    ],
)
def test_what_is_closed_since_is_read_by_no_link(link, session, hidden):
    change(session, **hidden)

    assert opened(link).status_code == 410
    assert newest_address(session, READ_ON) == "" or session.withdrawn_on


def test_lateness_and_confidential_work_are_never_read_by_a_link_not_even_by_staff(world, pages, link, session):
    agency = make_organisation(world.specialist, "Sở Mẫu Chậm")
    due = {"due_on": date(2021, 10, 1), "precision": "day"}
    conclusion = session.conclusions.first()
    make_task(conclusion, world.monitor, lead=agency, title="Việc chậm", **due)
    secret = make_task(conclusion, world.monitor, lead=agency, title="Việc hạn chế", **due)
    change(secret, confidentiality=Confidentiality.CONFIDENTIAL)

    for client in (Client(), pages("director")):
        text = opened(link, date(2021, 11, 1), client=client).content.decode()
        assert "Việc chậm" in text
        assert "Quá hạn" not in text
        assert "Việc hạn chế" not in text


def test_the_day_of_the_last_opening_is_kept_and_nothing_else(link):
    opened(link, READ_ON)
    opened(link, READ_ON + timedelta(days=3))
    opened(link, READ_ON + timedelta(days=3))

    found = LinkOpening.objects.get()
    assert found.last_opened_on == READ_ON + timedelta(days=3)
    assert {field.name for field in LinkOpening._meta.get_fields()} == {"id", "link", "last_opened_on"}


def test_how_long_a_link_lasts_is_a_rule(world, session):
    change(Rule.objects.get(key="sharing.link-days"), value=30)

    assert release_link(record=session, actor=world.director, on=READ_ON).valid_until == READ_ON + timedelta(days=30)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_link_lasts_from_a_day_to_a_year(world, session, days):
    with pytest.raises(NotPossible, match="từ 1 đến 366 ngày"):
        release_link(record=session, actor=world.director, on=READ_ON, days=days)


def test_a_register_without_a_released_page_has_no_links(world, session):
    with pytest.raises(NotPossible, match="không có trang đọc"):
        release_link(record=session.conclusions.first(), actor=world.director, on=READ_ON)


def test_only_a_director_gives_links_out_and_takes_them_back(world, link, session):
    with pytest.raises(NotPermitted):
        release_link(record=session, actor=world.monitor, on=READ_ON)
    with pytest.raises(NotPermitted):
        revoke_link(link=link, actor=world.monitor, on=READ_ON)


@pytest.mark.parametrize(("who", "status"), [("director", 200), ("monitor", 403), ("leader", 403), ("agency", 404)])
def test_the_list_of_links_is_for_directors(pages, session, link, who, status):
    assert pages(who).get(reverse("shared-links", args=["working-session", session.code])).status_code == status


def test_a_link_is_given_out_and_taken_back_on_its_page(pages, session):
    page = reverse("shared-links", args=["working-session", session.code])
    client = pages("director")
    client.post(page, {"purpose": "Gửi Sở Tài chính", "days": "30"})
    link = SharedLink.objects.get()

    shown = client.get(page).content.decode()
    assert "Gửi Sở Tài chính" in shown
    assert "chưa ai mở đọc" in shown
    assert f'<a href="{address_of_link(link)}">' in shown  # to be copied or tried, not only scanned
    client.post(reverse("shared-link-revoke", args=[link.pk]))
    assert "đã thu hồi" in client.get(page).content.decode()


def test_the_default_length_stands_in_the_form(pages, session):
    page = pages("director").get(reverse("shared-links", args=["working-session", session.code]))

    assert page.context["form"]["days"].value() == 90

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from khcn.kernel.access.roles import Role
from khcn.kernel.records.corrections import CorrectionRefused, correct_record, version_stamp
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register, registers
from khcn.kernel.tests.factories import TODAY, make_division, make_granted_title, make_title, make_user
from khcn.ui import formats

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

RECORD = "/so/protection-title/VB-2021-0001/"
EDIT = f"{RECORD}sua/"
LOCKED = "Ghi khi làm bước «Ghi nhận đã cấp»."


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


@pytest.fixture
def title(specialist):
    values = {"goods": "chè", "application_number": "4-01", "filed_on": date(2021, 3, 1)}
    return make_title("Nhãn hiệu A", division=specialist.division, **values)


def row(answer, fact):
    """Return the row of a fact as the page shows it."""
    return re.search(rf'id="muc-{fact}">.*?</dd></div>', answer.content.decode(), re.DOTALL)[0]


def opened(client, fact):
    """Return what a browser would send of the editor of a fact as it stands."""
    page = client.get(RECORD, {"sua": fact})
    form = next(one["form"] for group in page.context["groups"] for one in group["facts"] if "form" in one)
    return {bound.name: "" if bound.value() is None else bound.value() for bound in form} | {"ly-do": "nhập nhầm"}


def send(client, fact, said):
    return client.post(f"{EDIT}?muc={fact}", said)


def now():
    return register("protection-title").model.objects.get(code="VB-2021-0001")


def test_a_fact_offers_its_editor_and_shows_it_in_its_place(client, title):
    closed, page = client.get(RECORD), client.get(RECORD, {"sua": "goods"})

    assert f'href="{RECORD}?sua=goods#muc-goods"' in row(closed, "goods")
    assert "chè</textarea>" in row(page, "goods")
    assert f'action="{EDIT}?muc=goods"' in row(page, "goods")
    assert page.content.decode().count("<textarea") == closed.content.decode().count("<textarea") + 2


def test_a_corrected_fact_is_written_alone_and_history_tells_it(client, title):
    answer = send(client, "goods", opened(client, "goods") | {"goods": "gạo"})

    entry = history_of(title)[0]
    assert answer.url == f"{RECORD}#muc-goods"
    assert (now().goods, now().application_number) == ("gạo", "4-01")
    assert (entry.label, entry.why) == ("sửa thông tin", "nhập nhầm")
    assert [(one.old, one.new) for one in entry.fields] == [("chè", "gạo")]


def test_a_refused_editor_stays_open_with_what_was_typed(client, title):
    answer = send(client, "filed_on", opened(client, "filed_on") | {"filed_on": "32/13", "ly-do": "gõ nhầm"})

    assert answer.status_code == 422
    assert 'value="32/13"' in row(answer, "filed_on")
    assert "gõ nhầm</textarea>" in row(answer, "filed_on")
    assert now().filed_on == date(2021, 3, 1)


def test_the_reason_is_required(client, title):
    answer = send(client, "goods", opened(client, "goods") | {"goods": "gạo", "ly-do": " "})

    assert (answer.status_code, now().goods) == (422, "chè")


def test_what_is_still_empty_can_be_filled_where_it_will_stand(client, title):
    assert "chưa có" in row(client.get(RECORD), "source_note")

    send(client, "source_note", opened(client, "source_note") | {"source_note": "Sổ giấy 2021"})

    assert now().source_note == "Sổ giấy 2021"


@pytest.mark.parametrize("fact", ["state", "code", "office", "title_number", "khong-co"])
def test_nothing_else_has_an_editor_or_may_be_sent(client, title, fact):
    page = client.get(RECORD, {"sua": fact})

    assert page.status_code == 200
    assert all("form" not in one for group in page.context["groups"] for one in group["facts"])
    assert send(client, fact, {fact: "x", "ly-do": "thử", "phien-ban": version_stamp(title)}).status_code == 404


@pytest.mark.parametrize(
    ("role", "division"),
    [
        (Role.SPECIALIST, "KHAC"),  # of another division
        (Role.CLERK, "QLCN"),  # registers papers only
    ],
)
def test_whoever_may_not_correct_is_offered_no_editor(client, title, role, division):
    client.force_login(make_user(role, username="khac", division=make_division(code=division)))

    page = client.get(RECORD, {"sua": "goods"}).content.decode()

    assert "?sua=" not in page
    assert "facts__lock" not in page
    assert send(client, "goods", {"goods": "x", "ly-do": "x", "phien-ban": version_stamp(title)}).status_code == 403


def test_neither_the_past_nor_a_withdrawn_record_has_editors(client, title):
    past = client.get(RECORD, {"sua": "goods", "as_of": "1/1/2030 17:00"}).content.decode()
    title.withdrawn_on, title.withdrawal_reason = TODAY, "nhập trùng"
    with recording(actor=None, verb="withdraw", label="thu hồi"):
        title.save()

    assert "muc-goods" not in past
    assert "muc-goods" not in client.get(RECORD, {"sua": "goods"}).content.decode()


def test_what_a_step_writes_is_locked_with_the_reason_until_it_is_written(client, title, specialist):
    filed = client.get(RECORD).content.decode()
    make_granted_title("B", number="4-7", granted_on=TODAY, actor=specialist, division=specialist.division)

    granted = client.get("/so/protection-title/VB-2021-0002/").content.decode()

    assert LOCKED in filed
    assert "sua=title_number" not in filed
    assert "sua=title_number" in granted
    assert "title_number" not in client.get(EDIT).context["form"].fields


def test_the_service_refuses_what_a_step_writes(title, specialist):
    with pytest.raises(CorrectionRefused, match="Ghi khi làm bước «Ghi nhận đã cấp»"):
        correct_record(
            record=title,
            values={"title_number": "4-9"},
            actor=specialist,
            on=TODAY,
            why="thử",
            seen=version_stamp(title),
        )


def test_two_people_on_one_fact_the_second_is_told_who_and_loses_nothing(client, title):
    mine = opened(client, "goods") | {"goods": "gạo", "ly-do": "theo văn bằng"}
    other = make_user(Role.DIRECTOR, username="giam-doc")
    correct_record(
        record=title, values={"goods": "mật ong"}, actor=other, on=TODAY, why="đơn sửa", seen=version_stamp(title)
    )

    answer = send(client, "goods", mine)

    page = answer.content.decode()
    assert (answer.status_code, now().goods) == (422, "mật ong")
    assert f"{other} đã ghi «sửa thông tin»" in page
    assert "chè → mật ong" in page
    assert "Hiện nay hồ sơ ghi «mật ong»" in row(answer, "goods")
    assert "gạo</textarea>" in row(answer, "goods")
    assert "theo văn bằng</textarea>" in row(answer, "goods")


def test_after_being_told_the_same_answer_may_be_sent_again(client, title):
    mine = opened(client, "goods") | {"goods": "gạo"}
    other = make_user(Role.DIRECTOR, username="giam-doc")
    correct_record(
        record=title, values={"application_number": "4-02"}, actor=other, on=TODAY, why="x", seen=version_stamp(title)
    )
    told = send(client, "goods", mine)
    form = next(one["form"] for group in told.context["groups"] for one in group["facts"] if "form" in one)

    send(client, "goods", {name: form.data[name] for name in form.fields})

    assert (now().goods, now().application_number) == ("gạo", "4-02")


def step(client, name="refuse", **said):
    page = client.get(RECORD)
    form = next(one["form"] for one in page.context["steps"] if one["name"] == name)
    stamp = form["phien-ban"].value()
    return {"refuse-on": "24/9/2021", "refuse-note": "không trả lời", "refuse-phien-ban": stamp, **said}


def test_a_step_on_a_record_that_changed_is_told_of_it_before_it_is_taken(client, title):
    mine = step(client)
    other = make_user(Role.DIRECTOR, username="giam-doc")
    correct_record(record=title, values={"goods": "mật ong"}, actor=other, on=TODAY, why="x", seen=version_stamp(title))

    told = client.post(f"{RECORD}buoc/refuse/", mine)
    told_at = formats.instant(timezone.localtime(history_of(title)[0].at))
    page = told.content.decode()
    form = next(one["form"] for one in told.context["steps"] if one["name"] == "refuse")

    assert (told.status_code, now().state) == (422, "filed")
    assert "Hồ sơ đã đổi nên chưa ghi gì" in page
    assert f"{other}, {told_at}: sửa thông tin [Sản phẩm, dịch vụ, lĩnh vực bảo hộ: chè → mật ong]" in page
    assert "không trả lời</textarea>" in page
    again = client.post(
        f"{RECORD}buoc/refuse/",
        {form.add_prefix(name): form.data.get(form.add_prefix(name), "") for name in form.fields},
    )
    assert (again.status_code, now().state) == (302, "refused")


def test_a_step_that_another_took_already_says_who_and_keeps_what_was_typed(client, title):
    mine = step(client)
    director = make_user(Role.DIRECTOR, username="giam-doc")
    client.force_login(director)
    client.post(f"{RECORD}buoc/refuse/", step(client))

    answer = client.post(f"{RECORD}buoc/refuse/", mine | {"refuse-note": "lời của tôi"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{director}, " in page
    assert "ghi nhận đơn bị từ chối" in page
    assert "lời của tôi</textarea>" in page


def test_every_register_that_may_be_corrected_has_a_way_to_each_thing_it_lets_correct(client, specialist):
    """A name that neither a fact nor a question shows would be lost among the facts: an editor for it has no place."""
    for found in registers():
        shown = {name for _, names in found.facts for name in names}
        for question in found.questions:
            if question.name in found.editable:
                assert {question.name, f"{question.name}_text"} & shown, (found.key, question.name)

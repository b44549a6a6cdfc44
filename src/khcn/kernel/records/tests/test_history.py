from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.indicators.models import Target
from khcn.kernel.obligations.models import Obligation, ObligationPause
from khcn.kernel.records.history import EVERYBODY, UNKNOWN, _Names, _Words, history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import (
    TITLES,
    make_division,
    make_granted_title,
    make_office,
    make_title,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with recording(actor=None, verb="edit", label="sửa", why="rà soát"):
        row.save()
    return history_of(row)[0]


def said(entry):
    return [(field.label, field.old, field.new) for field in entry.fields]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "invention"}, ("Loại văn bằng", "Giấy chứng nhận đăng ký nhãn hiệu", "Bằng độc quyền sáng chế")),
        ({"filed_on": date(2021, 9, 14)}, ("Ngày nộp đơn", "—", "14/9/2021")),
        ({"goods": "Chè"}, ("Sản phẩm, dịch vụ, lĩnh vực bảo hộ", "—", "Chè")),
        ({"confidentiality": "confidential"}, ("Phạm vi", "Nội bộ", "Hạn chế: đơn vị phụ trách và lãnh đạo")),
    ],
)
def test_history_says_the_field_the_old_and_the_new_value_as_people_read_them(values, words):
    assert said(change(make_title(), **values)) == [words]


def test_history_names_the_row_behind_a_foreign_key():
    entry = change(make_title(), division=make_division())

    assert said(entry) == [("Phòng phụ trách", "—", "Phòng QLCN")]


def test_history_says_yes_and_no():
    row = Obligation(
        office=make_office(), register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1)
    )
    change(row)

    assert said(change(row, cancelled=True)) == [("Không còn phải làm", "Không", "Có")]


def test_history_writes_amounts_with_dots_for_thousands():
    row = Target(office=make_office(), indicator="a.b", period_kind="year", year=2021, value="1234567.5", source="KH")
    change(row)
    row.refresh_from_db()

    assert said(change(row, value=2000000)) == [("Giá trị", "1.234.567,5", "2.000.000")]


def test_history_tells_an_instant_by_the_clock_on_the_wall():
    model = register("period-report").model
    field = model._meta.get_field("frozen_at")
    names = _Names(model, [], _Words(str, EVERYBODY))

    assert names.words(field, datetime(2021, 9, 14, 16, 30, tzinfo=UTC)) == "23:30 ngày 14/9/2021"


def test_history_tells_who_what_why_newest_first_and_without_change_at_the_beginning():
    user = make_user(Role.SPECIALIST)
    title = make_title(actor=user)
    change(title, goods="Chè")

    newest, first = history_of(title)

    assert (newest.label, newest.why, newest.actor) == ("sửa", "rà soát", "Hệ thống")
    assert (first.label, first.actor, first.fields) == ("lập hồ sơ", str(user), ())


def test_steps_taken_within_one_act_stand_in_their_order():
    actor = make_user(Role.DIRECTOR)
    with recording(actor=actor, verb="both", label="cả hai", on=date(2021, 9, 1)):
        title = make_granted_title("Nhãn", number="1", granted_on=date(2021, 9, 1), actor=actor)

    assert [entry.label for entry in history_of(title)] == ["ghi nhận đã cấp văn bằng", "lập hồ sơ"]


def test_the_history_of_a_record_holds_that_of_its_parts_and_who_took_one_away():
    row = Obligation(
        office=make_office(), register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1)
    )
    change(row)
    stop = ObligationPause(obligation=row, first_on=date(2021, 9, 2), reason="chờ")
    with recording(actor=None, verb="stop", label="dừng"):
        stop.save()
    with recording(actor=None, verb="remove", label="bỏ"):
        stop.remove()

    told = [(entry.label, entry.subject) for entry in history_of(row, parts=["pauses"])]

    assert told == [("bỏ", "tạm dừng thời hạn"), ("dừng", "tạm dừng thời hạn"), ("sửa", "")]


def test_parts_that_one_act_made_are_told_once_with_their_number():
    row = Obligation(
        office=make_office(), register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1)
    )
    change(row)
    with recording(actor=None, verb="stop", label="dừng hai lần"):
        for day in (2, 6):
            over = {"first_on": date(2021, 9, day), "last_on": date(2021, 9, day + 1)}
            ObligationPause(obligation=row, reason="chờ", **over).save()
    with recording(actor=None, verb="stop", label="ghi tạm dừng thời hạn"):
        ObligationPause(obligation=row, first_on=date(2021, 9, 9), reason="chờ").save()

    told = [(entry.label, entry.subject) for entry in history_of(row, parts=["pauses"])]

    assert told == [("ghi tạm dừng thời hạn", ""), ("dừng hai lần", "2 tạm dừng thời hạn"), ("sửa", "")]


def test_history_costs_the_same_however_long_it_is(django_assert_max_num_queries):
    title = make_title()
    for number in range(12):
        change(title, goods=str(number), division=make_division(code=f"P{number}"))

    with django_assert_max_num_queries(8):
        entries = history_of(title, parts=["holders"])

    assert len(entries) == 13
    assert register(TITLES).model.Version.objects.count() == 13


def test_a_record_that_the_reader_may_not_know_of_is_not_named_in_history():
    title = make_title("Nhãn nội bộ nơi khác", office=make_office("KH"))
    row = make_foreign()
    row.title_at_home = title
    with recording(actor=None, verb="edit", label="sửa"):
        row.save()

    assert told_of(row, make_user(Role.SPECIALIST)) == [UNKNOWN]
    assert told_of(row, make_user(Role.SPECIALIST, username="xa", office=title.office)) == [str(title)]


def test_of_a_confidential_record_history_does_not_even_say_that_there_is_one():
    title = make_title("Nhãn hạn chế", confidentiality=Confidentiality.CONFIDENTIAL)
    row = make_foreign()
    row.title_at_home = title
    with recording(actor=None, verb="edit", label="sửa"):
        row.save()

    assert told_of(row, make_user(Role.SPECIALIST)) == []
    assert told_of(row, make_user(Role.DIRECTOR)) == [str(title)]


@pytest.mark.parametrize(
    ("confidentiality", "told"), [(Confidentiality.INTERNAL, [UNKNOWN]), (Confidentiality.CONFIDENTIAL, [])]
)
def test_a_typed_reference_is_told_as_the_record_it_names(confidentiality, told):
    title = make_title("Nhãn của nơi khác", office=make_office("KH"), confidentiality=confidentiality)
    row = Obligation(
        office=make_office(), register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1)
    )
    change(row)
    change(row, holder_register=title.REGISTER, holder_id=title.pk)

    assert told_of(row, EVERYBODY) == [str(title)]
    assert told_of(row, make_user(Role.SPECIALIST)) == told


def told_of(row, reader):
    return [change.new for entry in history_of(row, reader=reader) for change in entry.fields]


def make_foreign():
    row = register("foreign-registration").model(office=make_office(), title="Chè", territory="Nước", state="preparing")
    with recording(actor=None, verb="make", label="lập"):
        row.save()
    return row

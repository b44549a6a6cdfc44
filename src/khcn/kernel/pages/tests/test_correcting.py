from __future__ import annotations

import re
from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.records.corrections import CorrectionRefused, StaleRecord, correct_record, version_stamp
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, make_division, make_granted_title, make_title, make_user
from khcn.kernel.workflow.services import perform

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

RECORD = "/so/protection-title/VB-2021-0001/"
PAGE = f"{RECORD}sua/"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


@pytest.fixture
def title(specialist):
    values = {"goods": "chè", "application_number": "4-01", "filed_on": date(2021, 3, 1)}
    return make_title("Nhãn hiệu A", division=specialist.division, **values)


def typed(client, **said):
    """Return what a browser would send of the form as it was opened, with some answers changed."""
    page = client.get(PAGE)
    form = page.context["form"]
    values = {bound.name: getattr(bound.value(), "pk", bound.value()) for bound in form}
    return {name: "" if value is None else value for name, value in values.items()} | {
        "holders": "",
        "ly-do": "nhập nhầm",
        **said,
    }


def now():
    return register("protection-title").model.objects.get(code="VB-2021-0001")


def correct(title, actor, *, why="nhập nhầm", seen=None, **values):
    stamp = seen if seen is not None else version_stamp(title)
    return correct_record(record=title, values=values, actor=actor, on=TODAY, why=why, seen=stamp)


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"


@pytest.mark.parametrize(
    ("role", "division", "status"),
    [
        (Role.SPECIALIST, "QLCN", 200),  # of the division in charge
        (Role.SPECIALIST, "KHAC", 403),  # of another
        (Role.CLERK, "QLCN", 403),  # registers papers only
        (Role.DIRECTOR, "KHAC", 200),  # stands above divisions
    ],
)
def test_a_record_is_corrected_by_whom_its_register_names(client, role, division, status):
    make_title(division=make_division())
    client.force_login(make_user(role, division=make_division(code=division)))

    answers = client.get(PAGE), client.get(RECORD)

    assert answers[0].status_code == status
    assert (f'href="{PAGE}"' in answers[1].content.decode()) is (status == 200)


def test_a_register_that_lets_nothing_be_corrected_has_no_such_page(client, title):
    assert client.get("/so/session/BLV-2021-0001/sua/").status_code == 404
    assert client.get("/so/protection-title/VB-2021-0099/sua/").status_code == 404


def test_a_correction_writes_what_changed_and_history_tells_it(client, title, holder):
    answer = client.post(PAGE, typed(client, holders=holder, filed_on="2/3/2021", goods="chè, gạo"))

    record, entry = now(), history_of(title)[0]
    assert answer.url == RECORD
    assert (record.filed_on, record.goods, record.application_number) == (date(2021, 3, 2), "chè, gạo", "4-01")
    assert (entry.label, entry.why) == ("sửa thông tin", "nhập nhầm")
    assert [(one.old, one.new) for one in entry.fields] == [("1/3/2021", "2/3/2021"), ("chè", "chè, gạo")]


@pytest.fixture
def holder(specialist):
    model = register("organisation").model
    row = model(office=specialist.office, title="Hợp tác xã A", state="active")
    with recording(actor=None, verb="make", label="lập"):
        row.save()
    return row.code


def test_a_reason_is_required_on_the_page_and_by_the_service(client, title, specialist, holder):
    answer = client.post(PAGE, typed(client, **{"holders": holder, "goods": "gạo", "ly-do": "  "}))

    assert answer.status_code == 422
    assert 'id="id_ly-do_error"' in answer.content.decode()
    with pytest.raises(CorrectionRefused, match="Ghi lý do sửa"):
        correct(title, specialist, why=" ", goods="gạo")
    assert now().goods == "chè"


def test_a_form_with_nothing_changed_writes_nothing(client, title, specialist):
    before = version_stamp(title)

    names = correct(title, specialist, goods="chè", application_number="4-01")

    assert names == ()
    assert version_stamp(title) == before


def test_a_stale_form_keeps_mine_takes_theirs_and_names_who_was_first(client, title, holder):
    mine = typed(client, holders=holder, goods="gạo")
    other = make_user(Role.DIRECTOR, username="giam-doc")
    correct(title, other, application_number="4-02")

    answer = client.post(PAGE, mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{other} đã ghi «sửa thông tin»" in page
    assert "gạo</textarea>" in page
    assert 'value="4-02"' in page
    assert now().goods == "chè"


def test_a_stale_form_sent_again_after_looking_overwrites_nothing_of_the_others(client, title, holder):
    mine = typed(client, holders=holder, goods="gạo")
    correct(title, make_user(Role.DIRECTOR), application_number="4-02")
    again = client.post(PAGE, mine).context["form"]

    client.post(PAGE, {name: again.data[name] for name in again.fields if name in again.data})

    assert (now().goods, now().application_number) == ("gạo", "4-02")


def test_a_field_that_both_changed_shows_what_the_other_wrote(client, title, holder):
    mine = typed(client, holders=holder, goods="gạo")
    correct(title, make_user(Role.DIRECTOR), goods="mật ong")

    page = client.post(PAGE, mine).content.decode()

    assert "Hiện nay hồ sơ ghi «mật ong»" in page
    assert "gạo</textarea>" in page


def test_the_same_correction_sent_twice_is_one_change(client, title, holder):
    mine = typed(client, holders=holder, goods="gạo")

    statuses = [client.post(PAGE, mine).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert [entry.label for entry in history_of(title)].count("sửa thông tin") == 1


def test_a_step_taken_meanwhile_makes_the_form_stale(title, specialist):
    seen = version_stamp(title)
    perform(register("protection-title").workflow, "refuse", title, actor=specialist, on=TODAY, note="không trả lời")

    with pytest.raises(StaleRecord, match="ghi nhận đơn bị từ chối"):
        correct(title, specialist, seen=seen, goods="gạo")


@pytest.mark.parametrize("name", ["state", "code", "office", "division", "withdrawn_on", "goods_"])
def test_what_the_register_does_not_name_is_never_corrected(title, specialist, name):
    with pytest.raises(CorrectionRefused, match=name):
        correct(title, specialist, **{name: "x"})


def test_the_service_asks_who_may_itself(title):
    with pytest.raises(NotPermitted):
        correct(title, make_user(Role.CLERK), goods="gạo")


def test_a_withdrawn_record_is_not_corrected(client, title, specialist):
    title.withdrawn_on, title.withdrawal_reason = TODAY, "nhập trùng"
    with recording(actor=None, verb="withdraw", label="thu hồi"):
        title.save()

    answer = client.get(PAGE, follow=True)

    assert "đã thu hồi nên không sửa được" in answer.content.decode()
    with pytest.raises(CorrectionRefused, match="đã thu hồi"):
        correct(title, specialist, goods="gạo")


def test_a_correction_may_not_take_away_what_the_state_was_reached_by(specialist):
    title = make_granted_title("B", number="4-7", granted_on=TODAY, actor=specialist, division=specialist.division)

    with pytest.raises(CorrectionRefused, match="trạng thái này đòi hỏi: Có số văn bằng"):
        correct(title, specialist, title_number="")


def test_a_correction_that_breaks_a_constraint_names_the_fields(specialist):
    title = make_granted_title("B", number="4-7", granted_on=TODAY, actor=specialist, division=specialist.division)

    with pytest.raises(CorrectionRefused, match="«Hết hạn», «Ngày cấp»"):
        correct(title, specialist, expires_on=date(2020, 1, 1))


def test_a_forged_stamp_is_refused(client, title, holder):
    said = typed(client, holders=holder, goods="gạo")

    answers = [client.post(PAGE, {**said, "phien-ban": stamp}) for stamp in ("", "999999", "x")]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert now().goods == "chè"


def test_the_form_carries_the_stamp_of_what_it_shows(client, title):
    page = client.get(PAGE).content.decode()

    assert re.search(r'name="phien-ban" value="(\d+)"', page)[1] == str(version_stamp(title))
    assert "data-draft=" in page

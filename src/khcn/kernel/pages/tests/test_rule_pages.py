from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.tests.worlds import make_duty, make_rule
from khcn.kernel.pages.rule_values import asking
from khcn.kernel.records.history import history_of
from khcn.kernel.rulebook import uses
from khcn.kernel.rulebook.kinds import kind_of
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.rulebook.uses import add_kept_source
from khcn.kernel.tests.factories import TODAY, instant, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]
STARTED = date(2021, 9, 14)  # a Tuesday; two working days end on Thursday the 16th, five on Tuesday the 21st
SAID = {
    "quy-dinh-so": "5",
    "quy-dinh-don_vi": "wd",
    "quy-dinh-valid_from": "14/9/2021",
    "quy-dinh-legal_basis": "QĐ mới, điều 2",
    "quy-dinh-confidence": "unchecked",
    "quy-dinh-why": "Văn bản mới",
}
CONFIRMED = {"xac-nhan": "1"}
PERIOD = "report.period.nine-month"


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(instant(TODAY), tick=False):
        yield


@pytest.fixture
def administrator(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def rule(db):
    return make_rule("2wd", valid_from=date(2020, 1, 1))


def act(name, rule):
    return reverse(name, args=[rule.key, rule.pk])


def words(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", ["rule-replace", "rule-correct", "rule-confirm"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 302),  # anonymous: to sign in
        *((role, 403) for role in Role if role != Role.ADMINISTRATOR),  # wrong role
        (Role.ADMINISTRATOR, 200),  # right role
    ],
)
def test_only_administrators_are_asked_for_a_change(client, rule, name, role, status):
    if role:
        client.force_login(make_user(role))

    assert client.get(act(name, rule)).status_code == status


@pytest.mark.parametrize("name", ["rule-replace", "rule-correct", "rule-confirm"])
def test_what_others_send_changes_nothing(client, rule, name):
    client.force_login(make_user(Role.DIRECTOR))

    answer = client.post(act(name, rule), {**SAID, **CONFIRMED, "doi-chieu-document": "NĐ", "doi-chieu-article": "1"})

    assert (answer.status_code, Rule.objects.get().value, Rule.objects.get().confidence) == (403, "2wd", "unchecked")


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SPECIALIST, 200), (Role.ASSIGNED_AGENCY, 403), (Role.APPLICANT, 403)]
)
def test_staff_read_a_rule_and_its_list_as_a_sheet_without_being_offered_acts(client, rule, role, status):
    client.force_login(make_user(role))

    page = client.get(reverse("rule", args=[rule.key]))

    assert (page.status_code, client.get(reverse("rulebook-export")).status_code) == (status, status)
    assert "Sửa sai" not in words(page)


def test_a_rule_that_is_not_there_is_not_found(client, administrator):
    assert client.get(reverse("rule", args=["không.có"])).status_code == 404


def test_a_new_value_is_shown_with_the_dates_it_moves_before_it_is_written(client, administrator, rule):
    duty = make_duty(rule_key="mẫu", started_on=STARTED)

    page = client.post(act("rule-replace", rule), SAID)

    shown = words(page)
    duty.refresh_from_db()
    assert "1 việc đang mở bạn được biết đổi hạn" in shown
    assert [word in shown for word in ("16/9/2021", "21/9/2021", "muộn hơn 5 ngày")] == [True] * 3
    assert (duty.effective_on, Rule.objects.count()) == (date(2021, 9, 16), 1)


def test_dates_of_records_one_may_not_know_of_move_and_are_not_counted(client, administrator, rule):
    hidden = make_duty(rule_key="mẫu", started_on=STARTED, record=make_title(office=make_office("BK")))

    shown = words(client.post(act("rule-replace", rule), SAID))
    client.post(act("rule-replace", rule), SAID | CONFIRMED)

    hidden.refresh_from_db()
    assert "Không việc đang mở nào bạn được biết đổi hạn" in shown
    assert "21/9/2021" not in shown
    assert hidden.effective_on == date(2021, 9, 21)


def test_what_the_preview_carries_writes_the_value_and_moves_the_dates(client, administrator, rule):
    duty = make_duty(rule_key="mẫu", started_on=STARTED)
    carried = {pair["name"]: pair["value"] for pair in client.post(act("rule-replace", rule), SAID).context["hidden"]}

    answer = client.post(act("rule-replace", rule), carried, follow=True)
    again = client.post(act("rule-replace", rule), carried)

    duty.refresh_from_db()
    shown = words(answer)
    assert duty.effective_on == date(2021, 9, 21)
    assert "«5 ngày làm việc», hiệu lực từ 14/9/2021, theo QĐ mới, điều 2" in shown
    assert "Văn bản mới" in shown
    assert (again.status_code, Rule.objects.count()) == (422, 2)  # sent twice, written once


def test_a_correction_keeps_what_was_believed_readable(client, administrator, rule):
    believed = history_of(rule)[0].at.isoformat()
    with time_machine.travel(instant(TODAY, 18), tick=False):
        client.post(
            act("rule-correct", rule), {**SAID, **CONFIRMED, "quy-dinh-valid_from": "1/1/2020", "quy-dinh-valid_to": ""}
        )

    now = words(client.get(reverse("rule", args=[rule.key])))
    past = words(client.get(reverse("rule", args=[rule.key]), {"as_of": believed}))

    assert "<strong>5 ngày làm việc</strong>" in now
    assert "giá trị «2 ngày làm việc» thành «5 ngày làm việc»" in now
    assert "<strong>2 ngày làm việc</strong>" in past
    assert "Như đã biết trong quá khứ" in past


def test_a_value_compared_with_its_text_leaves_the_list_of_unchecked_ones(client, administrator, rule):
    before = client.get(reverse("rulebook"), {"tin-cay": "unchecked"}).context["rows"]

    client.post(act("rule-confirm", rule), {"doi-chieu-document": "NĐ 1/2026/NĐ-CP", "doi-chieu-article": "điều 3"})

    page = client.get(reverse("rule", args=[rule.key]))
    after = client.get(reverse("rulebook"), {"tin-cay": "unchecked"}).context["rows"]
    assert (len(before), len(after)) == (1, 0)
    assert "Đã đọc NĐ 1/2026/NĐ-CP, điều 3" in words(page)
    assert ">Đối chiếu</a>" not in words(page)


@pytest.mark.parametrize(
    ("name", "said", "reason"),
    [
        ("rule-replace", {**SAID, "quy-dinh-why": ""}, "Lý do"),
        ("rule-replace", {**SAID, "quy-dinh-so": "0"}, "Thời hạn"),
        ("rule-replace", {**SAID, "quy-dinh-valid_from": "1/1/2019"}, "sau ngày 01/01/2020"),
        ("rule-replace", {**SAID, "quy-dinh-so": "999999"}, "không dùng được"),
        ("rule-confirm", {"doi-chieu-document": "NĐ 1", "doi-chieu-article": ""}, "điều, khoản"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(client, rule, name, said, reason):
    client.force_login(make_user(Role.ADMINISTRATOR))

    answer = client.post(act(name, rule), said)

    assert answer.status_code == 422
    assert reason in words(answer)


def test_a_period_is_previewed_in_words_with_the_reports_that_stay(client, administrator, monkeypatch):
    load_shipped_rules()
    period = Rule.objects.get(key=PERIOD)
    monkeypatch.setattr(uses, "_kept", [])
    add_kept_source(lambda number, _reader: ["BC-2021-0001: số liệu đã chốt"] if number == period.pk else [])
    said = {"dau_ngay": 1, "dau_thang": 1, "dau_nam": 0, "cuoi_ngay": 30, "cuoi_thang": 9, "cuoi_nam": 0}
    answers = {f"quy-dinh-{name}": value for name, value in said.items()}

    page = client.post(act("rule-replace", period), {**SAID, **answers, "quy-dinh-valid_from": "1/1/2027"})

    assert "Báo cáo 9 tháng đầu năm 2027: số liệu từ 1/1/2027 đến 30/9/2027" in words(page)
    assert "BC-2021-0001: số liệu đã chốt" in words(page)


def test_the_list_is_narrowed_by_confidence_group_and_text(client, administrator):
    load_shipped_rules()
    total = Rule.objects.count()

    shown = [
        client.get(reverse("rulebook"), asked).context["rows"]
        for asked in ({}, {"tin-cay": "local"}, {"nhom": "report"}, {"q": "dang ky van ban den"}, {"tin-cay": "sai"})
    ]

    local = Rule.objects.filter(confidence="local").count()
    assert [len(rows) for rows in shown] == [
        total,
        local,
        Rule.objects.filter(key__startswith="report.").count(),
        1,
        total,
    ]


def test_days_without_a_value_are_named(client, administrator, rule):
    make_rule("3wd", valid_from=date(2023, 1, 1))
    client.post(
        act("rule-correct", rule),
        {**SAID, **CONFIRMED, "quy-dinh-valid_from": "1/1/2020", "quy-dinh-valid_to": "31/12/2021"},
    )

    assert "từ 1/1/2022 đến hết 31/12/2022" in words(client.get(reverse("rule", args=[rule.key])))
    assert client.get(reverse("rulebook")).context["silent"] == ["Thời hạn mẫu"]


def test_the_sheet_holds_what_the_list_shows_and_runs_no_formula(client, administrator):
    make_rule("2wd", label="=1+1")

    answer = client.get(reverse("rulebook-export"), {"tin-cay": "unchecked"})

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (rows[1][1], rows[1][2], rows[0][8]) == ("'=1+1", "2 ngày làm việc", "Văn bản đã đọc")


@pytest.mark.parametrize("page", ["rulebook", "rule"])
def test_the_number_of_queries_does_not_grow_with_the_rules(
    client, rule, page, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(make_user(Role.ADMINISTRATOR))
    url = reverse(page, args=[rule.key] if page == "rule" else [])
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for year in range(2005, 2015):
        make_rule("2wd", valid_from=date(year, 1, 1), valid_to=date(year, 12, 31))

    with django_assert_num_queries(len(few)):
        client.get(url)


def test_the_old_address_leads_to_the_list(client, administrator):
    assert client.get("/quy-dinh/?q=han")["Location"] == "/quan-tri/quy-tac/?q=han"


@pytest.mark.parametrize(
    ("value", "answers"),
    [
        ("5wd", {"so": 5, "don_vi": "wd"}),
        (True, {"gia_tri": "co"}),
        ("2026-04-01", {"gia_tri": date(2026, 4, 1)}),
        (["a", 2], {"gia_tri": "a\n2\n\n"}),
        ({"a": 1, "b": [1, 2], "c": "x: y"}, {"gia_tri": "a: 1\nb: [1, 2]\nc: x: y\nthiếu dấu"}),
        ("thư", {"gia_tri": "thư"}),
        ({"from": [0, 1, 1]}, {"gia_tri": "from: [0, 1, 1]"}),
    ],
)
def test_each_kind_of_value_is_asked_for_and_read_back(value, answers):
    how = asking(kind_of("x", value).name, value)

    assert how.read(answers) == value
    assert set(how.fields(value, "")) == set(answers)

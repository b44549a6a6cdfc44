"""What is known of the money that a budget year needs, on the command line and on the page."""

from __future__ import annotations

import json
from datetime import date
from http import HTTPStatus

import pytest
from django.db import OperationalError
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.selectors import NotPrepared, office_at_work
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.research import commands
from khcn.research.commands import run_estimate, run_export
from khcn.research.estimating import estimate_of, lacking_words, planned_by_form, warning_words
from khcn.research.models import ResearchTask
from khcn.research.services import calls
from khcn.research.states import FundingSource, TaskForm, TaskState
from khcn.research.tests.factories import make_world
from khcn.research.tests.imported import add_line, bring_in

pytestmark = pytest.mark.django_db
LOCAL, FIRM = FundingSource.STATE_LOCAL, FundingSource.FIRM
TOPIC = TaskForm.TOPIC
MILLION = 1_000_000
TODAY = date(2026, 11, 28)


@pytest.fixture
def world(settings):
    made = make_world(on=date(2026, 1, 5))
    settings.OFFICE = made.office.code
    return made


def opened(world, title, money, **said):
    """Return an imported task with what the State gives it in each year: {2024: 500}."""
    said = {"regime": "law29"} | said if said.get("state") != TaskState.LISTED else said
    task = bring_in(world, title, **said)
    for year, millions in money.items():
        add_line(task, LOCAL, millions * MILLION, year)
    return task


def propose(world, task, plan_year):
    said = {"title": task.title, "plan_year": plan_year, "proposer_text": "Hợp tác xã Mẫu", "proposer_kind": "firm"}
    proposal = calls.TaskProposal(office=world.office, received_on=TODAY, **said)
    with recording(actor=None, verb="add", label="ghi đề xuất", on=TODAY):
        proposal.task = task
        proposal.save()


def all_tasks(world):
    return ResearchTask.objects.of_office(world.office).standing()


def reckoned(world, year=2027, **planned):
    wanted = {TaskForm(form): count for form, count in planned.items()}
    return estimate_of(all_tasks(world), world.office, year, on=TODAY, planned=wanted)


def asked(capsys, *line):
    """Run the command; returns its exit code, what it said and what it complained of."""
    try:
        code = run_estimate(list(line))
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_average_is_of_all_state_money_of_the_years_for_tasks_opened_in_them(world):
    opened(world, "Từ năm 2024", {2024: 500, 2025: 300, 2026: 200, 2027: 900})
    opened(world, "Từ năm 2026", {2026: 400, 2027: 700})
    opened(world, "Từ năm 2023", {2023: 999, 2024: 999})
    add_line(opened(world, "Có vốn doanh nghiệp", {2025: 100}), FIRM, 999 * MILLION, 2025)

    found = reckoned(world, topic=2)

    assert [(one.opened, one.spent) for one in found.new] == [(3, 1500 * MILLION)]
    assert found.total_vnd == 1000 * MILLION
    assert found.years_words == "2024–2026"


def test_a_task_on_the_list_is_opened_in_one_year_only(world):
    listed = bring_in(world, "Trong danh mục", state=TaskState.LISTED, listed_on=date(2026, 8, 14))

    counts = {year: planned_by_form(all_tasks(world), year) for year in (1990, 2024, 2025, 2026, 2027, 2028)}

    assert listed.approved_on is None
    assert [year for year, found in counts.items() if found] == [2027]
    assert counts[2027] == {TOPIC: 1}


def test_the_plan_year_of_a_proposal_and_the_first_year_of_an_estimate_say_when_a_task_opens(world):
    listed = {"state": TaskState.LISTED, "listed_on": date(2026, 8, 14)}
    estimated = opened(world, "Đã có dự toán", {2029: 100}, **listed)
    proposed, late = bring_in(world, "Cho năm 2028", **listed), bring_in(world, "Cho năm 2025", **listed)
    propose(world, proposed, 2028)
    propose(world, late, 2025)

    def years_of(task):
        return [year for year in range(2020, 2035) if planned_by_form(all_tasks(world).filter(pk=task.pk), year)]

    assert years_of(estimated) == [2029]
    assert years_of(proposed) == [2028]
    assert years_of(late) == [2026]  # nothing is opened before it stands on a list


def test_tasks_without_an_estimate_are_in_no_average_and_are_named(world):
    opened(world, "Có dự toán", {2025: 600})
    bare = bring_in(world, "Chưa có dự toán", approved_on=date(2025, 3, 1))
    bring_in(world, "Xưa", approved_on=date(2020, 3, 1))
    bring_in(world, "Chưa phê duyệt", state=TaskState.LISTED, listed_on=date(2026, 8, 14))

    found = reckoned(world, topic=1)

    assert [one.code for one in found.unpriced] == [bare.code]
    assert found.total_vnd == 600 * MILLION
    named, lowered = warning_words(found)
    assert named.startswith("1 đề tài mở mới các năm 2024–2026 chưa có dòng dự toán nên không vào bình quân: ")
    assert bare.code in named
    assert "trên 1 đề tài có dự toán: 600.000.000 đồng; nếu chia cho cả 2 nhiệm vụ" in lowered
    assert lowered.endswith("chỉ còn 300.000.000 đồng.")


def test_many_tasks_without_an_estimate_are_named_up_to_ten(world):
    for number in range(12):
        bring_in(world, f"Trống {number}", starts_on=date(2026, 3, 1))

    found = reckoned(world, topic=1)
    words = warning_words(found)

    assert "có 12 nhiệm vụ cùng loại mở mới nhưng chưa nhiệm vụ nào có dòng dự toán" in lacking_words(found)[0]
    assert len(words) == 1  # without an average there is none to be lowered
    assert " và 2 nhiệm vụ khác. " in words[0]


def test_a_form_without_an_average_leaves_the_whole_open_and_says_why(world, capsys):
    opened(world, "Đề tài", {2025: 600})

    line = ("--year", "2027", "--planned", "topic=2", "--planned", "scheme=1")
    code, out, _err = asked(capsys, *line, "--json")
    told = asked(capsys, *line)[1]
    found = json.loads(out)

    assert code == 0
    assert (found["total_vnd"], found["known_vnd"], found["complete"]) == (None, 1200 * MILLION, False)
    assert found["why_incomplete"] == [
        "1 đề án khoa học dự kiến mở mới: các năm 2024–2026 chưa có nhiệm vụ cùng loại để lấy bình quân."
    ]
    assert "Nhu cầu năm 2027: chưa đủ căn cứ để cộng; phần đã tính được: 1.200.000.000 đồng." in told
    assert "Bình quân 600.000.000 đồng = ngân sách nhà nước cấp trong các năm 2024–2026 600.000.000 đồng chia 1" in told


def test_an_estimate_that_is_whole_says_so_with_what_it_rests_on(world, capsys):
    task = opened(world, "Đề tài", {2025: 600})
    bare = bring_in(world, "Trống", approved_on=date(2025, 3, 1))

    _code, out, _err = asked(capsys, "--year", "2027", "--planned", "topic=2", "--planned", "project=0", "--json")
    found = json.loads(out)

    assert (found["total_vnd"], found["complete"], found["why_incomplete"]) == (1200 * MILLION, True, [])
    assert found["averaged_over"] == [
        {"task": task.code, "form": "topic", "year": 2025, "state_budget_vnd": 600 * MILLION}
    ]
    assert found["without_estimate"] == [{"task": bare.code, "form": "topic", "year": 2025}]
    assert len(found["warnings"]) == 2
    assert "Lưu ý: 1 đề tài mở mới" in asked(capsys, "--year", "2027", "--planned", "topic=2")[1]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["--planned", "topic=1"], "Thiếu --year."),
        (["--year", "-6"], "Tham số --year: «-6» không phải số nguyên từ 2000 đến 2100."),
        (["--year", "năm"], "«năm» không phải số nguyên từ 2000 đến 2100"),
        (["--year", "2027", "--planned", "topic=-3"], "Tham số --planned: «-3» không phải số nguyên từ 0 đến 9999."),
        (["--year", "2027", "--planned", "bad=1"], "«bad=1» không dùng được. Ghi LOẠI=SỐ như topic=10; loại là topic"),
        (["--year", "2027", "--planned", "topic"], "«topic» không dùng được. Ghi LOẠI=SỐ"),
        (["--year", "2027", "--planned", "topic="], "«» không phải số nguyên"),
        (["--year", "2027", "--planned", "topic=1", "--planned", "topic=2"], "--planned: «topic» ghi nhiều lần."),
    ],
)
def test_a_wrong_line_is_refused_in_vietnamese(capsys, line, words):
    code, out, err = asked(capsys, *line)

    assert (code, out) == (1, "")
    assert words in err


def test_without_an_installation_the_command_says_what_to_run(world, monkeypatch, capsys):
    def broken(*_args, **_options):
        raise OperationalError

    monkeypatch.setattr("khcn.kernel.identity.selectors.Office.objects.filter", broken)
    unprepared = asked(capsys, "--year", "2027")
    monkeypatch.undo()
    monkeypatch.setattr(commands, "estimate_of", broken)
    half = asked(capsys, "--year", "2027")

    assert world.office.code
    for code, _out, err in (unprepared, half):
        assert code == 1
        assert "Chạy «khcn prepare» rồi chạy lại lệnh" in err
    with pytest.raises(NotPrepared, match="Chưa có cơ quan «KHÔNG»"):
        office_at_work("KHÔNG")


def test_an_export_that_cannot_be_written_says_why_in_vietnamese(world, tmp_path, capsys):
    taken = tmp_path / "tệp"
    taken.write_text("x")

    assert world.office.code
    assert run_export(["--profile", "tasks-2025", "--out", str(taken)]) == 1
    assert "đã có tệp cùng tên" in capsys.readouterr().err
    assert run_export(["--profile", "x", "--out", str(taken)]) == 1
    assert "Không có hồ sơ xuất «x»" in capsys.readouterr().err


def address(year=2027, query=""):
    return reverse("task-estimate", args=[year]) + query


def test_the_page_shows_no_money_of_a_task_its_reader_may_not_know_of(world, client):
    opened(world, "Công khai", {2025: 600})
    hidden = opened(world, "Kín", {2025: 777}, confidentiality=Confidentiality.CONFIDENTIAL)
    bare = bring_in(world, "Kín trống", approved_on=date(2025, 3, 1), confidentiality=Confidentiality.CONFIDENTIAL)
    client.force_login(make_user(Role.CLERK, username="vt", office=world.office))

    text = client.get(address(query="?topic=1")).content.decode()

    assert reckoned(world, topic=1).new[0].spent == 1377 * MILLION  # the office itself counts both
    assert "600.000.000 đồng" in text
    assert not [one for one in (hidden.code, bare.code, "777.000.000", "1.377.000.000", "688.500.000") if one in text]
    assert "Không gồm nhiệm vụ anh/chị không được biết." in text


def test_year_and_numbers_are_chosen_on_the_page_and_kept_in_its_address(world, client):
    opened(world, "Đề tài", {2025: 600})
    client.force_login(world.specialist)

    moved = client.get(address(query="?nam=2028&topic=3&scheme="))
    page = client.get(moved["Location"])

    assert (moved.status_code, moved["Location"]) == (HTTPStatus.FOUND, address(2028, "?topic=3&scheme="))
    assert page.context["new_rows"][0]["cells"] == ["Đề tài", 3, 1, 600 * MILLION, 600 * MILLION, 1800 * MILLION]
    assert "1.800.000.000 đồng" in page.content.decode()


def test_what_is_not_known_is_no_nothing_on_the_page(world, client):
    client.force_login(world.specialist)

    page = client.get(address(query="?project=1"))

    assert "chưa đủ căn cứ" in page.content.decode()
    assert page.context["lacking"][0].startswith("1 dự án dự kiến mở mới: các năm 2024–2026")


def test_numbers_that_are_none_are_refused_beside_their_field(world, client):
    client.force_login(world.specialist)

    page = client.get(address(query="?topic=-1&nam=2027"))

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.context["form"].errors.keys() == {"topic"}
    assert client.get(address(3000)).status_code == HTTPStatus.NOT_FOUND

"""What is known of the papers of a task: each word comes from the register, and what it does not know stays a gap."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.models import Slip
from khcn.councils.states import Purpose
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.recording import recording
from khcn.kernel.text.numbers import money_in_words
from khcn.research.accounts import ROUTES, Move, Place, balances, total
from khcn.research.models import Inspection, Movement
from khcn.research.papers.reading import annexes_of
from khcn.research.papers.wording import GAP, dong, known
from khcn.research.selectors import councils_on, moved_by_kind
from khcn.research.services.parts import keep_part
from khcn.research.states import Account, FundingSource, MovementKind, TaskState, TerminationCause
from khcn.research.tests import factories as make
from khcn.research.tests.walking import take_step
from khcn.ui import formats

S = TaskState
DECISION, JOINT, ANNEX = "task-decision-paper", "task-joint-paper", "task-annex-paper"
SAID = {"objectives": "Nhân giống chè sạch bệnh", "content": "Chọn cây đầu dòng", "keywords": "chè; giống"}


@pytest.fixture
def world(db):
    return make.make_world()


@pytest.fixture
def reader(client, world):
    client.force_login(world.specialist)
    return client


def words_of(answer):
    assert answer.status_code == HTTPStatus.OK
    made = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells]).replace("\u00a0", " ")


def paper(client, task, name, key, suffix="docx"):
    return client.get(reverse(name, args=[task.code, key, suffix]))


def change_product(world, task, ordered):
    product = task.products.get()
    product.task, product.ordered = task, ordered
    keep_part(part=product, actor=world.specialist, on=world.later())


def spend(world, task):
    """Let the money of the firm be spent and accepted as done."""
    for kind in (MovementKind.ALLOCATE, MovementKind.DISBURSE, MovementKind.VERIFY):
        make.drain(world, task, FundingSource.FIRM, kind)


def test_the_decision_approves_what_the_register_says_in_figures_and_in_words(world, reader):
    task = make.make_task(world, S.APPROVED, **SAID)

    said = words_of(paper(reader, task, DECISION, "phe-duyet"))

    assert "Mục tiêu: Nhân giống chè sạch bệnh." in said
    assert "Tổ chức chủ trì: Trường Đại học Mẫu." in said
    assert "Chủ nhiệm: Nguyễn Chủ Nhiệm." in said
    assert "Phương thức khoán: Khoán từng phần." in said
    assert "Luật áp dụng: Luật KH&CN 29/2013/QH13." in said
    assert "Căn cứ Quyết định số 100/QĐ-UBND" in said
    assert "1.000.000.000 đồng (bằng chữ: Một tỷ đồng)" in said
    assert {"600.000.000", "300.000.000", "900.000.000", "90,0%"} <= set(said.split("\n"))


def test_what_the_register_does_not_know_stays_a_gap_and_the_draft_says_so(world, reader):
    task = make.make_task(world, S.APPROVED)

    said = words_of(paper(reader, task, JOINT, "hop-dong"))

    assert f"Mục tiêu: {GAP}." in said
    assert f"Tài khoản: {GAP}." in said
    assert f"24 tháng, từ {GAP} đến {GAP}" in said
    assert "Chỗ «…» là điều sổ của Sở chưa ghi" in said


def test_a_rule_that_nobody_compared_with_its_text_is_no_ground_and_stands_in_the_notes(db, client):
    world = make.make_world(on=date(2025, 12, 8))
    task = make.make_task(world, S.RUNNING)
    client.force_login(world.specialist)

    said = words_of(paper(client, task, JOINT, "hop-dong")).split("\n")

    grounds = [line for line in said if line.startswith("Căn cứ")]
    assert "Căn cứ Luật KH,CN và ĐMST 93/2025/QH15;" in grounds
    assert [line for line in grounds if "Chưa có văn bản" in line] == []
    assert [line for line in said if "(Luật 93/2025): 6 tháng (chưa đối chiếu văn bản)." in line]
    assert [line for line in said if "Chưa có văn bản trong tay; các bộ" in line and "chưa đối chiếu văn bản" in line]


def test_the_contract_holds_products_schedule_payments_and_who_signs(world, reader):
    task = make.make_task(world, S.RUNNING, **SAID)

    said = words_of(paper(reader, task, JOINT, "hop-dong"))

    assert "Bên B (tổ chức chủ trì): Trường Đại học Mẫu" in said
    assert "Căn cứ Quyết định số" in said
    assert {"Quy trình nhân giống", "Chọn cây đầu dòng", "400.000.000", "500.000.000"} <= set(said.split("\n"))
    assert "ĐẠI DIỆN BÊN A" in said
    assert f"Sổ đã ghi văn bản này: số {task.contract_number} ngày {formats.day(task.contracted_on)}." in said


def test_the_contract_stays_as_it_was_before_the_first_change(world, reader):
    task = make.make_task(world, S.RUNNING, **SAID)
    before = words_of(paper(reader, task, JOINT, "hop-dong"))
    make.ask_change(world, task)
    take_step(world, task, "adjust")
    change_product(world, task, 7)
    task.refresh_from_db()

    assert words_of(paper(reader, task, JOINT, "hop-dong")) == before
    assert "7" in words_of(paper(reader, task, JOINT, "phieu-dang-tien-hanh"))


def test_annexes_are_numbered_in_order_and_say_what_was_and_what_becomes(world, reader):
    task = make.make_task(world, S.RUNNING)
    make.ask_change(world, task)
    take_step(world, task, "adjust")
    change_product(world, task, 2)
    take_step(world, task, "extend")
    first, second = annexes_of(task)

    said = [words_of(paper(reader, task, ANNEX, one.change.pk)) for one in (first, second)]

    assert (first.number, second.number) == (1, 2)
    assert "Số 01, kèm Hợp đồng" in said[0]
    assert {"Quy trình nhân giống: 1", "Quy trình nhân giống: 2"} <= set(said[0].split("\n"))
    assert {formats.day(task.ends_on), formats.day(task.extended_to)} <= set(said[1].split("\n"))
    assert "Lý do: Mưa bão kéo dài." in said[1]
    assert "Phụ lục đã ký trước: số 01 (văn bản số 4/QĐ" in said[1]
    assert "Quy trình nhân giống: 1" not in said[1]


def test_a_change_of_which_nothing_was_written_down_leaves_a_row_to_fill_in(world, reader):
    task = make.make_task(world, S.RUNNING)
    make.ask_change(world, task)
    take_step(world, task, "adjust")

    said = words_of(paper(reader, task, ANNEX, task.changes.get().pk))

    assert f"1\n{GAP}\n{GAP}\n{GAP}" in said


def test_a_refused_change_and_one_that_waits_have_no_annex(world, reader):
    task = make.make_task(world, S.RUNNING)
    make.ask_change(world, task)
    waiting = paper(reader, task, ANNEX, task.changes.get().pk)
    take_step(world, task, "refuse_change")

    assert waiting.status_code == HTTPStatus.NOT_FOUND
    assert paper(reader, task, ANNEX, task.changes.get().pk).status_code == HTTPStatus.NOT_FOUND
    assert annexes_of(task) == []


def test_the_decision_that_stops_a_task_says_its_cause_its_reason_and_its_money(world, reader):
    task = make.make_task(world, S.RUNNING)
    spend(world, task)
    make.terminate(world, task, TerminationCause.OBJECTIVE)

    said = words_of(paper(reader, task, DECISION, "cham-dut"))

    assert "Nguyên nhân chấm dứt: Khách quan." in said
    assert "Lý do: Giống không chịu hạn." in said
    assert "Đã tạm ứng, cấp\nTổng\n100.000.000\n\nDoanh nghiệp\n100.000.000" in said
    assert f"hoàn trả ngân sách: {GAP}." in said


def test_the_risk_file_tells_the_way_with_its_papers_and_what_was_found_and_decided(world, reader):
    task = make.make_task(world, S.RUNNING)
    found = Inspection(task=task, inspected_on=world.later(), number="3/BB", findings="Đúng quy trình")
    keep_part(part=found, actor=world.specialist, on=world.day)
    make.terminate(world, task)
    take_step(world, task, "review_risk")
    waiting = words_of(paper(reader, task, DECISION, "rui-ro"))
    take_step(world, task, "settle")

    said = words_of(paper(reader, task, DECISION, "rui-ro"))

    assert f"Quyết định về kinh phí: {GAP}." in waiting
    assert "Đúng quy trình" in said
    assert "Phê duyệt nhiệm vụ\nĐã phê duyệt\nsố" in said
    assert "số 7/QĐ-UBND" in said
    assert "Quyết định về kinh phí: Không thu hồi." in said
    assert "Số tiền thu hồi: 0 đồng (bằng chữ: Không đồng)." in said
    assert "Văn bản quyết định: số 8/QĐ" in said


def test_the_recognition_says_how_the_rating_follows_from_the_slips(world, reader):
    task = make.make_task(world, S.ACCEPTED)

    said = words_of(paper(reader, task, DECISION, "cong-nhan"))

    assert "Xếp loại: Đạt." in said
    assert "7 phiếu «Đạt» trên 7 phiếu được tính." in said
    assert "thành lập và biên bản họp ngày" in said


def test_a_rating_stays_unexplained_where_the_reader_may_not_know_of_the_council(world, client):
    task = make.make_task(world, S.ACCEPTED)
    council = next(iter(councils_on(task, Purpose.ACCEPT)))
    with recording(actor=world.director, verb="hide", label="hạn chế", on=world.day):
        council.confidentiality, council.division = Confidentiality.CONFIDENTIAL, None
        council.save()
    client.force_login(world.specialist)

    said = words_of(paper(client, task, DECISION, "cong-nhan"))

    assert council.title not in said
    assert f"Cách xếp loại: {GAP}." in said
    assert f"biên bản họp hội đồng nghiệm thu ngày {formats.day(task.accepted_on)}" in said


def test_a_slip_changed_after_it_was_locked_is_told_in_place_of_the_rating(world, reader):
    task = make.make_task(world, S.ACCEPTED)
    slips = Slip.objects.filter(matter__subject_id=task.pk, matter__subject_register=task.REGISTER)
    touched = slips.exclude(judgements={}).first()
    QuerySet(Slip).filter(pk=touched.pk).update(judgements={})

    said = words_of(paper(reader, task, DECISION, "cong-nhan"))

    assert "có phiếu bị đổi sau khi khóa" in said


def test_a_result_whose_file_must_be_completed_is_not_recognised_yet(world, reader):
    task = make.make_task(world, S.FINAL_COUNCIL)
    make.accept(world, task, needs_fix=True)
    early = paper(reader, task, DECISION, "cong-nhan")
    take_step(world, task, "confirm_fix")

    assert early.status_code == HTTPStatus.FOUND
    assert "Hoàn thiện hồ sơ ngày:" in words_of(paper(reader, task, DECISION, "cong-nhan"))


def test_the_minutes_of_liquidation_tell_the_money_from_the_accounts(world, reader):
    task = make.make_task(world, S.RUNNING)
    spend(world, task)
    make.lead(world, task, S.SETTLED)

    said = words_of(paper(reader, task, JOINT, "thanh-ly"))

    for label in ("Được phê duyệt", "Đã tạm ứng, cấp", "Đã nghiệm thu khối lượng", "Đã quyết toán"):
        assert f"{label}: 100.000.000 đồng (bằng chữ: Một trăm triệu đồng)." in said
    assert "Đã hoàn trả: 0 đồng (bằng chữ: Không đồng)." in said
    assert "Phụ lục hợp đồng: không có." in said
    assert "Xếp loại nghiệm thu: Đạt." in said


def test_a_task_that_was_stopped_is_liquidated_with_its_cause(world, reader):
    task = make.make_task(world, S.RUNNING)
    make.terminate(world, task, TerminationCause.BREACH)
    make.decide_recovery(world, task)
    make.settle(world, task)

    said = words_of(paper(reader, task, JOINT, "thanh-ly"))

    assert "Nguyên nhân chấm dứt: Vi phạm." in said
    assert "chấm dứt thực hiện nhiệm vụ;" in said or "chấm dứt thực hiện nhiệm vụ." in said


def test_the_sheets_hold_the_fields_of_the_national_database(world, reader):
    task = make.make_task(world, S.RUNNING, **SAID)
    ongoing = words_of(paper(reader, task, JOINT, "phieu-dang-tien-hanh"))
    make.lead(world, task, S.RESULT_REGISTERED)

    result = words_of(paper(reader, task, JOINT, "phieu-ket-qua"))

    assert "Từ khóa\nchè; giống" in ongoing
    assert "Kinh phí: Doanh nghiệp\n100.000.000 đồng" in ongoing
    assert f"Giới tính của chủ nhiệm\n{GAP}" in ongoing
    assert f"Giấy chứng nhận đăng ký kết quả\nsố {task.certificate_number}" in result
    assert "Xếp loại nghiệm thu\nĐạt" in result


@given(st.integers(0, 10**15))
def test_an_amount_says_the_same_in_figures_and_in_words(vnd):
    figures, _bracket, words = dong(vnd).partition(" (bằng chữ: ")

    assert int(figures.removesuffix(" đồng").replace(".", "")) == vnd
    assert words == f"{money_in_words(vnd)})"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_nothing_known_is_a_gap(nothing):
    assert known(nothing) == GAP


MOVED = st.tuples(
    st.sampled_from([FundingSource.STATE_LOCAL, FundingSource.FIRM]),
    st.sampled_from(MovementKind),
    st.integers(1, 10**9),
    st.booleans(),
)


@given(st.lists(MOVED, max_size=30))
def test_what_each_kind_moved_is_what_the_accounts_hold(said):
    movements = [
        Movement(source=source, kind=kind, amount_vnd=vnd, reverses_id=1 if undone else None)
        for source, kind, vnd, undone in said
    ]
    moves = [Move(*(Place(one[0], place) for place in ROUTES[one[1]]), one[2]) for one in said]
    standing = balances(move.reversed if one[3] else move for move, one in zip(moves, said, strict=True))
    moved = moved_by_kind(movements)

    def of(kind):
        return sum(vnd for (_source, found), vnd in moved.items() if found is kind)

    held = of(MovementKind.DISBURSE) - of(MovementKind.VERIFY) - of(MovementKind.RETURN)
    assert total(standing, Account.ADVANCED) == held
    assert total(standing, Account.SETTLED) == of(MovementKind.SETTLE)
    assert total(standing, Account.RETURNED) == of(MovementKind.RETURN) + of(MovementKind.RECOVER)
    assert -total(standing, Account.GRANTED) == of(MovementKind.APPROVE) - of(MovementKind.REDUCE)

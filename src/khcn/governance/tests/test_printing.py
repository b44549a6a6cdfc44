"""The report on carrying out the conclusions, on paper."""

from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.urls import reverse

from khcn.governance.following_up import follow_lines, shortened
from khcn.governance.printing import COLUMNS, follow_up_document, summary_of
from khcn.governance.selectors import Onlooker
from khcn.governance.tests.factories import make_conclusion, make_session, make_task
from khcn.kernel.documents.model import QrCode, Table
from khcn.kernel.documents.pdf import to_pdf

TODAY = date(2021, 12, 1)
PRODUCED_AT = datetime(2021, 12, 1, 1, 30, tzinfo=UTC)
LONG = (
    "Yêu cầu Sở chủ trì, phối hợp với các sở, ngành và địa phương rà soát toàn bộ các nhiệm vụ đang chậm tiến độ, "
    "làm rõ nguyên nhân, trách nhiệm và thời hạn khắc phục, báo cáo Thường trực Tỉnh ủy"
)


def made(session, user):
    lines = follow_lines(session, Onlooker(user), TODAY)
    address = "https://khcn.example/buoi-lam-viec/LV-2021-0001/thuc-hien/?khoa=0123456789abcdef0123456789abcdef"
    return follow_up_document(session, lines, address=address, produced_at=PRODUCED_AT, today=TODAY)


@pytest.fixture
def session(world):
    return make_session(world.specialist)


def test_ten_long_conclusions_with_their_tasks_fit_on_one_sheet(world, session):
    for number in range(10):
        conclusion = make_conclusion(session, world.specialist, f"{LONG} {number}", sentence=f"{LONG} {number}.")
        make_task(conclusion, world.monitor, lead=world.division, title=f"Báo cáo kết quả rà soát đợt {number}")

    assert len(pypdfium2.PdfDocument(to_pdf(made(session, world.monitor)))) == 1


def test_every_sentence_and_every_task_has_its_row(world, session):
    first = make_conclusion(session, world.specialist, "Việc một")
    make_conclusion(session, world.specialist, "Việc hai")
    make_task(first, world.monitor, lead=world.division, title="Báo cáo một")
    make_task(first, world.monitor, lead=world.division, title="Báo cáo hai")

    table = next(block for block in made(session, world.monitor).body if isinstance(block, Table))

    assert len(table.rows) == 3
    assert all(len(row.cells) == len(COLUMNS) for row in table.rows)


def test_the_paper_is_a_draft_with_a_code_that_opens_the_report(world, session):
    document = made(session, world.monitor)

    code = next(block for block in document.body if isinstance(block, QrCode))
    assert document.draft_mark
    assert document.number is None
    assert reverse("governance:follow-up", args=[session.code]) in code.text


def test_the_summary_tells_what_is_late_only_to_who_may_know(world, session):
    make_task(make_conclusion(session, world.specialist), world.monitor, lead=world.division, due_on=date(2021, 10, 1))

    assert "1 nhiệm vụ quá hạn" in summary_of(follow_lines(session, Onlooker(world.monitor), TODAY), TODAY)
    assert "quá hạn" not in summary_of(follow_lines(session, Onlooker(world.leader), TODAY), TODAY)


@pytest.mark.parametrize(("text", "longest"), [("một hai ba", 20), ("một hai ba bốn năm", 10)])
def test_a_text_too_long_is_cut_at_a_word(text, longest):
    cut = shortened(text, longest)

    assert len(cut) <= longest + 1
    assert text.startswith(cut.rstrip("…"))

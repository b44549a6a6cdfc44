from __future__ import annotations

from datetime import date

import pytest

from khcn.correspondence.importing import import_paper
from khcn.correspondence.models import Paper
from khcn.correspondence.states import Direction, PaperState
from khcn.correspondence.tests.factories import MONDAY, TUESDAY, make_world
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import instant
from khcn.kernel.workflow.services import NotPossible

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def take_in(world, *, known_from=None, actor=None, **values):
    row = {"title": "Về việc mẫu", "number": "365/TB-UBND", "issued_on": MONDAY, "issuer_text": "UBND tỉnh", **values}
    with recording(actor=world.clerk, verb="import", label="nhập", on=TUESDAY, known_from=known_from, imported=True):
        return import_paper(row, actor=actor or world.clerk, on=TUESDAY, known_from=known_from)


def test_a_row_of_the_document_system_becomes_a_paper_of_its_issuer(world):
    paper = take_in(world)

    assert (paper.issuer, paper.kind.code, paper.direction) == (world.committee, "HC-TB", Direction.INCOMING)
    assert (paper.state, paper.provenance) == (PaperState.REGISTERED, Provenance.IMPORTED)


@pytest.mark.parametrize(
    ("number", "words", "code"),
    [
        ("1/TB-UBND", "Thông báo", "HC-TB"),  # one name for two kinds: the symbol decides
        ("1-TB/TU", "Thông báo", "DANG-TB"),
        ("1/TB-UBND", "TB", "HC-TB"),
        ("không số", "TTr", "HC-TTr"),  # only the abbreviation tells
        ("1/SKHCN-QLKH", "Công văn", "HC-CONG-VAN"),
        ("1/SKHCN-QLKH", "Giấy mời", "HC-GM"),  # what the sheet says goes before the symbol
        ("", "Biên bản", "HC-BB"),
    ],
)
def test_the_kind_is_found_by_name_abbreviation_or_symbol(world, number, words, code):
    assert take_in(world, number=number, kind_text=words).kind.code == code


def test_a_paper_of_no_known_kind_has_none(world):
    assert take_in(world, number="công hàm").kind is None


def test_what_a_sheet_names_and_nobody_knows_is_told(world):
    with pytest.raises(ValueError, match="không có loại văn bản «Thư tay»"):
        take_in(world, kind_text="Thư tay")
    with pytest.raises(ValueError, match="chưa có tổ chức tên «Sở Không Có»"):
        take_in(world, issuer_text="Sở Không Có")


@pytest.mark.parametrize(
    ("values", "known_from", "state"),
    [
        ({}, None, PaperState.REGISTERED),
        ({}, date(2020, 1, 1), PaperState.FILED),
        ({"state": PaperState.HANDLED}, None, PaperState.HANDLED),
        ({"direction": Direction.OUTGOING, "number": "1/BC-SKHCN"}, None, PaperState.SENT),
        ({"direction": Direction.OUTGOING, "number": ""}, None, PaperState.DRAFT),
    ],
)
def test_an_imported_paper_stands_where_it_stood(world, values, known_from, state):
    paper = take_in(world, known_from=known_from and instant(known_from), **values)

    assert paper.state == state


def test_the_offices_own_papers_have_no_issuer(world):
    paper = take_in(world, direction=Direction.OUTGOING, number="1/BC-SKHCN", issuer_text=world.office.name)

    assert (paper.issuer, paper.issuer_text) == (None, world.office.name)


def test_a_number_is_not_imported_twice(world):
    take_in(world)

    with pytest.raises(NotPossible, match="đã có văn bản mang số này"):
        take_in(world, number="0365/TB-UBND")


def test_only_the_clerk_imports(world):
    with pytest.raises(NotPermitted):
        take_in(world, actor=world.specialist)
    assert not Paper.objects.exists()


LIST = """Danh sách văn bản đến
STT;Số, ký hiệu;Ngày văn bản;Cơ quan ban hành;Loại văn bản;Trích yếu;Ngày đến
1;365/TB-UBND;20/9/2021;UBND tỉnh;Thông báo;Về việc thứ nhất;21/9/2021
2;36-TB/TU;20/9/2021;{issuer};TB;Về việc thứ hai;21/9/2021
"""


def load(world, text, *, actor):
    table = read_table(text.encode(), "van-ban.csv")
    return import_rows(register("paper"), table, actor=actor, on=TUESDAY, dry_run=False, skip_bad=False)


def test_the_list_of_another_document_system_is_taken_in_once(world):
    first = load(world, LIST.format(issuer="UBND tỉnh"), actor=world.clerk)

    again = load(world, LIST.format(issuer="UBND tỉnh"), actor=world.clerk)

    assert (first.created, again.created, again.unchanged) == (2, 0, 2)
    assert list(Paper.objects.order_by("pk").values_list("kind__code", flat=True)) == ["HC-TB", "DANG-TB"]


def test_a_list_with_an_unknown_issuer_is_refused_row_by_row(world):
    report = load(world, LIST.format(issuer="Ban Không Có"), actor=world.clerk)

    assert [bad.row for bad in report.bad] == [4]
    assert not Paper.objects.exists()


def test_the_operator_imports_for_the_office_of_the_installation(world):
    row = {"title": "Thư", "issuer_text": "UBND tỉnh"}
    with recording(actor=None, verb="import", label="nhập", on=TUESDAY, imported=True):
        paper = import_paper(row, actor=None, on=TUESDAY)

    assert paper.office == world.office

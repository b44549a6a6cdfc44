from dataclasses import replace
from datetime import date, datetime

import pytest

from khcn.kernel.documents.model import (
    Cell,
    Column,
    ColumnGroup,
    DocumentInvalid,
    Heading,
    QrCode,
    Row,
    Signature,
    Table,
    runs,
)
from khcn.kernel.documents.tests.samples import METADATA, REPORT

TWO = (Column("A"), Column("B"))


def test_a_paper_that_several_parties_sign_has_no_recipients():
    with pytest.raises(DocumentInvalid, match="Nơi nhận"):
        replace(REPORT, cosigners=(Signature("Giám đốc", "Đại diện bên A"),))


@pytest.mark.parametrize("level", [0, 5])
def test_a_heading_outside_the_four_levels_is_refused(level):
    with pytest.raises(DocumentInvalid, match="cấp"):
        Heading(level, "I.")


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"columns": (), "rows": ()}, "không có cột"),
        ({"columns": (Column("A", 0),), "rows": ()}, "rộng"),
        ({"columns": TWO, "rows": (Row.of("1"),)}, "dòng 1"),
        ({"columns": TWO, "rows": (Row((Cell(runs("1"), span=3),)),)}, "dòng 1"),
        ({"columns": TWO, "rows": (Row((Cell(runs("1"), span=0), Cell(runs("2"), span=2))),)}, "dòng 1"),
        ({"columns": TWO, "rows": (), "groups": (ColumnGroup("G", 1),)}, "nhóm cột"),
    ],
)
def test_a_table_that_does_not_close_is_refused_with_its_name(table, reason):
    with pytest.raises(DocumentInvalid, match=f"Bảng “Kết quả”.*{reason}"):
        Table(caption="Kết quả", **table)


@pytest.mark.parametrize("text", ["", "a" * 1001, "ữ" * 400])
def test_a_code_that_a_phone_cannot_read_is_refused(text):
    with pytest.raises(DocumentInvalid, match="QR"):
        QrCode(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"dated_on": date(2022, 1, 1)},
        {"number": 0},
        {"metadata": replace(METADATA, produced_at=datetime(2021, 9, 20))},  # noqa: DTZ001 - the point of the case
    ],
)
def test_a_document_that_contradicts_itself_is_refused(changed):
    with pytest.raises(DocumentInvalid, match="Kết quả hoạt động"):
        replace(REPORT, **changed)

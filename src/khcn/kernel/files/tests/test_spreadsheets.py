from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from khcn.kernel.files.intake import SPREADSHEET, examine
from khcn.kernel.files.models import TextState
from khcn.kernel.files.reading import DamagedFile, ExtensionMismatch, SecretDocument


def sheet(*, cells=(("Tên", "Số"), ("Chè Tân Cương", 12)), header="", box="", note="", said=None, custom=()):
    """Return a small workbook."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet("Danh mục")
        for number, row in enumerate(cells):
            page.write_row(number, 0, row)
        page.set_header(header)
        page.insert_textbox(5, 1, box)
        page.write_comment("A1", note)
        book.set_properties(said or {})
        for name, value in custom:
            book.set_custom_property(name, value)
    return held.getvalue()


def test_the_cells_of_a_sheet_are_read():
    found = examine(sheet(), "danh-muc.xlsx")

    assert (found.media_type, found.text_state) == (SPREADSHEET, TextState.READ)
    assert found.words.text.splitlines() == ["Danh mục", "Tên\tSố", "Chè Tân Cương\t12.0"]


@pytest.mark.parametrize(
    "marked",
    [
        {"cells": (("MẬT",), ("Danh mục",))},
        {"header": "&C&14TỐI MẬT"},
        {"box": "TUYỆT MẬT"},
        {"note": "MẬT"},
        {"said": {"keywords": "MẬT"}},
        {"said": {"title": "TUYỆT MẬT"}},
        {"custom": (("Độ mật", "Mật"),)},
    ],
)
def test_a_mark_of_secrecy_is_found_wherever_the_sheet_shows_it(marked):
    with pytest.raises(SecretDocument):
        examine(sheet(**marked), "danh-muc.xlsx")


def test_a_sheet_under_another_name_is_refused():
    with pytest.raises(ExtensionMismatch, match="bảng tính Excel"):
        examine(sheet(), "danh-muc.docx")


def test_a_broken_sheet_is_refused():
    data = sheet()

    with pytest.raises(DamagedFile):
        examine(data[: len(data) // 2], "danh-muc.xlsx")


def test_a_mark_below_all_that_search_keeps_is_found():
    data = sheet(cells=[("x" * 30_000,)] * 110 + [("TỐI MẬT",)])

    with pytest.raises(SecretDocument):
        examine(data, "danh-muc.xlsx")

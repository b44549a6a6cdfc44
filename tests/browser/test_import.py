"""An import with mistakes mended: wrong headings, a bad date and an unknown organisation, on a laptop and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

ORGANISATIONS = "/so/organisation/"
SIZES = [
    pytest.param(LAPTOP, True, id="laptop"),
    pytest.param(PHONE, True, id="phone"),
    pytest.param({"width": 1024, "height": 800}, False, id="no-scripts"),
]


def write(path: Path, mark: str) -> Path:
    rows = (
        ("DANH SÁCH ĐƠN VỊ",),
        ("TT", "Tên đơn vị, tổ chức", "Thuộc", "Ngày lập"),
        (1, f"Trạm giống {mark}", f"Sở lạ {mark}", "24/9/2021"),
        (2, f"Trạm chè {mark}", f"Sở lạ {mark}", "31/2/2021"),
        (3, f"Trạm lúa {mark}", "", "1/2/2020"),
    )
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def is_sound(who) -> None:
    page = who.page
    assert [one for one in who.complaints if "422" not in one] == []  # a refusal keeps the page and says so
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    found = Axe().run(page).response["violations"]
    who.complaints.clear()  # the checker's own style is refused by the page's policy
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize(("size", "scripts"), SIZES)
def test_an_import_with_mistakes_mended(sit_down, tmp_path, size, scripts):
    who = sit_down("quan-tri", size, scripts=scripts)
    page, mark = who.page, str(size["width"])
    page.goto(f"{ORGANISATIONS}nhap/")
    page.set_input_files("input[type=file]", write(tmp_path / f"don-vi-{mark}.xlsx", mark))
    press(page, "Kiểm tra")

    if page.url.endswith("/cot/"):  # the first time; afterwards the matching is remembered
        page.get_by_label("Tên đơn vị, tổ chức").select_option("title")
        page.get_by_label("Thuộc", exact=True).select_option("parent")
        page.get_by_label("Ngày lập").select_option("founded_on")
        who.photograph(f"import-columns-{mark}")
        if scripts:
            is_sound(who)
        press(page, "Kiểm tra")
    expect(page.get_by_text("Chưa nhập được")).to_be_visible()
    who.photograph(f"import-check-{mark}")

    page.get_by_role("link", name="Chọn cho từng tên").click()
    expect(page.get_by_text(re.compile("· 2 dòng"))).to_be_visible()
    page.get_by_label(re.compile("Mã hoặc tên đầy đủ")).fill("Không có ở đâu")
    press(page, "Lưu và kiểm tra lại")
    expect(page.get_by_text("cũng chưa có trong danh mục")).to_be_visible()
    who.photograph(f"import-names-{mark}")
    if scripts:
        is_sound(who)
    page.get_by_role("link", name="Quay lại").click()

    page.get_by_role("link", name=re.compile("Sửa 2 dòng có lỗi")).click()
    page.get_by_label("Dòng 4, Thành lập ngày").fill("28/2/2021")
    page.get_by_label("Dòng 4, Trực thuộc").fill("")
    who.photograph(f"import-rows-{mark}")
    if scripts:
        is_sound(who)
    press(page, "Lưu và kiểm tra lại")
    expect(page.get_by_text("Còn 1 dòng có lỗi")).to_be_visible()
    page.get_by_label("Để lại dòng 3").check()
    press(page, "Để lại các dòng đã chọn")

    expect(page.get_by_text("Sẵn sàng nhập")).to_be_visible()
    press(page, "Nhập vào sổ")
    expect(page.get_by_text("Đã tạo mới 2 hồ sơ")).to_be_visible()
    expect(page.get_by_text(f"Trạm chè {mark}")).to_be_visible()
    expect(page.get_by_text(f"Trạm giống {mark}")).to_have_count(0)
    who.photograph(f"import-result-{mark}")
    if scripts:
        is_sound(who)

"""A head designs a table, drafts a report by it, sees the table with its figures and prints it, on two screens."""

from __future__ import annotations

import io
import re

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser
YEAR = 2021


@pytest.mark.parametrize(("size", "kind"), [(LAPTOP, "six-month"), (PHONE, "statistics-year")], ids=["laptop", "phone"])
def test_a_table_designed_drafted_and_printed(sit_down, size, kind):
    """
    1. A head opens the outline of a kind of report, begins to design it and adds a table of two figures.
    2. The table is moved, tried out with the figures of a year, and adopted with a day and a reason.
    3. A report drafted then shows the table with its figures; each leads to its records.
    4. The Word paper of the report contains the table.
    """
    head = sit_down("truong-phong", size)
    title = f"Số liệu chủ yếu {size['width']}"
    design(head, kind, title)
    try_and_adopt(head, kind, title)

    code = draft(head, kind, title)
    cells = printed(head, code)

    assert ["Chỉ số", "Đơn vị", "Thực hiện", "Cùng kỳ năm trước"] in [row[1:] for row in cells]
    assert any(row[1].startswith("Văn bằng bảo hộ được cấp") for row in cells)
    assert head.complaints == []


def checked(person, name):
    found = Axe().run(person.page).response["violations"]
    wide = person.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert ([row["id"] for row in found], wide) == ([], False), name
    person.photograph(f"{name}-{person.page.viewport_size['width']}")


def design(head, kind, title):
    page = head.page
    page.goto("/bao-cao/")
    page.get_by_role("link", name="Mẫu của từng loại báo cáo").click()
    checked(head, "designs")
    page.locator(f"a[href='/bao-cao/mau/{kind}/']").first.click()
    page.get_by_role("button", name="Sửa mẫu").click()
    page.get_by_role("link", name="Thêm bảng số liệu").click()
    page.get_by_label("Tên bảng").fill(title)
    page.get_by_label("Cùng kỳ năm trước").check()
    page.locator("[name='cho-ip.titles_granted']").fill("1")
    page.locator("[name='cho-transfer.projects_appraised']").fill("2")
    checked(head, "design-table")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("main")).to_contain_text(f"Bảng: {title}")
    page.get_by_role("button", name=f"Xuống «{title}»").click()
    checked(head, "design")


def try_and_adopt(head, kind, title):
    page = head.page
    page.goto(f"/bao-cao/mau/{kind}/xem/?year={YEAR}&part={kind}")
    expect(page.locator("main table", has_text=title)).to_contain_text("Văn bằng bảo hộ được cấp")
    checked(head, "design-tried")
    page.goto(f"/bao-cao/mau/{kind}/")
    page.get_by_role("link", name="Áp dụng mẫu…").click()
    page.get_by_label("Dùng cho báo cáo có kỳ số liệu kết thúc từ ngày").fill("1/1/2021")
    page.get_by_label("Lý do").fill("Lãnh đạo Sở yêu cầu có bảng so với cùng kỳ")
    page.get_by_role("button", name="Áp dụng mẫu").click()
    expect(page.locator("main")).to_contain_text("Lãnh đạo Sở yêu cầu có bảng so với cùng kỳ")


def draft(head, kind, title) -> str:
    page = head.page
    page.goto("/bao-cao/")
    page.select_option("select[name=kind]", kind)
    page.fill("input[name=year]", str(YEAR))
    page.get_by_role("button", name="Soạn báo cáo", exact=True).click()
    page.wait_for_url(re.compile(r"/bao-cao/BC-"))
    table = page.locator("article table", has_text=title)
    expect(table).to_contain_text("Dự án đầu tư được thẩm định")
    expect(table.locator("a").first).to_have_attribute("href", re.compile(r"/so-lieu/ip\.titles_granted/"))
    checked(head, "designed-report")
    return page.url


def printed(head, code) -> list[list[str]]:
    answer = head.page.request.get(f"{code}van-ban.docx")
    assert answer.ok
    paper = docx.Document(io.BytesIO(answer.body()))
    return [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]

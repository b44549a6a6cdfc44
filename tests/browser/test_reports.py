"""A report on a year, compared with the year before record by record, then signed and released, on two screens."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser
SIGNED_ON = "31/12/{year}"


@pytest.mark.parametrize(("size", "year"), [(LAPTOP, 2021), (PHONE, 2022)], ids=["laptop", "phone"])
def test_a_report_compared_with_last_years_and_released(sit_down, size, year):
    """
    1. A specialist drafts the report of the year and opens its comparison with the year before.
    2. One difference is opened to its records, one record to its page; the way back leads to the comparison.
    3. The specialist submits; the director signs, the figures are frozen, and their differences are released.
    4. The signed report offers to be compared with the registers of now, and nothing differs.
    """
    specialist = sit_down("chuyen-vien", size)
    report = draft_the_years_report(specialist, year)
    compare_with_the_year_before(specialist, year)
    submit(specialist, report)

    director = sit_down("giam-doc", size)
    sign(director, report, year)
    release(director)
    compare_with_now(director)

    assert [specialist.complaints, director.complaints] == [[], []]


def checked(person, name):
    found = Axe().run(person.page).response["violations"]
    wide = person.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert ([row["id"] for row in found], wide) == ([], False), name
    person.photograph(f"{name}-{person.page.viewport_size['width']}")


def draft_the_years_report(specialist, year) -> str:
    page = specialist.page
    page.goto("/bao-cao/")
    page.select_option("select[name=kind]", "year")
    page.fill("input[name=year]", str(year))
    page.get_by_role("button", name="Soạn báo cáo").click()
    page.wait_for_url(re.compile(r"/bao-cao/BC-"))
    expect(page.locator("h1")).to_contain_text(f"năm {year}; phương hướng, nhiệm vụ năm {year + 1}")
    return page.url


def compare_with_the_year_before(specialist, year):
    page = specialist.page
    page.get_by_role("link", name="So với cùng kỳ năm trước").click()
    page.wait_for_url(re.compile(r"/so-sanh/\?"))
    expect(page.locator("main")).to_contain_text(f"năm {year - 1}")
    checked(specialist, "comparison")
    row = page.locator("main table tbody tr", has_text="Văn bằng bảo hộ được cấp")
    before, after = (int(row.locator("td").nth(place).inner_text()) for place in (1, 2))
    row.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/so-sanh/ip\.titles_granted/"))
    expect(page.locator("main table").first).to_contain_text(f"{after} − {before}")
    checked(specialist, "difference")
    page.locator("main table").nth(1).locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/so/protection-title/VB-"))
    page.go_back()
    page.get_by_role("navigation").get_by_role("link", name="So sánh số liệu").click()
    expect(page.locator("h1")).to_contain_text("So sánh số liệu")
    assert before != after


def submit(specialist, report):
    page = specialist.page
    page.goto(report)
    page.get_by_role("button", name="Trình ký").first.click()
    expect(page.locator("main")).to_contain_text("Đã trình ký")


def sign(director, report, year):
    page = director.page
    page.goto(report)
    page.get_by_role("link", name="Ký và chốt số liệu").first.click()
    page.fill("input[name=number]", f"99/BC-SKHCN-{year}")
    page.fill("input[name=signed_on]", SIGNED_ON.format(year=year))
    page.get_by_role("button", name="Ký và chốt số liệu").click()
    page.wait_for_url(re.compile(r"/bao-cao/BC-[^/]+/$"))
    expect(page.locator("main")).to_contain_text("đã chốt")
    director.photograph(f"report-of-the-year-{page.viewport_size['width']}")


def release(director):
    page = director.page
    page.get_by_role("button", name="Cho lãnh đạo tỉnh xem").click()
    expect(page.locator("main")).to_contain_text("Lãnh đạo tỉnh đã xem được chênh lệch")


def compare_with_now(director):
    page = director.page
    page.get_by_role("link", name="Số đã chốt so với sổ hiện nay").click()
    expect(page.locator("h1")).to_contain_text("So sánh số liệu")
    differences = page.locator("main table tbody tr td:nth-child(4)")
    assert set(differences.all_inner_texts()) == {"0"}

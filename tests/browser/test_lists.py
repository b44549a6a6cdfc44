"""A register's list at professional depth, on a laptop and on a phone: views, sums, many records, one beside the list."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

TITLES = "/so/protection-title/"
SIZES = [pytest.param(LAPTOP, id="laptop"), pytest.param(PHONE, id="phone")]
SCRIPTS = [pytest.param(True, id="scripts"), pytest.param(False, id="no-scripts")]


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(label)).first.click()
    page.wait_for_load_state()


def is_sound(who) -> None:
    page = who.page
    assert who.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    found = Axe().run(page).response["violations"]
    who.complaints.clear()  # the checker's own style is refused by the page's policy
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("size", SIZES)
def test_a_list_is_saved_and_opens_the_register(sit_down, size):
    who = sit_down("chuyen-vien", size)
    page, name = who.page, f"Nhãn hiệu {size['width']}"
    page.goto(f"{TITLES}?kind=mark&cot=code&cot=title")
    page.get_by_role("link", name="Lưu cách xem này").click()
    page.get_by_label("Tên cách xem").fill(name)
    page.get_by_label("Mở sổ này bằng cách xem này").check()
    who.photograph(f"view-save-{size['width']}")
    press(page, "Lưu cách xem")

    page.goto(TITLES)

    expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "true")
    expect(page.locator("thead th")).to_have_count(3)
    who.photograph(f"view-open-{size['width']}")
    is_sound(who)
    page.get_by_role("link", name="Quản lý cách xem").click()
    who.photograph(f"view-all-{size['width']}")
    is_sound(who)
    page.locator("tr", has_text=name).get_by_role("link", name="Xóa").click()
    press(page, "Xóa cách xem")
    page.goto(TITLES)
    expect(page).to_have_url(re.compile(f"{TITLES}$"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", SCRIPTS)
def test_sums_are_told_on_demand(sit_down, size, scripts):
    who = sit_down("van-thu", size, scripts=scripts)
    page = who.page
    page.goto("/so/paper/")

    page.get_by_role("link", name="Tính tổng").click()

    expect(page.get_by_label("Tổng của danh sách")).to_contain_text("Số trang")
    expect(page).to_have_url(re.compile(r"/so/paper/$" if scripts else r"/so/paper/tong/$"))
    if scripts:
        who.photograph(f"sums-{size['width']}")
        is_sound(who)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", SCRIPTS)
def test_one_act_is_done_with_several_records(sit_down, size, scripts):
    who = sit_down("chuyen-vien", size, scripts=scripts)
    page = who.page
    page.goto(TITLES)
    for number in (0, 1):
        page.locator(".table__box input").nth(number).check()
    page.get_by_label("Với các hồ sơ đã chọn").select_option(label="Đổi người phụ trách")
    if scripts:
        who.photograph(f"bulk-choose-{size['width']}", whole=False)
        is_sound(who)
    press(page, "Xem trước")

    expect(page.locator("main")).to_contain_text("Sẽ làm với 2 hồ sơ")
    page.locator("select[name=gia-tri]").select_option(index=1)
    page.fill("textarea[name=note]", "Chuyển việc trong phòng")
    if scripts:
        who.photograph(f"bulk-preview-{size['width']}")
        is_sound(who)
    press(page, "Thực hiện với 2 hồ sơ")

    expect(page.locator("main")).to_contain_text("Đã làm với 2 hồ sơ.")
    if scripts:
        who.photograph(f"bulk-result-{size['width']}")
        is_sound(who)


def test_a_record_opens_beside_the_list_and_keys_walk_the_rows(sit_down):
    who = sit_down("chuyen-vien", LAPTOP)
    page = who.page
    page.goto(TITLES)
    codes = page.locator("tr[data-key]").evaluate_all("rows => rows.slice(0, 2).map((row) => row.dataset.key)")

    page.locator("tbody tr").first.locator("td").nth(2).click()
    beside = page.locator("#preview")
    expect(beside).to_contain_text(codes[0])
    expect(page).to_have_url(re.compile(f"mo={codes[0]}"))
    page.keyboard.press("ArrowDown")
    expect(beside).to_contain_text(codes[1])
    who.photograph("beside-1366", whole=False)
    is_sound(who)
    page.reload()
    expect(beside).to_contain_text(codes[1])
    page.keyboard.press("Escape")

    expect(beside).to_be_hidden()
    expect(page).to_have_url(re.compile(f"{TITLES}$"))


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_on_a_phone_a_row_opens_the_page_of_its_record(sit_down, scripts):
    page = sit_down("chuyen-vien", PHONE, scripts=scripts).page
    page.goto(TITLES)

    page.locator(".table__main").first.click()

    expect(page).to_have_url(re.compile(rf"{TITLES}[^/?]+/$"))

"""Two people on one record: the second is told what the first changed, and loses nothing that was typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser


def an_organisation(person) -> str:
    """Enter an organisation of one's own; return the address of its record."""
    person.page.goto("/to-chuc/moi/")
    person.page.fill("input[name=title]", "Hợp tác xã minh hoạ hai người sửa")
    person.page.fill("input[name=address]", "Xóm Một")
    person.page.select_option("select[name=kind]", "enterprise")
    person.page.click("main button[type=submit]")
    return person.page.url


def open_editor(person, fact: str) -> None:
    person.page.click(f"#muc-{fact} .facts__edit")
    expect(person.page.locator(f"#muc-{fact} form")).to_be_visible()


def write(person, fact: str, value: str, why: str) -> None:
    row = person.page.locator(f"#muc-{fact}")
    row.locator(f"[name={fact}]").fill(value)
    row.locator("[name=ly-do]").fill(why)


def save(person, fact: str) -> None:
    person.page.locator(f"#muc-{fact} button[type=submit]").click()
    person.page.wait_for_load_state()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_second_of_two_on_one_fact_is_told_and_keeps_what_was_typed(sit_down, size):
    """
    1. Two people open the editor of one address, each in its place on the record's page.
    2. The first saves; the record tells it.
    3. The second saves: told who changed what, nothing is written, what was typed still stands.
    4. The second looks and saves again.
    """
    first, second = sit_down("chuyen-vien", size), sit_down("van-thu", size)
    address = an_organisation(first)
    for person in (first, second):
        person.page.goto(address)
        open_editor(person, "address")
        assert "sua=" not in person.page.url  # in place, without leaving the page

    write(first, "address", "Xóm Hai", "theo quyết định")
    save(first, "address")
    expect(first.page.locator(".messages")).to_contain_text("Đã sửa «Địa chỉ»")
    expect(first.page.locator("#muc-address")).to_contain_text("Xóm Hai")

    write(second, "address", "Xóm Ba", "điện thoại hỏi lại")
    save(second, "address")
    told = second.page.locator("#muc-address")
    expect(told).to_contain_text("Chuyên viên (minh hoạ)")
    expect(told).to_contain_text("Xóm Một → Xóm Hai")
    expect(told.locator("[name=address]")).to_have_value("Xóm Ba")
    expect(told.locator("[name=ly-do]")).to_have_value("điện thoại hỏi lại")
    second.photograph(f"two-people-on-one-fact-{size['width']}", whole=False)
    assert second.page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    save(second, "address")
    expect(second.page.locator("#muc-address")).to_contain_text("Xóm Ba")
    # The browser itself notes an answer of 422; nothing else may be complained about.
    assert [one for one in first.complaints + second.complaints if "422" not in one] == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_second_of_two_on_the_whole_form_and_on_a_step_is_told_too(sit_down, size):
    first, second = sit_down("chuyen-vien", size), sit_down("van-thu", size)
    address = an_organisation(first)
    second.page.goto(f"{address}sua/")
    second.page.fill("input[name=short_name]", "HTX hai người")
    second.page.fill("[name=ly-do]", "thêm tên viết tắt")
    third = sit_down("chuyen-vien", size)
    third.page.goto(address)
    third.page.click("#buoc-tiep summary")
    third.page.fill("[name=end-ended_on]", "hôm nay")
    third.page.fill("[name=end-note]", "giải thể")

    first.page.goto(address)
    open_editor(first, "address")
    write(first, "address", "Xóm Hai", "theo quyết định")
    save(first, "address")

    second.page.click("main .form__end button[type=submit]")
    expect(second.page.locator("main .wrong")).to_contain_text("Xóm Một → Xóm Hai")
    expect(second.page.locator("input[name=short_name]")).to_have_value("HTX hai người")
    expect(second.page.locator("[name=address]")).to_have_value("Xóm Hai")
    third.page.click("#buoc-tiep form button[type=submit]")
    expect(third.page.locator("#buoc-tiep")).to_contain_text("Xóm Một → Xóm Hai")
    expect(third.page.locator("[name=end-note]")).to_have_value("giải thể")
    third.photograph(f"two-people-on-a-step-{size['width']}", whole=False)
    third.page.click("#buoc-tiep form button[type=submit]")
    expect(third.page.locator(".messages")).to_contain_text("Ghi nhận chấm dứt")


def test_without_scripts_the_editor_opens_with_the_page(sit_down):
    person = sit_down("chuyen-vien", LAPTOP, scripts=False)
    an_organisation(person)

    person.page.click("#muc-address .facts__edit")
    write(person, "address", "Xóm Hai", "theo quyết định")
    save(person, "address")

    expect(person.page.locator("#muc-address")).to_contain_text("Xóm Hai")

"""Leaders through the screen: a task closed on its evidence, an agency that asks for more time, one printed sheet."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])


def day(days: int) -> str:
    found = date.today() + timedelta(days=days)  # noqa: DTZ011 - the server's own day
    return f"{found.day}/{found.month}/{found.year}"


def send(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(label)).first.click()
    page.wait_for_load_state()


def conclude(director, title: str) -> str:
    """Let the director record a conclusion of the followed session and give it to an agency; return the task's page."""
    page = director.page
    page.goto("/buoi-lam-viec/LV-2026-0001/ghi-y-kien/")
    page.fill("[name=title]", title)
    send(page, "^Ghi|^Lưu")
    page.goto("/buoi-lam-viec/LV-2026-0001/")
    page.locator("li.conclusion", has_text=title).get_by_role("link", name="Giao nhiệm vụ").click()
    page.fill("input[name=lead]", "Cơ quan minh hoạ A")
    page.fill("[name=deadline_text]", f"đến hết ngày {day(20)}")
    send(page, "^(Lưu|Giao nhiệm vụ)$")
    page.goto("/nhiem-vu/")
    page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    page.wait_for_load_state()
    return page.url


@SIZES
def test_a_leader_closes_a_task_on_its_evidence(sit_down, size):
    """
    1. The agency reports a task of a conclusion done, with evidence.
    2. The leader signs in, sees on the first page that the conclusion waits for a decision, and since when.
    3. One press leads to the report; the evidence opens; the result is sent back with what is missing.
    4. The agency reports anew; the leader accepts, and the conclusion waits no more.
    """
    place = "phone" if size is PHONE else "laptop"
    title = f"Lập danh mục thiết bị dùng chung ({place})"
    director, agency = sit_down("giam-doc", size), sit_down("co-quan", size)
    task = conclude(director, title)
    report_done(agency, task)

    see_result(director, title)
    director.photograph(f"result-{place}")
    open_evidence(director)
    decide(director, "Trả lại để làm tiếp", "Thiếu phụ lục giá thiết bị")
    expect(director.page.locator("main")).to_contain_text("Thiếu phụ lục giá thiết bị")

    report_done(agency, task)
    see_result(director, title)
    decide(director, "Xác nhận hoàn thành", "")
    expect(director.page.locator("main")).to_contain_text("Đã hoàn thành")

    director.page.goto("/")
    expect(director.page.locator(".overview__stuck")).not_to_contain_text(title)
    assert [director.complaints, agency.complaints] == [[], []]


def report_done(agency, task: str) -> None:
    page = agency.page
    page.goto(f"/nhiem-vu/{task.partition('?')[0].rstrip('/').rsplit('/', 1)[1]}/bao-cao/")
    page.fill("textarea[name=text]", "Đã lập danh mục (kiểm thử).")
    page.check("input[name=done]")
    page.fill("[name=evidence]", "TC-2015-0001")
    send(page, "Gửi báo cáo")
    expect(page.locator("main")).to_contain_text("Đã báo cáo hoàn thành")


def see_result(director, title: str) -> None:
    page = director.page
    page.goto("/")
    row = page.locator(".overview__waiting", has_text=title)
    expect(row).to_contain_text("Chờ xác nhận kết quả")
    row.get_by_role("link", name=re.compile("Xem kết quả")).click()
    expect(page.locator("main")).to_contain_text("Đã lập danh mục (kiểm thử).")


def open_evidence(director) -> None:
    page = director.page
    page.locator(".facts__row", has_text="Minh chứng").get_by_role("link").first.click()
    page.wait_for_url(re.compile("/so/"))
    page.go_back()


def decide(director, choice: str, note: str) -> None:
    page = director.page
    page.get_by_label(re.compile(choice)).check()
    page.fill("textarea[name=note]", note)
    send(page, "Ghi quyết định")


@SIZES
@pytest.mark.parametrize("granted", [True, False], ids=["granted", "refused"])
def test_an_agency_asks_for_more_time(sit_down, size, granted):
    """
    1. The agency opens its task from the inbox and asks for more time, with a reason and a day.
    2. The leader finds the request on the first page and among the notices, and grants a shorter time or refuses.
    3. The agency is told; the task says how its day moved, or that it stands, and why.
    """
    place = f"{'phone' if size is PHONE else 'laptop'}-{'granted' if granted else 'refused'}"
    title = f"Rà soát phòng thử nghiệm ({place})"
    director, agency = sit_down("giam-doc", size), sit_down("co-quan", size)
    conclude(director, title)

    ask(agency, title)
    answer(director, title, granted=granted)

    page = agency.page
    page.goto("/thong-bao/")
    expect(page.locator("main")).to_contain_text("đồng ý gia hạn" if granted else "không đồng ý gia hạn")
    page.goto("/viec-can-lam/")
    page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    told = f"hạn {day(20)} dời đến {day(30)}" if granted else f"hạn {day(20)} giữ nguyên"
    expect(page.locator("#gia-han")).to_contain_text(told)
    expect(page.locator("#gia-han")).to_contain_text("Hội đồng họp trước ngày ấy")
    expect(page.locator(".heading")).to_contain_text(f"hạn {day(30 if granted else 20)}")
    agency.photograph(f"extension-{place}")
    assert [director.complaints, agency.complaints] == [[], []]


def ask(agency, title: str) -> None:
    page = agency.page
    page.goto("/viec-can-lam/")
    page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    page.get_by_role("link", name="Xin gia hạn").first.click()
    expect(page.locator("main")).to_contain_text(f"Hạn đang có hiệu lực{day(20)}")
    page.fill("textarea[name=reason]", "Chờ kết quả đo của phòng thử nghiệm")
    page.fill("[name=requested_due_on]", day(45))
    send(page, "Gửi đề nghị")
    expect(page.locator("#gia-han")).to_contain_text("Chờ quyết định")


def answer(director, title: str, *, granted: bool) -> None:
    page = director.page
    page.goto("/thong-bao/")
    expect(page.locator("main")).to_contain_text("Chờ kết quả đo của phòng thử nghiệm")
    page.goto("/")
    page.locator(".overview__waiting", has_text=title).get_by_role("link", name=re.compile("Xem đề nghị")).click()
    expect(page.locator("main")).to_contain_text("Chờ kết quả đo của phòng thử nghiệm")
    page.get_by_label("Đồng ý gia hạn" if granted else "Không đồng ý", exact=True).check()
    if granted:
        page.fill("[name=due_on]", day(30))
    page.fill("textarea[name=note]", "Hội đồng họp trước ngày ấy")
    send(page, "Ghi quyết định")


@SIZES
@pytest.mark.parametrize("who", ["giam-doc", "lanh-dao-tinh"])
def test_the_first_page_of_a_leader_is_accessible_and_fits_its_screen(sit_down, size, who):
    leader = sit_down(who, size)
    leader.page.goto("/")

    assert leader.page.url.endswith("/tong-quan/")
    assert [row["id"] for row in Axe().run(leader.page).response["violations"]] == []
    assert not leader.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert leader.complaints == []
    leader.photograph(f"overview-{who}-{'phone' if size is PHONE else 'laptop'}")


def test_the_first_page_of_a_leader_prints_on_one_sheet(sit_down):
    leader = sit_down("giam-doc")
    leader.page.goto("/tong-quan/")

    sheet = pypdfium2.PdfDocument(leader.page.pdf(prefer_css_page_size=True))

    assert len(sheet) == 1
    assert "Kết luận chưa chuyển động" in sheet[0].get_textpage().get_text_range()


def test_the_follow_up_of_a_session_prints_on_one_sheet_with_its_code(sit_down):
    leader = sit_down("giam-doc")
    leader.page.goto("/buoi-lam-viec/LV-2021-0001/thuc-hien/")

    sheet = pypdfium2.PdfDocument(leader.page.pdf(prefer_css_page_size=True))

    assert len(sheet) == 1
    assert "Quét mã để xem" in sheet[0].get_textpage().get_text_range()


@SIZES
@pytest.mark.parametrize(
    "address",
    [
        "/buoi-lam-viec/LV-2026-0001/thuc-hien/",
        "/buoi-lam-viec/thuc-hien/",
        "/bao-cao/",
        "/bao-cao/BC-2021-0001/",
        "/lien-ket-doc/working-session/LV-2021-0001/",
    ],
)
def test_what_a_leader_reads_and_gives_out_fits_its_screen(sit_down, size, address):
    leader = sit_down("giam-doc", size)
    if address.startswith("/lien-ket-doc/"):
        leader.page.goto(address)
        send(leader.page, "^Mở liên kết$")
    leader.page.goto(address)

    wide = """() => [...document.querySelectorAll("main .table-frame, html")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute("aria-label") ?? "page")"""
    assert leader.page.evaluate(wide) == []
    assert [row["id"] for row in Axe().run(leader.page).response["violations"]] == []
    assert leader.complaints == []

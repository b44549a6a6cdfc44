"""The whole circle through the screen, as specialist, director, assigned agency, monitor and provincial leader."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

ARTICLE = """Lãnh đạo tỉnh làm việc với Sở Khoa học và Công nghệ về chuyển đổi số

Sáng 23/11/2026, đồng chí Trần Thị Kiểm Thử, Phó Chủ tịch UBND tỉnh chủ trì buổi làm việc với Sở Khoa học và Công nghệ.
Báo cáo tại buổi làm việc, lãnh đạo Sở cho biết trong 9 tháng đầu năm 2021, tổ chức, cá nhân trên địa bàn được cấp trên 60 văn bằng bảo hộ.
Kết luận buổi làm việc, đồng chí Phó Chủ tịch UBND tỉnh yêu cầu Sở Khoa học và Công nghệ hoàn thiện kho tư liệu số, hoàn thành trước ngày 15/12/2026.
"""


def send(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(label)).first.click()
    page.wait_for_load_state()


def test_the_circle_closes_on_the_screen(sit_down):
    """
    1. The director opens the nine-month report of 2021, clicks a figure and sees its 63 records.
    2. A specialist pastes an article, reviews what was read and confirms it.
    3. The director gives a task from the conclusion to an agency.
    4. The agency reports it done: without evidence it is refused with the reason, with evidence it is accepted.
    5. The monitor closes it; the leader of the province sees what became of the conclusion.
    """
    director = sit_down("giam-doc")
    open_a_figure_of_the_report(director)

    specialist = sit_down("chuyen-vien")
    session = read_review_confirm(specialist)

    task = give_a_task(director, session)
    report_with_evidence(sit_down("co-quan"), task)
    close_it(sit_down("theo-doi"), task)

    leader = sit_down("lanh-dao-tinh")
    leader.page.goto(f"{session}thuc-hien/")
    expect(leader.page.locator("main")).to_contain_text("Cơ quan minh hoạ A")
    expect(leader.page.locator("main")).to_contain_text("Đã hoàn thành")
    leader.photograph("follow-up-laptop")
    assert [who.complaints for who in (director, specialist, leader)] == [[], [], []]


def open_a_figure_of_the_report(director):
    page = director.page
    page.goto("/bao-cao/")
    page.get_by_role("link", name=re.compile("9 tháng đầu năm 2021")).first.click()
    expect(page.locator("main")).to_contain_text("trên 60 (63)")
    director.photograph("report-laptop")
    page.goto(page.url + "so-lieu/ip.titles_granted/")
    director.photograph("figure-laptop")
    rows = page.locator("main table tbody tr")
    expect(rows).to_have_count(50)
    codes = rows.locator("td:first-child").all_inner_texts()
    page.get_by_role("link", name="Sau").click()
    expect(rows).to_have_count(13)
    assert len({*codes, *rows.locator("td:first-child").all_inner_texts()}) == 63


def read_review_confirm(specialist) -> str:
    page = specialist.page
    page.goto("/buoi-lam-viec/doc/")
    page.fill("textarea[name=text]", ARTICLE)
    send(page, "Đọc")
    expect(page.locator("main")).to_contain_text("Trần Thị Kiểm Thử")
    specialist.photograph("review-laptop")
    send(page, "Chấp nhận tất cả còn lại")
    page.get_by_role("button", name=re.compile("Xác nhận")).first.click()
    page.wait_for_url(re.compile(r"/buoi-lam-viec/LV-[^/]+/"))
    expect(page.locator("main")).to_contain_text("hoàn thiện kho tư liệu số", ignore_case=True)
    specialist.photograph("session-laptop")
    return re.sub(r"[?#].*$", "", page.url)


def give_a_task(director, session: str) -> str:
    page = director.page
    page.goto(session)
    page.get_by_role("link", name="Giao nhiệm vụ").first.click()
    page.fill("input[name=lead]", "Cơ quan minh hoạ A")
    send(page, "^(Lưu|Giao nhiệm vụ)$")
    page.goto("/nhiem-vu/")
    page.get_by_role("link", name=re.compile("Hoàn thiện kho tư liệu số")).first.click()
    page.wait_for_load_state()
    return page.url


def report_with_evidence(agency, task: str) -> None:
    page = agency.page
    page.goto("/viec-can-lam/")
    expect(page.locator("main")).to_contain_text("Hoàn thiện kho tư liệu số")
    agency.photograph("inbox-agency-laptop")
    page.goto(f"/nhiem-vu/{task.rstrip('/').rsplit('/', 1)[1]}/bao-cao/")
    page.fill("textarea[name=text]", "Đã hoàn thiện kho tư liệu (kiểm thử).")
    page.check("input[name=done]")
    send(page, "Gửi báo cáo")
    expect(page.locator("main")).to_contain_text("minh chứng")
    page.fill("[name=evidence]", "TC-2015-0001")
    send(page, "Gửi báo cáo")
    expect(page.locator("main")).to_contain_text("Đã báo cáo hoàn thành")


def close_it(monitor, task: str) -> None:
    monitor.page.goto(task)
    monitor.photograph("task-monitor-laptop")
    step = monitor.page.locator("details.step", has_text="Xác nhận hoàn thành").first
    step.locator("summary").click()
    step.get_by_role("button", name="Xác nhận").click()
    monitor.page.wait_for_load_state()
    expect(monitor.page.locator("main")).to_contain_text("Đã hoàn thành")


PAGES = (
    "/viec-can-lam/",
    "/so/",
    "/so/protection-title/",
    "/so/protection-title/VB-2021-0003/",
    "/bao-cao/",
    "/bao-cao/BC-2021-0001/",
    "/bao-cao/BC-2021-0001/so-lieu/ip.titles_granted/",
    "/buoi-lam-viec/",
    "/buoi-lam-viec/LV-2021-0001/",
    "/buoi-lam-viec/LV-2026-0001/thuc-hien/",
    "/buoi-lam-viec/doc/",
    "/buoi-lam-viec/doc/BD-2026-0002/",
    "/kien-nghi/",
    "/nhiem-vu/",
    "/quan-tri/quy-tac/",
    "/lich-lam-viec/",
    "/quan-tri/phan-quyen/",
    "/tai-khoan/",
    "/thong-bao/",
    "/tim/?q=che",
)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_is_accessible_keeps_the_policy_and_fits_its_screen(sit_down, size):
    person = sit_down("theo-doi", size)
    faults = []
    for path in PAGES:
        answer = person.page.goto(path)
        found = Axe().run(person.page).response["violations"]
        wide = person.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        faults += [f"{path}: {row['id']} {row['nodes'][0]['html'][:120]}" for row in found]
        faults += [f"{path}: {answer.status}"] * (answer.status != 200) + [f"{path}: quá rộng"] * wide
        person.photograph(f"{'phone' if size is PHONE else 'laptop'}{re.sub(r'[^a-z0-9]+', '-', path.lower())}")

    assert faults == []
    assert person.complaints == []


def test_a_form_is_sent_without_scripts(sit_down):
    person = sit_down("chuyen-vien", scripts=False)
    person.page.goto("/buoi-lam-viec/doc/")
    person.page.fill("textarea[name=text]", ARTICLE.replace("23/11/2026", "20/11/2026"))

    send(person.page, "Đọc")
    send(person.page, "Chấp nhận tất cả còn lại")

    expect(person.page.locator("main")).to_contain_text("Xác nhận")

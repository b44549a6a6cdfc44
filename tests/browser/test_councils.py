"""A council through the screen: seven members in a meeting room, each with a phone."""

from __future__ import annotations

import re
import subprocess
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import KHCN, PHONE, ROOT, variables_of

pytestmark = pytest.mark.browser

ROLES = ("chair", "vice_chair", "reviewer", "reviewer", "secretary", "member", "member")
NAMES = [f"{name} Minh Hoạ" for name in ("Nguyễn", "Trần Thị", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")]
FAIR, HARSH = ("10", "19,5", "13", "12", "12", "13"), ("3", "5", "4", "4", "4", "4")
ACCOUNTS = """
from datetime import date
from khcn.config.demo.facts import PASSWORD
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Office
from khcn.kernel.identity.services import create_account, grant_role
for number in range(7):
    user = create_account(
        username=f"thanh-vien-{number}", full_name=f"Thành viên {number}", office=Office.objects.first(), password=PASSWORD
    )
    grant_role(user=user, role=Role.COUNCIL_MEMBER, valid_from=date(2015, 1, 1))
"""


def day(days: int) -> str:
    found = date.today() + timedelta(days=days)  # noqa: DTZ011 - the server's own day
    return f"{found.day}/{found.month}/{found.year}"


@pytest.fixture(scope="module")
def _members_have_accounts(served_data):
    command = [*KHCN, "manage", "shell", "-c", ACCOUNTS]
    subprocess.run(command, env=variables_of(served_data), cwd=ROOT, check=True, capture_output=True)


def send(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(label)).first.click()
    page.wait_for_load_state()


def take(page: Page, address: str, step: str, **said: str) -> None:
    """Take a step on the council's page."""
    page.goto(address)
    form = page.locator(f"form[action$='/{step}/']")
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").first.click()
    for name, value in said.items():
        form.locator(f"[name={step}-{name}]").fill(value)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


@pytest.mark.usefixtures("_members_have_accounts")
def test_seven_members_score_a_dossier_on_their_phones(sit_down):
    """
    1. The specialist forms a council of seven with one dossier; the director records the decision.
    2. The documents went out in time; the roll is called; the slips open.
    3. Each member declares, scores and locks on a phone; nobody reads another's slip.
    4. The slips are counted: one that lies too far off is left out and named; the conclusion ends the council.
    """
    specialist, director = sit_down("chuyen-vien", PHONE), sit_down("giam-doc", PHONE)
    council = form(specialist.page)
    take(director.page, council, "establish", decision_number="99/QĐ-SKHCN", decided_on=day(-20))
    expect(director.page.locator("#lich-su")).to_contain_text("ghi quyết định thành lập")
    open_slips(specialist, council)

    members = [sit_down(f"thanh-vien-{number}", PHONE) for number in range(7)]
    slips = [score(member, council, HARSH if number == 6 else FAIR) for number, member in enumerate(members)]
    refused = members[0].page.goto(slips[1])
    assert refused is not None
    assert refused.status == 403
    specialist.page.goto(council)
    expect(specialist.page.locator("#ho-so")).to_contain_text("niêm phong")

    take(specialist.page, council, "count")
    conclude(specialist, council)
    complaints = [one for person in (specialist, director, *members) for one in person.complaints]
    assert [one for one in complaints if "403" not in one] == []


def form(page: Page) -> str:
    page.goto("/hoi-dong/moi/")
    page.fill("[name=title]", "Hội đồng trên điện thoại (kiểm thử)")
    page.select_option("[name=purpose]", "select")
    page.select_option("[name=sheet]", "NAT-APPLIED-2023")
    send(page, "^Lưu$")
    council = page.url.partition("?")[0]
    code = council.rstrip("/").rsplit("/", 1)[1]
    for number, (name, role) in enumerate(zip(NAMES, ROLES, strict=True)):
        page.goto(f"/hoi-dong/{code}/thanh-vien/")
        page.fill("[name=person]", name)
        page.select_option("[name=role]", role)
        page.select_option("[name=user]", label=f"Thành viên {number}")
        send(page, "^Lưu$")
    page.goto(f"/hoi-dong/{code}/ho-so/")
    page.fill("[name=title]", "Giống chè mới cho vùng cao (kiểm thử)")
    send(page, "^Lưu$")
    return council


def open_slips(specialist, council: str) -> None:
    page = specialist.page
    take(page, council, "invite", documents_sent_on=day(-19), meets_on=day(0), venue="Phòng họp số 2")
    page.goto(council)
    page.get_by_role("link", name="Điểm danh").first.click()
    for choice in page.locator("input[value=present]").all():
        choice.check()
    specialist.photograph("council-roll-phone")
    send(page, "^Lưu$")
    page.get_by_role("link", name="Chọn người kiểm phiếu").first.click()
    for choice in page.locator("input[name=tellers]").all()[1:4]:
        choice.check()
    send(page, "^Lưu$")
    take(page, council, "open")
    expect(page.locator("main")).to_contain_text("Đang đánh giá")


def score(member, council: str, points: tuple[str, ...]) -> str:
    page = member.page
    page.goto("/viec-can-lam/")
    page.get_by_role("link", name=re.compile("Hội đồng trên điện thoại")).first.click()
    page.get_by_role("link", name="Mở phiếu đánh giá").first.click()
    page.get_by_role("link", name=re.compile("Giống chè mới")).click()
    page.get_by_label("Không có xung đột lợi ích").check()
    send(page, "Gửi kê khai")
    for number, given in enumerate(points, start=1):
        page.fill(f"[name=tieu-chi-{number}]", given)
    if member.page.locator("[name=tieu-chi-1]").input_value() == HARSH[0]:
        member.photograph("council-slip-phone")
        assert Axe().run(page).violations_count == 0
    address = page.url
    send(page, "Khóa phiếu")
    expect(page.locator("main")).to_contain_text("Đã khóa")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return address


def conclude(specialist, council: str) -> None:
    page = specialist.page
    page.goto(council)
    page.locator("#ho-so").get_by_role("link", name=re.compile("Đạt")).click()
    expect(page.locator("main")).to_contain_text("79,50")
    expect(page.locator("main")).to_contain_text("trước khi bỏ phiếu lệch")
    specialist.photograph("council-result-phone")
    page.goto(council)
    page.get_by_role("link", name="Ghi kết luận").click()
    page.fill("[name=conclusion]", "Đề nghị giao thực hiện.")
    send(page, "^Lưu$")
    take(page, council, "conclude")
    expect(page.locator("main")).to_contain_text("Đã kết luận")

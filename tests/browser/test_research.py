"""Tasks through the screen: one from its proposal to its second year of use, one stopped with its risk accepted."""

from __future__ import annotations

import re
import subprocess
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import KHCN, PHONE, ROOT, variables_of

pytestmark = pytest.mark.browser

TODAY = date.today()  # noqa: DTZ011 - the server's own day
HOST, LEADER = "Trường đại học minh hoạ", "Đỗ Chủ Nhiệm Minh Hoạ"
# Councils have a story of their own through the screen; here one is led to its conclusion behind it.
COUNCIL = """
from datetime import date
from khcn.councils.judging import REPORT
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.services import forming, scoring
from khcn.councils.states import ConflictAnswer, Judged, Presence, Rating
from khcn.kernel.identity.models import User
from khcn.kernel.records.registry import register
from khcn.parties.models import Person
from khcn.research.tests.factories import ROLES, TEAM
purpose, key, code, day, stage = {purpose!r}, {key!r}, {code!r}, date.fromisoformat({day!r}), {stage!r}
clerk, director = (User.objects.get(username=name).act_on(day) for name in ("chuyen-vien", "giam-doc"))
subject = register(key).model.objects.get(code=code)
said = {{"actor": clerk, "on": day}}
if stage in ("both", "convene"):
    council = Council(office=clerk.office, division=clerk.division, title=f"Hội đồng {{purpose}} {{code}}", purpose=purpose)
    council.regime = "law29"
    forming.form_council(council=council, **said)
    people = Person.objects.filter(title__endswith="Minh Hoạ").exclude(title__startswith="Đỗ")
    for person, role in zip(people, TEAM if purpose == "budget" else ROLES):
        forming.name_member(seat=Seat(council=council, person=person, role=role), **said)
    matter = Matter(council=council, title=subject.title, subject_register=key, subject_id=subject.pk)
    forming.add_matter(matter=matter, **said)
    forming.establish(council=council, decision_number=f"{{council.pk}}/QĐ", decided_on=day, actor=director, on=day)
if stage in ("both", "conclude"):
    council = Council.objects.get(title=f"Hội đồng {{purpose}} {{code}}")
    meets = date.fromordinal(day.toordinal() + 15)
    said = {{"actor": clerk, "on": meets}}
    forming.invite(council=council, documents_sent_on=day, meets_on=meets, venue="Phòng họp", **said)
    seats = list(council.seats.all())
    forming.call_roll(council=council, presences=dict.fromkeys(seats, Presence.PRESENT), **said)
    forming.choose_tellers(council=council, tellers=seats[:3], **said)
    scoring.open_slips(council=council, **said)
    for slip in Slip.objects.filter(seat__council=council).select_related("seat__council", "seat__person", "matter"):
        slip.seat.council = council
        if not council.is_judged:
            scoring.set_aside_slip(slip=slip, reason="Kết luận bằng biên bản", **said)
            continue
        scoring.declare_interest(slip=slip, answer=ConflictAnswer.NONE, text="", **said)
        every = dict.fromkeys((Judged.QUANTITY, Judged.VOLUME, Judged.QUALITY), Rating.PASS)
        judged = {{str(item.pk): every for item in slip.matter.items.all()}} | {{REPORT: {{Judged.REPORT: Rating.PASS}}}}
        scoring.judge_products(slip=slip, judgements=judged, remarks="", **said)
        scoring.lock_slip(slip=slip, **said)
    scoring.count_slips(council=council, **said)
    for matter in council.matters.all():
        forming.record_conclusion(matter=matter, conclusion="Đề nghị thực hiện.", **said)
    council = Council.objects.get(pk=council.pk)
    forming.conclude(council=council, **said)
"""


def ago(days: int) -> str:
    """Return the day so long ago, as people type it."""
    found = TODAY - timedelta(days=days)
    return f"{found.day}/{found.month}/{found.year}"


@pytest.fixture
def council(served_data):
    """Let a council be convened, concluded, or both, on a record."""

    def led(purpose: str, address: str, days: int, stage: str = "both") -> None:
        key, code = address.rstrip("/").rsplit("/", 2)[1:]
        day = (TODAY - timedelta(days=days)).isoformat()
        script = COUNCIL.format(purpose=purpose, key=key, code=code, day=day, stage=stage)
        subprocess.run([*KHCN, "manage", "shell", "-c", script], env=variables_of(served_data), cwd=ROOT, check=True)

    return led


def fill(page: Page, prefix: str, said: dict[str, str]) -> None:
    for name, value in said.items():
        field = page.locator(f"[name='{prefix}{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "checkbox":
            field.check()
        else:
            field.fill(value)


def save(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()


def take(page: Page, address: str, step: str, days: int, /, **said: str) -> None:
    """Take a step on the record's page, as of so many days ago."""
    page.goto(address)
    form = page.locator(f"form[action$='/{step}/']")
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").first.click()
    fill(page, f"{step}-", {"on": ago(days), **said})
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".form-errors, .errors").count() == 0, page.locator("main").inner_text()[:2000]


def part(page: Page, task: str, which: str, /, **said: str) -> None:
    """Enter a part of a task on its own page."""
    code = task.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/nhiem-vu-khcn/{code}/phan/{which}/them/")
    fill(page, "", said)
    save(page)
    assert f"/nhiem-vu-khcn/{code}/muc/" in page.url, page.locator("main").inner_text()[:2000]


def move(page: Page, task: str, kind: str, amount: str, days: int, /, **said: str) -> None:
    code = task.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/nhiem-vu-khcn/{code}/kinh-phi/but-toan/")
    year = str((TODAY - timedelta(days=days)).year)
    asked = {"kind": kind, "amount_vnd": amount, "year": year, "moved_on": ago(days), "document_number": "CT"} | said
    fill(page, "", asked)
    if kind == "disburse" and said.get("source") != "firm":
        page.locator("[name=tranche]").select_option(index=1)
    save(page)
    assert "/muc/kinh-phi/" in page.url, page.locator("main").inner_text()[:2000]


def propose(page: Page, title: str) -> str:
    """Receive a proposal, screen it, make a task of it; returns the task's address."""
    page.goto("/so/task-proposal/them/")
    year = str((TODAY - timedelta(days=1400)).year + 1)
    said = {"title": title, "plan_year": year, "proposer_kind": "firm", "proposer_text": "Hợp tác xã kiểm thử"}
    fill(page, "", {**said, "received_on": ago(1400), "objectives": "Làm chủ quy trình nhân giống chè."})
    save(page)
    expect(page.locator("main")).to_contain_text("Hồ sơ gần giống")
    take(page, page.url.partition("?")[0], "screen", 1395, similarity_note="Không thấy trùng")
    page.get_by_role("button", name="Lập nhiệm vụ từ đề xuất này").click()
    page.wait_for_load_state()
    return page.url.partition("?")[0]


def find_host(page: Page, task: str, council) -> None:
    """Lead the task to the host that the council chose."""
    take(page, task, "screen", 1390, similarity_note="Không thấy trùng")
    council("identify", task, 1385)
    take(page, task, "send_to_identification", 1384)
    take(page, task, "list", 1365, list_number="12/QĐ-UBND", listed_on=ago(1366), mode="selection")
    days = {"call_opens_on": ago(1355), "call_closes_on": ago(1325)}
    take(page, task, "open_call", 1355, call_number="3/TB-SKHCN", **days)
    page.get_by_role("link", name="Nhận hồ sơ").click()
    money = {"state_vnd": "900.000.000", "outside_vnd": "100.000.000", "months": "24"}
    fill(page, "", {"host": HOST, "leader": LEADER, "filed_on": ago(1340), **money})
    save(page)
    dossier = page.url.partition("?")[0]
    take(page, task, "close_call", 1320)
    take(page, dossier, "find_valid", 1318, findings="Đủ thành phần")
    take(page, task, "check_eligibility", 1317)
    council("select", dossier, 1316)
    take(page, task, "send_to_selection", 1315)
    take(page, task, "select", 1300, application=dossier.rstrip("/").rsplit("/", 1)[1])


def contract(page: Page, task: str, council) -> None:
    """Lead the task with a host to its contract."""
    year = str((TODAY - timedelta(days=1200)).year)
    part(page, task, "du-toan", item="labour", source="state_local", year=year, amount_vnd="900.000.000")
    part(page, task, "du-toan", item="materials", source="firm", year=year, amount_vnd="100.000.000")
    part(page, task, "san-pham", name="Quy trình nhân giống", kind="method", unit="quy trình", ordered="1")
    part(page, task, "thanh-vien", person=LEADER, role="leader", months="24", share_percent="100")
    take(page, task, "file_revision", 1290, revised_on=ago(1292))
    council("budget", task, 1289)
    take(page, task, "approve", 1270, approval_number="45/QĐ-UBND", approved_on=ago(1271), lump_sum="in_parts")
    part(page, task, "dot-cap", source="state_local", planned_on=ago(1240), amount_vnd="900.000.000")
    days = {"contracted_on": ago(1260), "starts_on": ago(1255), "ends_on": ago(560)}
    number = f"HĐ-{task.rstrip('/').rsplit('-', 1)[1]}"
    take(page, task, "sign_contract", 1258, contract_number=number, **days)
    take(page, task, "start", 1250, declared_on=ago(1251))
    expect(page.locator("main")).to_contain_text("Đang thực hiện")


def test_a_task_from_its_proposal_to_its_second_year_of_use(sit_down, council):
    """
    1. A proposal is received, screened, made a task; the list is approved; one host applies and is chosen.
    2. Its money is estimated, appraised, approved; the contract is signed; the work is reported.
    3. The council rates it on slips; the result is registered; every đồng is settled; the contract ends.
    4. The rights go to the host; two years of use are reported.
    """
    specialist = sit_down("chuyen-vien")
    page = specialist.page
    task = propose(page, "Nhân giống chè chịu hạn (kiểm thử)")
    find_host(page, task, council)
    contract(page, task, council)
    work(page, task)
    accept(page, task, council)

    code = task.rstrip("/").rsplit("/", 1)[1]
    first = (TODAY - timedelta(days=500)).year
    for year in (first, first + 1):
        said = {"organisation_text": "Hợp tác xã kiểm thử", "form": "production", "revenue_vnd": "350.000.000"}
        part(page, task, "ung-dung", year=str(year), evidence="Biên bản", reported_on=ago(1), **said)
    page.goto(f"/nhiem-vu-khcn/{code}/muc/ket-qua/")
    expect(page.locator("main")).to_contain_text(str(first + 1))
    assert Axe().run(page).violations_count == 0
    specialist.photograph("task-result")
    page.goto(f"/nhiem-vu-khcn/{code}/muc/kinh-phi/")
    specialist.photograph("task-money")
    page.goto(task)
    expect(page.locator("main")).to_contain_text("Theo dõi ứng dụng")
    assert specialist.complaints == []


def work(page: Page, task: str) -> None:
    """Pay, report, accept the work, settle what the State and the firm gave."""
    for source, amount in (("state_local", "450.000.000"), ("firm", "100.000.000")):
        move(page, task, "allocate", amount, 1240, source=source)
        move(page, task, "disburse", amount, 1235, source=source, year=str((TODAY - timedelta(days=1240)).year))
        move(page, task, "verify", amount, 900, source=source)
        move(page, task, "settle", amount, 600, source=source)
    move(page, task, "allocate", "450.000.000", 890)
    move(page, task, "disburse", "400.000.000", 885, year=str((TODAY - timedelta(days=890)).year))
    move(page, task, "verify", "400.000.000", 700)
    move(page, task, "settle", "400.000.000", 600)
    said = {"percent": "60", "content": "Đã có vườn ươm", "spent_vnd": "450.000.000"}
    part(page, task, "bao-cao", kind="periodic", reported_on=ago(900), **said)


def accept(page: Page, task: str, council) -> None:
    """Lead the task from its last report to the following of its use."""
    code = task.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/nhiem-vu-khcn/{code}/muc/nguoi-san-pham/")
    page.get_by_role("link", name="Quy trình nhân giống").click()
    fill(page, "", {"delivered": "1", "delivered_on": ago(570), "evidence": "Biên bản bàn giao"})
    save(page)
    take(page, task, "self_evaluate", 550, self_evaluated_on=ago(551))
    take(page, task, "file_final", 540, final_filed_on=ago(541))
    council("accept", task, 520, "convene")
    take(page, task, "send_to_acceptance", 519)
    council("accept", task, 515, "conclude")
    take(page, task, "accept", 499, accepted_on=ago(500))
    expect(page.locator("main")).to_contain_text("Đạt")
    take(page, task, "register_result", 480, certificate_number=f"KQ-{code}", registered_on=ago(481))
    move(page, task, "disburse", "50.000.000", 478, year=str((TODAY - timedelta(days=890)).year))
    move(page, task, "verify", "50.000.000", 476)
    move(page, task, "settle", "50.000.000", 475)
    take(page, task, "settle", 470, settled_on=ago(471))
    page.goto(f"/nhiem-vu-khcn/{code}/cong-nhan/")
    fill(page, "", {"recognition_number": "14/QĐ-SKHCN", "recognised_on": ago(465)})
    save(page)
    take(page, task, "liquidate", 460, liquidation_number="2/BB-TL", liquidated_on=ago(461))
    take(page, task, "transfer", 450, owner=HOST, ownership_number="5/QĐ-SKHCN", transferred_on=ago(451))
    take(page, task, "track", 449)


def test_a_stopped_task_has_its_risk_accepted_and_its_file_closed(sit_down, council):
    """
    1. A running task is stopped by decision: its hypothesis did not hold; nothing of it falls due any more.
    2. The head of division opens the file of the risk, on a phone, and brings it before who decides.
    3. Nothing is asked back, since the process was followed; the money is given back; the contract ends; the file closes.
    """
    specialist, head = sit_down("chuyen-vien"), sit_down("truong-phong", PHONE)
    task = propose(specialist.page, "Chế phẩm từ lá ổi (kiểm thử)")
    find_host(specialist.page, task, council)
    contract(specialist.page, task, council)
    code = task.rstrip("/").rsplit("/", 1)[1]

    page = head.page
    stop = {"stop_number": "8/QĐ-UBND", "stopped_on": ago(900), "termination_cause": "risk"}
    take(page, task, "terminate", 899, note="Chế phẩm không có hiệu lực", **stop)
    said = {"reported_on": ago(900), "process_followed": "on", "process_evidence": "Nhật ký", "is_honest": "on"}
    part(page, task, "rui-ro", kind="hypothesis", **said)
    take(page, task, "review_risk", 890)
    page.get_by_role("link", name="Quyết định về rủi ro").first.click()
    decision = {"why": "Thực hiện đúng quy trình", "recovery": "none", "number": "9/QĐ", "decided_on": ago(880)}
    fill(page, "", decision)
    head.photograph("task-risk-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    save(page)
    expect(page.locator("main")).to_contain_text("Không thu hồi")

    for source, amount in (("state_local", "900.000.000"), ("firm", "100.000.000")):
        move(specialist.page, task, "reduce", amount, 870, source=source)
    take(specialist.page, task, "settle", 860, settled_on=ago(861))
    take(specialist.page, task, "liquidate", 850, liquidation_number="3/BB-TL", liquidated_on=ago(851))
    take(page, task, "close_without_result", 840)
    expect(page.locator("main")).to_contain_text(re.compile("Đã khép hồ sơ"))
    specialist.page.goto(f"/nhiem-vu-khcn/{code}/muc/kinh-phi/")
    expect(specialist.page.locator("main")).to_contain_text("Giảm kinh phí được duyệt")
    assert [one for person in (specialist, head) for one in person.complaints] == []


def test_a_citizen_proposes_on_a_phone_and_sees_what_becomes_of_it(sit_down):
    """
    1. Somebody with a phone finds the notice that takes proposals, sends one, and cannot send it twice.
    2. The specialist screens it in the register.
    3. The sender reads there where it stands.
    """
    citizen, specialist = sit_down("nguoi-dan", PHONE), sit_down("chuyen-vien")
    page, title = citizen.page, "Máy sấy chè cho hộ nhỏ (kiểm thử)"
    page.goto("/gui-de-xuat-nhiem-vu/")
    page.get_by_role("link", name="Gửi đề xuất").first.click()
    said = {"title": title, "proposer_kind": "citizen", "urgency": "Chè mốc vào mùa mưa", "user_text": "Xã kiểm thử"}
    fill(page, "", {**said, "objectives": "Sấy được 50 kg một mẻ", "expected": "Một máy sấy"})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Axe().run(page).violations_count == 0
    citizen.photograph("task-proposing-phone")
    save(page)
    expect(page.locator("main")).to_contain_text(title)
    sent = page.url.partition("?")[0]

    take(specialist.page, sent, "screen", 0, similarity_note="Không thấy trùng")

    page.goto("/gui-de-xuat-nhiem-vu/")
    expect(page.locator("main")).to_contain_text("Đã rà soát")
    assert [one for person in (citizen, specialist) for one in person.complaints] == []

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.fees import FeeFault, Per, fee_of, fee_rule
from khcn.councils.selectors import FEES, fees_of
from khcn.councils.services import scoring
from khcn.councils.states import ConflictAnswer, Purpose, SeatRole
from khcn.councils.tests.factories import MEETS, count, fill, fill_all, make_world, open_slips
from khcn.councils.tests.test_printing import paper, words_of
from khcn.councils.tests.test_views import page_of, url
from khcn.kernel.access.roles import Role
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.kinds import kind_of
from khcn.kernel.rulebook.kinds import words_of as said_of
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.kernel.tests.factories import make_user

PAID = {"chair": 1_500_000, "vice_chair": 1_200_000, "reviewer": 1_000_000, "secretary": 900_000, "member": 800_000}


@pytest.fixture(autouse=True)
def _at_the_meeting(time_machine):
    time_machine.move_to(f"{MEETS}T02:00:00+00:00", tick=False)


def enter(per="matter", **amounts):
    """Enter invented amounts, as an administrator does from the resolution of the province."""
    rule = Rule.objects.get(key="council.fee.select")
    rule.value, rule.legal_basis = {"per": per, **PAID, **amounts}, "Nghị quyết mẫu"
    with recording(actor=None, verb="edit", label="nhập mức chi"):
        rule.save()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "Dòng per ghi matter"),
        ({"chair": 1}, "Dòng per ghi matter"),
        ({"per": "day", **PAID}, "Dòng per ghi matter"),
        ({"per": "matter", **PAID, "guest": 1}, "Không có vai trò guest"),
        ({"per": "matter", "chair": 1}, "Chưa có mức chi cho vai trò vice_chair, reviewer, secretary, member"),
        ({"per": "matter", **PAID, "chair": 1.5}, "Mức chi của chair phải là số đồng nguyên"),
        ({"per": "matter", **PAID, "chair": -1}, "Mức chi của chair"),
        ({"per": "matter", **PAID, "chair": True}, "Mức chi của chair"),
    ],
)
def test_a_rule_of_fees_that_cannot_be_read_says_what_is_wrong(value, reason):
    with pytest.raises(FeeFault, match=reason):
        fee_rule(value)
    assert kind_of("council.fee.select", {"per": "matter"}).fault(value)


def test_no_amount_is_shipped_and_every_kind_of_council_has_its_row():
    rows = {rule.key: rule for rule in shipped_rules() if rule.key.startswith(FEES)}

    assert rows.keys() == {f"{FEES}{purpose}" for purpose in Purpose}
    assert [key for key, rule in rows.items() if fee_rule(rule.value).amounts or rule.confidence != "unchecked"] == []


def test_the_rulebook_reads_fees_in_words():
    assert said_of("council.fee.select", {"per": "matter"}, "") == "chưa có mức chi"
    assert said_of("council.fee.select", {"per": "meeting", **PAID}, "").endswith(
        "Ủy viên: 800.000 đồng (mỗi phiên họp)"
    )
    assert said_of("council.fee.select", {"per": "matter", **PAID}, "").startswith("Chủ tịch: 1.500.000 đồng; ")


AMOUNTS = st.fixed_dictionaries({role: st.integers(0, 10**9) for role in SeatRole.values})


@given(AMOUNTS, st.lists(st.tuples(st.sampled_from(SeatRole), st.integers(0, 20)), max_size=9))
def test_fees_are_whole_dong_and_add_up_whatever_the_order(amounts, members):
    by_matter, by_meeting = fee_rule({"per": "matter", **amounts}), fee_rule({"per": "meeting", **amounts})

    paid = [fee_of(by_matter, role, number) for role, number in members]

    assert all(isinstance(one, int) for one in paid)
    assert sum(paid) == sum(amounts[role] * number for role, number in reversed(members))
    assert [fee_of(by_meeting, role, number) for role, number in members] == [amounts[role] for role, _n in members]


def met(*, per="matter", absent=()):
    """Return a council of two dossiers whose slips were counted; the first member has an interest in the second."""
    world = make_world(matters=2)
    enter(per)
    open_slips(world, absent=absent)
    said = {"actor": world.members[0], "on": MEETS}
    scoring.declare_interest(slip=world.slip(0, 1), answer=ConflictAnswer.SOME, text="Cùng cơ quan", **said)
    for place in range(7):
        for matter in range(2):
            if place not in absent and (place, matter) != (0, 1):
                fill(world, place, (12, 40, 30), matter)
    return world


@pytest.mark.django_db
def test_members_present_are_paid_for_each_dossier_of_which_they_handed_in_a_slip():
    world = met(absent=(6,))
    sealed = fees_of(world.council)
    count(world)

    sheet = fees_of(world.council)

    assert sealed is None
    assert [(line.matters, line.vnd) for line in sheet.lines] == [
        (1, 1_500_000),
        (2, 2_400_000),
        (2, 2_000_000),
        (2, 2_000_000),
        (2, 1_800_000),
        (2, 1_600_000),
    ]
    assert sheet.total_vnd == 11_300_000


@pytest.mark.django_db
def test_a_fee_for_the_meeting_is_paid_once():
    world = met(per="meeting")
    count(world)

    assert fees_of(world.council).total_vnd == 1_500_000 + 1_200_000 + 2 * 1_000_000 + 900_000 + 2 * 800_000
    assert Per(fees_of(world.council).rule.per) is Per.MEETING


@pytest.mark.django_db
def test_without_amounts_or_a_rule_nothing_is_reckoned():
    world = make_world()
    open_slips(world)
    fill_all(world)
    count(world)
    empty = fees_of(world.council)
    rule = Rule.objects.get(key="council.fee.select")
    rule.valid_from = MEETS.replace(year=2030)
    with recording(actor=None, verb="edit", label="sửa"):
        rule.save()

    assert (empty, fees_of(world.council)) == (None, None)


@pytest.mark.django_db
def test_the_page_lists_fees_with_their_total_in_words_and_gives_the_paper(client):
    world = met()
    count(world)
    client.force_login(world.specialist)

    page = client.get(url("council-fees", world)).text
    said = words_of(paper(client, world, "council-fee-paper"))

    for text in (page, said):
        assert "12.900.000" in text
        assert "Bằng chữ: Mười hai triệu chín trăm nghìn đồng." in text
        assert "Nghị quyết mẫu" in text
    assert paper(client, world, "council-fee-paper", "pdf").content.startswith(b"%PDF")
    assert url("council-fees", world) in client.get(page_of(world)).text


@pytest.mark.django_db
def test_without_amounts_the_page_says_who_enters_them_and_there_is_no_paper(client):
    world = make_world()
    open_slips(world)
    fill_all(world)
    count(world)
    client.force_login(world.specialist)

    page = client.get(url("council-fees", world)).text

    assert "Chưa có mức chi cho hội đồng «Tuyển chọn, giao trực tiếp», quản trị nhập ở Bộ quy định" in page
    assert paper(client, world, "council-fee-paper").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["council-fees", "council-fee-paper"])
def test_fees_are_for_those_who_run_the_council_after_the_count(client, name):
    world = met()
    more = ("docx",) if name == "council-fee-paper" else ()
    address = url(name, world, *more)
    stranger = make_user(Role.SPECIALIST, username="la", office=world.council.office)
    codes = {"khách": client.get(address).status_code}
    for reader in (world.members[0], stranger, world.specialist):
        client.force_login(reader)
        codes[reader.username] = client.get(address).status_code

    assert codes == {"khách": 302, "tv0": 403, "la": 403, "cv": 302}
    assert "Thù lao tính sau khi kiểm phiếu" in client.get(url("council-fees", world), follow=True).text

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages.listing import asked_of, choices_of, rows_of
from khcn.kernel.records.corrections import CorrectionRefused, correct_record, version_stamp
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.parties.models import Equipment, ScienceSpending, ScienceStaffing, ScientistProfile
from khcn.parties.science_selectors import CERTIFICATE_NOTICE, CV_AGE, LARGE_EQUIPMENT
from khcn.parties.science_workflow import EQUIPMENT_WORKFLOW, LABORATORY_WORKFLOW, PROFILE_WORKFLOW, STAFFING_WORKFLOW
from khcn.parties.services.science import keep_private
from khcn.parties.states import FundingSource, SpendingItem
from khcn.parties.statistics_presenting import statistics_page
from khcn.parties.statistics_selectors import (
    infrastructure_of,
    people_rows,
    spending_rows,
    standing_of_year,
)
from khcn.parties.tests.factories import make_organisation
from khcn.parties.tests.science_factories import (
    DAY,
    end_rule,
    make_equipment,
    make_laboratory,
    make_profile,
    make_rules,
    make_spending,
    make_staffing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.parties.tests.addresses")]


@pytest.fixture
def clerk():
    make_rules()
    return make_user(Role.CLERK)


@pytest.fixture
def institute(clerk):
    return make_organisation("Viện mẫu", actor=clerk)


def test_people_of_a_year_are_entered_with_words_for_a_title(clerk, institute):
    staffing = make_staffing(institute, actor=clerk)

    assert (staffing.title, staffing.state) == ("Nhân lực khoa học và công nghệ năm 2020", "entered")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"women": 11}, "«Trong đó nữ»"),  # more women than people
        ({"kinh": 9}, "«Tổng số người»"),  # one of no origin
        ({"social": 1}, "«Tổng số người»"),  # one of two fields
    ],
)
def test_people_that_do_not_add_up_are_refused(clerk, institute, values, fields):
    with pytest.raises(NotPossible, match=fields):
        make_staffing(institute, actor=clerk, **values)


def test_an_organisation_reports_its_people_once_a_year(clerk, institute):
    make_staffing(institute, actor=clerk)

    with pytest.raises(NotPossible, match="Trùng"):
        make_staffing(institute, actor=clerk)
    assert make_staffing(institute, 2019, actor=clerk).pk


def test_figures_of_a_year_to_come_are_refused(clerk, institute):
    with pytest.raises(NotPossible, match="Năm 2022 chưa đến"):
        make_staffing(institute, 2022, actor=clerk)


def test_figures_of_a_withdrawn_organisation_are_refused(clerk, institute):
    institute.withdrawn_on, institute.withdrawal_reason = DAY, "nhập trùng"

    with pytest.raises(NotPossible, match="đã thu hồi"):
        make_staffing(institute, actor=clerk)


def test_money_is_not_entered_as_a_whole_and_as_its_parts(clerk, institute):
    make_spending(institute, "2.1.1", actor=clerk)

    with pytest.raises(NotPossible, match="Chỉ ghi mục gộp hoặc chỉ ghi các mục con"):
        make_spending(institute, "2.1", actor=clerk)
    with pytest.raises(NotPossible, match=r"2\.1\.1 Chi tiền lương"):
        make_spending(institute, "2", actor=clerk)
    assert make_spending(make_organisation("Viện khác", actor=clerk), "2.1", actor=clerk).pk


def test_the_item_of_spending_is_not_corrected_since_its_title_says_it(clerk, institute):
    spending = make_spending(institute, "2.1.1", actor=clerk)
    said = {"record": spending, "actor": clerk, "on": DAY, "why": "nhập nhầm", "seen": version_stamp(spending)}

    with pytest.raises(CorrectionRefused, match="không cho sửa các mục: item"):
        correct_record(values={"item": "2.2"}, **said)

    assert correct_record(values={"amount_million": Decimal(7)}, **said) == ("amount_million",)


def test_equipment_goes_out_of_use_and_comes_back_until_it_is_disposed_of(clerk, institute):
    device = make_equipment(actor=clerk, organisation=institute)
    passed = []

    for step in ("repair", "set_idle", "use_again", "dispose"):
        perform(EQUIPMENT_WORKFLOW, step, device, actor=clerk, on=DAY, note="theo biên bản")
        passed.append(device.state)

    assert passed == ["repair", "idle", "working", "disposed"]


def listed(address, user):
    """Return the records of the list at the address, as its page would choose them."""
    path, _mark, query = address.partition("?")
    found = register(path.split("/")[2])
    asked = asked_of(found, QueryDict(query), choices_of(found, user), now=timezone.now())
    return rows_of(found, asked, user)


def make_people(clerk):
    """Make five CVs: one of them closed, one of a confidential person of no division, whom the clerk does not see."""
    for name, sex, origin, degree, field in (
        ("An", "nu", "kinh", "TS", "104"),
        ("Bình", "nam", "thieu-so", "ThS", "401"),
        ("Chi", "nu", "nuoc-ngoai", "", ""),
        ("Dũng", "nam", "kinh", "TS", "1"),
    ):
        profile = make_profile(name, actor=clerk, qualification=degree, field=field)
        keep_private(profile=profile, sex=sex, origin=origin, actor=clerk, on=DAY)
    perform(PROFILE_WORKFLOW, "close", profile, actor=clerk, on=DAY, note="chuyển đi")
    make_profile("Giang", actor=clerk, confidentiality=Confidentiality.CONFIDENTIAL)


def test_people_are_counted_by_the_rows_of_the_form(clerk, institute):
    make_people(clerk)
    make_staffing(institute, actor=clerk, total=10, kinh=6, minority=3, foreign=1)
    make_staffing(make_organisation("Viện khác", actor=clerk), actor=clerk, total=5, natural=2, social=3)
    make_staffing(institute, 2019, actor=clerk)

    rows = {row.row.code: row for row in people_rows(clerk, 2020)}

    assert {code: row.reported for code, row in rows.items() if row.reported} == {
        "01": 15, "02": 8, "03": 14, "04": 11, "05": 3, "06": 1, "07": 12, "11": 3
    }  # fmt: skip
    assert {code: row.all_profiles for code, row in rows.items() if row.all_profiles} == {
        "01": 3, "02": 2, "03": 2, "04": 1, "05": 1, "06": 1, "07": 1, "10": 1, "13": 1
    }  # fmt: skip
    assert rows["01"].profiles == {"TS": 1, "ThS": 1, "": 1}


def test_spending_is_summed_by_the_rows_of_the_form(clerk, institute):
    for item, amount, source in (
        ("1", "100.5", "NSDP"),
        ("2.1.1", "40", "NSTW"),
        ("2.1.1", "2", "NSDP"),
        ("2.3", "7", "DN"),
        ("3", "1", "K"),
    ):
        make_spending(institute, item, amount, actor=clerk, source=source)
    make_spending(institute, "1", actor=clerk, year=2019)

    rows = {row.row.code: row for row in spending_rows(clerk, 2020)}

    assert {code: row.total for code, row in rows.items() if row.total} == {
        "01": Decimal("150.5"),
        "02": Decimal("100.5"),
        "03": Decimal(49),
        "04": Decimal(42),
        "05": Decimal(42),
        "08": Decimal(7),
        "18": Decimal(1),
    }
    assert rows["05"].amounts == {"NSTW": Decimal(40), "NSDP": Decimal(2)}


YEARS = count(1900)  # each example has a year of its own
AMOUNTS = st.dictionaries(
    st.tuples(
        st.sampled_from([one for one in SpendingItem.values if one not in {"2", "2.1", "2.3"}]),
        st.sampled_from(FundingSource.values),
    ),
    st.decimals(0, 10**6, places=3),
    max_size=6,
)


@given(AMOUNTS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_totals_of_the_form_are_the_sums_of_their_parts_whatever_was_spent(clerk, amounts):
    year, organisation = next(YEARS), make_organisation(actor=clerk)
    for (item, source), amount in amounts.items():
        make_spending(organisation, item, str(amount), actor=clerk, source=source, year=year)

    total = {row.row.code: row.total for row in spending_rows(clerk, year)}

    assert total["01"] == sum(amounts.values(), Decimal(0)) == total["02"] + total["03"] + total["18"]
    assert total["03"] == sum(total[code] for code in ("04", "07", "08", "14", "15", "16", "17"))
    assert total["04"] == total["05"] + total["06"]
    assert total["08"] == sum(total[code] for code in ("09", "10", "11", "12", "13"))


def page(clerk, rf, year="2020"):
    request = rf.get("/", {"nam": year})
    request.user, request.today = clerk, DAY
    return statistics_page(request)


def opened(rows):
    """Return row code, shown number and address of every figure that opens its records."""
    return [
        (row["cells"][0], cell["text"], cell["url"])
        for row in rows
        for cell in row["cells"]
        if isinstance(cell, dict) and cell.get("url")
    ]


def test_the_list_that_a_figure_opens_adds_up_to_it(clerk, institute, rf):
    make_people(clerk)
    make_staffing(institute, actor=clerk, total=10, kinh=6, minority=3, foreign=1)
    make_spending(institute, "2.1.1", "40.5", actor=clerk, source="NSTW")
    make_spending(institute, "2.2", "2", actor=clerk)

    shown = page(clerk, rf)

    people, money = opened(shown["people_rows"]), opened(shown["spending_rows"])
    for _code, text, address in people:
        rows = listed(address, clerk)
        if rows.model is ScientistProfile:
            assert str(rows.count()) == text
    for _code, text, address in money:
        total = sum(row.amount_million for row in listed(address, clerk))
        assert text == f"{total.normalize():f}".replace(".", ",")
    assert {listed(address, clerk).model for _code, _text, address in people} == {ScienceStaffing, ScientistProfile}
    assert len(money) == 12  # five rows with a total, two of them of two sources


def test_cvs_divided_by_qualification_add_up_to_all_of_the_row(clerk, rf):
    make_people(clerk)

    shown = page(clerk, rf)

    numbers = [
        [cell["text"] if isinstance(cell, dict) else cell for cell in row["cells"]] for row in shown["people_rows"]
    ]
    assert [column["label"] for column in shown["people_columns"]][4:] == ["Tiến sĩ", "Thạc sĩ", "Chưa ghi"]
    assert all(int(row[3]) == sum(map(int, row[4:])) for row in numbers)


def test_reports_that_a_figure_on_people_opens_add_up_to_it(clerk, institute, rf):
    make_staffing(institute, actor=clerk, total=10, kinh=6, minority=3, foreign=1)
    make_staffing(make_organisation("Viện khác", actor=clerk), actor=clerk, total=5)
    by_code = {row.row.code: row.row for row in people_rows(clerk, 2020)}

    for code, text, address in opened(page(clerk, rf)["people_rows"]):
        rows = listed(address, clerk)
        assert text == str(sum(getattr(one, name) for one in rows for name in by_code[code].counts))


def test_figures_of_another_office_do_not_enter(clerk, institute, rf):
    stranger = make_user(Role.CLERK, username="so-khac", office=make_office("KH"))
    foreign = make_organisation("Viện tỉnh khác", actor=stranger)
    theirs = make_spending(foreign, "1", "900", actor=stranger)
    theirs.confidentiality = Confidentiality.PUBLIC
    with recording(actor=stranger, verb="open", label="công khai"):
        theirs.save()
    make_spending(institute, "1", "5", actor=clerk)

    address = opened(page(clerk, rf)["spending_rows"])[0][2]

    assert ScienceSpending.objects.visible_to(clerk).count() == 2
    assert spending_rows(clerk, 2020)[0].total == Decimal(5)
    assert listed(address, clerk).count() == 1


def test_private_cuts_open_nothing_to_whom_private_data_is_closed(clerk, rf):
    make_people(clerk)
    leader = make_user(Role.PROVINCIAL_LEADER)

    addresses = [address for _code, _text, address in opened(page(leader, rf)["people_rows"])]
    offered = choices_of(register("scientist"), leader)

    assert addresses
    assert not [address for address in addresses if "gioi-tinh" in address or "goc=" in address]
    assert (offered["gioi-tinh"], offered["goc"]) == ([], [])


@pytest.mark.parametrize(("asked", "shown"), [("2019", 2019), ("", 2020), ("1999", 2020), ("x", 2020)])
def test_the_page_shows_the_year_asked_for_or_the_last_one(clerk, rf, asked, shown):
    found = page(clerk, rf, asked)

    assert found["year"] == shown
    assert [tab["label"] for tab in found["year_tabs"] if tab["active"]] == [str(shown)]


def test_the_page_says_how_many_figures_nobody_compared(clerk, institute, rf):
    first = make_staffing(institute, actor=clerk)
    make_staffing(make_organisation("Viện khác", actor=clerk), actor=clerk)
    head = make_user(Role.DIVISION_HEAD)
    perform(STAFFING_WORKFLOW, "confirm", first, actor=head, on=DAY)

    standing = standing_of_year(ScienceStaffing, clerk, 2020)
    address = page(clerk, rf)["people_standing"]["url"]

    assert (standing.entered, standing.unconfirmed) == (2, 1)
    assert listed(address, clerk).count() == 1


def test_infrastructure_counts_what_stands_and_each_number_opens_it(clerk, institute, rf):
    make_laboratory(actor=clerk, organisation=institute)
    closed = make_laboratory("Phòng cũ", actor=clerk, organisation=institute)
    perform(LABORATORY_WORKFLOW, "close", closed, actor=clerk, on=DAY, note="giải thể")
    for name, cost, shared in (("A", 10**9, True), ("B", 10**9 - 1, False), ("C", None, True), ("D", 2 * 10**9, True)):
        device = make_equipment(name, actor=clerk, organisation=institute, cost_vnd=cost, is_shared=shared)
    perform(EQUIPMENT_WORKFLOW, "dispose", device, actor=clerk, on=DAY, note="hỏng")

    found = infrastructure_of(clerk)
    figures = [one["figure"] for one in page(clerk, rf)["infrastructure"]]

    assert (found.laboratories, found.equipment, found.shared, found.large) == (1, 3, 2, 1)
    assert [listed(one["url"], clerk).count() for one in figures] == [one["value"] for one in figures] == [1, 3, 2, 1]


def test_without_a_rule_no_equipment_is_large_and_no_cv_is_old(clerk, rf):
    for key in (LARGE_EQUIPMENT, CV_AGE, CERTIFICATE_NOTICE):
        end_rule(key, actor=clerk)

    assert infrastructure_of(clerk).large is None
    assert len(page(clerk, rf)["infrastructure"]) == 3
    assert choices_of(register("equipment"), clerk)["nguyen-gia"] == []
    assert choices_of(register("scientist"), clerk)["ly-lich"] == []
    assert [value for value, _label in choices_of(register("organisation"), clerk)["giay-chung-nhan"]] == ["da-het"]


def test_the_list_of_old_cvs_holds_those_not_updated_for_the_months_of_the_rule(clerk):
    make_profile("Cũ", actor=clerk, updated_on=date(2019, 9, 23))
    make_profile("Vừa đủ", actor=clerk, updated_on=date(2019, 9, 24))
    make_profile("Mới", actor=clerk)

    rows = listed("/so/scientist/?ly-lich=cu", clerk)

    assert [row.title for row in rows] == ["Cũ"]


def test_shared_and_large_equipment_is_found_by_its_filters(clerk, institute):
    make_equipment("Dùng chung", actor=clerk, organisation=institute, is_shared=True, cost_vnd=5)
    make_equipment("Đắt tiền", actor=clerk, organisation=institute, cost_vnd=10**9)

    titles = {
        query: [row.title for row in listed(f"/so/equipment/?{query}", clerk)]
        for query in ("dung-chung=co", "dung-chung=khong", "nguyen-gia=1000000000")
    }

    assert titles == {
        "dung-chung=co": ["Dùng chung"],
        "dung-chung=khong": ["Đắt tiền"],
        "nguyen-gia=1000000000": ["Đắt tiền"],
    }
    assert Equipment.objects.shared().count() == 1

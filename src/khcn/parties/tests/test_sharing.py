"""What is known of bookings of shared equipment: who asks, who decides, that nobody has what another has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.notices.models import Notice
from khcn.kernel.records.recording import recording
from khcn.kernel.search.visibility import tokens_of_record, viewer_of
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.parties.models import EquipmentBooking
from khcn.parties.permissions import may_book, may_cancel_booking, may_decide_booking
from khcn.parties.science_workflow import EQUIPMENT_WORKFLOW
from khcn.parties.services.sharing import (
    accept_booking,
    cancel_booking,
    record_use,
    refuse_booking,
    request_booking,
)
from khcn.parties.sharing_rules import meet
from khcn.parties.sharing_selectors import coming_bookings, use_of
from khcn.parties.tests.factories import make_agency_user, make_organisation
from khcn.parties.tests.science_factories import make_booking, make_equipment, make_shared

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.parties.tests.addresses")]
NINE = datetime(2026, 3, 2, 2, tzinfo=UTC)  # nine o'clock here
DAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)


@pytest.fixture
def officer(db):
    return make_user(Role.SPECIALIST)


@pytest.fixture
def asker(db):
    return make_user(Role.APPLICANT, username="nguoi-dung")


@pytest.fixture
def machine(officer):
    return make_shared(actor=officer)


def accepted(machine, officer, first=NINE, hours=2, **values):
    return accept_booking(booking=make_booking(machine, first, hours, actor=officer, **values), actor=officer, on=DAY)


def test_a_booking_says_its_span_hours_and_who_asked_and_names_no_equipment(machine, asker):
    booking = make_booking(machine, NINE, 3, actor=asker, task_code="NVKH-2026-0001")

    assert booking.title == "Dùng thiết bị từ 2/3/2026 09:00 đến 12:00"
    assert (booking.hours_booked, booking.requested_by, booking.state) == (3, asker, "requested")
    assert booking.confidentiality == Confidentiality.INTERNAL  # though all may know of the equipment
    assert booking.code == "SDTB-2026-0001"
    assert make_booking(machine, NINE, 30, actor=asker).title == "Dùng thiết bị từ 2/3/2026 09:00 đến 3/3/2026 15:00"


def test_a_booking_of_confidential_equipment_is_confidential(officer):
    secret = make_shared(actor=officer, confidentiality=Confidentiality.CONFIDENTIAL, division=officer.division)

    assert make_booking(secret, NINE, actor=officer).confidentiality == Confidentiality.CONFIDENTIAL


@pytest.mark.parametrize(
    ("role", "books", "decides"),
    [
        (Role.SPECIALIST, True, True),  # keeps the register
        (Role.ADMINISTRATOR, True, True),
        (Role.APPLICANT, True, False),  # an outside user
        (Role.ASSIGNED_AGENCY, True, False),  # acts for another organisation
        (Role.PROVINCIAL_LEADER, True, False),
        (None, False, False),  # an account without a role
    ],
)
def test_who_asks_and_who_decides(machine, officer, role, books, decides):
    person = make_user(*([role] if role else []), username="ai-do")
    booking = make_booking(machine, NINE, actor=officer)

    assert bool(may_book(person, machine)) is books
    assert bool(may_decide_booking(person, booking)) is decides
    assert bool(may_cancel_booking(person, booking)) is decides


def test_the_owner_decides_the_asker_gives_up_and_another_office_does_neither(machine, officer, asker):
    booking = make_booking(machine, NINE, actor=asker)
    owner = make_agency_user(machine.organisation)
    elsewhere = make_user(Role.SPECIALIST, username="noi-khac", office=make_office("BK"))

    assert may_decide_booking(owner, booking)
    assert may_cancel_booking(asker, booking)
    assert not may_book(elsewhere, machine)
    assert not may_decide_booking(elsewhere, booking)
    with pytest.raises(NotPermitted):
        request_booking(booking=EquipmentBooking(equipment=machine), actor=elsewhere, on=DAY, at=NINE)
    with pytest.raises(NotPermitted):
        accept_booking(booking=booking, actor=asker, on=DAY)
    with pytest.raises(NotPermitted):
        record_use(booking=booking, hours_used=Decimal(1), fee_vnd=0, actor=asker, on=DAY)


def test_who_asked_and_the_owner_know_of_a_booking_others_outside_do_not(machine, asker):
    booking = make_booking(machine, NINE, actor=asker)
    owner, other = make_agency_user(machine.organisation), make_user(Role.APPLICANT, username="khac")

    for reader, known in ((asker, True), (owner, True), (other, False), (None, False)):
        assert EquipmentBooking.objects.visible_to(reader).filter(pk=booking.pk).exists() is known
        assert bool(viewer_of(reader).tokens & tokens_of_record(booking)) is known


def test_a_booking_that_nobody_asked_for_here_is_still_its_owner_s(machine, officer):
    booking = make_booking(machine, NINE, actor=officer)
    booking.requested_by = None

    assert not any("account" in token for token in tokens_of_record(booking))


@pytest.mark.parametrize(
    ("values", "at", "reason"),
    [
        ({"ends_at": NINE}, NINE - HOUR, "Thời điểm kết thúc phải sau"),
        ({}, NINE + HOUR, "Thời gian đăng ký đã qua. Chọn thời gian sắp tới."),
    ],
)
def test_a_span_must_go_forward_and_lie_ahead(machine, asker, values, at, reason):
    said = {"starts_at": NINE, "ends_at": NINE + HOUR, "user_name": "A", "purpose": "B", **values}

    with pytest.raises(NotPossible, match=reason):
        request_booking(booking=EquipmentBooking(equipment=machine, **said), actor=asker, on=DAY, at=at)


def test_staff_may_enter_a_use_that_was_agreed_by_paper_before(machine, officer):
    said = {"starts_at": NINE, "ends_at": NINE + HOUR, "user_name": "A", "purpose": "B"}
    booking = EquipmentBooking(equipment=machine, **said)

    assert request_booking(booking=booking, actor=officer, on=DAY, at=NINE + 9 * HOUR).state == "requested"


def test_equipment_that_is_not_shared_broken_or_withdrawn_is_not_given(officer, machine):
    own = make_equipment("Cân", actor=officer)
    booking = make_booking(machine, NINE, actor=officer)
    with pytest.raises(NotPossible, match="không cho dùng chung"):
        make_booking(own, NINE, actor=officer)

    perform(EQUIPMENT_WORKFLOW, "repair", machine, actor=officer, on=DAY, note="Hỏng nguồn")
    with pytest.raises(NotPossible, match="đang ở «Đang sửa chữa»"):
        accept_booking(booking=booking, actor=officer, on=DAY)

    with recording(actor=officer, verb="withdraw", label="thu hồi"):
        machine.withdrawn_on, machine.withdrawal_reason = DAY, "Nhập nhầm"
        machine.save()
    with pytest.raises(NotPossible, match="thu hồi"):
        accept_booking(booking=booking, actor=officer, on=DAY)


def test_of_two_who_want_one_hour_the_second_is_told_when_not_by_whom(machine, officer, asker):
    waiting = make_booking(machine, NINE + HOUR, actor=asker)
    taken = accepted(machine, officer, user_name="Người bí ẩn")

    with pytest.raises(NotPossible) as refusal:
        accept_booking(booking=waiting, actor=officer, on=DAY)
    with pytest.raises(NotPossible):
        make_booking(machine, NINE - HOUR, actor=asker)

    assert list(refusal.value.reasons) == ["Thiết bị đã có lịch từ 2/3/2026 09:00 đến 11:00. Chọn thời gian khác."]
    assert taken.code not in refusal.value.reasons[0]
    assert EquipmentBooking.objects.get(pk=waiting.pk).state == "requested"


def test_a_cancelled_booking_stays_with_its_reason_and_frees_the_time(machine, officer, asker):
    booking = make_booking(machine, NINE, actor=asker)
    accept_booking(booking=booking, actor=officer, on=DAY)
    with pytest.raises(NotPossible):
        cancel_booking(booking=booking, actor=asker, on=DAY, note="")
    cancel_booking(booking=booking, actor=asker, on=DAY, note="Mẫu chưa về")

    assert EquipmentBooking.objects.get(pk=booking.pk).state == "cancelled"
    assert accepted(machine, officer).state == "accepted"
    assert [one.text for one in Notice.objects.filter(user=asker)] == [
        f"Lượt sử dụng thiết bị {booking.code} (từ 2/3/2026 09:00 đến 11:00) đã được nhận."
    ]  # what they did themselves is not told


def test_a_refusal_reaches_who_asked_with_the_reason(machine, officer, asker):
    booking = make_booking(machine, NINE, actor=asker)

    refuse_booking(booking=booking, actor=officer, on=DAY, note="Máy bảo dưỡng")

    assert Notice.objects.get().text.endswith("bị từ chối: Máy bảo dưỡng")
    assert booking.state == "refused"


def test_use_is_recorded_after_it_with_hours_and_a_fee_that_may_be_nothing(machine, officer):
    booking = accepted(machine, officer)
    act = {"booking": booking, "actor": officer}

    with pytest.raises(NotPossible, match=r"Số giờ đã dùng phải lớn hơn 0.*bắt đầu ngày 2/3/2026, chưa đến"):
        record_use(hours_used=Decimal(0), fee_vnd=0, on=DAY - timedelta(days=1), **act)
    record_use(hours_used=Decimal("1.5"), fee_vnd=0, on=DAY, **act)

    assert (booking.state, booking.hours_used, booking.fee_vnd) == ("used", Decimal("1.5"), 0)


def test_the_use_of_equipment_is_told_by_year_as_far_as_its_reader_may_know(machine, officer, asker):
    firm = make_organisation("Công ty mẫu", actor=officer)
    for hours in (0, 24):
        booking = accepted(machine, officer, NINE + hours * HOUR, organisation=firm)
        record_use(booking=booking, hours_used=Decimal(1), fee_vnd=200_000, actor=officer, on=DAY + timedelta(2))
    accept_booking(booking=make_booking(machine, NINE + 48 * HOUR, 5, actor=asker), actor=officer, on=DAY)
    make_booking(machine, NINE + 72 * HOUR, actor=asker)  # nobody accepted it

    (year,) = use_of(machine, officer)
    (own,) = use_of(machine, asker)

    assert (year.year, year.bookings, year.hours_booked, year.hours_used) == (2026, 3, 9, 2)
    assert (len(year.users), year.fees_vnd) == (2, 400_000)
    assert (own.bookings, own.hours_booked) == (1, 5)
    assert coming_bookings(machine, officer, NINE + 30 * HOUR).count() == 1


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans)
def test_whatever_is_asked_and_given_up_no_two_hold_the_equipment_at_once(officer, asked):
    machine = make_shared(f"Máy {EquipmentBooking.objects.count()}", actor=officer)
    held = []
    for start, hours, gives_up in asked:
        try:
            booking = accepted(machine, officer, NINE + start * HOUR, hours)
        except NotPossible:
            span = (NINE + start * HOUR, NINE + (start + hours) * HOUR)
            assert any(meet(span, (one.starts_at, one.ends_at)) for one in held)  # never without cause
            continue
        if gives_up:
            cancel_booking(booking=booking, actor=officer, on=DAY, note="Thôi")
        else:
            held.append(booking)

    pairs = [(one, other) for one in held for other in held if one.pk < other.pk]
    assert not any(meet((one.starts_at, one.ends_at), (two.starts_at, two.ends_at)) for one, two in pairs)

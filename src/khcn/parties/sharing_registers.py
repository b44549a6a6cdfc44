"""The register of uses of shared equipment as its list and record pages show it."""

from __future__ import annotations

from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.kernel.search.visibility import add_visibility
from khcn.language.words import words as _
from khcn.parties.filters import OWN_OFFICE, by_column, years_of
from khcn.parties.models import EquipmentBooking, organisation_ids_of
from khcn.parties.permissions import may_edit_party
from khcn.parties.shared_columns import CODE, GROUP, STATE_COLUMN
from khcn.parties.sharing_presenting import booking_page
from khcn.parties.sharing_steps import add_sharing_steps
from khcn.parties.sharing_workflow import BOOKING_WORKFLOW
from khcn.parties.states import BookingState
from khcn.parties.statistics_presenting import STATE

BOOKINGS = Register(
    model=EquipmentBooking,
    label=_("Sử dụng thiết bị dùng chung"),
    label_one=_("Lượt sử dụng thiết bị", "one"),
    group=GROUP,
    description=_("Ai đăng ký dùng thiết bị dùng chung, khi nào, để làm gì; giờ đã dùng và phí. Lượt hủy vẫn còn."),
    known_to=_("người đăng ký: lượt của mình; tài khoản của tổ chức sở hữu: lượt dùng thiết bị của mình"),
    date_field="starts_on",
    columns=(
        CODE,
        Column("title", _("Lượt sử dụng")),
        Column("equipment", _("Thiết bị")),
        Column("user_name", _("Người sử dụng")),
        Column("hours_booked", _("Số giờ đăng ký"), numeric=True),
        Column("hours_used", _("Số giờ đã dùng"), numeric=True),
        Column("fee_vnd", _("Phí sử dụng, đồng"), numeric=True),
        STATE_COLUMN,
        Column("starts_at", _("Từ"), wide=False),
        Column("ends_at", _("Đến"), wide=False),
        Column("organisation", _("Tổ chức sử dụng"), wide=False),
        Column("purpose", _("Mục đích sử dụng"), wide=False),
        Column("task_code", _("Mã nhiệm vụ phục vụ"), wide=False),
    ),
    filters=(
        RecordFilter(
            "nam",
            _("Năm"),
            lambda user: [(str(year), str(year)) for year in years_of(user)],
            by_column("starts_on__year"),
        ),
        RecordFilter(STATE, _("Trạng thái"), lambda _user: BookingState.choices, by_column("state")),
        OWN_OFFICE,
    ),
    workflow=BOOKING_WORKFLOW,
    facts=(
        (_("Lượt sử dụng"), ("equipment", "starts_at", "ends_at", "hours_booked")),
        (_("Người dùng"), ("user_name", "organisation", "purpose", "task_code")),
        (_("Sau khi dùng"), ("hours_used", "fee_vnd")),
    ),
    related=("equipment", "organisation"),
    search_text=lambda row: f"{row.equipment.code} {row.user_name} {row.purpose} {row.task_code}",
    editable=("user_name", "purpose", "task_code", "source_note"),
    may_edit=may_edit_party,
    page_template="parties/_booking_page.html",
    page_context=booking_page,
)


def add_sharing() -> None:
    """Enter the steps of bookings, and to whom besides the office a booking opens."""
    add_sharing_steps()
    add_visibility(EquipmentBooking.REGISTER, of_record=_of_record, of_user=_of_user)


def _of_record(row: Any) -> tuple[str, ...]:
    asked = (f"account:{row.requested_by_id}",) if row.requested_by_id else ()
    return (f"owner:{row.equipment.organisation_id}", *asked)


def _of_user(user: Any) -> list[str]:
    return [f"account:{user.pk}", *(f"owner:{number}" for number in organisation_ids_of(user))]

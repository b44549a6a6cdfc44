"""What the kernel itself puts into the rail; discovered at start as the registers of the modules are."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from khcn.kernel.exchange.values import label_of
from khcn.kernel.identity.doors import AccountDoor, add_account_door
from khcn.kernel.identity.permissions import may_administer
from khcn.kernel.obligations.addresses import use_addresses
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.locks import locked_names
from khcn.kernel.pages.rail import RailItem, add_rail_item, reads_registers
from khcn.kernel.records.corrections import correction_checks
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, register, registers
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _


def _register_groups(_user: Any) -> list[tuple[str, str]]:
    groups = dict.fromkeys(one.group for one in registers())
    url = reverse("registers")
    return [(group, f"{url}#nhom-{number}") for number, group in enumerate(groups, start=1)]


def _office_pages(user: Any) -> list[tuple[str, str]]:
    kept = [(_("Tài khoản và vai trò"), "accounts"), (_("Cơ quan, phòng, đơn vị"), "divisions")]
    return [
        *((label, reverse(name)) for label, name in kept if may_administer(user)),
        (_("Bộ quy định"), reverse("rulebook")),
        (_("Bảng phân loại"), reverse("class-schemes")),
        (_("Lịch làm việc"), reverse("work-calendar")),
        (_("Ai làm được gì"), reverse("permissions")),
    ]


def _is_staff(user: Any) -> bool:
    return bool(user.is_office_staff)


def _state_keeps_its_grounds(before: Record, after: Record) -> list[str]:
    """Say what the record's state was reached by and would no longer have."""
    workflow = register(after.REGISTER).workflow
    if workflow is None:
        return []
    reached_by = [one for one in workflow.transitions if one.target == after.state]
    lost = [need for one in reached_by for need in one.requires if need.holds(before) and not need.holds(after)]
    state = workflow.state_label(after.state)
    return [
        _("Hồ sơ đang ở «{state}», trạng thái này đòi hỏi: {words}").format(state=state, words=need.words)
        for need in dict.fromkeys(lost)
    ]


def _steps_write_their_own(before: Record, after: Record) -> list[str]:
    """Say which facts were corrected though a step of the record's state is what writes them."""
    found = register(after.REGISTER)
    locked = {name: reason for name, reason in locked_names(found, before).items() if name in found.editable}
    changed = [name for name in locked if getattr(before, name) != getattr(after, name)]
    return [
        _("«{found}» chưa sửa được: {value}").format(found=label_of(found, Column(name)), value=locked[name])
        for name in changed
    ]


add_account_door(
    AccountDoor(
        _("Đăng ký lịch"),
        _("Xem việc đến hạn ngay trong lịch trên điện thoại, Outlook, Google Calendar."),
        "subscriptions",
    )
)
use_addresses(of_record=record_url, of_moves=lambda: reverse("moved-dues"))
correction_checks.extend((_state_keeps_its_grounds, _steps_write_their_own))
add_rail_item(RailItem(_("Việc cần làm"), "inbox", "checklist", 10, short=_("Việc")))
add_rail_item(RailItem(_("Sổ quản lý"), "registers", "books", 40, reads_registers, _register_groups, short=_("Sổ")))
add_rail_item(RailItem(_("Quản trị"), "rulebook", "settings", 90, _is_staff, _office_pages))
declare_use(
    "document.party-issuer", _("Bản in theo thể thức văn bản của Đảng: tổ chức đảng ban hành, người ký, nơi nhận")
)
name_group("document", _("Thể thức văn bản"))

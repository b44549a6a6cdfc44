"""To whom the shared pages open."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.gates import KEY, Audience, Gate, add_gates
from khcn.kernel.exchange.permissions import may_import_classes
from khcn.kernel.identity.permissions import ADMINISTRATOR_WORDS, may_administer
from khcn.kernel.obligations.permissions import may_correct_calendar
from khcn.kernel.pages.bulk import acts_of, may_act_on_many
from khcn.kernel.pages.forms import may_link
from khcn.kernel.pages.permissions import may_correct, may_enter, may_read_office_pages, may_withdraw
from khcn.kernel.rulebook.permissions import may_change_rules, may_read_rules
from khcn.language.words import words as _

SIGNED_IN = _("Người đã đăng nhập")
LISTS = _("Người đã đăng nhập; chỉ thấy hồ sơ mình được biết")
STAFF = _("Cán bộ của Sở")
MANY = _("Cán bộ của Sở; cơ quan được giao")
OWN_VIEW = _("Người lập cách xem; lãnh đạo phòng, lãnh đạo Sở với cách xem chung")


def _on_many(actor: Any, _register: Any) -> Any:
    return may_act_on_many(actor)


def _has_acts(register: Any) -> bool:
    return bool(acts_of(register))


add_gates(
    Gate("home", _("Mọi người"), Audience.EVERYONE),
    Gate("inbox", SIGNED_IN),
    Gate("registers", SIGNED_IN),
    Gate("register", LISTS, register=KEY),
    Gate("register-export", LISTS, register=KEY),
    Gate("register-count", LISTS, register=KEY),
    Gate("register-sums", LISTS, register=KEY),
    Gate("saved-views", LISTS, register=KEY),
    Gate("saved-view-save", LISTS, register=KEY),
    Gate("saved-view-default", LISTS, register=KEY),
    Gate("saved-view-change", OWN_VIEW, register=KEY, owned=True),
    Gate("saved-view-remove", OWN_VIEW, register=KEY, owned=True),
    Gate("bulk-preview", MANY, may=_on_many, register=KEY, applies=_has_acts),
    Gate("bulk-do", MANY, may=_on_many, register=KEY, applies=_has_acts),
    Gate("bulk-result", _("Người đã làm việc ấy"), register=KEY, owned=True),
    Gate(
        "record-create",
        _("Ai được thêm hồ sơ vào sổ"),
        may=may_enter,
        register=KEY,
        applies=lambda found: found.enter is not None,
    ),
    Gate("record", _("Ai được biết hồ sơ"), register=KEY),
    Gate("record-step", _("Theo bảng quy trình của sổ"), register=KEY, guards=()),
    Gate(
        "record-edit",
        _("Ai được sửa hồ sơ của sổ"),
        may=may_correct,
        register=KEY,
        applies=lambda found: bool(found.editable),
    ),
    Gate("record-withdraw", _("Lãnh đạo Sở, lãnh đạo phòng phụ trách"), may=may_withdraw, register=KEY),
    Gate(
        "record-link",
        _("Cán bộ của cơ quan quản lý hồ sơ"),
        may=lambda actor, _register, record: may_link(actor, record),
        register=KEY,
        guards=("POST",),
    ),
    Gate("rulebook", STAFF, may=may_read_rules),
    Gate("rulebook-export", STAFF, may=may_read_rules),
    Gate("old-rulebook", _("Mọi người; chỉ chuyển tới địa chỉ mới"), Audience.EVERYONE),
    Gate("rule", STAFF, may=may_read_rules),
    *(Gate(f"rule-{act}", ADMINISTRATOR_WORDS, may=may_change_rules) for act in ("replace", "correct", "confirm")),
    Gate("rule-offers", ADMINISTRATOR_WORDS, may=may_change_rules),
    Gate("rule-offer", ADMINISTRATOR_WORDS, owned=True),
    Gate("class-schemes", STAFF, may=may_read_office_pages),
    Gate("class-scheme", STAFF, may=may_read_office_pages),
    Gate("class-import", _("Quản trị hệ thống"), may=may_import_classes),
    Gate("permissions", STAFF, may=may_read_office_pages),
    Gate("old-permissions", SIGNED_IN),
    Gate("accounts", ADMINISTRATOR_WORDS, may=may_administer),
    Gate("account-new", ADMINISTRATOR_WORDS, may=may_administer),
    Gate("account-of", ADMINISTRATOR_WORDS, owned=True),
    Gate("account-change", ADMINISTRATOR_WORDS, owned=True),
    Gate("account-act", ADMINISTRATOR_WORDS, owned=True),
    Gate("account-role-give", ADMINISTRATOR_WORDS, owned=True),
    Gate("account-role-end", ADMINISTRATOR_WORDS, owned=True),
    Gate("account-delegate-for", ADMINISTRATOR_WORDS, owned=True),
    *(Gate(name, ADMINISTRATOR_WORDS, may=may_administer) for name in ("divisions", "division-new", "office-change")),
    Gate("division", ADMINISTRATOR_WORDS, owned=True),
    *(Gate(f"division-{act}", ADMINISTRATOR_WORDS, owned=True) for act in ("change", "move", "end")),
    Gate("first-password", _("Ai có liên kết đặt mật khẩu chưa dùng"), Audience.EVERYONE, owned=True),
    Gate("work-calendar", SIGNED_IN),
    Gate("work-calendar-change", _("Quản trị hệ thống"), may=may_correct_calendar),
    Gate("moved-dues", SIGNED_IN),
    Gate("subscriptions", SIGNED_IN),
    Gate("subscribe", _("Người đã đăng nhập; lịch của cơ quan: lãnh đạo Sở, người theo dõi"), guards=()),
    Gate("unsubscribe", SIGNED_IN),
    Gate(
        "calendar-feed", _("Ai có địa chỉ bí mật của lịch, khi tài khoản còn hoạt động"), Audience.EVERYONE, owned=True
    ),
)

"""Who may do what, asked of the registers, workflows and gates themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from khcn.kernel.access.gates import gates
from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.pages.permissions import may_correct, may_enter, may_withdraw
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.workflow.table import Workflow
from khcn.language.words import joined
from khcn.language.words import words as _

NOBODY = _("không ai")
HERE, THERE = -1, -2
KNOWN_TO = _(
    "công khai: mọi người; nội bộ: cán bộ của Sở, lãnh đạo tỉnh; hạn chế: phòng phụ trách, người phụ trách, lãnh đạo Sở"
)


@dataclass(frozen=True)
class Asker:
    """A person who holds one role in one division, existing only to ask what the role may do."""

    role: Role
    pk: int = HERE
    office_id: int = HERE
    is_authenticated: bool = True
    is_active: bool = True
    grants: tuple[Any, ...] = ()

    @property
    def division_ids(self) -> set[int]:
        """Return the one division."""
        return {HERE}

    @property
    def is_office_staff(self) -> bool:
        """Tell whether the role is one of the office."""
        return self.role in STAFF_ROLES

    def holds(self, *roles: Role, division: Any = None) -> bool:
        """Tell whether it is one of the roles, in that division if one is named."""
        return self.role in roles and division in {None, HERE}


@dataclass(frozen=True)
class RegisterRights:
    """One register: what may be done with its records, by whom; then the steps of its workflow."""

    label: str
    acts: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, ...], ...]


STEP_HEADS = (_("Bước"), _("Từ"), _("Sang"), _("Ai làm"), _("Điều kiện"), _("Căn cứ"))


def register_rights() -> list[RegisterRights]:
    """Return every register in the order of the lists."""
    return [RegisterRights(one.label, tuple(_acts(one)), tuple(step_rows(one.workflow))) for one in registers()]


def gate_rows() -> list[tuple[str, str]]:
    """Return the name of every address with whom it lets in."""
    return [(gate.name, gate.words) for gate in gates()]


def step_rows(workflow: Workflow | None) -> Iterable[tuple[str, ...]]:
    """Yield the steps of a workflow as `STEP_HEADS` names them."""
    for one in workflow.transitions if workflow is not None else ():
        yield (
            one.label,
            ", ".join(workflow.state_label(state) for state in sorted(one.sources)),  # type: ignore[union-attr]  # asked above
            workflow.state_label(one.target),  # type: ignore[union-attr]  # as above
            one.may_words,
            joined("; ", [requirement.words for requirement in one.requires]),
            one.legal_basis,
        )


def _acts(found: Register) -> Iterable[tuple[str, str]]:
    yield _("Biết hồ sơ"), joined("; ", [words for words in (KNOWN_TO, found.known_to) if words])
    creates = found.may_create
    if creates is not None:
        yield _("Thêm hồ sơ"), _roles(creates)
    elif found.enter is not None:
        yield _("Thêm hồ sơ"), _roles(lambda asker: may_enter(asker, found))
    yield _("Nhập từ tệp"), _roles(lambda asker: may_import(asker, found))
    if found.editable:
        yield _("Sửa thông tin"), _roles_by_division(found, lambda asker, row: may_correct(asker, found, row))
    yield _("Thu hồi hồ sơ"), _roles_by_division(found, lambda asker, row: may_withdraw(asker, found, row))


def _roles(may: Callable[[Any], Any]) -> str:
    return joined(", ", [role.label for role in Role if may(Asker(role))]) or NOBODY


def _roles_by_division(found: Register, may: Callable[[Any, Any], Any]) -> str:
    own, other = (found.model(office_id=HERE, division_id=number) for number in (HERE, THERE))
    words = [
        role.label + ("" if may(Asker(role), other) else _(" (phòng phụ trách)"))
        for role in Role
        if may(Asker(role), own)
    ]
    return joined(", ", words) or NOBODY

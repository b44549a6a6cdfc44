"""Why a row of an import cannot be written: what it may not create, change, or come to know of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.exchange.declaring import Declaration
from khcn.kernel.exchange.permissions import may_change_visibility, may_overwrite, stands_above_divisions
from khcn.kernel.exchange.reports import BadRow
from khcn.kernel.exchange.rows import ParsedRow
from khcn.kernel.exchange.values import label_of
from khcn.kernel.records.codes import fault_of_code
from khcn.kernel.records.constraints import labels_of, names_in
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _
from khcn.ui import formats

UNWRITABLE = _(
    "các giá trị của dòng không ghi được vào sổ; kiểm tra lại mã, số, ngày của dòng này, nếu vẫn không được thì nhờ "
    "lãnh đạo Sở kiểm tra"
)


def refuse_new(said: Declaration, row: ParsedRow) -> None:
    """Mark a row that would make a record as bad where it brings along a code that it may not.

    Codes come along only with those who bring data for the whole office: for all others a code that belongs to nobody
    and one that belongs to a record they may not know of read the same. To an administrator the latter says no more
    than that the row cannot be written.
    """
    code = row.values.get("code")
    if not code:
        return
    if not stands_above_divisions(said.actor, said.office):
        reason = _(
            "không có hồ sơ mã «{code}» mà bạn được cập nhật; hồ sơ mới thì để trống ô này, sổ tự cấp mã, hoặc "
            "nhờ quản trị hệ thống nhập kèm mã cũ"
        ).format(code=code)
    else:
        reason = fault_of_code(code)
    if reason:
        row.bad.append(BadRow(row.number, _label(said.register, "code"), reason))


def refuse_change(said: Declaration, row: ParsedRow, names: Sequence[str]) -> None:
    """Mark a row as bad where the record it speaks of may not be changed so. `names`: the fields it would change."""
    record = row.record
    for column, reason in _reasons(said, record, names):
        row.bad.append(BadRow(row.number, _label(said.register, column) if column else "", reason))


def _reasons(said: Declaration, record: Any, names: Sequence[str]) -> list[tuple[str, str]]:
    if record.withdrawn_on is not None:
        why = f" ({record.withdrawal_reason.rstrip('.')})" if record.withdrawal_reason else ""
        return [
            (
                "",
                _("hồ sơ {code} đã thu hồi ngày {withdrawn_on}{why} nên không cập nhật được").format(
                    code=record.code, withdrawn_on=formats.day(record.withdrawn_on), why=why
                ),
            )
        ]
    found = []
    if not (decision := may_overwrite(said.actor, said.register, record)):
        found.append(
            (
                "",
                _("hồ sơ {code} không cập nhật được: {value}").format(
                    code=record.code, value=decision.sentence().rstrip(".")
                ),
            )
        )
    if said.known_from is not None:
        found.append(("", _past_is_known(record)))
    if "code" in names:
        found.append(
            (
                "code",
                _("hồ sơ này đã có trong sổ với mã {code} và mã không đổi được; ghi mã ấy hoặc để trống").format(
                    code=record.code
                ),
            )
        )
    if _moves_visibility(record, names) and not (decision := may_change_visibility(said.actor, record)):
        found.append(
            ("confidentiality", _("hồ sơ {code}: {decision}").format(code=record.code, decision=decision.sentence()))
        )
    if "state" in names and said.register.workflow is not None:
        now = said.register.workflow.state_label(record.state)
        found.append(
            (
                "state",
                _("hồ sơ {code} đang ở «{now}»; trạng thái chỉ đổi qua một bước của quy trình").format(
                    code=record.code, now=now
                ),
            )
        )
    return found


def _past_is_known(record: Any) -> str:
    return _(
        "hồ sơ {code} đã có trong sổ và quá khứ của nó đã được ghi; chỉ khai «đã biết từ trước» cho hồ sơ mới. "
        "Nhập riêng dòng này, không khai, để cập nhật từ hôm nay"
    ).format(code=record.code)


def _moves_visibility(record: Any, names: Sequence[str]) -> bool:
    """Tell whether others would know of the record afterwards; of a confidential one its division decides that too."""
    near = record.confidentiality == Confidentiality.CONFIDENTIAL and {"division", "responsible"} & set(names)
    return "confidentiality" in names or bool(near)


def _label(register: Register, name: str) -> str:
    column = next((one for one in register.columns if one.name == name), Column(name))
    return label_of(register, column)


def conflict_of(candidate: Record, visible: Any) -> str:
    """Say what the database refuses of a record, as a clause; of records that are not `visible` it tells nothing."""
    model = type(candidate)
    for constraint in model._meta.constraints:
        try:
            constraint.validate(model, candidate)
        except ValidationError:
            if isinstance(constraint, models.UniqueConstraint):
                return _words_of_twin(constraint, candidate, visible)
            names = list(dict.fromkeys(names_in(constraint.condition)))  # type: ignore[attr-defined]  # a check
            return _("{model} thiếu hoặc mâu thuẫn với nhau").format(model=labels_of(model, names))
    return UNWRITABLE


def _words_of_twin(constraint: models.UniqueConstraint, candidate: Record, visible: Any) -> str:
    model = type(candidate)
    same = {name: getattr(candidate, model._meta.get_field(name).attname) for name in constraint.fields}  # type: ignore[union-attr]  # stored fields
    bound = Q(**same) & (constraint.condition or Q())
    twin = visible.filter(bound).exclude(pk=candidate.pk).first() if same else None
    if twin is None:
        return UNWRITABLE
    return _("trùng {model} với hồ sơ {code}").format(
        model=labels_of(model, [name for name in constraint.fields if name != "office"]), code=twin.code
    )

"""Enter and import CVs, laboratories, equipment and yearly figures from what forms and sheets say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from khcn.kernel.identity.models import Office
from khcn.kernel.records.corrections import CorrectionRefused
from khcn.kernel.records.record import Provenance, Record
from khcn.kernel.records.recording import current_recording
from khcn.kernel.records.registry import Question
from khcn.kernel.text.folding import search_key
from khcn.language.words import in_source
from khcn.language.words import words as _
from khcn.parties.identifiers import orcid_of
from khcn.parties.models import Equipment, Laboratory, ScienceSpending, ScienceStaffing, ScientistProfile
from khcn.parties.models.science import JOINT
from khcn.parties.science_selectors import PERSON_LEVELS, FieldRefused, field_named
from khcn.parties.services.figures import enter_spending, enter_staffing
from khcn.parties.services.infrastructure import enter_equipment, enter_laboratory
from khcn.parties.services.science import enter_profile, keep_private
from khcn.parties.states import Origin, Sex

FIELD = "field"
WRITTEN_FIELD = "field_code"
"""What the forms ask for by the name of the column, sheets give as a text of their own."""
SEX, ORIGIN = "sex_words", "origin_words"


def enter_profile_values(*, values: dict[str, Any], actor: Any, on: date) -> ScientistProfile:
    """Open a CV from the answers of the form.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    stored, field = _without_field(values)
    return enter_profile(profile=_made(ScientistProfile, stored, actor), field=field, actor=actor, on=on)


def enter_laboratory_values(*, values: dict[str, Any], actor: Any, on: date) -> Laboratory:
    """Enter a laboratory from the answers of the form.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    stored, field = _without_field(values)
    return enter_laboratory(laboratory=_made(Laboratory, stored, actor), field=field, actor=actor, on=on)


def enter_equipment_values(*, values: dict[str, Any], actor: Any, on: date) -> Equipment:
    """Enter a piece of equipment from the answers of the form.

    Raises: NotPermitted; NotPossible.
    """
    return enter_equipment(equipment=_made(Equipment, values, actor), actor=actor, on=on)


def enter_staffing_values(*, values: dict[str, Any], actor: Any, on: date) -> ScienceStaffing:
    """Enter the people of an organisation in a year from the answers of the form.

    Raises: NotPermitted; NotPossible.
    """
    return enter_staffing(staffing=_made(ScienceStaffing, values, actor), actor=actor, on=on)


def enter_spending_values(*, values: dict[str, Any], actor: Any, on: date) -> ScienceSpending:
    """Enter what an organisation spent from the answers of the form.

    Raises: NotPermitted; NotPossible.
    """
    return enter_spending(spending=_made(ScienceSpending, values, actor), actor=actor, on=on)


def importer(enter: Callable[..., Record]) -> Callable[..., Record]:
    """Return how a sheet enters what `enter` enters one by one: by the same service, marked as imported."""

    def import_row(values: dict[str, Any], *, actor: Any, on: date, **_known: Any) -> Record:
        """Enter one row. Raises: NotPermitted; NotPossible; RuleUnknown."""
        return enter(values={"provenance": Provenance.IMPORTED, **values}, actor=actor, on=on)

    return import_row


def import_profile(values: dict[str, Any], *, actor: Any, on: date, **_known: Any) -> ScientistProfile:
    """Open one CV of an import sheet, with what is kept apart from it.

    Raises: NotPermitted; NotPossible; RuleUnknown; ValueError, for a word that names no choice.
    """
    said = {"provenance": Provenance.IMPORTED, **values}
    sex = _choice(Sex, said.pop(SEX, ""))
    origin = _choice(Origin, said.pop(ORIGIN, ""))
    profile = enter_profile_values(values=said, actor=actor, on=on)
    if sex or origin:
        keep_private(profile=profile, sex=sex, origin=origin, actor=actor, on=on)
    return profile


def _made(model: Any, values: dict[str, Any], actor: Any) -> Any:
    office = actor.working_office if actor is not None else Office.objects.get(code=settings.OFFICE)
    division = actor.division if actor is not None else None
    return model(**{"office": office, "division": division, **values})


def _without_field(values: dict[str, Any]) -> tuple[dict[str, Any], str]:
    stored = {name: value for name, value in values.items() if name not in {FIELD, WRITTEN_FIELD}}
    return stored, values.get(FIELD) or values.get(WRITTEN_FIELD) or ""


def _choice(choices: Any, text: str) -> str:
    if not text.strip():
        return ""
    wanted = search_key(text)
    for value, label in choices.choices:
        if wanted in {search_key(value), search_key(in_source(label))}:
            return str(value)
    raise ValueError(
        _("«{text}» không có trong danh sách: {labels}").format(
            text=text, labels="; ".join(in_source(label) for _value, label in choices.choices)
        )
    )


def _write_field(record: Any, written: str) -> None:
    change = current_recording()
    # A CV bears its own day; a laboratory does not, so the day of its correction counts.
    on = getattr(record, "updated_on", None) or change.on or timezone.localdate(change.at)
    try:
        record.field = field_named(written, on=on, office=record.office, levels=PERSON_LEVELS)
    except FieldRefused as refusal:
        raise CorrectionRefused(str(refusal), (FIELD,)) from refusal


def _orcid(text: str, _actor: Any, _on: date) -> str:
    return orcid_of(text) if text.strip() else ""


FIELD_QUESTION = Question(
    name=FIELD,
    label=_("Lĩnh vực chính"),
    parse=lambda text, _actor, _on: text.strip(),
    read=lambda record: record.field_code,
    same=lambda record, written: record.field_code.split(JOINT, 1)[0] == written.split(JOINT, 1)[0].strip(),
    write=_write_field,
    required=False,
    help_text=_("Mã 1, 3 hoặc 5 chữ số của bảng phân loại lĩnh vực nghiên cứu áp dụng ngày cập nhật, hoặc đúng tên."),
)
ORCID_QUESTION = Question(
    name="orcid",
    label="ORCID",
    parse=_orcid,
    read=lambda record: record.orcid,
    same=lambda record, orcid: record.orcid == orcid,
    write=lambda record, orcid: setattr(record, "orcid", orcid),
    required=False,
    help_text=_("16 ký tự, viết như 0000-0002-1825-0097; dán cả địa chỉ trang ORCID cũng được."),
)

"""Let the record page end an organisation through the module's service, with the day and the successor."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.pages.record_fields import record_named
from khcn.kernel.pages.steps import add_step
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.parties.selectors import organisations_known
from khcn.parties.services import PartyRefused, end_organisation


class EndFields(forms.Form):
    """When an organisation ended, and which one goes on in its place."""

    ended_on = forms.CharField(label=_("Chấm dứt ngày"), help_text=_("24/9/2021, 24/9 hoặc hôm nay."))
    successor = forms.CharField(
        label=_("Kế thừa bởi"),
        required=False,
        help_text=_("Mã hoặc tên đầy đủ trong sổ tổ chức; để trống nếu không có."),
    )


def add_party_steps() -> None:
    """Enter the handlers and forms of the steps of parties."""
    add_step(Organisation.REGISTER, "end", _end, EndFields)


def _end(*, record: Organisation, actor: Any, on: date, note: str, data: dict[str, Any], **_more: Any) -> Organisation:
    try:
        ended_on, named = parse_day(data["ended_on"], on), data["successor"].strip()
        successor = record_named(organisations_known(actor), named, _("tổ chức")) if named else None
        return end_organisation(
            organisation=record, ended_on=ended_on, successor=successor, actor=actor, on=on, note=note
        )
    except (DateReadingError, PartyRefused) as refusal:
        raise NotPossible(record, _("Ghi nhận chấm dứt"), [str(refusal)]) from refusal
    except forms.ValidationError as refusal:
        raise NotPossible(record, _("Ghi nhận chấm dứt"), refusal.messages) from refusal

"""The forms of organisations, people and roles: shape only, no rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm, TypedForm
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.selectors import organisations_known


def _written(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else ""


class PartyForm(EnteringForm, forms.ModelForm[Any]):
    """What organisations and people have in common: days as people type them, organisations by code or name."""

    days: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.days:
            old = self.fields[name]
            initial = _written(getattr(self.instance, name, None))
            self.fields[name] = DayField(today=today, label=old.label, required=False, initial=initial)
            self.initial.pop(name, None)
        self._offer_organisations(user)

    def _offer_organisations(self, user: Any) -> None:
        for name in ("parent", "organisation"):
            if name in self.fields:
                rows = organisations_known(user)
                rows = rows.exclude(pk=self.instance.pk) if isinstance(self.instance, Organisation) else rows
                kept = getattr(self.instance, name)
                label = self.fields[name].label
                self.fields[name] = RecordField(label=label, rows=rows, kept=kept, what=_("tổ chức"), required=False)
                self.initial.pop(name, None)


class OrganisationForm(PartyForm):
    """One organisation."""

    days = ("founded_on",)

    class Meta:
        model = Organisation
        fields = (
            "title",
            "short_name",
            "kind",
            "parent",
            "symbol",
            "tax_code",
            "address",
            "email",
            "founded_on",
            "confidentiality",
            "source_note",
        )
        labels = {"title": _("Tên tổ chức")}
        widgets = {
            "title": forms.TextInput,
            "source_note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"symbol": _("Phần tên cơ quan trong số, ký hiệu văn bản, ví dụ SKHCN.")}


class PersonForm(PartyForm):
    """One person."""

    class Meta:
        model = Person
        fields = ("title", "degree", "confidentiality", "source_note")
        labels = {"title": _("Họ và tên")}
        widgets = {"title": forms.TextInput, "source_note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"degree": _("Ví dụ: PGS.TS.")}


class RoleForm(PartyForm):
    """One role of a person."""

    days = ("valid_from", "valid_to", "known_on")

    class Meta:
        model = PersonRole
        fields = ("role", "organisation", "protocol_rank", "valid_from", "valid_to", "known_on", "source_note")
        widgets = {"source_note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "protocol_rank": _("Số nhỏ đứng trước; 1 đứng đầu danh sách đại biểu."),
            "valid_from": _("Để trống nếu chưa rõ; không ghi ngày đoán."),
            "known_on": _("Ngày của nguồn cho biết người này đang giữ chức vụ."),
        }


class EndRoleForm(TypedForm, forms.Form):
    """The last day of a role."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"] = DayField(today=today, label=_("Giữ chức vụ đến hết ngày"))
        self.fields["why"] = forms.CharField(
            label=_("Căn cứ"),
            required=False,
            help_text=_("Ví dụ: số, ngày của quyết định."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

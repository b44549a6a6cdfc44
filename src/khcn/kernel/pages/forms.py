"""The forms of the shared pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.exchange.values import label_of
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.finding import records_named
from khcn.kernel.pages.steps import transition_forms
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.records.links import LinkKind
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.kernel.workflow.table import Evidence, Note, Transition
from khcn.language.words import words as _
from khcn.ui import formats

SEEN = "phien-ban"
"""Name of the hidden field that says which version of a record a person began from."""


class CodesField(forms.CharField):
    """Codes of records that the person may know of, separated by commas."""

    def __init__(self, *, user: Any, **options: Any) -> None:
        self.user = user
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return the records.

        Raises: ValidationError, naming the codes not found.
        """
        found, unknown = records_named(super().clean(value), self.user)
        if unknown:
            raise forms.ValidationError(
                _("Không có hồ sơ mang mã {unknown} trong các sổ bạn được xem.").format(unknown=", ".join(unknown))
            )
        return found


class StepForm(TypedForm, forms.Form):
    """When, why and with which evidence a step is taken, and what the step itself asks for."""

    def __init__(
        self,
        *args: Any,
        register: Register,
        transition: Transition,
        user: Any,
        today: date,
        stamp: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{**kwargs, "prefix": transition.name})
        self.today = today
        own = transition_forms.get((register.key, transition.name))
        self.own_names = list(own.base_fields) if own is not None else []
        if own is not None:
            self.fields.update(own().fields)
        for field in self.fields.values():
            if isinstance(field, DayField):  # declared once for all days
                field.today = today
            elif isinstance(field, forms.ModelChoiceField):
                rows: Any = field.queryset
                if rows.model in (Division, User):  # declared once for all offices
                    field.queryset = rows.filter(office=user.office_id)
        self.fields["on"] = DayField(
            today=today, label=_("Ngày thực hiện"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        self.fields["note"] = forms.CharField(
            label=_("Lý do, nội dung"),
            required=transition.note is Note.REQUIRED,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["evidence"] = CodesField(
            user=user,
            label=_("Hồ sơ, văn bản minh chứng"),
            required=transition.evidence is Evidence.REQUIRED,
            help_text=_("Mã hồ sơ, cách nhau bằng dấu phẩy, ví dụ VB-2021-0007."),
        )
        # Without it the step is still taken: whoever leaves it out is not told of what changed since they looked.
        self.fields[SEEN] = forms.IntegerField(
            label=_("Phiên bản"),
            required=False,
            initial=stamp,
            widget=forms.HiddenInput,
            error_messages={"invalid": _("Biểu mẫu bị hỏng phần ẩn. Tải lại trang rồi làm lại.")},
        )

    def clean_on(self) -> date:
        """Return the day of the step.

        Raises: ValidationError, for a day still to come.
        """
        return not_to_come(self.cleaned_data["on"], self.today)

    def begun_again(self, stamp: int, **options: Any) -> StepForm:
        """Return the form with all that was typed, begun from the version of that stamp; `options`: as at first."""
        data: Any = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(SEEN)] = str(stamp)
        found = StepForm(data, self.files, today=self.today, **options)
        found.is_valid()
        return found

    @property
    def own_values(self) -> dict[str, Any]:
        """Return what the step's own form asked for."""
        return {name: self.cleaned_data[name] for name in self.own_names}


def not_to_come(day: date, today: date) -> date:
    """Return the day on which a step was taken.

    Raises: ValidationError, for a day still to come.
    """
    if day > today:
        raise forms.ValidationError(
            _("Ngày {day} chưa đến. Ghi ngày đã thực hiện, muộn nhất hôm nay.").format(day=formats.day(day))
        )
    return day


class LinkForm(TypedForm, forms.Form):
    """What a record is to be linked to, and how."""

    kind = forms.ChoiceField(label=_("Quan hệ"), choices=[(kind.value, kind.words()) for kind in LinkKind])
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    field_order = ("kind", "target", "note")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "lien-ket"})
        self.fields["target"] = CodesField(
            user=user, label=_("Mã hồ sơ liên quan"), help_text=_("Một hoặc nhiều mã, cách nhau bằng dấu phẩy.")
        )
        self.order_fields(self.field_order)


class FilterForm(forms.Form):
    """The filters of a register's list, its columns, and the instant it is read as of."""

    def __init__(
        self, *args: Any, register: Register, choices: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in register.filters:
            self.fields[one.name] = forms.ChoiceField(
                label=one.label, required=False, choices=[("", _("Tất cả")), *choices[one.name]]
            )
        self.fields["as_of"] = forms.CharField(
            label=_("Xem như đã biết lúc"),
            required=False,
            widget=forms.TextInput(attrs={"placeholder": "24/9/2021 17:00", "autocomplete": "off"}),
        )
        self.fields["thu-hoi"] = forms.BooleanField(
            label=_("Cả hồ sơ đã thu hồi"), required=False, widget=forms.CheckboxInput
        )
        self.fields["cot"] = forms.MultipleChoiceField(
            label=_("Các cột"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(column.name, label_of(register, column)) for column in register.columns],
        )


def may_link(user: Any, record: Record) -> Decision:
    """Decide whether the person may link the record to others: staff of its office, while it stands."""
    return requires(
        user.is_office_staff and user.office_id == record.office_id, _("Chỉ cán bộ của Sở được gắn hồ sơ liên quan.")
    ) & requires(record.withdrawn_on is None, _("Hồ sơ đã thu hồi nên không gắn thêm được."))

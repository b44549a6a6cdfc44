"""The forms with which an administrator keeps the divisions of the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.identity.organising import OFFICE_FIELDS
from khcn.kernel.identity.selectors import colleagues_of
from khcn.kernel.pages.account_forms import ReasonForm
from khcn.language.words import words as _


class DecisionForm(ReasonForm):
    """Why the office is ordered anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = _("Giữ trong lịch sử, ví dụ: theo Quyết định sắp xếp tổ chức bộ máy.")


class DivisionNameForm(DecisionForm):
    """What a division is called from now on."""

    name = forms.CharField(label=_("Tên"), max_length=200, help_text=_("Ví dụ: Phòng Quản lý chuyên ngành."))
    field_order = ("name", "why")


class NewDivisionForm(DivisionNameForm):
    """Code, name, first day."""

    code = forms.RegexField(
        r"^[A-Za-z0-9.-]{1,20}$",
        label=_("Ký hiệu"),
        help_text=_("Chữ không dấu, số; đứng trong ký hiệu văn bản, ví dụ QLCN. Không đổi được về sau."),
        error_messages={"invalid": _("Ký hiệu chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch nối.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"] = DayField(
            today=today,
            label=_("Có từ ngày"),
            required=False,
            help_text=_("Theo quyết định thành lập; để trống nếu đã lâu."),
        )
        self.order_fields(["code", "name", "valid_from", "why"])


class OfficeForm(DecisionForm):
    """What the office is called, on screen and on papers."""

    def __init__(self, *args: Any, office: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(office, name) for name in OFFICE_FIELDS}, **kwargs)
        for name in OFFICE_FIELDS:
            field: Any = office._meta.get_field(name)
            self.fields[name] = forms.CharField(label=field.verbose_name, max_length=field.max_length)
        self.order_fields([*OFFICE_FIELDS, "why"])


class DissolvingForm(DecisionForm):
    """Who takes over, until which day, why."""

    def __init__(self, *args: Any, division: Division, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            others_of(division, today),
            label=_("Đơn vị tiếp nhận"),
            empty_label=_("Chọn phòng, đơn vị"),
            help_text=_("Nhận mọi hồ sơ, việc còn mở mà phòng này phụ trách."),
        )
        self.fields["last"] = DayField(today=today, label=_("Đến hết ngày"), initial=_("hôm nay"))
        self.today = today
        self.order_fields(["to", "last", "why"])

    def clean_last(self) -> date:
        """Return the last day.

        Raises: ValidationError, for a day still to come: the work moves at once.
        """
        last: date = self.cleaned_data["last"]
        if last > self.today:
            raise forms.ValidationError(
                _("Ngày này chưa đến. Hồ sơ chuyển ngay khi làm việc này nên chọn đến hôm nay.")
            )
        return last


class MovingForm(ReasonForm):
    """Who moves where, why."""

    def __init__(self, *args: Any, division: Division, actor: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(division=division, is_active=True).exclude(pk=actor.pk).order_by("full_name")
        self.fields["people"] = forms.ModelMultipleChoiceField(
            people, label=_("Người chuyển"), widget=forms.CheckboxSelectMultiple
        )
        self.fields["to"] = forms.ModelChoiceField(
            others_of(division, today), label=_("Đến phòng, đơn vị"), empty_label=_("Chọn phòng, đơn vị")
        )
        self.order_fields(["people", "to", "why"])


class LeavingForm(ReasonForm):
    """Who takes over the open work of a person who leaves, why they leave."""

    def __init__(self, *args: Any, leaver: User, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [person for person in colleagues_of(leaver) if person.pk != actor.pk]
        self.fields["to"] = forms.ModelChoiceField(
            User.objects.filter(pk__in=[person.pk for person in people]).order_by("full_name"),
            label=_("Người nhận việc"),
            required=False,
            empty_label=_("Chưa chọn: việc ở lại phòng phụ trách"),
            help_text=_("Trở thành người phụ trách các hồ sơ còn mở. Hồ sơ hạn chế thì phòng phụ trách phân công lại."),
        )
        self.order_fields(["to", "why"])


def others_of(division: Division, today: date) -> Any:
    """Return the other divisions of the office that exist on the day and have no end."""
    rows = Division.objects.filter(office=division.office_id, valid_to=None).in_force(today)
    return rows.exclude(pk=division.pk).order_by("name")

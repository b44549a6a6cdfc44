"""The forms of targets, of what they want each year, and of the values reported for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import User
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm
from khcn.language.words import words as _
from khcn.parties.selectors import organisations_known
from khcn.policies.models import Programme, ProgrammeTarget, TargetReport
from khcn.policies.rules import FIRST_YEAR, LAST_YEAR, wanted_years
from khcn.policies.states import Comparator, ReportingPeriod, TargetDirection

LONG = forms.Textarea(attrs={"rows": 3})


def number_field(label: str, *, required: bool = True) -> forms.DecimalField:
    """Return a field for one number, typed as people write it."""
    return forms.DecimalField(label=label, required=required, max_digits=20, decimal_places=4, localize=True)


def year_field() -> forms.IntegerField:
    """Return a field for one year."""
    return forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class YearsField(forms.CharField):
    """What is wanted in each year: one line a year, e.g. 2025: 50; a year alone gives no number."""

    widget = forms.Textarea(attrs={"rows": 4, "placeholder": "2025: 50\n2026: 62,5"})

    def clean(self, value: Any) -> Any:
        """Return year → value.

        Raises: ValidationError, naming the line.
        """
        try:
            return wanted_years(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class TargetForm(EnteringForm, forms.Form):
    """One target of a programme with what it wants each year."""

    title = forms.CharField(label=_("Chỉ tiêu"), widget=LONG)
    mark = forms.CharField(label=_("Ký hiệu trong văn bản"), required=False, max_length=40)
    unit = forms.CharField(label=_("Đơn vị tính"), required=False, max_length=60)
    direction = forms.ChoiceField(label=_("Đạt khi giá trị"), choices=TargetDirection)
    years = YearsField(label=_("Đích từng năm"), help_text=_("Mỗi dòng một năm, ví dụ 2025: 50."))
    baseline = number_field(_("Giá trị gốc"), required=False)
    baseline_year = forms.IntegerField(label=_("Năm gốc"), required=False, min_value=1990, max_value=LAST_YEAR)
    owner_organisation = forms.CharField(label=_("Cơ quan chịu trách nhiệm"), required=False)
    owner = forms.CharField(label=_("Đơn vị chịu trách nhiệm, theo văn bản"), required=False, max_length=300)
    source = forms.CharField(label=_("Mục, điều trong văn bản"), required=False, max_length=300)
    indicator = forms.ChoiceField(
        label=_("Lấy giá trị từ chỉ số của hệ thống"),
        required=False,
        help_text=_("Chọn khi các sổ đếm được; để trống khi cơ quan chịu trách nhiệm báo cáo."),
    )
    method = forms.CharField(label=_("Cách tính"), required=False, widget=LONG)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Cơ quan báo cáo từng kỳ")), *((one.code, one.label) for one in indicators())]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["owner_organisation"] = RecordField(
            rows=organisations_known(user), what=_("tổ chức"), label=_("Cơ quan chịu trách nhiệm"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Refuse half a baseline.

        Raises: ValidationError.
        """
        said = super().clean() or {}
        if (said.get("baseline") is None) != (said.get("baseline_year") is None):
            self.add_error("baseline_year", _("Ghi cả giá trị gốc và năm gốc, hoặc để trống cả hai."))
        return said

    def target(self, programme: Programme) -> ProgrammeTarget:
        """Return the target as typed."""
        return ProgrammeTarget(programme=programme, **{k: v for k, v in self.cleaned_data.items() if k != "years"})


class TargetYearForm(EnteringForm, forms.Form):
    """What a target wants in one year, and why it is set or changed."""

    year = year_field()
    value = number_field(_("Giá trị"), required=False)
    why = forms.CharField(label=_("Lý do, văn bản điều chỉnh"), widget=LONG)


class TargetReportForm(EnteringForm, forms.Form):
    """One value of a target for one period, with what proves it."""

    year = year_field()
    period = forms.ChoiceField(label=_("Kỳ"), choices=ReportingPeriod, initial=ReportingPeriod.YEAR)
    value = number_field(_("Giá trị"))
    comparator = forms.ChoiceField(label=_("Con số là"), choices=Comparator)
    evidence = forms.CharField(
        label=_("Minh chứng"),
        widget=LONG,
        help_text=_("Số, ngày văn bản; địa chỉ trang; giấy tờ. Tệp đính kèm ở trang của số liệu sau khi lưu."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = today.year
        self.fields["measured_on"] = DayField(today=today, label=_("Số liệu đến ngày"))

    def report(self, target: ProgrammeTarget) -> TargetReport:
        """Return the value as typed."""
        return TargetReport(target=target, **self.cleaned_data)


class AskForm(EnteringForm, forms.Form):
    """For which period values are asked."""

    year = year_field()
    period = forms.ChoiceField(label=_("Kỳ"), choices=ReportingPeriod, initial=ReportingPeriod.YEAR)


class AdoptForm(EnteringForm, forms.Form):
    """Which year's target period reports are to show."""

    def __init__(self, *args: Any, target: ProgrammeTarget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.ModelChoiceField(
            target.years.exclude(value=None), label=_("Chỉ tiêu năm"), empty_label=_("Chọn năm")
        )

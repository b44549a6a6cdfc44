"""Forms of the report designer: shape only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.indicators.registry import Indicator
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.language.words import with_capital
from khcn.language.words import words as _
from khcn.reporting.forms import FIRST_YEAR, LAST_YEAR, period_choices
from khcn.reporting.outlines import PLACES_IN_HEADINGS, TABLE_COLUMNS
from khcn.reporting.outlines.editing import BELOW, PART, PLACES_IN_TEXTS, ordered_columns, unknown_places

LARGEST_PLACE = 999
ORDER_HELP = _("Ghi 1, 2, 3… theo thứ tự muốn in. Để trống: không đưa vào.")
LEVELS = ((PART, _("Phần lớn: I, II, III…")), (BELOW, _("Mục trong phần: 1, 2, 3…")))


def _refuse_unknown(text: str, known: Iterable[str]) -> str:
    if faults := unknown_places(text, known):
        raise forms.ValidationError([with_capital(fault) for fault in faults])
    return text


class OrderedForm(TypedForm, forms.Form):
    """A form in which indicators are chosen by writing their place beside them."""

    def __init__(self, *args: Any, known: Sequence[Indicator], chosen: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {code: place for place, code in enumerate(chosen, start=1)}
        # What is chosen stands first, in its order: whoever comes back sees the table as it will be.
        self.known = sorted(known, key=lambda one: (places.get(one.code, LARGEST_PLACE), one.label))
        for one in self.known:
            self.fields[_name(one.code)] = forms.IntegerField(
                label=one.label,
                required=False,
                min_value=1,
                max_value=LARGEST_PLACE,
                initial=places.get(one.code),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "class": "form-control"}),
            )

    @property
    def places(self) -> list[dict[str, Any]]:
        """Return the fields of the indicators, with the units and codes that stand beside them."""
        return [{"field": self[_name(one.code)], "unit": one.unit, "code": one.code} for one in self.known]

    @property
    def others(self) -> list[Any]:
        """Return the other fields that are seen."""
        names = {_name(one.code) for one in self.known}
        return [field for field in self.visible_fields() if field.name not in names]

    @property
    def ordered(self) -> list[str]:
        """Return the chosen indicators in order; only of a valid form."""
        given = [(self.cleaned_data.get(_name(one.code)), one.label, one.code) for one in self.known]
        return [code for place, _label, code in sorted(row for row in given if row[0] is not None)]


def _name(code: str) -> str:
    return f"cho-{code}"


class GeneralForm(OrderedForm):
    """The title of the reports, what their annex of figures holds, which lists of records follow."""

    title = forms.CharField(
        label=_("Tên báo cáo"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Viết {this} chỗ tên kỳ báo cáo, {next} chỗ tên kỳ sau, {year} chỗ năm."),
    )
    lists = forms.MultipleChoiceField(
        label=_("Phụ lục danh mục hồ sơ"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, content: Mapping[str, Any], shipped: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, chosen=content["indicators"], **kwargs)
        kept = [row["title"] for row in content["lists"]]
        self.initial = {"title": content["title"], "lists": kept}
        self.fields["lists"].choices = [(title, title) for title in dict.fromkeys([*kept, *shipped])]  # type: ignore[attr-defined]  # a field of choices

    def clean_title(self) -> str:
        """Refuse words in braces that mean nothing."""
        return _refuse_unknown(self.cleaned_data["title"], PLACES_IN_HEADINGS)


class DesignSectionForm(TypedForm, forms.Form):
    """One section: where it stands, its heading, the text that drafts begin with."""

    number = forms.ChoiceField(label=_("Cấp của mục"), choices=LEVELS, initial=BELOW, widget=forms.RadioSelect)
    heading = forms.CharField(
        label=_("Đề mục"),
        max_length=300,
        help_text=_("Không ghi số mục: hệ thống tự đánh số. Được viết {this}, {next}, {year}."),
    )
    text = forms.CharField(
        label=_("Lời văn mẫu, hướng dẫn người soạn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Người soạn thấy sẵn lời văn này. {period} là tên kỳ, {days} là các ngày tính số liệu; mã chỉ số "
            "trong ngoặc nhọn tự thành con số lấy từ sổ."
        ),
    )

    def __init__(
        self, *args: Any, known: Iterable[str], sections: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = list(known)
        if sections:
            self.fields["after"] = forms.ChoiceField(label=_("Đứng sau mục"), choices=sections, initial=sections[-1][0])
            self.order_fields(["after", "number", "heading", "text"])

    def clean_heading(self) -> str:
        """Refuse words in braces that mean nothing."""
        return _refuse_unknown(self.cleaned_data["heading"], PLACES_IN_HEADINGS)

    def clean_text(self) -> str:
        """Refuse words in braces that mean nothing."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        return _refuse_unknown(text, [*PLACES_IN_TEXTS, *self.known])


class DesignTableForm(OrderedForm):
    """One table: its title, the section it follows, its indicators and columns."""

    title = forms.CharField(label=_("Tên bảng"), max_length=300)
    section = forms.ChoiceField(label=_("Đứng sau lời văn của mục"))
    columns = forms.MultipleChoiceField(
        label=_("Các cột số liệu"), choices=list(TABLE_COLUMNS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = sections  # type: ignore[attr-defined]  # a field of choices

    def clean_columns(self) -> list[str]:
        """Return the columns in the order in which tables bear them."""
        return ordered_columns(self.cleaned_data["columns"])

    def clean(self) -> dict[str, Any]:
        """Refuse a table of nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.ordered:
            raise forms.ValidationError(_("Bảng chưa có chỉ số nào. Ghi 1, 2, 3… vào các chỉ số cần có."))
        return cleaned


class AdoptForm(TypedForm, forms.Form):
    """From which day on reports follow a design, and why."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"] = DayField(
            today=today,
            label=_("Dùng cho báo cáo có kỳ số liệu kết thúc từ ngày"),
            help_text=_("Báo cáo soạn mới mà kỳ kết thúc từ ngày này trở đi theo mẫu này. Ví dụ 1/1/2027."),
        )
        self.fields["reason"] = forms.CharField(
            label=_("Lý do"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Giữ trong lịch sử mẫu."),
        )


class PreviewForm(forms.Form):
    """With the figures of which period a design is tried out."""

    part = forms.ChoiceField(label=_("Kỳ"))
    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = _periods_of(kind)  # type: ignore[attr-defined]  # a field of choices


def _periods_of(kind: str) -> list[tuple[str, str]]:
    """Return the periods of one kind as choices."""
    found: list[tuple[str, str]] = []
    for key, label in period_choices():
        inner = [(key, label)] if isinstance(label, str) else label
        found += [pair for pair in inner if pair[0].rpartition("-")[0] == kind or pair[0] == kind]
    return found

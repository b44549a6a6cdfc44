"""The forms by which an administrator says what a rule is, and that it was compared with its text."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.rule_values import asking
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.rulebook.kinds import kind_of
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.rulebook.services import NewValue
from khcn.language.words import words as _
from khcn.ui import formats

BEFORE_READING = (Confidence.UNCHECKED, Confidence.SECONDARY, Confidence.LOCAL)
"""What may be said of a value as it is written; that it was compared with its text is an act of its own."""


class ConfirmedForm(TypedForm, forms.Form):
    """A form whose answers are shown once more before they are done."""

    def as_sent(self) -> list[dict[str, str]]:
        """Return the pairs by which the same is said again."""
        names = [self.add_prefix(name) for name in self.fields]
        return [{"name": name, "value": str(self.data[name])} for name in names if name in self.data]


class RuleForm(ConfirmedForm):
    """A new value that follows a row, or a mistaken row put right; the fields of the value are those of its kind."""

    def __init__(self, *args: Any, rule: Rule, today: date, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "quy-dinh"})
        self.asking = asking(kind_of(rule.key, rule.value).name, rule.value)
        self.fields.update(self.asking.fields(rule.value, rule.unit))
        self.fields["valid_from"] = DayField(
            today=today,
            label=_("Có hiệu lực từ ngày"),
            required=not correcting,
            initial=_typed(rule.valid_from) if correcting else "",
            help_text=_("Để trống nếu không rõ ngày bắt đầu.")
            if correcting
            else _("Giá trị cũ hết hiệu lực ngày liền trước."),
        )
        if correcting:
            self.fields["valid_to"] = DayField(
                today=today, label=_("Đến hết ngày"), required=False, initial=_typed(rule.valid_to)
            )
        self.fields["legal_basis"] = forms.CharField(
            label=_("Căn cứ"),
            max_length=400,
            initial=rule.legal_basis if correcting else "",
            help_text=_("Số, ký hiệu văn bản và điều, khoản."),
        )
        self.fields["confidence"] = forms.ChoiceField(
            label=_("Độ tin cậy"),
            choices=[(level.value, level.label) for level in BEFORE_READING],
            initial=rule.confidence if correcting and rule.confidence in BEFORE_READING else Confidence.UNCHECKED,
            help_text=_("Sau khi ghi, đọc văn bản rồi dùng «Đối chiếu» để ghi điều, khoản đã đọc."),
        )
        self.fields["why"] = forms.CharField(
            label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Ghi vào lịch sử.")
        )

    def said(self) -> NewValue:
        """Return what a valid form says."""
        answers = self.cleaned_data
        return NewValue(
            value=self.asking.read(answers),
            valid_from=answers["valid_from"],
            valid_to=answers.get("valid_to"),
            legal_basis=answers["legal_basis"],
            confidence=answers["confidence"],
            why=answers["why"],
        )


class ReadingForm(TypedForm, forms.Form):
    """The document and the article in which a value was found as it stands."""

    document = forms.CharField(
        label=_("Văn bản đã đọc"),
        max_length=250,
        help_text=_("Số, ký hiệu, cơ quan ban hành. Ví dụ: NĐ 30/2020/NĐ-CP."),
    )
    article = forms.CharField(label=_("Điều, khoản"), max_length=140, required=False)
    local = forms.BooleanField(
        label=_("Đây là quy ước của Sở, không phải quy định pháp luật (không cần điều, khoản)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "doi-chieu"})


def _typed(day: date | None) -> str:
    return formats.day(day) if day else ""

"""The forms of papers: shape only, no rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from khcn.correspondence.models import Paper, PaperAddressee
from khcn.correspondence.states import NumberGivenBy
from khcn.kernel.classifications.selectors import DOCUMENT_KIND, classes
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.forms import SEEN
from khcn.kernel.pages.record_fields import RecordField, RecordsField
from khcn.kernel.pages.typed_forms import EnteringForm, TypedForm
from khcn.kernel.text.folding import sort_key
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person
from khcn.parties.selectors import organisations_known

NOT_CHOSEN = _("Chưa chọn")
NUMBER_HELP = _("Ghi đúng như trên văn bản: 365/TB-VPCP, 123/SKHCN-QLKH, 05/2026/QĐ-UBND, 123-TB/TU.")


def written(day: date | None) -> str:
    """Return a day as a form shows it."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


class PaperForm(EnteringForm, forms.ModelForm[Any]):
    """What every form of a paper shares: kinds, organisations, days as people type them."""

    days: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.days:
            label = self.fields[name].label
            initial = written(getattr(self.instance, name))
            self.fields[name] = DayField(today=today, label=label, required=False, initial=initial)
            self.initial.pop(name, None)
        kinds: Any = self.fields["kind"]
        kinds.queryset, kinds.empty_label = classes(DOCUMENT_KIND, today).order_by("name", "code"), NOT_CHOSEN
        papers = Paper.objects.visible_to(user).filter(office_id=user.office_id).standing()
        self._take("issuer", organisations_known(user), _("tổ chức"))
        self._take("reply_to", papers.exclude(pk=self.instance.pk), _("văn bản"))

    def _take(self, name: str, rows: Any, what: str) -> None:
        """Let a field take one record by code or name."""
        old, kept = self.fields[name], getattr(self.instance, name)
        words = {"label": old.label, **({"help_text": old.help_text} if old.help_text else {})}
        self.fields[name] = RecordField(rows=rows, kept=kept, what=what, required=old.required, **words)
        self.initial.pop(name, None)


class IncomingPaperForm(PaperForm):
    """A paper that came in, and its file."""

    days = ("issued_on", "received_on")
    copy = forms.FileField(label=_("Tệp văn bản"), required=False, help_text=_("PDF hoặc DOCX; không tải văn bản mật."))

    class Meta:
        model = Paper
        fields = (
            "number",
            "issued_on",
            "issuer",
            "title",
            "kind",
            "received_on",
            "urgency",
            "signer_role",
            "pages",
            "reply_to",
        )
        labels = {"title": _("Trích yếu")}
        widgets = {"title": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "number": NUMBER_HELP,
            "issuer": _("Mã hoặc tên đầy đủ; chưa có trong sổ Tổ chức thì ghi vào sổ trước."),
            "kind": _("Để trống: nhận theo ký hiệu."),
        }

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, user=user, today=today, **kwargs)
        for name in ("issuer", "received_on"):
            self.fields[name].required = True
        self.fields["received_on"].initial = written(today)


class DraftForm(PaperForm):
    """A paper that is to go out; without number."""

    others = forms.CharField(
        label=_("Nơi nhận khác"),
        required=False,
        help_text=_("Mỗi dòng một nơi nhận."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Paper
        fields = ("title", "kind", "issuer", "urgency", "reply_to")
        labels = {"title": _("Trích yếu")}
        widgets = {"title": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"issuer": _("Để trống: văn bản của Sở. Ghi mã hoặc tên nếu soạn cho cơ quan khác ban hành.")}

    def __init__(
        self,
        *args: Any,
        user: Any,
        today: date,
        stamp: int | None = None,
        there: Sequence[PaperAddressee] | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask for the draft; `stamp`: the version a change begins from; `there`: whom that version is for."""
        super().__init__(*args, user=user, today=today, **kwargs)
        if there is None:
            there = list(self.instance.addressees.select_related("organisation")) if self.instance.pk else []
        self.fields["organisations"] = RecordsField(
            rows=organisations_known(user),
            kept=[one.organisation for one in there if one.organisation],
            what=_("tổ chức"),
            label=_("Nơi nhận trong sổ tổ chức"),
            required=False,
        )
        self.order_fields(self.asked)
        if there:
            self.initial["others"] = "\n".join(one.name for one in there if not one.organisation_id)
        if stamp is not None:
            self.fields[SEEN] = forms.IntegerField(
                required=False,
                initial=stamp,
                widget=forms.HiddenInput,
                error_messages={"invalid": _("Biểu mẫu bị hỏng phần ẩn. Tải lại trang rồi làm lại.")},
            )

    @property
    def asked(self) -> list[str]:
        """Return the names of what the person fills in, in order."""
        return [*self.Meta.fields, "organisations", "others"]

    @property
    def seen(self) -> int | None:
        """Return the version that the person began from, None where the form does not say."""
        return self.cleaned_data.get(SEEN)

    @property
    def addressees(self) -> list[Organisation | str]:
        """Return whom the paper is for."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        return [*self.cleaned_data["organisations"], *(line for line in lines if line)]


class InstructForm(TypedForm, forms.Form):
    """A leader's instruction."""

    instruction = forms.CharField(
        label=_("Nội dung bút phê"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Việc phải làm, sản phẩm, phối hợp với ai."),
    )

    def __init__(self, *args: Any, paper: Paper, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        divisions = Division.objects.filter(office=paper.office_id).order_by("name")
        people = User.objects.filter(office=paper.office_id, is_active=True)
        self.fields["division"] = forms.ModelChoiceField(
            divisions, label=_("Giao phòng"), required=False, initial=paper.division_id, empty_label=NOT_CHOSEN
        )
        self.fields["person"] = forms.ModelChoiceField(
            people, label=_("Giao người"), required=False, initial=paper.responsible_id
        )
        in_order = sorted(people.select_related("division"), key=lambda one: sort_key(one.full_name))
        self.fields["person"].choices = [("", NOT_CHOSEN), *((one.pk, _with_division(one)) for one in in_order)]  # type: ignore[attr-defined]  # sorted as lists of people are
        self.fields["due_on"] = DayField(
            today=today,
            label=_("Hạn xử lý"),
            required=False,
            help_text=_("24/9/2021, 24/9 hoặc +7; để trống nếu không đặt hạn."),
        )


class NumberForm(TypedForm, forms.Form):
    """What the document system gave the signed paper, and its signed file."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80)
    given_by = forms.ChoiceField(
        label=_("Số do"),
        choices=[(one.value, one.label) for one in (NumberGivenBy.DOCUMENT_SYSTEM, NumberGivenBy.CLERK)],
        help_text=_("Hệ thống này không cấp số; ghi số đã được cấp ở hệ thống quản lý văn bản."),
    )
    signer_role = forms.CharField(
        label=_("Quyền hạn, chức vụ người ký"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC."),
    )
    copy = forms.FileField(
        label=_("Bản đã ký"), required=False, help_text=_("Tệp PDF có chữ ký số; không tải văn bản mật.")
    )

    field_order = ("number", "signed_on", "given_by", "signer", "signer_role", "copy")

    def __init__(self, *args: Any, paper: Paper, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"] = DayField(today=today, label=_("Ngày văn bản"), initial=written(today))
        self.fields["number"].help_text = _("Ghi đúng như bản đã ký, ví dụ 12/BC-{symbol}.").format(
            symbol=paper.office.symbol
        )
        people = Person.objects.visible_to(user).filter(office_id=user.office_id).standing()
        self.fields["signer"] = RecordField(rows=people, what=_("cá nhân"), label=_("Người ký"), required=False)
        self.order_fields(self.field_order)


def _with_division(person: User) -> str:
    return f"{person.full_name} · {person.division}" if person.division else person.full_name

"""The forms of given work: they parse and say what is missing; what may be is decided by the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.assignments.models import Assignment
from khcn.assignments.permissions import may_state_earlier_day
from khcn.assignments.selectors import origin_named
from khcn.assignments.states import IssuerLevel, Priority
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.files.models import Attachment
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.pages.forms import CodesField
from khcn.kernel.pages.record_fields import ChosenRows, RecordField, RecordsField
from khcn.kernel.pages.typed_forms import EnteringForm, TypedForm
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.text.dates import parse_deadline
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.parties.selectors import organisations_known

DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")


def _long_text(label: str, *, rows: int = 3, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class AssignmentForm(EnteringForm, forms.Form):
    """A piece of work to be given; the origin comes with the address and is shown, not typed."""

    title = _long_text(_("Nội dung nhiệm vụ"), rows=2)
    lead_division = forms.ModelChoiceField(
        Division.objects.none(),
        label=_("Hoặc phòng, đơn vị của Sở chủ trì"),
        empty_label=_("Chưa chọn"),
        required=False,
    )
    coordinating_divisions = ChosenRows(Division.objects.none(), label=_("Phòng, đơn vị phối hợp"), required=False)
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Người của Sở theo dõi"), empty_label=_("Chưa chọn"), required=False
    )
    product = _long_text(_("Sản phẩm phải có"), rows=2, required=False)
    deadline_text = forms.CharField(
        label=_("Thời hạn, như đã nói"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ: trong quý IV năm 2021; trước ngày 30/9; thường xuyên."),
    )
    closing_rule = _long_text(
        _("Khi nào coi là xong"), rows=2, required=False, help_text=_("Cho việc thường xuyên, không có hạn cụ thể.")
    )
    issuer_level = forms.ChoiceField(label=_("Cấp giao"), choices=IssuerLevel, initial=IssuerLevel.PEOPLES_COMMITTEE)
    given_by = forms.CharField(label=_("Người, cơ quan giao"), required=False, max_length=300)
    origin_text = _long_text(_("Câu giao việc"), rows=2, required=False)
    priority = forms.ChoiceField(label=_("Mức ưu tiên"), choices=Priority)
    confidentiality = forms.ChoiceField(label=_("Phạm vi"), choices=Confidentiality, initial=Confidentiality.INTERNAL)
    advise_only = forms.BooleanField(label=_("Sở chỉ tham mưu, Ủy ban nhân dân tỉnh giao"), required=False)
    origin = forms.CharField(label=_("Nơi giao"), required=False, widget=forms.HiddenInput)

    field_order = (
        "title", "lead_organisation", "lead_division", "coordinating_organisations", "coordinating_divisions",
        "responsible", "deadline_text", "due_on", "product", "assigned_on",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        agencies: dict[str, Any] = {"rows": organisations_known(user), "what": _("tổ chức"), "required": False}
        self.fields["lead_organisation"] = RecordField(label=_("Cơ quan chủ trì (ngoài Sở)"), **agencies)
        self.fields["coordinating_organisations"] = RecordsField(label=_("Cơ quan phối hợp"), **agencies)
        divisions = Division.objects.filter(office=user.office)
        for name in ("lead_division", "coordinating_divisions"):
            self.fields[name].queryset = divisions  # type: ignore[attr-defined]  # a model choice
        people = User.objects.filter(office=user.office, is_active=True).exclude(division=None).order_by("full_name")
        self.fields["responsible"].queryset = people  # type: ignore[attr-defined]  # a model choice
        self.fields["due_on"] = DayField(
            today=today,
            label=_("Hạn"),
            required=False,
            help_text=_("Để trống thì đọc từ thời hạn đã nói, nếu đọc được."),
        )
        self.fields["assigned_on"] = DayField(
            today=today, label=_("Ngày giao"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        self.fields["review_on"] = DayField(today=today, label=_("Rà soát việc thường xuyên ngày"), required=False)
        self.order_fields(self.field_order)

    def clean_origin(self) -> RecordRef | None:
        """Return the record that gives the work.

        Raises: ValidationError, the same for what does not exist and for what the person may not know of.
        """
        text = self.cleaned_data["origin"]
        if not text:
            return None
        found = origin_named(text, self.user)
        if found is None:
            raise forms.ValidationError(
                _(
                    "Không có hồ sơ «{text}» trong các sổ bạn được xem, hoặc hồ sơ đã thu hồi. Mở lại trang giao "
                    "nhiệm vụ từ hồ sơ nơi giao."
                ).format(text=text)
            )
        return found.ref

    def assignment(self) -> Assignment:
        """Return the work as typed; a deadline said in words is read where no day was typed."""
        values = dict(self.cleaned_data)
        origin = values.pop("origin")
        for name in ("coordinating_organisations", "coordinating_divisions"):
            values.pop(name)
        if values["due_on"] is None and values["deadline_text"]:
            read = parse_deadline(values["deadline_text"], values["assigned_on"])
            values["due_on"], values["precision"] = read.on, read.precision.value
        if origin is not None:
            values["origin_register"], values["origin_id"] = origin.register, origin.id
        return Assignment(office=self.user.office, **values)

    def coordinators(self) -> list[Organisation | Division]:
        """Return those who help."""
        chosen = self.cleaned_data
        return [*chosen["coordinating_organisations"], *chosen["coordinating_divisions"]]


class ReportForm(EnteringForm, forms.Form):
    """What the lead reports on a day, with what proves it."""

    done = forms.BooleanField(
        label=_("Báo cáo đã hoàn thành"), required=False, help_text=_("Cần minh chứng; người theo dõi sẽ xác nhận.")
    )
    percent = forms.IntegerField(label=_("Tỷ lệ hoàn thành (%)"), required=False, min_value=0, max_value=100)
    text = _long_text(_("Nội dung báo cáo"), rows=4)

    def __init__(self, *args: Any, user: User, today: date, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            today=today, label=_("Ngày báo cáo"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        if may_state_earlier_day(user, assignment):
            self.fields["on"].help_text = _("Ngày văn bản báo cáo của chủ trì, nếu họ đã gửi trước hôm nay.")
            self.fields["day_reason"] = _long_text(_("Lý do ghi ngày sớm hơn hôm nay"), rows=2, required=False)
        else:
            self.fields["on"].help_text = _("Báo cáo được tính theo ngày gửi vào hệ thống.")
        self.fields["files"] = ChosenRows(
            attachments_of(assignment),
            label=_("Minh chứng: tệp đã đính kèm vào nhiệm vụ"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["evidence"] = CodesField(
            user=user,
            label=_("Minh chứng: hồ sơ, văn bản trong hệ thống"),
            required=False,
            help_text=_("Mã hồ sơ, cách nhau bằng dấu phẩy."),
        )

    @property
    def day_reason(self) -> str:
        """Return why the day is earlier than today."""
        return str(self.cleaned_data.get("day_reason", ""))

    def chosen_files(self) -> list[Attachment]:
        """Return the files that stand as evidence."""
        return list(self.cleaned_data["files"])


class ExtensionForm(TypedForm, forms.Form):
    """Until when more time is asked for, and why."""

    reason = _long_text(_("Lý do xin gia hạn"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requested_due_on"] = DayField(today=today, label=_("Xin gia hạn đến ngày"))


class ExtensionDecisionForm(TypedForm, forms.Form):
    """The answer to a request for more time."""

    approved = forms.ChoiceField(
        label=_("Quyết định"),
        choices=(("yes", _("Đồng ý gia hạn")), ("no", _("Không đồng ý"))),
        widget=forms.RadioSelect,
    )
    note = _long_text(_("Ý kiến"), required=False, help_text=_("Bắt buộc khi không đồng ý."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = DayField(
            today=today, label=_("Gia hạn đến ngày"), required=False, help_text=_("Để trống thì đến đúng ngày đã xin.")
        )


class ResultDecisionForm(TypedForm, forms.Form):
    """Whether a reported result is accepted."""

    accepted = forms.ChoiceField(
        label=_("Quyết định"),
        choices=(("yes", _("Xác nhận hoàn thành, kết thúc nhiệm vụ")), ("no", _("Trả lại để làm tiếp", "step"))),
        widget=forms.RadioSelect,
    )
    note = _long_text(_("Ý kiến"), required=False, help_text=_("Bắt buộc khi trả lại: nêu còn thiếu gì."))


class UrgingForm(EnteringForm, forms.Form):
    """Whom to remind, in which words."""

    level = forms.ChoiceField(label=_("Mức đôn đốc"), choices=UrgingLevel)
    text = _long_text(_("Nội dung đôn đốc"))


class ClosingRuleForm(TypedForm, forms.Form):
    """When continuous work ends and when it is looked at again."""

    closing_rule = _long_text(_("Khi nào coi là xong"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"] = DayField(today=today, label=_("Rà soát lần tới ngày"), required=False)


class ProgressStepForm(forms.Form):
    """What a report of progress needs besides day, words and evidence."""

    percent = forms.IntegerField(label=_("Tỷ lệ hoàn thành (%)"), required=False, min_value=0, max_value=100)


class ResumeStepForm(forms.Form):
    """A new deadline where work goes on."""

    due_on = forms.DateField(
        label=_("Hạn mới"),
        required=False,
        input_formats=DAY_FORMATS,
        help_text=_("Để trống thì giữ hạn cũ."),
        widget=forms.TextInput(attrs={"placeholder": "24/9/2021"}),
    )

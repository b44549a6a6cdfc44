"""The forms of appraisals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.forms import CodesField
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm
from khcn.language.words import words as _
from khcn.parties.selectors import organisations_known
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.states import AppraisalKind, Opinion

DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
LONG = forms.Textarea(attrs={"rows": 3})


def day_field(label: str) -> forms.DateField:
    """Return a field for one day, typed as people write it."""
    widget = forms.TextInput(attrs={"placeholder": "24/9/2021", "autocomplete": "off"})
    return forms.DateField(label=label, input_formats=DAY_FORMATS, widget=widget)


class AppraisalForm(EnteringForm, forms.Form):
    """A request as it came in."""

    title = forms.CharField(label=_("Tên dự án đầu tư"), widget=LONG)
    kind = forms.ChoiceField(label=_("Loại ý kiến"), choices=AppraisalKind)
    request_number = forms.CharField(label=_("Số văn bản đề nghị"), required=False, max_length=60)
    technology = forms.CharField(label=_("Công nghệ, thiết bị"), required=False, widget=LONG)
    division = forms.ModelChoiceField(
        Division.objects.none(), label=_("Phòng phụ trách"), empty_label=_("Chưa chọn"), required=False
    )
    confidentiality = forms.ChoiceField(label=_("Phạm vi"), choices=Confidentiality, initial=Confidentiality.INTERNAL)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        bodies: dict[str, Any] = {"rows": organisations_known(user), "what": _("tổ chức"), "required": False}
        self.fields["investor"] = RecordField(label=_("Chủ đầu tư"), **bodies)
        self.fields["asking_agency"] = RecordField(label=_("Cơ quan hỏi ý kiến"), **bodies)
        seen = TechnologyAppraisal.objects.visible_to(user).filter(office_id=user.office_id, first_request=None)
        self.fields["first_request"] = RecordField(
            rows=seen.standing(),
            label=_("Hồ sơ đầu tiên của cùng dự án"),
            required=False,
            help_text=_("Ghi mã khi dự án đã có hồ sơ: một dự án chỉ tính một lần trong báo cáo."),
        )
        self.fields["division"].queryset = Division.objects.filter(office=user.office)  # type: ignore[attr-defined]  # a model choice
        self.fields["division"].initial = user.division_id
        self.fields["request_on"] = DayField(today=today, label=_("Ngày văn bản đề nghị"), required=False)
        received = f"{today.day}/{today.month}/{today.year}"
        self.fields["received_on"] = DayField(today=today, label=_("Ngày Sở nhận"), initial=received)
        self.fields["paper"] = CodesField(
            user=user, label=_("Mã văn bản đến"), required=False, help_text=_("Mã trong sổ văn bản, nếu đã vào sổ.")
        )
        self.order_fields(("title", "kind", "investor", "asking_agency", "request_number", "first_request"))

    def record(self) -> TechnologyAppraisal:
        """Return the request as typed."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "paper"}
        return TechnologyAppraisal(office=self.user.office, **values)

    def paper(self) -> Any:
        """Return the paper that asks, the first where several are named."""
        return next(iter(self.cleaned_data["paper"] or ()), None)


class CouncilStepForm(forms.Form):
    """When the advisory council met."""

    council_on = day_field(_("Hội đồng họp ngày"))


class AnswerStepForm(forms.Form):
    """The answer as it went out."""

    opinion = forms.ChoiceField(label=_("Ý kiến"), choices=Opinion)
    opinion_text = forms.CharField(
        label=_("Nội dung ý kiến, điều kiện"),
        required=False,
        widget=LONG,
        help_text=_("Bắt buộc khi đồng ý có điều kiện."),
    )
    answer_number = forms.CharField(label=_("Số văn bản trả lời"), max_length=60)
    answered_on = day_field(_("Ngày văn bản trả lời"))

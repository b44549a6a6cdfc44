"""The forms of legal documents, programmes, targets, results and the work plan."""

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
from khcn.kernel.records.refs import RecordRef
from khcn.language.words import words as _
from khcn.parties.selectors import organisations_known
from khcn.policies.models import LegalDocument, Programme, WorkPlanItem
from khcn.policies.states import LegalDocumentKind, ProgrammeKind

DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
LONG = forms.Textarea(attrs={"rows": 3})


def day_field(label: str, *, required: bool = True) -> forms.DateField:
    """Return a field for one day, typed as people write it."""
    widget = forms.TextInput(attrs={"placeholder": "24/9/2021", "autocomplete": "off"})
    return forms.DateField(label=label, required=required, input_formats=DAY_FORMATS, widget=widget)


class PolicyForm(EnteringForm, forms.Form):
    """What every new record of policies is asked."""

    title = forms.CharField(label=_("Tên, trích yếu"), widget=LONG)
    division = forms.ModelChoiceField(
        Division.objects.none(), label=_("Phòng phụ trách"), empty_label=_("Chưa chọn"), required=False
    )
    confidentiality = forms.ChoiceField(label=_("Phạm vi"), choices=Confidentiality, initial=Confidentiality.INTERNAL)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.fields["division"].queryset = Division.objects.filter(office=user.office)  # type: ignore[attr-defined]  # a model choice
        self.fields["division"].initial = user.division_id
        if "issuer" in self.fields:
            self.fields["issuer"] = RecordField(
                rows=organisations_known(user), what=_("tổ chức"), label=_("Cơ quan ban hành"), required=False
            )


class LegalDocumentForm(PolicyForm):
    """A legal document to be made."""

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=LegalDocumentKind)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False)
    advised_by_department = forms.BooleanField(label=_("Sở tham mưu"), required=False, initial=True)

    def record(self) -> LegalDocument:
        """Return the document as typed."""
        return LegalDocument(office=self.user.office, **self.cleaned_data)


class ProgrammeForm(PolicyForm):
    """A programme, plan, scheme or project to be drafted."""

    kind = forms.ChoiceField(label=_("Loại"), choices=ProgrammeKind)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False)
    first_year = forms.IntegerField(label=_("Từ năm"), required=False, min_value=1990, max_value=2100)
    last_year = forms.IntegerField(label=_("Đến năm"), required=False, min_value=1990, max_value=2100)
    advised_by_department = forms.BooleanField(label=_("Sở tham mưu"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order.

        Raises: ValidationError.
        """
        said = super().clean() or {}
        if said.get("first_year") and said.get("last_year") and said["last_year"] < said["first_year"]:
            self.add_error("last_year", _("Năm kết thúc phải từ năm bắt đầu trở đi."))
        return said

    def record(self) -> Programme:
        """Return the programme as typed."""
        return Programme(office=self.user.office, **self.cleaned_data)


class WorkPlanForm(PolicyForm):
    """One thing to do in the next period."""

    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    quarter = forms.TypedChoiceField(
        label=_("Quý"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Cả năm")), (1, _("Quý I")), (2, _("Quý II")), (3, _("Quý III")), (4, _("Quý IV"))],
    )
    product = forms.CharField(label=_("Sản phẩm"), required=False, widget=LONG)
    origin_text = forms.CharField(label=_("Từ kết luận, chương trình nào"), required=False, widget=LONG)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, user=user, today=today, **kwargs)
        self.fields["year"].initial = today.year
        self.fields["due_on"] = DayField(today=today, label=_("Hạn"), required=False)
        self.fields["origin"] = CodesField(
            user=user,
            label=_("Mã hồ sơ của kết luận, chương trình"),
            required=False,
            help_text=_("Ví dụ CTKH-2021-0003."),
        )

    def record(self) -> WorkPlanItem:
        """Return the item as typed; of several origins the first is kept."""
        values = dict(self.cleaned_data)
        origins = values.pop("origin") or []
        origin: RecordRef | None = origins[0].ref if origins else None
        if origin is not None:
            values["origin_register"], values["origin_id"] = origin.register, origin.id
        return WorkPlanItem(office=self.user.office, **values)


class ResultForm(EnteringForm, forms.Form):
    """What came of a programme."""

    text = forms.CharField(label=_("Kết quả"), widget=LONG)

    def __init__(self, *args: Any, user: User, today: date, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            today=today, label=_("Ngày báo cáo"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        self.fields["target"] = forms.ModelChoiceField(
            programme.targets.standing(),
            label=_("Thuộc chỉ tiêu"),
            empty_label=_("Không thuộc chỉ tiêu nào"),
            required=False,
        )
        self.fields["evidence"] = CodesField(
            user=user, label=_("Minh chứng"), required=False, help_text=_("Mã hồ sơ, cách nhau bằng dấu phẩy.")
        )


class AppraisalStepForm(forms.Form):
    """What recording the appraisal by Justice needs."""

    appraised_on = day_field(_("Ngày thẩm định"))
    number = forms.CharField(label=_("Số báo cáo thẩm định"), required=False, max_length=60)


class IssueStepForm(forms.Form):
    """What recording an issue needs, as signed."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    issued_on = day_field(_("Ngày ban hành"))
    effective_on = day_field(_("Ngày có hiệu lực"), required=False)


class ExpiryStepForm(forms.Form):
    """Since when a document is no longer in force."""

    expired_on = day_field(_("Hết hiệu lực từ ngày"))


class ReplacementStepForm(ExpiryStepForm):
    """Which document takes the place."""

    successor = forms.CharField(
        label=_("Mã hồ sơ của văn bản thay thế"), max_length=40, help_text=_("Ví dụ QPPL-2021-0002.")
    )

"""The forms of tasks: what steps need, parts, movements of money, dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from khcn.councils.states import Rating
from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.dong_field import DongField
from khcn.kernel.pages.fields import Asking, form_field
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm, TypedForm
from khcn.language.words import words as _
from khcn.parties.models import Person
from khcn.parties.selectors import organisations_known
from khcn.research.financing import Spent
from khcn.research.models import ResearchTask, TaskApplication, Tranche
from khcn.research.models.tasks import TaskPart
from khcn.research.part_sheets import PartSheet
from khcn.research.services.recovering import Asked
from khcn.research.states import (
    AwardMode,
    FundingSource,
    LumpSum,
    MovementKind,
    Recovery,
    TaskForm,
    TerminationCause,
)
from khcn.ui import formats

LONG = forms.Textarea(attrs={"rows": 3})
MOVED_BY_HAND = [kind for kind in MovementKind if kind != MovementKind.APPROVE]
ACCEPTED = [("", _("Theo phiếu của hội đồng")), *((one.value, one.label) for one in (Rating.EXCELLENT, Rating.PASS))]


def day(label: str, *, required: bool = True, help_text: str = "") -> DayField:
    """Return a field for one day; the page tells it which day is today."""
    return DayField(today=date.min, label=label, required=required, help_text=help_text)


class ScreenStepForm(forms.Form):
    """What holding a task or a proposal against earlier ones showed."""

    similarity_note = forms.CharField(
        label=_("Kết quả rà soát trùng lặp"),
        widget=LONG,
        help_text=_("Nêu nhiệm vụ gần giống nhất và điểm khác, hoặc «không thấy trùng»."),
    )


class ListStepForm(forms.Form):
    """The decision that approved the list."""

    list_number = forms.CharField(label=_("Số quyết định danh mục"), max_length=60)
    listed_on = day(_("Ngày quyết định"))
    mode = forms.ChoiceField(label=_("Phương thức"), choices=AwardMode)
    priority = forms.IntegerField(label=_("Thứ tự ưu tiên"), required=False, min_value=1, max_value=1000)


class CallStepForm(forms.Form):
    """The notice by which hosts are called for."""

    call_number = forms.CharField(label=_("Số thông báo"), max_length=60)
    call_opens_on = day(_("Nhận hồ sơ từ ngày"))
    call_closes_on = day(_("Nhận hồ sơ đến hết ngày"))


class NoticeStepForm(forms.Form):
    """When a notice was published and until when it takes."""

    number = forms.CharField(label=_("Số thông báo"), max_length=60)
    opens_on = day(_("Nhận từ ngày"))
    closes_on = day(_("Nhận đến hết ngày"))


class SelectStepForm(forms.Form):
    """Which dossier the council concluded for."""

    application = forms.CharField(label=_("Mã hồ sơ được chọn"), max_length=40, help_text=_("Ví dụ HSDK-2026-0003."))


class GroupStepForm(forms.Form):
    """Into which task a proposal goes."""

    task = forms.CharField(label=_("Mã nhiệm vụ"), max_length=40, help_text=_("Ví dụ NVKH-2026-0012."))


class CheckStepForm(forms.Form):
    """What the check of a dossier found."""

    findings = forms.CharField(label=_("Kết quả kiểm tra"), widget=LONG, required=False)


class RevisionStepForm(forms.Form):
    """When the revised explanation came."""

    revised_on = day(_("Ngày nộp thuyết minh hoàn thiện"))


class ApproveStepForm(forms.Form):
    """The decision of approval."""

    approval_number = forms.CharField(label=_("Số quyết định phê duyệt"), max_length=60)
    approved_on = day(_("Ngày quyết định"))
    lump_sum = forms.ChoiceField(label=_("Phương thức khoán"), choices=LumpSum)


class ContractStepForm(forms.Form):
    """The contract as signed."""

    contract_number = forms.CharField(label=_("Số hợp đồng"), max_length=60)
    contracted_on = day(_("Ngày ký"))
    starts_on = day(_("Bắt đầu"))
    ends_on = day(_("Kết thúc"))


class DeclareStepForm(forms.Form):
    """When the task was declared as ongoing."""

    declared_on = day(_("Ngày khai báo nhiệm vụ đang thực hiện"))


class DecisionStepForm(forms.Form):
    """Number and day of what was decided."""

    number = forms.CharField(label=_("Số văn bản"), max_length=60)
    decided_on = day(_("Ngày quyết định"))


class ExtendStepForm(DecisionStepForm):
    """How long a task may go on."""

    extended_to = day(_("Gia hạn đến hết ngày"))


class SuspendStepForm(forms.Form):
    """The decision by which the work stands still."""

    stop_number = forms.CharField(label=_("Số quyết định"), max_length=60)
    stopped_on = day(_("Ngày quyết định"))


class TerminateStepForm(SuspendStepForm):
    """The decision that ends a task before its time, and why."""

    termination_cause = forms.ChoiceField(label=_("Nguyên nhân"), choices=TerminationCause)


class SelfEvaluationStepForm(forms.Form):
    """When the host evaluated its own work."""

    self_evaluated_on = day(_("Ngày tự đánh giá"))


class FinalStepForm(forms.Form):
    """When the final file came."""

    final_filed_on = day(_("Ngày nộp hồ sơ nghiệm thu"))


class AcceptStepForm(forms.Form):
    """What the council rated the result."""

    rating = forms.TypedChoiceField(
        label=_("Xếp loại"), choices=ACCEPTED, required=False, coerce=Rating, empty_value=None
    )
    accepted_on = day(_("Ngày họp hội đồng"))


class RefuseStepForm(forms.Form):
    """When the council did not accept the result."""

    accepted_on = day(_("Ngày họp hội đồng"))


class FixStepForm(forms.Form):
    """When the file was complete."""

    fixed_on = day(_("Ngày hoàn thiện"))


class RegisterStepForm(forms.Form):
    """The certificate of a registered result."""

    certificate_number = forms.CharField(label=_("Số giấy chứng nhận đăng ký"), max_length=60)
    registered_on = day(_("Ngày cấp"))


class SettleStepForm(forms.Form):
    """When the accounts were settled."""

    settled_on = day(_("Ngày quyết toán"))


class LiquidateStepForm(forms.Form):
    """The minutes that end the contract."""

    liquidation_number = forms.CharField(label=_("Số biên bản thanh lý"), max_length=60)
    liquidated_on = day(_("Ngày thanh lý"))


class TransferStepForm(forms.Form):
    """To whom the rights in the result went."""

    owner = forms.CharField(label=_("Tổ chức được giao quyền"), max_length=300, help_text=_("Ghi mã hoặc tên đầy đủ."))
    ownership_number = forms.CharField(label=_("Số văn bản giao quyền"), max_length=60)
    transferred_on = day(_("Ngày giao"))


class PartForm(EnteringForm, forms.Form):
    """One part of a task, asked for as registers ask for their facts."""

    def __init__(self, *args: Any, sheet: PartSheet, part: TaskPart, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.asked = part, sheet.asked
        asking = Asking(sheet.register, user, today)
        kept: Any = part if part.pk is not None else None  # only stored values are kept as they were
        for name in sheet.asked:
            self.fields[name] = form_field(name, asking, kept)

    def filled(self) -> TaskPart:
        """Return the part with what was typed."""
        for name in self.asked:
            setattr(self.part, name, self.cleaned_data[name])
        return self.part


class DropPartForm(TypedForm, forms.Form):
    """Why a part is taken out."""

    why = forms.CharField(label=_("Lý do bỏ"), widget=LONG)


class MoveForm(EnteringForm, forms.Form):
    """Money that moved, by which document."""

    kind = forms.ChoiceField(label=_("Nghiệp vụ"), choices=[(one.value, one.label) for one in MOVED_BY_HAND])
    source = forms.ChoiceField(label=_("Nguồn"), choices=FundingSource, initial=FundingSource.STATE_LOCAL)
    amount_vnd = DongField(label=_("Số tiền (đồng)"))
    year = forms.IntegerField(
        label=_("Năm ngân sách"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("Khi giao dự toán, giải ngân, chuyển nguồn, hủy dự toán."),
    )
    to_year = forms.IntegerField(
        label=_("Chuyển sang năm"), required=False, min_value=2000, max_value=2100, help_text=_("Khi chuyển nguồn.")
    )
    document_number = forms.CharField(label=_("Số chứng từ, văn bản"), max_length=60)

    def __init__(self, *args: Any, task: ResearchTask, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moved_on"] = DayField(today=today, label=_("Ngày"))
        self.fields["tranche"] = forms.ModelChoiceField(
            Tranche.objects.filter(task=task),
            label=_("Đợt cấp theo hợp đồng"),
            required=False,
            empty_label=_("Không theo đợt"),
        )
        self.order_fields(("kind", "source", "tranche", "amount_vnd", "year", "to_year", "moved_on", "document_number"))

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        said = dict(self.cleaned_data)
        said["kind"], said["source"] = MovementKind(said["kind"]), FundingSource(said["source"])
        said["year"], said["to_year"] = said["year"] or 0, said["to_year"] or 0
        return said


class ReverseForm(TypedForm, forms.Form):
    """Why a movement is undone, by which document."""

    document_number = forms.CharField(label=_("Số chứng từ đảo"), max_length=60)
    why = forms.CharField(label=_("Lý do"), widget=LONG)


class ApplicationForm(EnteringForm, forms.Form):
    """A dossier that applies for a task."""

    state_vnd = DongField(label=_("Đề nghị ngân sách (đồng)"))
    outside_vnd = DongField(label=_("Vốn ngoài ngân sách (đồng)"), required=False)
    months = forms.IntegerField(label=_("Thời gian thực hiện (tháng)"), min_value=1, max_value=120)

    def __init__(self, *args: Any, task: ResearchTask, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        people = Person.objects.visible_to(user).filter(office_id=user.office_id).standing()
        self.fields["host"] = RecordField(
            rows=organisations_known(user), what=_("tổ chức"), label=_("Tổ chức đăng ký chủ trì")
        )
        self.fields["leader"] = RecordField(rows=people, what=_("cá nhân"), label=_("Chủ nhiệm"))
        self.fields["filed_on"] = DayField(today=today, label=_("Nộp ngày"), initial=formats.day(today))
        self.order_fields(("host", "leader", "filed_on", "state_vnd", "outside_vnd", "months"))

    def application(self) -> TaskApplication:
        """Return the dossier as typed."""
        said = {**self.cleaned_data, "outside_vnd": self.cleaned_data["outside_vnd"] or 0}
        task = self.task
        kept = {"office": task.office, "division": task.division, "confidentiality": task.confidentiality}
        return TaskApplication(task=task, **kept, **said)


class RecognitionForm(EnteringForm, forms.Form):
    """The decision that recognises a result."""

    recognition_number = forms.CharField(label=_("Số quyết định công nhận kết quả"), max_length=60)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recognised_on"] = DayField(today=today, label=_("Ngày quyết định"))


class RecoveryForm(EnteringForm, forms.Form):
    """What of the money comes back, by which decision."""

    recovery = forms.ChoiceField(label=_("Quyết định về kinh phí"), choices=Recovery)
    recovery_vnd = DongField(label=_("Số tiền thu hồi (đồng)"), required=False)
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    why = forms.CharField(label=_("Ý kiến hội đồng, chuyên gia; lý do"), widget=LONG)

    def __init__(self, *args: Any, today: date, spent: Spent, asks_cause: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"] = DayField(today=today, label=_("Ngày quyết định"))
        words = _("Ngân sách nhà nước đã chi, chưa hoàn trả: {whole}; trong đó chưa chứng minh: {open}.")
        whole, unproven = formats.money(spent.whole), formats.money(spent.open)
        self.fields["recovery_vnd"].help_text = words.format(whole=whole, open=unproven)
        if asks_cause:
            causes = [one for one in TerminationCause if one != TerminationCause.RISK]
            self.fields["cause"] = forms.ChoiceField(
                label=_("Nguyên nhân không hoàn thành"),
                choices=[(one.value, one.label) for one in causes],
                help_text=_("Nguyên nhân là rủi ro thì lập hồ sơ chấp nhận rủi ro."),
            )
        self.order_fields(("cause", "why", "recovery", "recovery_vnd", "number", "decided_on"))

    def decision(self) -> Asked:
        """Return what was decided."""
        said = self.cleaned_data
        return Asked(Recovery(said["recovery"]), said["recovery_vnd"] or 0, said["number"], said["decided_on"])

    def cause(self) -> TerminationCause | None:
        """Return the cause that was typed; None where the form does not ask for it."""
        typed = self.cleaned_data.get("cause")
        return TerminationCause(typed) if typed else None


class EstimateForm(forms.Form):
    """Which budget year to reckon, and how many tasks of each form it will open; what is left empty is as listed."""

    YEARS = range(2000, 2101)

    nam = forms.IntegerField(
        label=_("Năm ngân sách"), required=False, min_value=YEARS.start, max_value=YEARS.stop - 1, localize=False
    )

    def __init__(self, data: QueryDict, *, year: int, listed: Mapping[TaskForm, int]) -> None:
        asked = {**data.dict(), "nam": data.get("nam") or str(year)} if data else None
        super().__init__(asked, initial={"nam": year})
        self._shown, self._listed = year, listed
        for one in TaskForm:
            self.fields[one.value] = forms.IntegerField(
                label=_("{form} dự kiến mở mới").format(form=one.label),
                required=False,
                min_value=0,
                max_value=9999,
                help_text=_("Để trống: {count}, theo danh mục.").format(count=listed.get(one, 0)),
            )

    @property
    def year(self) -> int:
        """Return the year asked for; only of a valid form."""
        asked: int | None = self.cleaned_data["nam"]
        return self._shown if asked is None else asked

    def planned(self) -> dict[TaskForm, int]:
        """Return how many of each form will be opened, as far as they could be read: typed, else listed."""
        typed = getattr(self, "cleaned_data", {})
        found = {one: self._listed.get(one) if typed.get(one.value) is None else typed[one.value] for one in TaskForm}
        return {one: count for one, count in found.items() if count is not None}

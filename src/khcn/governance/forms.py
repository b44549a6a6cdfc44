"""Forms of sessions: they parse and check shape; what may be done is decided below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from khcn.assignments.states import IssuerLevel
from khcn.governance.models import WorkingSession
from khcn.governance.party_fields import PartiesField, PartyField
from khcn.governance.selectors import records_cited
from khcn.governance.states import Outcome
from khcn.kernel.files.intake import LARGEST
from khcn.kernel.files.reading import UnreadableFile, read_document, read_pasted
from khcn.kernel.files.reading.limits import MEGABYTE
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import User
from khcn.kernel.identity.selectors import colleagues_of
from khcn.kernel.indicators.periods import NINE_MONTH, PERIOD_LABELS, SIX_MONTH, YEAR
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm, TypedForm
from khcn.language.words import words as _
from khcn.parties.selectors import organisations_known

LARGEST_MB = LARGEST // MEGABYTE
YEARS = {"min_value": 1990, "max_value": 2100}
PERIODS = [("", _("Chưa rõ")), *((kind, PERIOD_LABELS[kind].format(year="")) for kind in (NINE_MONTH, SIX_MONTH, YEAR))]
Choices = list[tuple[str, str]]


def written(day: date | None) -> str:
    """Return a day as a form shows it."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def text_area(rows: int = 3) -> forms.Textarea:
    """Return a box of that many lines."""
    return forms.Textarea(attrs={"rows": rows})


def indicator_choices() -> Choices:
    """Return the indicators as choices."""
    return [
        ("", _("Không đối chiếu với sổ")),
        *((found.code, f"{found.label} ({found.unit})") for found in indicators()),
    ]


class PapersField(forms.CharField):
    """Papers and records that the person may know of, by number or code, separated by commas."""

    def __init__(self, *, user: Any, **options: Any) -> None:
        self.user = user
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return the records.

        Raises: ValidationError, naming what was not found.
        """
        found, unknown = records_cited(super().clean(value), self.user)
        if unknown:
            raise forms.ValidationError(
                _(
                    "Không có văn bản, hồ sơ «{unknown}» trong các sổ bạn được xem. Kiểm tra số, ký hiệu, hoặc "
                    "vào sổ văn bản trước."
                ).format(unknown=", ".join(unknown))
            )
        return found


class ReadingForm(EnteringForm, forms.Form):
    """A text pasted, or a file, and where it comes from."""

    text = forms.CharField(
        label=_("Dán nội dung bài viết hoặc thông báo"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        strip=False,
    )
    file = forms.FileField(
        label=_("hoặc chọn tệp"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Tệp .docx, .pdf, .html hoặc .txt, không quá {largest_mb} MB. Tài liệu có dấu mật bị từ chối."
        ).format(largest_mb=LARGEST_MB),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf,.html,.htm"}),
    )
    source_note = forms.CharField(
        label=_("Nguồn"),
        required=False,
        max_length=500,
        help_text=_("Báo, trang thông tin, số công văn đến; để sau này tra lại được."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the words; what cannot be read, or must not be kept, is told beside its field."""
        cleaned = super().clean() or {}
        upload, pasted = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if not upload and not pasted.strip():
            self.add_error("text", _("Dán nội dung, hoặc chọn một tệp."))
            return cleaned
        try:
            if upload:
                cleaned["data"] = upload.read()
                cleaned["document"] = read_document(cleaned["data"], upload.name)
            else:
                cleaned["document"] = read_pasted(pasted)
        except UnreadableFile as refusal:
            self.add_error("file" if upload else "text", str(refusal))
        return cleaned


class SessionForm(EnteringForm, forms.Form):
    """A session entered by hand."""

    title = forms.CharField(label=_("Nội dung buổi làm việc"), widget=text_area(2))
    venue = forms.CharField(label=_("Địa điểm"), required=False, max_length=300)
    agenda = forms.CharField(label=_("Chương trình, nội dung"), required=False, widget=text_area())

    field_order = ("title", "held_on", "venue", "agenda")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"] = DayField(
            today=today, label=_("Ngày họp"), help_text=_("Ngày đã qua: ghi là đã họp. Ngày sắp tới: ghi là dự kiến.")
        )
        self.order_fields(self.field_order)


class ConfirmForm(forms.Form):
    """Into which session what was read goes, and with whom the session was."""

    session = forms.ModelChoiceField(WorkingSession.objects.none(), label=_("Đưa vào buổi làm việc"), required=False)

    def __init__(self, *args: Any, user: User, same_day: Iterable[WorkingSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(same_day)
        sessions: Any = self.fields["session"]
        sessions.queryset = WorkingSession.objects.filter(pk__in=[row.pk for row in found])
        sessions.empty_label = _("Lập buổi làm việc mới")
        if not found:
            sessions.widget = forms.HiddenInput()
        self.fields["host"] = RecordField(
            rows=organisations_known(user), what=_("tổ chức"), label=_("Cơ quan làm việc cùng"), required=False
        )


class TaskForm(TypedForm, forms.Form):
    """What is given, to whom, until when."""

    title = forms.CharField(label=_("Nội dung nhiệm vụ"), widget=text_area())
    product = forms.CharField(
        label=_("Sản phẩm phải có"),
        required=False,
        widget=text_area(2),
        help_text=_("Ví dụ: báo cáo, tờ trình, kế hoạch được ban hành."),
    )
    deadline_text = forms.CharField(
        label=_("Thời hạn"),
        required=False,
        max_length=200,
        help_text=_("Viết như lời giao: trước 30/9, trong tháng 10, quý IV, thường xuyên. Để trống nếu không đặt hạn."),
    )
    closing_rule = forms.CharField(
        label=_("Việc thường xuyên: khi nào coi là xong"), required=False, widget=text_area(2)
    )
    issuer_level = forms.ChoiceField(label=_("Cấp giao"), choices=IssuerLevel)
    given_by = forms.CharField(label=_("Người, cơ quan giao"), required=False, max_length=300)
    advise_only = forms.BooleanField(label=_("Sở chỉ tham mưu; Ủy ban nhân dân tỉnh giao bằng văn bản"), required=False)

    field_order = (
        "title",
        "lead",
        "coordinators",
        "product",
        "deadline_text",
        "assigned_on",
        "advise_only",
        "chain",
        "responsible",
        "issuer_level",
        "given_by",
        "closing_rule",
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["lead"] = PartyField(user=user, label=_("Chủ trì"))
        self.fields["coordinators"] = PartiesField(user=user, label=_("Phối hợp"), required=False)
        self.fields["assigned_on"] = DayField(today=today, label=_("Ngày giao"))
        self.fields["chain"] = PapersField(
            user=user,
            label=_("Văn bản giao của Ủy ban nhân dân tỉnh"),
            required=False,
            help_text=_("Số, ký hiệu văn bản đã vào sổ, nếu đã có; gắn sau cũng được."),
        )
        people = [user, *colleagues_of(user)]
        self.fields["responsible"] = forms.ModelChoiceField(
            User.objects.filter(pk__in=[person.pk for person in people]),
            label=_("Công chức theo dõi"),
            required=False,
            help_text=_("Người này ghi thay báo cáo của cơ quan ngoài gửi bằng văn bản giấy."),
        )
        self.order_fields(self.field_order)


class ConclusionForm(EnteringForm, forms.Form):
    """One conclusion recorded by hand."""

    title = forms.CharField(label=_("Ý kiến chỉ đạo"), widget=text_area(), help_text=_("Một việc mỗi lần ghi."))
    sentence = forms.CharField(label=_("Câu trong thông báo"), required=False, widget=text_area())
    addressed_to = forms.CharField(label=_("Giao cho, như đã nói"), required=False, max_length=300)
    deadline_text = forms.CharField(label=_("Thời hạn, như đã nói"), required=False, max_length=160)
    section = forms.CharField(label=_("Mục trong thông báo"), required=False, max_length=60)


class ReasonForm(TypedForm, forms.Form):
    """Why."""

    why = forms.CharField(label=_("Lý do"), widget=text_area())


class FigureMatchForm(TypedForm, forms.Form):
    """Which indicator of ours a reported figure speaks of, over which period, and why they differ."""

    indicator = forms.ChoiceField(label=_("Chỉ số của Sở"), required=False)
    period_kind = forms.ChoiceField(label=_("Kỳ đối chiếu"), choices=PERIODS, required=False)
    period_year = forms.IntegerField(label=_("Năm"), required=False, **YEARS)  # type: ignore[arg-type]  # two whole numbers
    explanation = forms.CharField(label=_("Giải thích chênh lệch"), required=False, widget=text_area())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicator_choices()  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """Require a period to be whole."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("period_kind")) != bool(cleaned.get("period_year")) and not self.errors:
            self.add_error("period_year", _("Ghi cả kỳ và năm, hoặc để trống cả hai."))
        return cleaned

    @property
    def period(self) -> tuple[str, int] | None:
        """Return kind and year, if they were given."""
        kind, year = self.cleaned_data["period_kind"], self.cleaned_data["period_year"]
        return (kind, year) if kind and year else None


class NoticeForm(TypedForm, forms.Form):
    """Which paper in the registers is the session's notice."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"] = PapersField(
            user=user,
            label=_("Số, ký hiệu văn bản"),
            help_text=_("Thông báo kết luận đã vào sổ văn bản, ví dụ 365-TB/VPTU."),
        )


class StudyForm(TypedForm, forms.Form):
    """Who is asked to answer a recommendation."""

    competence = forms.CharField(label=_("Thẩm quyền giải quyết"), required=False, max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["studied_by"] = RecordField(
            rows=organisations_known(user), what=_("tổ chức"), label=_("Cơ quan xem xét")
        )
        self.order_fields(("studied_by", "competence"))


class StudyStepForm(forms.Form):
    """The same on the shared record page, where the agency is typed by name."""

    studied_by = forms.CharField(label=_("Cơ quan xem xét"), help_text=_("Tên hoặc mã trong sổ tổ chức."))
    competence = forms.CharField(label=_("Thẩm quyền giải quyết"), required=False, max_length=300)


class AnswerStepForm(TypedForm, forms.Form):
    """How a recommendation was answered."""

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=Outcome)
    answer = forms.CharField(label=_("Nội dung trả lời"), widget=text_area())


class AnswerForm(AnswerStepForm):
    """How a recommendation was answered, when, and by which paper."""

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"] = DayField(today=today, label=_("Trả lời ngày"), initial=written(today))
        self.fields["papers"] = PapersField(
            user=user, label=_("Văn bản trả lời"), help_text=_("Số, ký hiệu văn bản đã vào sổ, ví dụ 1234/UBND-KGVX.")
        )


def initial_of(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the named values as a form shows them: lists as lines."""
    shown = {name: values.get(name) for name in names}
    return {name: "\n".join(value) if isinstance(value, list | tuple) else value for name, value in shown.items()}

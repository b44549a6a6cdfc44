"""The forms of councils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from khcn.councils.judging import REPORT, Product, amount_words, asked_of
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.ratings import rating_families
from khcn.councils.rules import Sheet
from khcn.councils.selectors import points_of
from khcn.councils.states import ConflictAnswer, Judged, Presence, Purpose, Rating, Regime, SeatRole, Vote
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.finding import records_named
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm, TypedForm
from khcn.language.words import words as _
from khcn.parties.models import Person

LONG = forms.Textarea(attrs={"rows": 3})
LONGEST_TEXT = 20_000
NOT_CHOSEN = _("— chưa chọn —")
LOCK = "khoa"


class CouncilForm(EnteringForm, forms.Form):
    """A council to be formed."""

    title = forms.CharField(label=_("Tên hội đồng"), widget=LONG)
    purpose = forms.ChoiceField(label=_("Việc của hội đồng"), choices=Purpose)
    regime = forms.ChoiceField(label=_("Luật áp dụng"), choices=Regime, initial=Regime.LAW_93)
    sheet = forms.ChoiceField(
        label=_("Phiếu chấm"),
        required=False,
        help_text=_("Nghiệm thu không chấm điểm thì thành viên xếp loại từng sản phẩm."),
    )
    rated_by = forms.ChoiceField(
        label=_("Xếp loại theo"), required=False, help_text=_("Chỉ dùng khi nghiệm thu không chấm điểm.")
    )
    division = forms.ModelChoiceField(
        Division.objects.none(), label=_("Phòng phụ trách"), empty_label=NOT_CHOSEN, required=False
    )
    confidentiality = forms.ChoiceField(label=_("Phạm vi"), choices=Confidentiality, initial=Confidentiality.INTERNAL)

    def __init__(self, *args: Any, user: User, sheets: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["sheet"].choices = [("", _("Không chấm điểm")), *sheets.items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["rated_by"].choices = [*rating_families().items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["division"].queryset = Division.objects.filter(office=user.office)  # type: ignore[attr-defined]  # a model choice
        self.fields["division"].initial = user.division_id

    def council(self) -> Council:
        """Return the council as typed."""
        return Council(office=self.user.working_office, responsible=self.user, **self.cleaned_data)


class ReasonedForm(TypedForm, forms.Form):
    """A change of a council; once it was decided on, the reason is asked too."""

    why = forms.CharField(label=_("Lý do, căn cứ thay đổi"), widget=LONG, required=False)

    def __init__(self, *args: Any, council: Council, decided: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council_changed = council
        if decided:
            self.fields["why"].required = True
        else:
            del self.fields["why"]

    @property
    def reason(self) -> str:
        """Return the reason typed, "" where none was asked."""
        return str(self.cleaned_data.get("why", ""))


class SeatForm(ReasonedForm):
    """A member to be named."""

    field_order = ("person", "role", "employer", "user", "why")

    role = forms.ChoiceField(label=_("Vai trò"), choices=SeatRole, initial=SeatRole.MEMBER)
    employer = forms.CharField(label=_("Cơ quan công tác"), required=False, max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.visible_to(user).filter(office_id=user.office_id).standing()
        self.fields["person"] = RecordField(rows=people, label=_("Họ và tên"), what=_("cá nhân"))
        self.fields["user"] = forms.ModelChoiceField(
            User.objects.filter(office=user.office, is_active=True).order_by("full_name"),
            label=_("Tài khoản chấm phiếu"),
            required=False,
            empty_label=_("Không có: chấm trên giấy"),
            help_text=_("Thành viên dùng tài khoản này để đọc tài liệu và khóa phiếu của mình."),
        )
        self.order_fields(self.field_order)

    def seat(self) -> Seat:
        """Return the member as typed."""
        said = {name: self.cleaned_data[name] for name in ("person", "role", "employer", "user")}
        return Seat(council=self.council_changed, **said)


class DropForm(ReasonedForm):
    """Why a member is taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "decided": True})


class MatterForm(ReasonedForm):
    """A dossier to be considered: a record by its code, or a name where it stands in no register."""

    field_order = ("subject", "title", "why")

    subject = forms.CharField(
        label=_("Mã hồ sơ"), required=False, help_text=_("Hồ sơ trong hệ thống, ví dụ TDCN-2021-0007.")
    )
    title = forms.CharField(
        label=_("Tên hồ sơ"), required=False, widget=LONG, help_text=_("Để trống thì lấy tên của hồ sơ theo mã.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Find the record, and take its name where none was typed.

        Raises: ValidationError.
        """
        said = super().clean() or self.cleaned_data
        found, unknown = records_named(said.get("subject", ""), self.user)
        if unknown or len(found) > 1:
            self.add_error("subject", _("Không có đúng một hồ sơ mang mã này trong các sổ bạn được xem."))
        elif not found and not said.get("title", "").strip():
            self.add_error("title", _("Ghi mã hồ sơ hoặc tên hồ sơ."))
        self.found = found[0] if len(found) == 1 else None
        return said

    def matter(self) -> Matter:
        """Return the matter as typed."""
        title = self.cleaned_data["title"].strip()
        if self.found is None:
            return Matter(council=self.council_changed, title=title)
        return Matter(
            council=self.council_changed,
            title=title or self.found.kept_name,
            subject_register=self.found.REGISTER,
            subject_id=self.found.pk,
        )


class PresenceForm(TypedForm, forms.Form):
    """Who came."""

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {f"ghe-{seat.pk}": seat for seat in seats}
        for name, seat in self.seats.items():
            self.fields[name] = forms.ChoiceField(
                label=str(seat), choices=Presence, initial=seat.presence, widget=forms.RadioSelect
            )


class TellersForm(TypedForm, forms.Form):
    """Who counts the slips."""

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        self.fields["tellers"] = forms.MultipleChoiceField(
            label=_("Người kiểm phiếu"),
            choices=[(key, str(seat)) for key, seat in self.seats.items()],
            initial=[key for key, seat in self.seats.items() if seat.is_teller],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def tellers(self) -> list[Seat]:
        """Return the members chosen."""
        return [self.seats[key] for key in self.cleaned_data["tellers"]]


class ConclusionForm(TypedForm, forms.Form):
    """What the council concluded of a matter."""

    conclusion = forms.CharField(
        label=_("Kết luận của hội đồng"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )


class VoidForm(TypedForm, forms.Form):
    """Why a slip is irregular."""

    reason = forms.CharField(label=_("Lý do phiếu không hợp lệ"), max_length=300)


class InterestForm(TypedForm, forms.Form):
    """Whether the member has an interest in the matter."""

    answer = forms.ChoiceField(
        label=_("Kê khai"),
        choices=[(one.value, one.label) for one in ConflictAnswer if one != ConflictAnswer.UNDECLARED],
        widget=forms.RadioSelect,
        help_text=_(
            "Cùng cơ quan, cùng thực hiện, đồng tác giả, quan hệ gia đình với người thực hiện đều phải kê khai."
        ),
    )
    text = forms.CharField(label=_("Quan hệ, lợi ích liên quan"), required=False, widget=LONG)


class WritingForm(TypedForm, forms.Form):
    """What every slip holds."""

    remarks = forms.CharField(
        label=_("Nhận xét, kiến nghị"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields as the page shows them: a title, or none, over the fields below it."""
        return [{"title": "", "fields": self.visible_fields()}]


class SlipForm(WritingForm):
    """The points and remarks of one slip; to lock it every criterion is asked."""

    def __init__(self, *args: Any, slip: Slip, sheet: Sheet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = points_of(slip)
        self.orders: dict[str, int] = {}
        locks = self.data.get("viec") == LOCK
        for line in sheet.criteria if sheet is not None else ():
            name = f"tieu-chi-{line.order}"
            self.orders[name] = line.order
            self.fields[name] = forms.DecimalField(
                label=f"{line.order}. {line.label}",
                min_value=0,
                max_value=line.most,
                max_digits=6,
                decimal_places=2,
                localize=True,
                required=locks,
                initial=given.get(line.order),
                help_text=_("từ 0 đến {most}").format(most=f"{line.most:f}"),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.fields["remarks"].initial = slip.remarks
        self.order_fields([*self.orders, "remarks"])

    @property
    def points(self) -> dict[int, Decimal]:
        """Return the points typed, by the order of the criterion."""
        said = {order: self.cleaned_data[name] for name, order in self.orders.items()}
        return {order: value for order, value in said.items() if value is not None}


class JudgedSlipForm(WritingForm):
    """The judgements and remarks of one slip; to lock it every criterion of every product is asked, and the report."""

    def __init__(self, *args: Any, slip: Slip, products: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = products
        locks = self.data.get("viec") == LOCK
        self.asked = {f"danh-gia-{key}-{criterion}": (key, criterion) for key, criterion in asked_of(products)}
        names = {one.key: _("Chưa đánh giá «{product}».").format(product=one.name) for one in products}
        for name, (key, criterion) in self.asked.items():
            self.fields[name] = forms.ChoiceField(
                label=criterion.label if key in names else _("Xếp loại"),
                error_messages={"required": names.get(key, _("Chưa đánh giá báo cáo tổng hợp."))},
                choices=Rating.choices,
                required=locks,
                initial=slip.judgements.get(key, {}).get(criterion),
                widget=forms.RadioSelect(attrs={"class": "choice--wide"}),
            )
        self.fields["remarks"].initial = slip.remarks
        self.order_fields([*self.asked, "remarks"])

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields product by product, then those of the report and the remarks."""
        fields: dict[str, list[Any]] = {}
        for name, (key, _criterion) in self.asked.items():
            fields.setdefault(key, []).append(self[name])
        titled = [
            {"title": one.name, "sub": amount_words(one.ordered, one.delivered, one.unit), "fields": fields[one.key]}
            for one in self.products
        ]
        return [*titled, {"title": Judged.REPORT.label, "fields": [*fields[REPORT], self["remarks"]]}]

    @property
    def judgements(self) -> dict[str, dict[str, str]]:
        """Return the judgements made: the key of the product → the criterion → the rating."""
        said: dict[str, dict[str, str]] = {}
        for name, (key, criterion) in self.asked.items():
            if self.cleaned_data[name]:
                said.setdefault(key, {})[criterion.value] = self.cleaned_data[name]
        return said


class VotedSlipForm(WritingForm):
    """The vote and remarks of one slip; to lock it the vote is asked."""

    field_order = ("vote", "remarks")

    vote = forms.TypedChoiceField(
        label=_("Biểu quyết"),
        choices=Vote,
        coerce=Vote,
        empty_value=None,
        required=False,
        error_messages={"required": _("Chưa chọn «Đạt» hay «Không đạt».")},
        widget=forms.RadioSelect(attrs={"class": "choice--wide"}),
    )

    def __init__(self, *args: Any, slip: Slip, **kwargs: Any) -> None:
        super().__init__(*args, initial={"vote": slip.vote, "remarks": slip.remarks}, **kwargs)
        self.fields["vote"].required = self.data.get("viec") == LOCK


class EstablishStepForm(forms.Form):
    """The decision by which a council is established."""

    decision_number = forms.CharField(label=_("Số quyết định"), max_length=60)
    decided_on = DayField(today=date.min, label=_("Ngày quyết định"))


class InviteStepForm(forms.Form):
    """When the documents went out, when and where the council meets."""

    documents_sent_on = DayField(today=date.min, label=_("Gửi tài liệu ngày"))
    meets_on = DayField(today=date.min, label=_("Ngày họp"))
    venue = forms.CharField(label=_("Địa điểm"), required=False, max_length=300)

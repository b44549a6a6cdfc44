"""Forms that correct one proposal of the reader, one for each kind; their values go back into the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from khcn.governance.forms import PERIODS, YEARS, indicator_choices, initial_of, text_area, written
from khcn.governance.services.confirming import NEW_PERSON, iso_day
from khcn.governance.states import AttendancePart, Comparator, ItemKind
from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.text.dates import parse_deadline
from khcn.kernel.text.numbers import NumberReadingError, parse_number
from khcn.language.words import words as _
from khcn.parties.models import Person
from khcn.ui import formats

LARGEST = Decimal(10) ** 15


class ItemForm(TypedForm, forms.Form):
    """The values of one proposal."""

    def __init__(self, *args: Any, today: date, given: date, people: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.given, self.people = today, given, people
        self.complete()

    def complete(self) -> None:
        """Add the fields that need the day or the register."""

    @classmethod
    def initial_from(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows of a proposal's values."""
        return initial_of(values, cls.base_fields)

    @property
    def values(self) -> dict[str, Any]:
        """Return the proposal's values."""
        return dict(self.cleaned_data)


class SessionItemForm(ItemForm):
    """Day, place and subject of the session."""

    title = forms.CharField(label=_("Nội dung buổi làm việc"), widget=text_area(2))
    place = forms.CharField(label=_("Địa điểm"), required=False, max_length=300)
    groups = forms.CharField(label=_("Thành phần không nêu tên"), required=False, widget=text_area(2))
    period_kind = forms.ChoiceField(label=_("Kỳ số liệu được báo cáo"), choices=PERIODS, required=False)
    period_year = forms.IntegerField(label=_("Năm số liệu"), required=False, **YEARS)  # type: ignore[arg-type]  # two whole numbers
    byline = forms.CharField(label=_("Tác giả bài viết"), required=False, max_length=300)

    def complete(self) -> None:
        """Ask for the day."""
        self.fields["day"] = DayField(
            today=self.today, label=_("Ngày họp"), help_text=_("Đủ ngày, tháng, năm: 24/9/2021.")
        )
        self.order_fields(("title", "day"))

    @classmethod
    def initial_from(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows; a day without a year is left to the person."""
        return initial_of(values, cls.base_fields) | {"day": written(iso_day(values.get("date")))}

    @property
    def values(self) -> dict[str, Any]:
        """Return the values with the day as ISO."""
        said = dict(self.cleaned_data)
        day = said.pop("day")
        return {**said, "date": day.isoformat(), "year_inferred": False}


class PersonItemForm(ItemForm):
    """A person, and who of the register that is."""

    name = forms.CharField(label=_("Họ và tên"), max_length=160)
    roles = forms.CharField(
        label=_("Chức vụ hôm đó"), required=False, widget=text_area(), help_text=_("Mỗi chức vụ một dòng.")
    )
    organisation = forms.CharField(label=_("Cơ quan"), required=False, max_length=300)
    part = forms.ChoiceField(label=_("Vai trò"), choices=AttendancePart, initial=AttendancePart.ATTENDEE)

    def complete(self) -> None:
        """Offer the bearers of the name, where there are some."""
        offered = [(row.code, f"{row.title} ({row.code}) · {_roles(row)}") for row in self.people]
        choices = [
            ("", _("Tự nhận ra theo tên và chức vụ")),
            *offered,
            (NEW_PERSON, _("Người khác, ghi mới vào sổ cá nhân")),
        ]
        self.fields["person"] = forms.ChoiceField(label=_("Là ai trong sổ cá nhân"), choices=choices, required=False)

    @classmethod
    def initial_from(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows."""
        return initial_of(values, [*cls.base_fields, "person"])

    @property
    def values(self) -> dict[str, Any]:
        """Return the values with the roles as a list."""
        lines = [line.strip() for line in self.cleaned_data["roles"].splitlines()]
        name = " ".join(self.cleaned_data["name"].split())
        return {**self.cleaned_data, "name": name, "roles": [line for line in lines if line]}


class FigureItemForm(ItemForm):
    """A figure, with the indicator it is compared with."""

    value = forms.CharField(label=_("Giá trị"), max_length=24, help_text=_("Viết như 1.250 hoặc 27,4."))
    unit = forms.CharField(label=_("Đơn vị"), required=False, max_length=60)
    comparator = forms.ChoiceField(label=_("So sánh"), choices=Comparator)
    what = forms.CharField(label=_("Nội dung"), widget=text_area(2))
    period = forms.CharField(label=_("Kỳ, như đã nói"), required=False, max_length=120)
    indicator = forms.ChoiceField(label=_("Chỉ số của Sở để đối chiếu"), required=False)
    period_kind = forms.ChoiceField(label=_("Kỳ đối chiếu"), choices=PERIODS, required=False)
    period_year = forms.IntegerField(label=_("Năm đối chiếu"), required=False, **YEARS)  # type: ignore[arg-type]  # two whole numbers

    def complete(self) -> None:
        """Offer the indicators."""
        self.fields["indicator"].choices = indicator_choices()  # type: ignore[attr-defined]  # a field of choices

    @classmethod
    def initial_from(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows; the number written as people write it."""
        value = values.get("value")
        return initial_of(values, cls.base_fields) | {
            "value": "" if value is None else formats.number(Decimal(str(value)))
        }

    def clean_value(self) -> Decimal:
        """Read the number as people write it."""
        try:
            found = parse_number(self.cleaned_data["value"])
        except NumberReadingError as fault:
            raise forms.ValidationError(str(fault)) from fault
        if abs(found) >= LARGEST:
            raise forms.ValidationError(_("Số quá lớn. Ghi theo đơn vị lớn hơn, ví dụ tỷ đồng."))
        return found

    @property
    def values(self) -> dict[str, Any]:
        """Return the values with the number as text, as JSON keeps it exactly."""
        return {**self.cleaned_data, "value": f"{self.cleaned_data['value'].normalize():f}"}


class DiscussionItemForm(ItemForm):
    """What was said in the discussion."""

    point = forms.CharField(label=_("Ý kiến"), widget=text_area())
    said_by = forms.CharField(label=_("Bên nêu"), required=False, max_length=300)

    @classmethod
    def initial_from(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows."""
        return {"point": values.get("point"), "said_by": values.get("from")}

    @property
    def values(self) -> dict[str, Any]:
        """Return the values under the reader's keys."""
        return {"point": self.cleaned_data["point"], "from": self.cleaned_data["said_by"]}


class DirectiveItemForm(ItemForm):
    """What was ordered, to whom, until when."""

    action = forms.CharField(label=_("Ý kiến chỉ đạo"), widget=text_area())
    to = forms.CharField(label=_("Giao cho, như đã nói"), required=False, max_length=300)
    coordinators = forms.CharField(
        label=_("Phối hợp"), required=False, widget=text_area(2), help_text=_("Mỗi cơ quan một dòng.")
    )
    deadline = forms.CharField(
        label=_("Thời hạn, như đã nói"),
        required=False,
        max_length=160,
        help_text=_("Ví dụ: trước 30/9, trong tháng 10, thường xuyên."),
    )
    topic = forms.CharField(label=_("Chủ đề"), required=False, max_length=120)

    @property
    def values(self) -> dict[str, Any]:
        """Return the values with the deadline read from its words."""
        said = parse_deadline(self.cleaned_data["deadline"], self.given)
        lines = [line.strip() for line in self.cleaned_data["coordinators"].splitlines()]
        return {
            **self.cleaned_data,
            "coordinators": [line for line in lines if line],
            "deadline_on": said.on.isoformat() if said.on else None,
            "deadline_precision": str(said.precision),
        }


class PetitionItemForm(ItemForm):
    """What was asked for, by whom, and what was answered there and then."""

    content = forms.CharField(label=_("Kiến nghị, đề xuất"), widget=text_area())
    asked_by = forms.CharField(label=_("Bên kiến nghị"), required=False, max_length=300)
    response = forms.CharField(label=_("Ý kiến tại buổi làm việc"), required=False, widget=text_area(2))

    @classmethod
    def initial_from(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows."""
        return initial_of(values, ("content", "response")) | {"asked_by": values.get("from")}

    @property
    def values(self) -> dict[str, Any]:
        """Return the values under the reader's keys."""
        said = dict(self.cleaned_data)
        asked_by = said.pop("asked_by")
        return {**said, "from": asked_by}


class PhotoItemForm(ItemForm):
    """A photo's caption and who is on it."""

    caption = forms.CharField(label=_("Chú thích ảnh"), widget=text_area(2))
    person = forms.CharField(label=_("Người trong ảnh"), required=False, max_length=160)


FORMS: dict[str, type[ItemForm]] = {
    ItemKind.SESSION: SessionItemForm,
    ItemKind.PERSON: PersonItemForm,
    ItemKind.FIGURE: FigureItemForm,
    ItemKind.DISCUSSION: DiscussionItemForm,
    ItemKind.DIRECTIVE: DirectiveItemForm,
    ItemKind.PETITION: PetitionItemForm,
    ItemKind.PHOTO: PhotoItemForm,
}


def _roles(person: Person) -> str:
    return "; ".join(held.role for held in person.roles.all()[:3]) or _("chưa ghi chức vụ")

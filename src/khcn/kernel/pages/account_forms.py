"""The forms with which an administrator opens, places and empowers accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.identity.selectors import colleagues_of
from khcn.kernel.identity.services import DELEGABLE
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.language.words import words as _

WHOLE_OFFICE = _("Cả cơ quan")


class ReasonForm(TypedForm, forms.Form):
    """Why something is done with an account."""

    why = forms.CharField(
        label=_("Lý do"), max_length=500, help_text=_("Giữ trong lịch sử tài khoản, ví dụ: theo Quyết định điều động.")
    )


class PlaceForm(TypedForm, forms.Form):
    """Who a person is and where they work."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    job_title = forms.CharField(label=_("Chức danh"), max_length=160, required=False)
    division = forms.ModelChoiceField(
        Division.objects.none(), label=_("Phòng, đơn vị"), required=False, empty_label=_("Không thuộc phòng nào")
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Liên kết đặt mật khẩu gửi đến đây."))

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = Division.objects.filter(office=actor.office_id, valid_to=None)  # type: ignore[attr-defined]  # a field of rows


class NewAccountForm(PlaceForm):
    """Name of signing in, then who and where."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{1,78}$",
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, số, dấu chấm, gạch nối; ví dụ: nguyen.van.a"),
        error_messages={"invalid": _("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm, gạch nối.")},
    )
    field_order = ("username", "full_name", "job_title", "division", "email")


class CorrectedPlaceForm(PlaceForm, ReasonForm):
    """What is corrected, and why."""

    field_order = ("full_name", "job_title", "division", "email", "why")


class RoleForm(ReasonForm):
    """Which role, where, from when to when, why."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=[("", _("Chọn vai trò")), *Role.choices])
    division = forms.ModelChoiceField(
        Division.objects.none(), label=_("Phạm vi"), required=False, empty_label=WHOLE_OFFICE
    )

    def __init__(self, *args: Any, actor: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = Division.objects.filter(office=actor.office_id, valid_to=None)  # type: ignore[attr-defined]  # a field of rows
        self.fields["valid_from"] = DayField(
            today=today, label=_("Từ ngày"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        self.fields["valid_to"] = DayField(
            today=today, label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày thôi.")
        )
        self.order_fields(["role", "division", "valid_from", "valid_to", "why"])


class DelegationForForm(ReasonForm):
    """Who stands in for the absent person, in which role, for which days."""

    role = forms.ChoiceField(label=_("Vai trò"))
    to = forms.ModelChoiceField(User.objects.none(), label=_("Người làm thay"), empty_label=_("Chọn người"))

    def __init__(self, *args: Any, absent: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = dict.fromkeys(g.role for g in absent.grants if g.role in DELEGABLE and g.delegated_by_id is None)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]  # a field of choices
        people = [person.pk for person in colleagues_of(absent)]
        self.fields["to"].queryset = User.objects.filter(pk__in=people).order_by("full_name")  # type: ignore[attr-defined]  # a field of rows
        self.fields["valid_from"] = DayField(
            today=today, label=_("Từ ngày"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        self.fields["valid_to"] = DayField(today=today, label=_("Đến hết ngày"))
        self.order_fields(["role", "to", "valid_from", "valid_to", "why"])


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new password twice, set by the link that the administrator sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Mật khẩu mới")
        self.fields["new_password1"].help_text = _(
            "Ít nhất 10 ký tự, không chỉ gồm chữ số, không gần giống tên của bạn."
        )
        self.fields["new_password2"].label = _("Nhập lại mật khẩu mới")
        self.fields["new_password2"].help_text = ""

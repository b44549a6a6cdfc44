"""What the steps of titles and of registrations abroad ask for."""

from __future__ import annotations

from datetime import date

from django import forms

from khcn.ip.models import ForeignRegistration
from khcn.kernel.identity.forms import DayField
from khcn.language.words import words as _

# The shared page sets the day on which the form is shown.
SOME_DAY = date.min


class GrantStepForm(forms.Form):
    """The number, day and term of a granted title."""

    title_number = forms.CharField(label=_("Số văn bằng"), max_length=40)
    granted_on = DayField(today=SOME_DAY, label=_("Ngày cấp"), help_text=_("Ngày ghi trên văn bằng."))
    expires_on = DayField(today=SOME_DAY, label=_("Hết hạn"), required=False)


class FileAbroadStepForm(forms.Form):
    """How and since when a mark is being registered abroad."""

    route = forms.ChoiceField(
        label=_("Cách nộp"),
        required=False,
        choices=[("", _("Giữ như hồ sơ")), *ForeignRegistration._meta.get_field("route").flatchoices],
    )
    started_on = DayField(
        today=SOME_DAY, label=_("Bắt đầu"), required=False, help_text=_("Bỏ trống nếu hồ sơ đã ghi ngày bắt đầu.")
    )


class RegisterAbroadStepForm(forms.Form):
    """Since when, and under which number, a mark is protected abroad."""

    registered_on = DayField(today=SOME_DAY, label=_("Được bảo hộ ngày"))
    number = forms.CharField(label=_("Số đăng ký"), max_length=60, required=False)


class RefuseAbroadStepForm(forms.Form):
    """Since when it is known that a mark is not protected abroad."""

    refused_on = DayField(today=SOME_DAY, label=_("Bị từ chối ngày"), help_text=_("Ngày của thông báo từ chối."))

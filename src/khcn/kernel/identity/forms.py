"""The forms of signing in, of one's password and of delegation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.http import HttpRequest

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import User
from khcn.kernel.identity.selectors import colleagues_of
from khcn.kernel.identity.services import DELEGABLE
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.language.words import words as _


class DayField(forms.CharField):
    """A day as people type it: 24/9/2021, 24-9, hôm nay, +7; counted from `today`."""

    def __init__(self, *, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "text", "autocomplete": "off", "placeholder": "24/9/2021"})

    def clean(self, value: Any) -> Any:
        """Return the day, None when nothing was typed.

        Raises: ValidationError.
        """
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_day(text, self.today)
        except DateReadingError as error:
            raise forms.ValidationError(str(error)) from error


class SignInForm(AuthenticationForm):
    """A name and a password; which of them was wrong is not told."""

    username = UsernameField(
        label=_("Tên đăng nhập"), widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": (
            _("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.")
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động. Liên hệ quản trị hệ thống."),
    }


class NewPasswordForm(PasswordChangeForm):
    """The old password and the new one twice; wrong guesses of the old one count like those at the door."""

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = _("Mật khẩu hiện nay")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].label = _("Mật khẩu mới")
        self.fields["new_password1"].help_text = _(
            "Ít nhất 10 ký tự, không chỉ gồm chữ số, không gần giống tên của bạn."
        )
        self.fields["new_password2"].label = _("Nhập lại mật khẩu mới")
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        """Return the old password.

        Raises: ValidationError, if it is wrong, or was guessed too often.
        """
        old = str(self.cleaned_data["old_password"])
        if authenticate(self.request, username=self.user.username, password=old) is None:
            raise forms.ValidationError(_("Mật khẩu hiện nay chưa đúng. Sai nhiều lần thì tài khoản tạm khóa 15 phút."))
        return old


class DelegationForm(forms.Form):
    """Which of one's roles, to whom, from when to when."""

    role = forms.ChoiceField(label=_("Vai trò"))
    to = forms.ModelChoiceField(User.objects.none(), label=_("Ủy quyền cho"), empty_label=_("Chọn người"))

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "uy-quyen"})
        roles = dict.fromkeys(g.role for g in user.grants if g.role in DELEGABLE and g.delegated_by_id is None)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]  # a field of choices
        people = colleagues_of(user)
        self.fields["to"].queryset = User.objects.filter(pk__in=[person.pk for person in people])  # type: ignore[attr-defined]  # a field of rows
        self.fields["to"].choices = [("", _("Chọn người")), *((p.pk, _with_division(p)) for p in people)]  # type: ignore[attr-defined]  # sorted as lists of people are
        self.fields["valid_from"] = DayField(
            today=today, label=_("Từ ngày"), initial=f"{today.day}/{today.month}/{today.year}"
        )
        self.fields["valid_to"] = DayField(
            today=today, label=_("Đến hết ngày"), help_text=_("Viết 30/9/2021, 30/9 hoặc +7 (bảy ngày nữa).")
        )


def _with_division(person: User) -> str:
    return f"{person.full_name} · {person.division}" if person.division else person.full_name

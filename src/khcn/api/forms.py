"""The form of a new access token."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.api.models import AccessToken
from khcn.language.words import words as _

DAYS = ((30, _("30 ngày")), (90, _("90 ngày")), (180, _("180 ngày")), (366, _("Một năm")))


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """What the token is for, and how long it lasts."""

    days = forms.TypedChoiceField(label=_("Thời hạn"), choices=DAYS, coerce=int, initial=90)

    class Meta:
        model = AccessToken
        fields = ("label",)
        help_texts = {"label": _("Tên chương trình hoặc việc sẽ dùng mã, để sau này biết mã nào cần thu hồi.")}

    def clean_label(self) -> Any:
        """Return the label without blanks around it."""
        return self.cleaned_data["label"].strip()

"""The form of a new link."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.kernel.sharing.services import LONGEST_DAYS
from khcn.language.words import words as _


class LinkForm(forms.Form):
    """For whom the link is, and how long it lasts."""

    purpose = forms.CharField(
        label=_("Gửi cho, dùng vào việc"),
        max_length=120,
        required=False,
        help_text=_("Để sau này biết liên kết nào cần thu hồi. Ví dụ: in kèm thông báo kết luận."),
    )
    days = forms.IntegerField(label=_("Đọc được trong (ngày)"), min_value=1, max_value=LONGEST_DAYS)

    def __init__(self, *args: Any, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"days": days}, **kwargs})

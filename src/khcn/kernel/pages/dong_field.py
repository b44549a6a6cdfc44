"""A field of forms for money, in whole đồng."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.language.words import words as _

MOST_DONG = 10**15


class DongField(forms.CharField):
    """An amount of whole đồng as people type it: 1.200.000.000."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "placeholder": "1.200.000.000"})

    def clean(self, value: Any) -> Any:
        """Return the amount, None when nothing was typed.

        Raises: ValidationError.
        """
        text = super().clean(value).replace(".", "").replace(" ", "")
        if not text:
            return None
        if not text.isdecimal() or int(text) > MOST_DONG:
            raise forms.ValidationError(_("Ghi số tiền bằng đồng, ví dụ 1.200.000.000."))
        return int(text)

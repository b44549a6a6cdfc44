"""What every form shares that people type into: clean letters, bounded titles, a number that tells sendings apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from khcn.kernel.files.forms import refuse_secrets_in
from khcn.language.words import words as _

SUBMISSION = "lan-gui"

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object

LONGEST_TITLE = 2_000
TITLES = ("title", "action", "content")
"""Fields that become titles of records."""
NO_NULLS = _("Có ký tự không đọc được (mã 0). Xóa rồi gõ lại phần đó.")
TOO_LONG = _("Tên, nội dung dài %(show_value)d ký tự, quá %(limit_value)d. Rút gọn, phần còn lại ghi ở mục khác.")
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that turn the direction of writing: they make a title read as something else."""


class TypedForm(Base):
    """Cleans what is typed: no direction marks, no State secrets, refusals in Vietnamese, titles of bounded length."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.validators = [_in_vietnamese(one) for one in field.validators]
            if name in TITLES:
                field.validators.append(MaxLengthValidator(LONGEST_TITLE, TOO_LONG))

    def _clean_fields(self) -> None:
        for field in self.fields.values():  # some forms add fields after they were made
            field.validators = [_in_vietnamese(one) for one in field.validators]
        super()._clean_fields()  # type: ignore[misc]  # not in the stubs
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = value.translate(TURNING)
        refuse_secrets_in(self, TITLES)


class EnteringForm(TypedForm):
    """A form that makes a record; `token` tells one form sent twice from two records.

    A form without the number still makes a record: whoever leaves it out is not protected from sending twice.
    """

    token: UUID | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SUBMISSION] = forms.UUIDField(
            label=_("Lần gửi"),
            required=False,
            initial=uuid4,
            widget=forms.HiddenInput,
            error_messages={"invalid": _("Biểu mẫu bị hỏng phần ẩn. Tải lại trang rồi nhập lại.")},
        )

    def full_clean(self) -> None:
        """Clean the form; the number does not belong to what is entered."""
        super().full_clean()
        if self.is_bound:
            self.token = self.cleaned_data.pop(SUBMISSION, None)


def _in_vietnamese(validator: Any) -> Any:
    if isinstance(validator, ProhibitNullCharactersValidator):
        return ProhibitNullCharactersValidator(message=NO_NULLS)
    return validator

"""The forms by which views of lists are saved and changed."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.kernel.pages.models import SavedView, Sharing
from khcn.kernel.pages.saved_views import sharing_choices
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.language.words import words as _


class ViewForm(TypedForm, forms.Form):
    """What a view is called, and who may use it besides; the latter is asked only of those who may share."""

    name = forms.CharField(
        label=_("Tên cách xem"), max_length=80, help_text=_("Ví dụ: Nhãn hiệu năm nay. Tên hiện phía trên danh sách.")
    )

    def __init__(self, *args: Any, user: Any, view: SavedView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = sharing_choices(user)
        if view is not None:
            self.fields["name"].initial = view.name
            if view.sharing not in dict(offered):
                offered.append((view.sharing, str(Sharing(view.sharing).label)))
        self.fields["sharing"] = forms.ChoiceField(
            label=_("Ai dùng được"),
            choices=offered,
            required=False,
            initial=view.sharing if view is not None else Sharing.OWN.value,
            widget=forms.RadioSelect if len(offered) > 1 else forms.HiddenInput,
            help_text=_("Mỗi người chỉ thấy những hồ sơ mình được xem.") if len(offered) > 1 else "",
        )

    def clean_sharing(self) -> str:
        """Return with whom it is shared; nobody, if nothing was said."""
        return str(self.cleaned_data["sharing"] or Sharing.OWN.value)


class SaveViewForm(ViewForm):
    """A view as it is saved first: also whether it opens the register, and whether it keeps the instant."""

    as_default = forms.BooleanField(label=_("Mở sổ này bằng cách xem này"), required=False)

    def __init__(self, *args: Any, past: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if past:
            self.fields["with_instant"] = forms.BooleanField(
                label=_("Giữ cả thời điểm xem: {past}").format(past=past), required=False
            )

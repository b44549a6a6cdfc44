"""The form by which people, firms and agencies outside the department propose a task."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.kernel.pages.dong_field import DongField
from khcn.kernel.pages.typed_forms import EnteringForm
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.research.forms import LONG
from khcn.research.models import TaskCall, TaskProposal
from khcn.research.states import ProposerKind


class SendProposalForm(EnteringForm, forms.Form):
    """What the proposer wants studied, why, for whom, with what money."""

    title = forms.CharField(label=_("Tên nhiệm vụ đề xuất"), widget=forms.Textarea(attrs={"rows": 2}))
    proposer_kind = forms.ChoiceField(label=_("Bên đề xuất là"), choices=ProposerKind)
    urgency = forms.CharField(label=_("Vì sao cần làm"), widget=LONG, help_text=_("Khó khăn đang gặp, ai đang gặp."))
    objectives = forms.CharField(label=_("Muốn đạt được gì"), widget=LONG)
    content = forms.CharField(label=_("Nội dung chính cần làm"), widget=LONG, required=False)
    expected = forms.CharField(label=_("Sản phẩm mong muốn"), widget=LONG)
    user_text = forms.CharField(label=_("Nơi sẽ dùng kết quả"), max_length=300)
    is_order = forms.BooleanField(label=_("Đặt hàng: cam kết sử dụng kết quả khi nhiệm vụ hoàn thành"), required=False)
    budget_vnd = DongField(label=_("Kinh phí dự kiến (đồng)"), required=False)
    outside_vnd = DongField(
        label=_("Trong đó ngoài ngân sách (đồng)"), required=False, help_text=_("Phần bên đề xuất hoặc nơi khác góp.")
    )

    def __init__(self, *args: Any, call: TaskCall, user: Any, organisation: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.user, self.organisation = call, user, organisation
        name = organisation.listed_name if organisation is not None else user.full_name
        if organisation is None:
            self.fields["proposer_text"] = forms.CharField(
                label=_("Người, đơn vị đề xuất"), max_length=300, initial=name, help_text=_("Họ tên hoặc tên đơn vị.")
            )
        self.order_fields(("title", "proposer_text", "proposer_kind"))

    def proposal(self) -> TaskProposal:
        """Return the proposal as typed."""
        said = dict(self.cleaned_data)
        kept = {"call": self.call, "office": self.call.office, "division": self.call.division}
        said = {name: said[name] for name in said if name in {one.name for one in TaskProposal._meta.fields}}
        return TaskProposal(plan_year=self.call.plan_year, proposer=self.organisation, **kept, **said)

"""Invented forms for the gallery; made on demand because forms are bound objects."""

from typing import Any

from django import forms

from khcn.ui.gallery_samples import HERE, Variants


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    title = forms.CharField(label="Tên nhiệm vụ", help_text="Viết như trong quyết định phê duyệt.")
    opened_on = forms.CharField(label="Ngày bắt đầu", help_text="24/9/2030, 24-9, hôm nay hoặc +7", required=False)
    field_of_work = forms.ChoiceField(
        label="Lĩnh vực", choices=[("", "Chọn lĩnh vực"), ("a", "Nông nghiệp"), ("b", "Y dược")]
    )
    kind = forms.ChoiceField(
        label="Hình thức", choices=[("1", "Đặt hàng"), ("2", "Tuyển chọn")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = forms.FileField(label="Bản thuyết minh", help_text="Tệp .docx hoặc .pdf.", required=False)
    agreed = forms.BooleanField(label="Tôi đã đối chiếu với bản giấy")


class SignInForm(forms.Form):
    """The two fields of signing in."""

    username = forms.CharField(label="Tên đăng nhập")
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), help_text="Người nộp sẽ đọc được."
    )


def refused_sign_in() -> SignInForm:
    """Return a form whose password was missing."""
    return SignInForm({"username": "mau"}, auto_id="signin_%s")


def refused() -> SampleForm:
    """Return a sample form with errors beside its fields and one for the whole."""
    form = SampleForm({"title": "", "opened_on": "32/13", "note": "Đã điền"}, auto_id="refused_%s")
    form.add_error("opened_on", "Không có ngày 32/13. Viết ngày trước tháng, ví dụ 24/9.")
    form.add_error(None, "Nhiệm vụ này chưa có quyết định phê duyệt.")
    return form


def confirmation() -> dict[str, Any]:
    """Return the values of the page that asks once."""
    return {
        "consequence": "Trả lại thì thời hạn dừng từ hôm nay đến khi người nộp bổ sung; người nộp nhận thư ngay.",
        "facts": [{"label": "Hồ sơ", "value": "Hồ sơ mẫu 014"}, {"label": "Người nộp", "value": "Trung tâm Giống mẫu"}],
        "action_label": "Trả lại hồ sơ",
        "action_url": HERE,
        "danger": True,
        "cancel_url": HERE,
        "form": ReasonForm(auto_id="reason_%s"),
    }


def components() -> Variants:
    """Return the components that need a form, with forms made afresh."""
    good = SampleForm(auto_id="good_%s")
    wrong = refused()
    filters = SampleForm(auto_id="filter_%s")
    return {
        "form_field": [
            (name, {"field": SampleForm(auto_id=f"one_{name}_%s")[name]})
            for name in ("title", "opened_on", "kind", "agreed")
        ]
        + [
            ("có lỗi", {"field": SampleForm({"title": ""}, auto_id="bad_%s")["title"]}),
            ("trong bộ lọc", {"field": filters["note"], "optional_quiet": True}),
        ],
        "form_errors": [("trên đầu biểu mẫu", {"form": refused()})],
        "form": [
            ("trống, giữ bản nháp", {"form": good, "action": HERE, "draft_key": "gallery", "cancel_url": HERE}),
            (
                "bị trả lại",
                {
                    "form": wrong,
                    "action": HERE,
                    "consequence": "Sau khi gửi, số vào sổ được cấp và không sửa được nữa.",
                    "submit_label": "Gửi",
                },
            ),
        ],
        "confirm": [("hỏi một lần", confirmation())],
    }

from __future__ import annotations

from django import forms

from khcn.kernel.files.forms import refuse_secrets_in


class PaperForm(forms.Form):
    title = forms.CharField(label="Trích yếu")
    text = forms.CharField(label="Nội dung", required=False)
    pages = forms.IntegerField(required=False)

    def clean(self):
        refuse_secrets_in(self)
        return self.cleaned_data


def test_a_form_is_refused_at_the_field_that_bears_the_mark():
    form = PaperForm({"title": "Kế hoạch TỐI MẬT năm 2026", "text": "Kế hoạch\nMẬT\nSố 5", "pages": "3"})

    assert not form.is_valid()
    assert set(form.errors) == {"title", "text"}
    assert "Không ghi được mục «Trích yếu»: có dấu chỉ độ mật “TỐI MẬT”" in form.errors["title"][0]
    assert form.cleaned_data == {"pages": 3}


def test_a_form_that_speaks_of_secrecy_passes():
    form = PaperForm({"title": "Tập huấn bảo vệ bí mật nhà nước", "text": "Xử lý tài liệu mật theo quy định."})

    assert form.is_valid()

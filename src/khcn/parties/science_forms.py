"""The forms over CVs and over what is known of organisations of science: shape only, no rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.language.words import words as _
from khcn.parties.forms import PartyForm
from khcn.parties.identifiers import BadIdentifier, doi_of
from khcn.parties.models import CareerEntry, ProfileLanguage, Publication, ScienceOrganisation, ScientistProfile
from khcn.parties.states import Origin, Sex

NOT_SAID = _("Không ghi")


class LanguageForm(PartyForm):
    """One foreign language."""

    class Meta:
        model = ProfileLanguage
        fields = ("language", "level")
        help_texts = {"level": _("Ví dụ: B2, IELTS 6.5, đọc hiểu tài liệu chuyên môn.")}


class CareerForm(PartyForm):
    """One post over years."""

    class Meta:
        model = CareerEntry
        fields = ("first_year", "last_year", "post", "organisation", "employer")
        help_texts = {
            "last_year": _("Để trống nếu đang giữ."),
            "employer": _("Ghi khi nơi công tác không có trong sổ tổ chức."),
        }


class PublicationForm(PartyForm):
    """One published work."""

    # The model keeps the bare identifier; people paste the address.
    doi = forms.CharField(label="DOI", required=False, max_length=240, help_text=_("Ví dụ: 10.1000/182."))

    class Meta:
        model = Publication
        fields = ("title", "year", "venue", "doi")
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def clean_doi(self) -> str:
        """Return the DOI without its address.

        Raises: ValidationError.
        """
        typed = str(self.cleaned_data["doi"]).strip()
        try:
            return doi_of(typed) if typed else ""
        except BadIdentifier as wrong:
            raise ValidationError(str(wrong)) from wrong


class RemovalForm(TypedForm, forms.Form):
    """Why something is taken away or taken back."""

    why = forms.CharField(
        label=_("Lý do"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lý do được ghi vào lịch sử hồ sơ."),
    )


class PrivateForm(TypedForm, forms.Form):
    """What the statistics need of a person, no finer."""

    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", NOT_SAID), *Sex.choices], required=False)
    origin = forms.ChoiceField(label=_("Quốc tịch, dân tộc"), choices=[("", NOT_SAID), *Origin.choices], required=False)

    def __init__(self, *args: Any, profile: ScientistProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = getattr(profile, "private", None)
        for name in self.fields:
            self.fields[name].initial = getattr(kept, name, "")


class ConsentForm(TypedForm, forms.Form):
    """On which day and in which paper the person agreed."""

    note = forms.CharField(
        label=_("Văn bản đồng ý"),
        max_length=300,
        help_text=_("Ví dụ: phiếu đồng ý ký ngày 3/3/2025, lưu tại hồ sơ của phòng."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consented_on"] = DayField(today=today, label=_("Đồng ý công bố ngày"))
        self.order_fields(("consented_on", "note"))


class ScienceOrganisationForm(PartyForm):
    """What the statistics and the register ask of an organisation."""

    days = ("certificate_on", "certificate_until")
    field_code = forms.CharField(
        label=_("Lĩnh vực chính"),
        required=False,
        max_length=320,
        help_text=_("Mã 3 chữ số (cấp 2) của bảng phân loại lĩnh vực nghiên cứu đang áp dụng, hoặc đúng tên."),
    )

    class Meta:
        model = ScienceOrganisation
        fields = (
            "kind",
            "founding_level",
            "economic_type",
            "certificate_number",
            "certificate_on",
            "certificate_issuer",
            "certificate_until",
            "assets_million",
            "laboratory_count",
        )
        help_texts = {"certificate_until": _("Để trống nếu giấy chứng nhận không ghi thời hạn.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field_code"].initial = self.instance.field_code
        self.order_fields(("kind", "founding_level", "economic_type", "field_code"))

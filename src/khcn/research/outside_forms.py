"""What the steps of results done without the State's money ask."""

from __future__ import annotations

from django import forms

from khcn.language.words import words as _
from khcn.research.forms import day


class SupplementStepForm(forms.Form):
    """When the dossier was supplemented."""

    supplemented_on = day(_("Ngày bổ sung"))


class ValidStepForm(forms.Form):
    """Since when the dossier is valid."""

    complete_on = day(_("Ngày hồ sơ hợp lệ"), help_text=_("Thời hạn trả kết quả tính từ ngày này."))


class CertificateStepForm(forms.Form):
    """The certificate of the province."""

    certificate_number = forms.CharField(label=_("Số giấy chứng nhận"), max_length=60)
    certified_on = day(_("Ngày cấp"))


class RefusalStepForm(forms.Form):
    """When whoever asked was told that no certificate is given."""

    refused_on = day(_("Ngày thông báo không cấp"))


class RegistrationStepForm(forms.Form):
    """The certificate of a registered result."""

    registration_number = forms.CharField(label=_("Số giấy chứng nhận đăng ký"), max_length=60)
    registered_on = day(_("Ngày cấp"))

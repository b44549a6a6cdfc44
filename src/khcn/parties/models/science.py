"""Scientists with their CVs, and organisations of science and technology with their certificates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from khcn.kernel.access.reader import SYSTEM, current_reader
from khcn.kernel.access.roles import DIVISION_READERS, Confidentiality
from khcn.kernel.classifications.models import Classification
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _
from khcn.parties.identifiers import FIRST_YEAR, LAST_YEAR, BadIdentifier, doi_of, orcid_of
from khcn.parties.models.parties import Organisation, Person
from khcn.parties.states import (
    AcademicTitle,
    EconomicType,
    FieldGroup,
    FoundingLevel,
    OrganisationType,
    Origin,
    ProfileState,
    Qualification,
    Sex,
)

JOINT = " · "
FIELD_SCHEMES = "research-field-"
"""How the keys of all classifications of research fields begin."""


def a_year(value: int) -> None:
    """Refuse what is no year.

    Raises: ValidationError.
    """
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValidationError(
            _("Năm «{value}» không đúng: ghi từ {first} đến {last}.").format(
                value=value, first=FIRST_YEAR, last=LAST_YEAR
            )
        )


def an_orcid(value: str) -> None:
    """Refuse what is no ORCID as it is kept: four groups, without the address.

    Raises: ValidationError.
    """
    _require_kept_form(value, orcid_of)


def a_doi(value: str) -> None:
    """Refuse what has not the form of a DOI as it is kept: without the address.

    Raises: ValidationError.
    """
    _require_kept_form(value, doi_of)


def _require_kept_form(value: str, read: Callable[[str], str]) -> None:
    try:
        kept = read(value)
    except BadIdentifier as wrong:
        raise ValidationError(str(wrong)) from wrong
    if kept != value:
        raise ValidationError(_("Ghi mã «{value}» thành {kept}.").format(value=value, kept=kept))


def year_column(label: str, **options: Any) -> Any:
    """Return a column for a year."""
    return models.PositiveSmallIntegerField(label, validators=[a_year], **options)


def written_field(record: Any) -> str:
    """Return the research field of a row as lists show it and forms read it back; empty where there is none."""
    return f"{record.field.code}{JOINT}{record.field.name}" if record.field is not None else ""


def field_group(group: str) -> Q:
    """Return the condition of a field of the first level; the last group takes the records without one."""
    coded = Q(field__scheme__startswith=FIELD_SCHEMES)
    if group == FieldGroup.OTHER:
        return Q(field=None) | ~coded | ~Q(field__code__regex=r"^[1-6]")
    return coded & Q(field__code__startswith=group)


class FieldQuerySet(RecordQuerySet):
    """Choose records by their research field."""

    def in_field_group(self, group: str) -> Self:
        """Keep the records of a field of the first level; the last group takes those without one."""
        return self.filter(field_group(group))


class ScientistProfileQuerySet(FieldQuerySet):
    """Choose CVs."""

    def kept(self) -> Self:
        """Keep the CVs that are followed."""
        return self.filter(state=ProfileState.KEPT)

    def not_updated_since(self, day: date) -> Self:
        """Keep the CVs last updated before the day."""
        return self.filter(updated_on__lt=day)


class ScientistProfile(Record):
    """The living CV of one person; `field` is their main field, `title` their name as the register of people has it."""

    REGISTER: ClassVar[str] = "scientist"
    CODE_PREFIX: ClassVar[str] = "LLKH"

    person = models.OneToOneField(Person, models.PROTECT, related_name="profile", verbose_name=_("Nhà khoa học"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scientists",
        verbose_name=_("Nơi công tác"),
    )
    post = models.CharField(_("Vị trí, chức danh công việc"), max_length=200, blank=True)
    orcid = models.CharField("ORCID", max_length=60, blank=True, validators=[an_orcid])
    qualification = models.CharField(_("Trình độ cao nhất"), max_length=4, choices=Qualification, blank=True)
    qualification_year = year_column(_("Năm nhận bằng"), null=True, blank=True)
    qualification_place = models.CharField(_("Nơi đào tạo"), max_length=200, blank=True)
    academic_title = models.CharField(_("Chức danh khoa học"), max_length=4, choices=AcademicTitle, blank=True)
    academic_title_year = year_column(_("Năm được công nhận chức danh"), null=True, blank=True)
    updated_on = models.DateField(_("Cập nhật đến ngày"))
    consented_on = models.DateField(_("Đồng ý công bố ngày"), null=True, blank=True, editable=False)
    consent_note = models.CharField(_("Văn bản đồng ý"), max_length=300, blank=True, editable=False)

    objects = ScientistProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("lý lịch khoa học")
        verbose_name_plural = _("lý lịch khoa học")
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="scientist_code_is_unique"),
            models.UniqueConstraint(fields=("orcid", "office"), condition=~Q(orcid=""), name="orcid_is_of_one_person"),
            models.CheckConstraint(
                condition=~Q(confidentiality=Confidentiality.PUBLIC) | Q(consented_on__isnull=False),
                name="public_cv_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(academic_title_year=None) | ~Q(academic_title=""), name="title_year_has_its_title"
            ),
            models.CheckConstraint(
                condition=Q(qualification_year=None) | ~Q(qualification=""), name="degree_year_has_its_degree"
            ),
        )

    @property
    def field_code(self) -> str:
        """Return the main field, code first."""
        return written_field(self)

    @property
    def languages_text(self) -> str:
        """Return the languages with their levels, as one line."""
        return "; ".join(str(one) for one in self.languages.all())

    @property
    def sex_words(self) -> str:
        """Return the sex in words, nothing to readers who may not know it."""
        return self._private_words("get_sex_display")

    @property
    def origin_words(self) -> str:
        """Return nationality and ethnic group in words, nothing to readers who may not know them."""
        return self._private_words("get_origin_display")

    def private_is_open_to(self, reader: Any) -> bool:
        """Tell whether the reader may know what is kept apart: staff of the office; keeping the system is no reason."""
        if reader is SYSTEM:
            return True
        known = reader is not None and reader.is_authenticated
        return bool(known and reader.holds(*DIVISION_READERS) and reader.office_id == self.office_id)

    def _private_words(self, name: str) -> str:
        private = getattr(self, "private", None)
        return getattr(private, name)() if private is not None and self.private_is_open_to(current_reader()) else ""


class ScientistPrivate(models.Model):  # noqa: DJ008 (never shown by itself)
    """What the statistics need of a person and history must not keep: it can be erased without a trace (ADR 11)."""

    profile = models.OneToOneField(
        ScientistProfile, models.PROTECT, related_name="private", verbose_name=_("Lý lịch khoa học")
    )
    sex = models.CharField(_("Giới tính"), max_length=4, choices=Sex, blank=True)
    origin = models.CharField(_("Quốc tịch, dân tộc"), max_length=12, choices=Origin, blank=True)

    class Meta:
        verbose_name = _("dữ liệu cá nhân để thống kê")
        verbose_name_plural = _("dữ liệu cá nhân để thống kê")


class ProfileLanguage(Tracked):
    """One foreign language of a scientist, with the level in the words of the certificate or of the person."""

    profile = models.ForeignKey(
        ScientistProfile, models.PROTECT, related_name="languages", verbose_name=_("Lý lịch khoa học")
    )
    language = models.CharField(_("Ngoại ngữ"), max_length=60)
    level = models.CharField(_("Trình độ ngoại ngữ"), max_length=60)

    class Meta:
        verbose_name = _("ngoại ngữ")
        verbose_name_plural = _("ngoại ngữ")
        ordering = ("language", "id")
        constraints = (models.UniqueConstraint(fields=("profile", "language"), name="language_stands_once_in_a_cv"),)

    def __str__(self) -> str:
        return f"{self.language}: {self.level}"


class CareerEntry(Tracked):
    """One post of a scientist over years; the employer is an organisation of the register, or only a name."""

    profile = models.ForeignKey(
        ScientistProfile, models.PROTECT, related_name="career", verbose_name=_("Lý lịch khoa học")
    )
    first_year = year_column(_("Từ năm"))
    last_year = year_column(_("Đến năm"), null=True, blank=True)
    post = models.CharField(_("Vị trí, chức danh công việc"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tổ chức trong sổ")
    )
    employer = models.CharField(_("Tên nơi công tác"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("quá trình công tác")
        verbose_name_plural = _("quá trình công tác")
        ordering = ("-first_year", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")), name="career_entry_is_ordered"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(employer=""), name="career_entry_names_the_employer"
            ),
        )

    def __str__(self) -> str:
        return self.post


class Publication(Tracked):
    """One published work of a scientist."""

    profile = models.ForeignKey(
        ScientistProfile, models.PROTECT, related_name="publications", verbose_name=_("Lý lịch khoa học")
    )
    title = models.TextField(_("Tên công bố"))
    year = year_column(_("Năm công bố"))
    venue = models.CharField(_("Tạp chí, nhà xuất bản, hội nghị"), max_length=300)
    doi = models.CharField("DOI", max_length=240, blank=True, validators=[a_doi])

    class Meta:
        verbose_name = _("công bố khoa học")
        verbose_name_plural = _("công bố khoa học")
        ordering = ("-year", "-id")
        constraints = (
            models.UniqueConstraint(fields=("profile", "doi"), condition=~Q(doi=""), name="doi_stands_once_in_a_cv"),
        )

    def __str__(self) -> str:
        return self.title


class ScienceOrganisation(Tracked):
    """What the statistics and the register of science and technology ask of an organisation."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="science", verbose_name=_("Tổ chức"))
    kind = models.CharField(_("Loại hình tổ chức"), max_length=8, choices=OrganisationType, blank=True)
    founding_level = models.CharField(_("Cấp thành lập"), max_length=4, choices=FoundingLevel, blank=True)
    economic_type = models.CharField(_("Loại hình kinh tế"), max_length=6, choices=EconomicType, blank=True)
    field = models.ForeignKey(
        Classification, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Lĩnh vực chính")
    )
    certificate_number = models.CharField(_("Số giấy chứng nhận hoạt động"), max_length=60, blank=True)
    certificate_on = models.DateField(_("Ngày cấp giấy chứng nhận"), null=True, blank=True)
    certificate_issuer = models.CharField(_("Cơ quan cấp giấy chứng nhận"), max_length=200, blank=True)
    certificate_until = models.DateField(_("Giấy chứng nhận có giá trị đến hết ngày"), null=True, blank=True)
    assets_million = models.PositiveBigIntegerField(_("Tài sản cố định, triệu đồng"), null=True, blank=True)
    laboratory_count = models.PositiveSmallIntegerField(_("Số phòng thí nghiệm tổ chức khai"), null=True, blank=True)

    class Meta:
        verbose_name = _("thông tin khoa học và công nghệ của tổ chức")
        verbose_name_plural = _("thông tin khoa học và công nghệ của tổ chức")
        constraints = (
            models.CheckConstraint(
                condition=Q(certificate_number="", certificate_on=None)
                | (~Q(certificate_number="") & Q(certificate_on__isnull=False)),
                name="certificate_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=Q(certificate_until=None) | Q(certificate_until__gte=F("certificate_on")),
                name="certificate_is_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.organisation.listed_name

    @property
    def field_code(self) -> str:
        """Return the main field, code first."""
        return written_field(self)

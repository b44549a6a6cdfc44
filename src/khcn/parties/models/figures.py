"""What organisations report each year of their people and their spending for science and technology."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.language.words import words as _
from khcn.parties.models.parties import Organisation
from khcn.parties.models.science import year_column
from khcn.parties.states import FundingSource, SpendingItem


def _people(label: str) -> Any:
    return models.PositiveIntegerField(label, default=0)


class YearlyQuerySet(RecordQuerySet):
    """Choose yearly figures."""

    def of_year(self, year: int) -> Self:
        """Keep the figures of one year."""
        return self.filter(year=year)


class ScienceStaffing(Record):
    """The people of one organisation who work for science and technology, at the end of one year."""

    REGISTER: ClassVar[str] = "science-staffing"
    CODE_PREFIX: ClassVar[str] = "NLKH"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="staffing", verbose_name=_("Tổ chức báo cáo")
    )
    year = year_column(_("Năm báo cáo"))
    total = _people(_("Tổng số người"))
    women = _people(_("Trong đó nữ"))
    kinh = _people(_("Người Việt Nam, dân tộc Kinh"))
    minority = _people(_("Người Việt Nam, dân tộc thiểu số"))
    foreign = _people(_("Người nước ngoài"))
    natural = _people(_("Khoa học tự nhiên"))
    engineering = _people(_("Khoa học kỹ thuật và công nghệ"))
    medical = _people(_("Khoa học y, dược"))
    agricultural = _people(_("Khoa học nông nghiệp"))
    social = _people(_("Khoa học xã hội"))
    humanities = _people(_("Khoa học nhân văn"))
    other_field = _people(_("Lĩnh vực khác"))

    objects = YearlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhân lực khoa học và công nghệ trong năm")
        verbose_name_plural = _("nhân lực khoa học và công nghệ trong năm")
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="staffing_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "organisation", "year"),
                condition=Q(withdrawn_on=None),
                name="organisation_reports_its_people_once_a_year",
            ),
            models.CheckConstraint(condition=Q(women__lte=F("total")), name="women_are_part_of_the_people"),
            models.CheckConstraint(
                condition=Q(total=F("kinh") + F("minority") + F("foreign")), name="people_add_up_by_origin"
            ),
            models.CheckConstraint(
                condition=Q(
                    total=F("natural")
                    + F("engineering")
                    + F("medical")
                    + F("agricultural")
                    + F("social")
                    + F("humanities")
                    + F("other_field")
                ),
                name="people_add_up_by_field",
            ),
        )


class ScienceSpendingQuerySet(YearlyQuerySet):
    """Choose spending."""

    def within(self, item: str) -> Self:
        """Keep what was spent on an item or on what stands below it."""
        return self.filter(Q(item=item) | Q(item__startswith=f"{item}."))


class ScienceSpending(Record):
    """What one organisation spent in one year on one item from one source, in million đồng."""

    REGISTER: ClassVar[str] = "science-spending"
    CODE_PREFIX: ClassVar[str] = "CKH"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="spending", verbose_name=_("Tổ chức báo cáo")
    )
    year = year_column(_("Năm báo cáo"))
    item = models.CharField(_("Mục chi"), max_length=8, choices=SpendingItem)
    source = models.CharField(_("Nguồn kinh phí"), max_length=6, choices=FundingSource)
    amount_million = models.DecimalField(
        _("Số tiền, triệu đồng"), max_digits=15, decimal_places=3, validators=[MinValueValidator(Decimal(0))]
    )

    objects = ScienceSpendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("chi cho khoa học và công nghệ")
        verbose_name_plural = _("chi cho khoa học và công nghệ")
        indexes = (models.Index(fields=("year", "item"), name="spending_by_year_and_item"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="spending_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "organisation", "year", "item", "source"),
                condition=Q(withdrawn_on=None),
                name="spending_stands_once_a_year_and_source",
            ),
            models.CheckConstraint(condition=Q(amount_million__gte=0), name="spending_is_not_negative"),
        )

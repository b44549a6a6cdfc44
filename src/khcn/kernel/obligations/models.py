"""The working calendar as data, and everything that falls due."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.identity.models import Division, Office
from khcn.kernel.obligations.states import DueState, Standing, UrgingLevel, due_state
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.language.words import words as _


class CalendarDay(Tracked):
    """A day that is not what its weekday says: off, or a Saturday worked instead."""

    day = models.DateField(_("Ngày"), unique=True)
    name = models.CharField(_("Tên"), max_length=200)
    kind = models.CharField(
        _("Loại"),
        max_length=14,
        choices=(
            ("holiday", _("Nghỉ lễ, tết")),
            ("compensatory", _("Nghỉ bù")),
            ("swap_off", _("Nghỉ hoán đổi")),
            ("swap_work", _("Làm bù")),
        ),
    )
    confirmed = models.BooleanField(_("Đã có văn bản quyết định"), default=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    confidence = models.CharField(_("Độ tin cậy"), max_length=10, choices=Confidence, default=Confidence.UNCHECKED)

    class Meta:
        verbose_name = _("ngày trong lịch làm việc")
        verbose_name_plural = _("lịch làm việc")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"


class ObligationQuerySet(TrackedQuerySet):
    """Choose obligations by what they are about and whose they are."""

    def open(self) -> Self:
        """Keep what is still to be done."""
        return self.filter(closed_on=None)

    def about(self, ref: RecordRef) -> Self:
        """Keep the obligations of one record."""
        return self.filter(register=ref.register, record_id=ref.id)

    def overdue(self, today: date) -> Self:
        """Keep what should have been done before the day and whose clock runs."""
        return self.open().running().filter(effective_on__lt=today)

    def running(self) -> Self:
        """Keep those whose clock does not stand still."""
        stopped = ObligationPause.objects.filter(obligation=models.OuterRef("pk"), last_on=None)
        return self.exclude(models.Exists(stopped))


class Obligation(Tracked):
    """One thing that must be done on one record, by someone, perhaps by a date computed from law."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    register = models.CharField(_("Sổ"), max_length=60)
    record_id = models.BigIntegerField(_("Hồ sơ"))
    kind = models.CharField(_("Loại việc"), max_length=60)
    action = models.CharField(_("Việc phải làm"), max_length=300)
    started_on = models.DateField(_("Tính từ ngày"))
    limit = models.CharField(_("Thời hạn"), max_length=12, blank=True)
    rule = models.ForeignKey(
        Rule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Căn cứ thời hạn")
    )
    rolls = models.BooleanField(_("Lùi qua ngày nghỉ"), default=True)
    nominal_on = models.DateField(_("Hạn danh nghĩa"), null=True, blank=True)
    effective_on = models.DateField(_("Hạn thực tế"), null=True, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Phòng")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người làm"),
    )
    holder_register = models.CharField(_("Sổ của bên phải làm"), max_length=60, blank=True)
    holder_id = models.BigIntegerField(_("Bên phải làm"), null=True, blank=True)
    closed_on = models.DateField(_("Xong ngày"), null=True, blank=True)
    cancelled = models.BooleanField(_("Không còn phải làm"), default=False)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc đến hạn")
        verbose_name_plural = _("việc đến hạn")
        indexes = (
            models.Index(fields=("closed_on", "effective_on"), name="obligation_due"),
            models.Index(fields=("register", "record_id"), name="obligation_record"),
            models.Index(fields=("holder_register", "holder_id"), name="obligation_holder"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(nominal_on=None) | Q(effective_on__gte=F("nominal_on")),
                name="obligation_effective_is_not_before_nominal",
            ),
        )

    def __str__(self) -> str:
        return self.action

    @property
    def ref(self) -> RecordRef:
        """Return the record this obligation is about."""
        return RecordRef(self.register, self.record_id)

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock is stopped."""
        return any(pause.last_on is None for pause in self.pauses.all())

    def state_on(self, today: date, soon: int = 7) -> DueState:
        """Return where the obligation stands on the day."""
        return due_state(Standing(self.effective_on, self.closed_on, self.cancelled, self.is_paused), today, soon)


class ObligationPause(Tracked):
    """A time during which the clock of an obligation stood still."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="pauses")
    first_on = models.DateField(_("Từ ngày"))
    last_on = models.DateField(_("Đến ngày"), null=True, blank=True)
    reason = models.CharField(_("Lý do"), max_length=300)

    class Meta:
        verbose_name = _("tạm dừng thời hạn")
        verbose_name_plural = _("tạm dừng thời hạn")
        constraints = (
            models.CheckConstraint(condition=Q(last_on=None) | Q(last_on__gte=F("first_on")), name="pause_is_ordered"),
        )

    def __str__(self) -> str:
        return self.reason


class Reminder(models.Model):
    """One level of reminding used for one due date of one obligation; what makes each be sent once."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reminders", verbose_name=_("Việc đến hạn"))
    level = models.CharField(_("Mức đôn đốc"), max_length=12, choices=UrgingLevel)
    due_on = models.DateField(_("Hạn được nhắc"))
    sent_on = models.DateField(_("Ngày nhắc"))
    told = models.PositiveIntegerField(_("Số người được nhắc"))

    class Meta:
        verbose_name = _("lần nhắc việc")
        verbose_name_plural = _("lần nhắc việc")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("obligation", "level", "due_on"), name="reminder_is_sent_once"),)

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.obligation}"


class FeedScope(models.TextChoices):
    """Whose obligations a calendar feed shows."""

    PERSON = "person", _("Việc của tôi")
    OFFICE = "office", _("Mọi việc của cơ quan")


class CalendarFeed(models.Model):
    """The secret address by which a person's calendar program reads due dates; only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Người đăng ký")
    )
    scope = models.CharField(_("Phạm vi"), max_length=10, choices=FeedScope)
    digest = models.CharField(_("Dấu của mã bí mật"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("Tạo lúc"))
    revoked_at = models.DateTimeField(_("Hủy lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lịch đăng ký")
        verbose_name_plural = _("lịch đăng ký")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("user", "scope"), condition=Q(revoked_at=None), name="calendar_feed_is_one_per_scope"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")), name="calendar_feed_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.user}"


def holder_of(record: Any) -> tuple[str, int | None]:
    """Return the two columns that name a holder, or empty ones."""
    return (record.REGISTER, record.pk) if record is not None else ("", None)

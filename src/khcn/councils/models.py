"""Councils, who sits in them, what they consider, and the slips, sealed until they are counted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from khcn.councils.states import (
    VOTING,
    ConflictAnswer,
    CouncilState,
    Judged,
    KnownFact,
    Presence,
    Purpose,
    Regime,
    SeatRole,
    Vote,
)
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _
from khcn.parties.models import Person


class CouncilQuerySet(RecordQuerySet):
    """Choose councils."""

    def rule_for(self, user: Any) -> Q:
        """Return the general condition, or that the user sits in the council and it was established."""
        rule = super().rule_for(user)
        if user is None or not user.is_authenticated:
            return rule
        sits = Seat.objects.filter(council=OuterRef("pk"), user_id=user.pk)
        return rule | (Q(Exists(sits), withdrawn_on=None) & ~Q(state=CouncilState.FORMING))


class Council(Record):
    """One council for one meeting; its name is the title."""

    REGISTER: ClassVar[str] = "council"
    CODE_PREFIX: ClassVar[str] = "HDTV"

    purpose = models.CharField(_("Việc của hội đồng"), max_length=10, choices=Purpose)
    regime = models.CharField(_("Luật áp dụng"), max_length=10, choices=Regime)
    sheet = models.CharField(_("Phiếu chấm"), max_length=60, blank=True)
    # The first part of the key of the rules that rate, as the module whose records are accepted named it; the regime
    # is the rest. So councils read rows that stand in the rulebook of upper modules and name none of them.
    rated_by = models.CharField(_("Xếp loại theo"), max_length=60, blank=True, editable=False)
    decision_number = models.CharField(_("Số quyết định thành lập"), max_length=60, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    meets_on = models.DateField(_("Ngày họp"), null=True, blank=True)
    venue = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    documents_sent_on = models.DateField(_("Gửi tài liệu ngày"), null=True, blank=True)
    opened_at = models.DateTimeField(_("Mở phiếu lúc"), null=True, blank=True, editable=False)
    counted_at = models.DateTimeField(_("Kiểm phiếu lúc"), null=True, blank=True, editable=False)
    # What was in force when the slips were opened: a rule changed later changes no result.
    rules_used = models.JSONField(_("Quy định áp dụng khi mở phiếu"), default=dict, blank=True, editable=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("hội đồng")
        verbose_name_plural = _("hội đồng")
        indexes = (models.Index(fields=("meets_on", "id"), name="council_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="council_code_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=(CouncilState.FORMING, CouncilState.DISSOLVED))
                | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                name="established_council_has_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None) | Q(opened_at__isnull=False), name="counted_council_was_opened"
            ),
        )

    @property
    def is_sealed(self) -> bool:
        """Tell whether nobody but its writer may read a slip."""
        return self.state not in {CouncilState.COUNTED, CouncilState.CONCLUDED}

    @property
    def is_judged(self) -> bool:
        """Tell whether members judge products in words, as acceptance without points does."""
        return self.purpose == Purpose.ACCEPT and not self.sheet

    @property
    def is_voted(self) -> bool:
        """Tell whether members vote on each dossier, passed or not."""
        return self.purpose in VOTING

    @property
    def is_ranked(self) -> bool:
        """Tell whether its dossiers compete, so that they are put in order once there are several."""
        return self.purpose == Purpose.SELECT and bool(self.sheet)


class Seat(Tracked):
    """One member, as what they sit, and whether they came."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="seats", verbose_name=_("Hội đồng"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Thành viên"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tài khoản chấm phiếu"),
    )
    role = models.CharField(_("Vai trò"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    employer = models.CharField(_("Cơ quan công tác"), max_length=300, blank=True)
    presence = models.CharField(_("Có mặt"), max_length=10, choices=Presence, default=Presence.UNKNOWN)
    is_teller = models.BooleanField(_("Kiểm phiếu"), default=False)

    class Meta:
        verbose_name = _("thành viên hội đồng")
        verbose_name_plural = _("thành viên hội đồng")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("council", "person"), name="person_sits_once"),
            models.UniqueConstraint(
                fields=("council", "user"), condition=Q(user__isnull=False), name="account_sits_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person.listed_name}, {self.get_role_display()}".removeprefix(", ")


class Matter(Tracked):
    """One dossier that the council considers, in its order, and what was concluded of it."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="matters", verbose_name=_("Hội đồng"))
    title = models.TextField(_("Hồ sơ xem xét"))
    subject_register = models.CharField(_("Sổ của hồ sơ"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("Hồ sơ"), null=True, blank=True)
    asked_vnd = models.DecimalField(
        _("Ngân sách nhà nước đề nghị (đồng)"), max_digits=15, decimal_places=0, null=True, blank=True
    )
    host_proposed = models.BooleanField(_("Tổ chức chủ trì đã đề xuất nhiệm vụ"), default=False)
    led_excellent = models.CharField(
        _("Chủ nhiệm có nhiệm vụ xếp loại xuất sắc trong 5 năm"),
        max_length=10,
        choices=KnownFact,
        default=KnownFact.UNKNOWN,
    )
    filed_late = models.BooleanField(_("Nộp quá thời hạn cho phép"), default=False)
    conclusion = models.TextField(_("Kết luận của hội đồng"), blank=True)

    class Meta:
        verbose_name = _("hồ sơ xem xét")
        verbose_name_plural = _("hồ sơ xem xét")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(subject_register="", subject_id=None)
                | (~Q(subject_register="") & Q(subject_id__isnull=False)),
                name="matter_names_its_subject_whole",
            ),
            models.CheckConstraint(condition=Q(asked_vnd=None) | Q(asked_vnd__gte=0), name="asked_vnd_is_not_negative"),
            models.UniqueConstraint(
                fields=("council", "subject_register", "subject_id"),
                condition=Q(subject_id__isnull=False),
                name="council_considers_a_subject_once",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> RecordRef | None:
        """Return the record that is considered, None where it stands in no register."""
        return RecordRef(self.subject_register, self.subject_id) if self.subject_id is not None else None


class MatterItem(Tracked):
    """One product that was promised: how much was ordered, how much came."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="items", verbose_name=_("Hồ sơ xem xét"))
    name = models.CharField(_("Sản phẩm"), max_length=300)
    unit = models.CharField(_("Đơn vị tính"), max_length=60, blank=True)
    ordered = models.DecimalField(_("Số lượng đặt hàng"), max_digits=18, decimal_places=3, null=True, blank=True)
    delivered = models.DecimalField(_("Số lượng giao nộp"), max_digits=18, decimal_places=3, null=True, blank=True)
    has_kind = models.BooleanField(_("Có yêu cầu về chủng loại"), default=False)

    class Meta:
        verbose_name = _("sản phẩm nghiệm thu")
        verbose_name_plural = _("sản phẩm nghiệm thu")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("matter", "name"), name="product_is_promised_once"),
            models.CheckConstraint(
                condition=Q(ordered=None) | Q(ordered__gt=0), name="ordered_amount_is_more_than_nothing"
            ),
            models.CheckConstraint(
                condition=Q(delivered=None) | Q(delivered__gte=0), name="delivered_amount_is_not_negative"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def criteria(self) -> tuple[Judged, ...]:
        """Return what of the product is judged, in the order of the slip."""
        kind = (Judged.KIND,) if self.has_kind else ()
        return (Judged.QUANTITY, Judged.VOLUME, Judged.QUALITY, *kind)


class Question(Tracked):
    """What a member asked of the side of a dossier in writing before the meeting, and what was answered."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="questions", verbose_name=_("Hồ sơ xem xét"))
    # Empty once the member was taken out: what was asked and answered stays, under the name of who asked.
    seat = models.ForeignKey(
        Seat, models.PROTECT, related_name="questions", null=True, blank=True, verbose_name=_("Thành viên")
    )
    asked_by = models.CharField(_("Người hỏi"), max_length=300)
    text = models.TextField(_("Câu hỏi"))
    asked_on = models.DateField(_("Hỏi ngày"))
    answer = models.TextField(_("Trả lời"), blank=True)
    answered_on = models.DateField(_("Trả lời ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("câu hỏi của thành viên")
        verbose_name_plural = _("câu hỏi của thành viên")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("asked_on")),
                name="answer_follows_its_question",
            ),
        )

    def __str__(self) -> str:
        return self.text


class Slip(Tracked):
    """What one member says of one matter; no part of the council's history, since it is sealed until the count."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="slips", verbose_name=_("Thành viên"))
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="slips", verbose_name=_("Hồ sơ xem xét"))
    interest = models.CharField(
        _("Xung đột lợi ích"), max_length=10, choices=ConflictAnswer, default=ConflictAnswer.UNDECLARED
    )
    interest_text = models.TextField(_("Quan hệ, lợi ích liên quan"), blank=True)
    points = models.JSONField(_("Điểm theo tiêu chí"), default=dict)
    # The number of a product, or "report" → the criterion → how it is rated.
    judgements = models.JSONField(_("Đánh giá sản phẩm"), default=dict)
    vote = models.CharField(_("Biểu quyết"), max_length=10, choices=Vote, blank=True)
    remarks = models.TextField(_("Nhận xét"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người ghi phiếu"),
    )
    locked_at = models.DateTimeField(_("Khóa phiếu lúc"), null=True, blank=True)
    digest = models.CharField(_("Dấu của phiếu"), max_length=64, blank=True)
    void_reason = models.CharField(_("Lý do không hợp lệ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("phiếu đánh giá")
        verbose_name_plural = _("phiếu đánh giá")
        ordering = ("matter_id", "seat_id")
        constraints = (
            models.UniqueConstraint(fields=("seat", "matter"), name="member_has_one_slip_a_matter"),
            models.CheckConstraint(
                condition=Q(locked_at=None, digest="") | (Q(locked_at__isnull=False) & ~Q(digest="")),
                name="locked_slip_bears_its_digest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter}: {self.seat}"

"""Working sessions with all that was said, and the readings from which they were taken."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.governance.states import AttendancePart, Comparator, ItemDecision, ItemKind, Outcome
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.recording import Recording
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person

NAMING_VALUES = ("name", "action", "content", "point", "caption", "what", "title")


class WorkingSession(Record):
    """One working session of a leader with the department."""

    REGISTER: ClassVar[str] = "working-session"
    CODE_PREFIX: ClassVar[str] = "LV"

    held_on = models.DateField(_("Ngày họp"), null=True, blank=True)
    held_at = models.DateTimeField(_("Giờ họp"), null=True, blank=True)
    part_of_day = models.CharField(_("Buổi"), max_length=20, blank=True)
    venue = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan làm việc cùng")
    )
    agenda = models.TextField(_("Chương trình, nội dung"), blank=True)
    groups_present = models.TextField(_("Thành phần không nêu tên"), blank=True)
    byline = models.CharField(_("Tác giả bài viết"), max_length=300, blank=True)
    report_register = models.CharField(max_length=60, blank=True, editable=False)
    report_id = models.BigIntegerField(_("Báo cáo trình bày"), null=True, blank=True, editable=False)
    period_kind = models.CharField(_("Kỳ số liệu được báo cáo"), max_length=20, blank=True)
    period_year = models.PositiveSmallIntegerField(_("Năm số liệu"), null=True, blank=True)
    released_on = models.DateField(_("Cho xem chênh lệch từ ngày"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Người cho xem"),
    )
    shared_key = models.CharField(_("Khóa của mã QR"), max_length=64, blank=True, editable=False)
    shared_on = models.DateField(_("Mở báo cáo thực hiện bằng mã QR từ ngày"), null=True, blank=True, editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Người mở mã QR"),
    )

    class Meta:
        verbose_name = _("buổi làm việc")
        verbose_name_plural = _("buổi làm việc")
        indexes = (models.Index(fields=("held_on", "id"), name="session_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="session_code_is_unique"),
            models.CheckConstraint(
                condition=Q(released_on=None, released_by=None)
                | Q(released_on__isnull=False, released_by__isnull=False),
                name="session_release_has_person_and_day",
            ),
            models.CheckConstraint(
                condition=Q(shared_key="", shared_on=None, shared_by=None)
                | (~Q(shared_key="") & Q(shared_on__isnull=False, shared_by__isnull=False)),
                name="session_share_has_person_and_day",
            ),
        )

    def code_year(self, change: Recording) -> int:
        """Return the year of the session, so that what is entered later still bears its own year."""
        day = self.held_on
        return day.year if day else super().code_year(change)


class Attendance(Tracked):
    """One named person at a session, with the roles they had that day."""

    session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="attendances", verbose_name=_("Buổi làm việc")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Người dự"))
    roles = models.TextField(_("Chức vụ hôm đó"))
    organisation = models.CharField(_("Cơ quan"), max_length=300, blank=True)
    part = models.CharField(_("Vai trò"), max_length=12, choices=AttendancePart, default=AttendancePart.ATTENDEE)
    protocol_rank = models.PositiveSmallIntegerField(_("Thứ bậc"), default=100)

    class Meta:
        verbose_name = _("người dự")
        verbose_name_plural = _("người dự")
        ordering = ("protocol_rank", "id")
        constraints = (models.UniqueConstraint(fields=("session", "person"), name="person_attends_once"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.roles}"


class SessionPhoto(Tracked):
    """A photo of the session: its caption, who is on it, the speech it shows."""

    session = models.ForeignKey(WorkingSession, models.PROTECT, related_name="photos", verbose_name=_("Buổi làm việc"))
    attachment_id = models.BigIntegerField(_("Tệp ảnh"), null=True, blank=True)
    caption = models.TextField(_("Chú thích"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người trong ảnh")
    )
    shows = models.CharField(_("Nội dung ảnh"), max_length=200, blank=True)
    byline = models.CharField(_("Tác giả ảnh"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")

    def __str__(self) -> str:
        return self.caption


class DiscussionPoint(Tracked):
    """Something delegates said in the discussion."""

    session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="discussion_points", verbose_name=_("Buổi làm việc")
    )
    speaker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người nói")
    )
    said_by = models.CharField(_("Bên nêu"), max_length=300, blank=True)
    content = models.TextField(_("Nội dung"))
    sentence = models.TextField(_("Câu nguồn"), blank=True)

    class Meta:
        verbose_name = _("ý kiến thảo luận")
        verbose_name_plural = _("ý kiến thảo luận")

    def __str__(self) -> str:
        return self.content


class SessionFigure(Tracked):
    """A figure reported at the session, with the indicator of ours that should say the same."""

    session = models.ForeignKey(WorkingSession, models.PROTECT, related_name="figures", verbose_name=_("Buổi làm việc"))
    value = models.DecimalField(_("Giá trị"), max_digits=20, decimal_places=4)
    unit = models.CharField(_("Đơn vị"), max_length=60, blank=True)
    comparator = models.CharField(_("So sánh"), max_length=12, choices=Comparator, default=Comparator.EXACT)
    what = models.TextField(_("Nội dung"))
    period = models.CharField(_("Kỳ, như đã nói"), max_length=120, blank=True)
    period_kind = models.CharField(_("Kỳ đối chiếu"), max_length=20, blank=True)
    period_year = models.PositiveSmallIntegerField(_("Năm đối chiếu"), null=True, blank=True)
    indicator = models.CharField(_("Chỉ số đối chiếu"), max_length=80, blank=True)
    sentence = models.TextField(_("Câu nguồn"), blank=True)
    explanation = models.TextField(_("Giải thích chênh lệch"), blank=True)

    class Meta:
        verbose_name = _("số liệu được nêu")
        verbose_name_plural = _("số liệu được nêu")

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit} {self.what}".strip()


class ConclusionQuerySet(RecordQuerySet):
    """Choose conclusions."""

    def said_within(self, first: Any, last: Any) -> ConclusionQuerySet:
        """Keep the conclusions of sessions held between two days, both included."""
        return self.filter(session__held_on__gte=first, session__held_on__lte=last)


class Conclusion(Record):
    """One thing a leader concluded (ý kiến chỉ đạo), tied to its sentence."""

    REGISTER: ClassVar[str] = "conclusion"
    CODE_PREFIX: ClassVar[str] = "KL"

    session = models.ForeignKey(
        WorkingSession, models.PROTECT, related_name="conclusions", verbose_name=_("Buổi làm việc")
    )
    ordinal = models.PositiveSmallIntegerField(_("Thứ tự"), default=1)
    sentence = models.TextField(_("Câu nguồn"), blank=True)
    section = models.CharField(_("Mục trong thông báo"), max_length=60, blank=True)
    addressed_to = models.CharField(_("Giao cho, như đã nói"), max_length=300, blank=True)
    coordinators_said = models.TextField(_("Phối hợp, như đã nói"), blank=True)
    topic = models.CharField(_("Chủ đề"), max_length=120, blank=True)
    deadline_text = models.CharField(_("Thời hạn, như đã nói"), max_length=160, blank=True)
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    deadline_precision = models.CharField(_("Độ rõ của hạn"), max_length=12, default="none")
    advise_only = models.BooleanField(_("Sở chỉ tham mưu"), default=False)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ý kiến chỉ đạo")
        verbose_name_plural = _("ý kiến chỉ đạo")
        ordering = ("session_id", "ordinal")
        constraints = (models.UniqueConstraint(fields=("code", "office"), name="conclusion_code_is_unique"),)

    def code_year(self, change: Recording) -> int:
        """Return the year of the session, so that what is entered later still bears its own year."""
        day = self.session.held_on
        return day.year if day else super().code_year(change)


class Recommendation(Record):
    """A recommendation or proposal raised at a session; it must end with an answer."""

    REGISTER: ClassVar[str] = "recommendation"
    CODE_PREFIX: ClassVar[str] = "KN"

    session = models.ForeignKey(
        WorkingSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("Buổi làm việc"),
    )
    raised_by = models.CharField(_("Bên kiến nghị"), max_length=300)
    raised_on = models.DateField(_("Ngày nêu"), null=True, blank=True)
    addressed_to = models.CharField(_("Gửi đến"), max_length=300, blank=True)
    sentence = models.TextField(_("Câu nguồn"), blank=True)
    response_said = models.TextField(_("Ý kiến tại buổi làm việc"), blank=True)
    competence = models.CharField(_("Thẩm quyền giải quyết"), max_length=300, blank=True)
    studied_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cơ quan xem xét"),
    )
    outcome = models.CharField(_("Kết quả"), max_length=12, choices=Outcome, blank=True)
    answer = models.TextField(_("Nội dung trả lời"), blank=True)
    answered_on = models.DateField(_("Trả lời ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("kiến nghị, đề xuất")
        verbose_name_plural = _("kiến nghị, đề xuất")
        indexes = (models.Index(fields=("raised_on", "id"), name="recommendation_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="recommendation_code_is_unique"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None) | (~Q(outcome="") & Q(answered_on__isnull=False)),
                name="answered_recommendation_has_outcome_and_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(raised_on=None) | Q(answered_on__gte=F("raised_on")),
                name="answer_follows_question",
            ),
        )

    def code_year(self, change: Recording) -> int:
        """Return the year in which it was raised, so that what is entered later still bears its own year."""
        day = self.raised_on
        return day.year if day else super().code_year(change)


class SessionReading(Record):
    """A text given to the reader, and what a person makes of the proposals; nothing enters a register before."""

    REGISTER: ClassVar[str] = "session-reading"
    CODE_PREFIX: ClassVar[str] = "BD"

    text = models.TextField(_("Văn bản"))
    filename = models.CharField(_("Tên tệp"), max_length=200, blank=True)
    warnings = models.TextField(_("Lưu ý khi đọc"), blank=True)
    received_on = models.DateField(_("Ngày đọc"))
    session = models.ForeignKey(
        WorkingSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name=_("Buổi làm việc"),
    )

    class Meta:
        verbose_name = _("bài đọc")
        verbose_name_plural = _("bài đọc")
        indexes = (models.Index(fields=("received_on", "id"), name="reading_by_day"),)
        constraints = (models.UniqueConstraint(fields=("code", "office"), name="reading_code_is_unique"),)


class ReadingItemQuerySet(TrackedQuerySet):
    """Choose proposals."""

    def of_kind(self, kind: str) -> ReadingItemQuerySet:
        """Keep proposals of one kind."""
        return self.filter(kind=kind)

    def standing(self) -> ReadingItemQuerySet:
        """Keep what was not rejected."""
        return self.exclude(decision=ItemDecision.REJECTED)

    def undecided(self) -> ReadingItemQuerySet:
        """Keep what waits for a person."""
        return self.filter(decision=ItemDecision.PROPOSED)


class ReadingItem(Tracked):
    """One proposal of the reader, or one that a person added: its values, its clause, the rule that made it."""

    reading = models.ForeignKey(SessionReading, models.PROTECT, related_name="items", verbose_name=_("Bài đọc"))
    kind = models.CharField(_("Loại"), max_length=12, choices=ItemKind)
    ordinal = models.PositiveSmallIntegerField(_("Thứ tự"), default=0)
    proposed = models.JSONField(_("Đề xuất của máy"), default=dict)
    values = models.JSONField(_("Giá trị"), default=dict)
    span_start = models.PositiveIntegerField(_("Từ ký tự"), null=True, blank=True)
    span_end = models.PositiveIntegerField(_("Đến ký tự"), null=True, blank=True)
    rule = models.CharField(_("Quy tắc đọc"), max_length=80, blank=True)
    confidence = models.DecimalField(_("Độ chắc chắn"), max_digits=4, decimal_places=3, default=1)
    decision = models.CharField(_("Quyết định"), max_length=10, choices=ItemDecision, default=ItemDecision.PROPOSED)

    objects = ReadingItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề xuất của bài đọc")
        verbose_name_plural = _("đề xuất của bài đọc")
        ordering = ("reading_id", "kind", "ordinal")
        constraints = (
            models.CheckConstraint(
                condition=Q(span_start=None, span_end=None) | Q(span_end__gt=F("span_start")),
                name="reading_item_span_is_ordered",
            ),
        )

    def __str__(self) -> str:
        named = (self.values.get(key) for key in NAMING_VALUES)
        return str(next((value for value in named if value), ItemKind(self.kind).label))

    @property
    def clause(self) -> str:
        """Return the text this proposal was read from."""
        if self.span_start is None:
            return ""
        return self.reading.text[self.span_start : self.span_end]

    @property
    def is_decided(self) -> bool:
        """Tell whether a person accepted, edited or rejected it."""
        return self.decision != ItemDecision.PROPOSED

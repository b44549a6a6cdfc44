"""Outside organisations and people, with the roles they held over time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.access.roles import Role
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _
from khcn.parties.naming import plain_syllables, sorting_digits, spelled_syllables
from khcn.parties.states import OrganisationKind


class OrganisationQuerySet(RecordQuerySet):
    """Choose organisations."""

    def existing_on(self, day: date) -> Self:
        """Keep those that existed on the day."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day))

    def visible_to(self, user: Any) -> Self:
        """Keep the organisations the user may know of; an outside agency also knows itself."""
        found = super().visible_to(user)
        if user is not None and user.is_authenticated and user.holds(Role.ASSIGNED_AGENCY):
            return found | self.filter(pk__in=organisation_ids_of(user))
        return found


class Organisation(Record):
    """An organisation outside the department, or the department itself as a party to something."""

    REGISTER: ClassVar[str] = "organisation"
    CODE_PREFIX: ClassVar[str] = "TC"

    kind = models.CharField(_("Loại"), max_length=14, choices=OrganisationKind, default=OrganisationKind.OTHER)
    short_name = models.CharField(_("Tên viết tắt"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Trực thuộc")
    )
    symbol = models.CharField(_("Ký hiệu văn bản"), max_length=30, blank=True)
    tax_code = models.CharField(_("Mã số thuế"), max_length=20, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    founded_on = models.DateField(_("Thành lập ngày"), null=True, blank=True)
    ended_on = models.DateField(_("Chấm dứt ngày"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("Kế thừa bởi")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổ chức")
        verbose_name_plural = _("tổ chức")
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="organisation_code_is_unique"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(founded_on=None) | Q(ended_on__gte=F("founded_on")),
                name="organisation_life_is_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.title


class NameKey(models.TextField[str, str]):
    """A column made from the name whenever the row is written, so that no way of writing leaves it behind."""

    derived = True

    def __init__(self, *args: Any, derive: Callable[[str], str] = str, **kwargs: Any) -> None:
        self.derive = derive
        super().__init__(*args, **{"blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        """Tell migrations what the column is made with."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "derive": self.derive}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001, ARG002 (Django's own signature)
        """Make the value anew."""
        value = self.derive(model_instance.title)  # type: ignore[attr-defined]  # stands on people only
        setattr(model_instance, self.attname, value)
        return value


class PersonQuerySet(RecordQuerySet):
    """Choose people."""

    def named(self, text: str) -> Self:
        """Keep the people of whose name some syllables begin with the words of the text, in any order.

        A word with marks must match with them, wherever its tone is written (`uỷ` is `ủy`); one without matches any.
        """
        found = self
        for word in text.split():
            spelled, plain = spelled_syllables(word), plain_syllables(word)
            marked = spelled != plain
            found = found.filter(spelled_name__contains=spelled) if marked else found.filter(plain_name__contains=plain)
        return found

    def in_list_order(self) -> Self:
        """Sort as Vietnamese lists of people are: by given name, then surname and middle names."""
        return self.order_by("sort_name", "pk")


class Person(Record):
    """A person known by what they do in public life; private data is not kept here."""

    REGISTER: ClassVar[str] = "person"
    CODE_PREFIX: ClassVar[str] = "CN"

    degree = models.CharField(_("Học hàm, học vị"), max_length=60, blank=True)
    sort_name = NameKey(_("Khóa sắp theo tên"), derive=sorting_digits, db_index=True)
    spelled_name = NameKey(_("Tên để tìm, có dấu"), derive=spelled_syllables)
    plain_name = NameKey(_("Tên để tìm, bỏ dấu"), derive=plain_syllables)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("cá nhân")
        verbose_name_plural = _("cá nhân")
        constraints = (models.UniqueConstraint(fields=("code", "office"), name="person_code_is_unique"),)

    def __str__(self) -> str:
        return self.title


class PersonRoleQuerySet(TrackedQuerySet):
    """Choose roles by their time."""

    def held_on(self, day: date) -> Self:
        """Keep the roles held on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class PersonRole(Tracked):
    """A role a person held in an organisation, for a time, with its rank in protocol (1 stands first)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles", verbose_name=_("Cá nhân"))
    role = models.CharField(_("Chức vụ"), max_length=300)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person_roles",
        verbose_name=_("Tổ chức"),
    )
    protocol_rank = models.PositiveSmallIntegerField(_("Thứ bậc lễ tân"), default=100)
    valid_from = models.DateField(_("Từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    known_on = models.DateField(_("Nguồn ghi nhận ngày"), null=True, blank=True)
    source_note = models.TextField(_("Nguồn"), blank=True)

    objects = PersonRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        ordering = ("protocol_rank", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="person_role_is_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.role


class AgencyAccountQuerySet(TrackedQuerySet):
    """Choose accounts of agencies by their time."""

    def in_force(self, day: date | None) -> Self:
        """Keep those in force on the day; without a day, those without an end."""
        if day is None:
            return self.filter(valid_to=None)
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class AgencyAccount(Tracked):
    """Says which outside organisation a user of the system acts for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Tài khoản"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accounts", verbose_name=_("Tổ chức"))
    valid_from = models.DateField(_("Từ ngày"))
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)

    objects = AgencyAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("tài khoản của cơ quan")
        verbose_name_plural = _("tài khoản của cơ quan")
        constraints = (
            models.UniqueConstraint(fields=("user", "organisation", "valid_from"), name="agency_account_is_one"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="agency_account_is_ordered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


def organisation_ids_of(user: Any) -> list[int]:
    """Return the organisations the user acts for on the day they act, as numbers.

    Read as of now even where the register is read as of the past: who may look is a question of today.
    """
    rows = AgencyAccount.objects.filter(user_id=user.pk).in_force(getattr(user, "acting_on", None))
    return list(rows.values_list("organisation_id", flat=True))

"""Offices, their divisions, their users, and the roles granted for a time."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.kernel.places.models import Place
from khcn.language.words import words as _


class Office(models.Model):
    """A provincial department: the owner of registers. A second province is a second office."""

    code = models.CharField(_("Mã"), max_length=10, unique=True)
    name = models.CharField(_("Tên"), max_length=200)
    short_name = models.CharField(_("Tên viết tắt"), max_length=40)
    symbol = models.CharField(_("Ký hiệu văn bản"), max_length=20)
    parent_name = models.CharField(_("Cơ quan chủ quản"), max_length=200)
    seat = models.CharField(_("Địa danh trên văn bản"), max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("Địa bàn"))

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")

    def __str__(self) -> str:
        return self.name


class DivisionQuerySet(models.QuerySet["Division"]):
    """Choose divisions by their time."""

    def in_force(self, day: date) -> DivisionQuerySet:
        """Keep those that exist on the day."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))


class Division(models.Model):
    """A division, centre or sub-department of an office, for as long as it exists."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="divisions", verbose_name=_("Cơ quan"))
    code = models.CharField(_("Ký hiệu"), max_length=20)
    name = models.CharField(_("Tên"), max_length=200)
    valid_from = models.DateField(_("Có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("phòng, đơn vị")
        verbose_name_plural = _("phòng, đơn vị")
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("office", "code"), name="division_code_is_unique_in_its_office"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="division_validity_is_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Create users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Create one user; without a password the account cannot sign in."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do is in their role grants, nowhere else."""

    username = models.CharField(_("Tên đăng nhập"), max_length=80, unique=True)
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("Cơ quan")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("Phòng, đơn vị")
    )
    job_title = models.CharField(_("Chức danh"), max_length=160, blank=True)
    is_active = models.BooleanField(_("Đang hoạt động"), default=True)
    created_at = models.DateTimeField(_("Tạo lúc"), auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_staff(self) -> bool:
        """Tell Django's own tools that an administrator is at work."""
        return self.holds(Role.ADMINISTRATOR)

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """Return the role grants in force; the middleware fixes the day by `act_on`."""
        return list(self.role_grants.in_force(self.__dict__.get("acting_on")))

    def act_on(self, day: date) -> User:
        """Fix the day on which this user acts, so that expired grants do not count."""
        self.__dict__["acting_on"] = day
        self.__dict__.pop("grants", None)
        return self

    def holds(self, *roles: Role, division: Division | int | None = None) -> bool:
        """Tell whether the user holds one of the roles, in the division if one is named."""
        wanted = division.pk if isinstance(division, Division) else division
        return any(
            grant.role in roles and (wanted is None or grant.division_id in (None, wanted)) for grant in self.grants
        )

    def with_grants(self, grants: list[RoleGrant]) -> User:
        """Return the same person as if they held only these roles, to ask what each of them opens."""
        twin = copy(self)
        twin.__dict__["grants"] = grants
        return twin

    @property
    def working_office(self) -> Office:
        """Return the office the user works in.

        Raises: ValueError, for an account of no office.
        """
        if self.office is None:
            raise ValueError(
                _("Tài khoản «{value}» chưa thuộc cơ quan nào. Quản trị hệ thống gán cơ quan cho tài khoản.").format(
                    value=self
                )
            )
        return self.office

    @property
    def is_office_staff(self) -> bool:
        """Tell whether the user works inside the office."""
        return self.holds(*STAFF_ROLES)

    @property
    def division_ids(self) -> set[int]:
        """Return the divisions the user acts for."""
        found = {grant.division_id for grant in self.grants if grant.division_id}
        return found | ({self.division_id} if self.division_id else set())


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Choose grants by their time."""

    def in_force(self, day: date | None) -> RoleGrantQuerySet:
        """Keep the grants in force on the day; without a day, those without an end."""
        if day is None:
            return self.filter(valid_to=None, revoked_on=None)
        standing = Q(revoked_on=None) | Q(revoked_on__gt=day)
        return self.filter(standing, Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class RoleGrant(models.Model):
    """One role held by one user, for an office, perhaps one division, and a time."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants", verbose_name=_("Người dùng"))
    role = models.CharField(_("Vai trò"), max_length=30, choices=Role)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Phòng, đơn vị")
    )
    valid_from = models.DateField(_("Từ ngày"))
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    delegated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ủy quyền bởi")
    )
    revoked_on = models.DateField(_("Thôi giao từ ngày"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò được giao")
        verbose_name_plural = _("vai trò được giao")
        constraints = (
            models.UniqueConstraint(
                "user",
                "role",
                "office",
                Coalesce("division", 0),
                "valid_from",
                condition=Q(revoked_on=None),
                name="role_is_granted_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="role_grant_is_ordered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Event(models.Model):
    """One act of those who keep accounts and offices, in words that stay: who did it, when, why."""

    at = models.DateTimeField(_("Lúc"))
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Người thực hiện"))
    actor_name = models.CharField(_("Tên người thực hiện"), max_length=120)
    words = models.CharField(_("Việc đã làm"), max_length=500)
    why = models.CharField(_("Lý do"), max_length=500, blank=True)

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.words


class AccountEvent(Event):
    """One act about an account."""

    user = models.ForeignKey(User, models.PROTECT, related_name="events", verbose_name=_("Tài khoản"))

    class Meta(Event.Meta):
        verbose_name = _("lịch sử tài khoản")
        verbose_name_plural = _("lịch sử tài khoản")
        indexes = (models.Index(fields=("user", "at"), name="account_event_order"),)


class OfficeEvent(Event):
    """One act about an office or one of its divisions."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="events", verbose_name=_("Cơ quan"))
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, related_name="events", verbose_name=_("Phòng, đơn vị")
    )

    class Meta(Event.Meta):
        verbose_name = _("lịch sử tổ chức bộ máy")
        verbose_name_plural = _("lịch sử tổ chức bộ máy")
        indexes = (models.Index(fields=("office", "at"), name="office_event_order"),)


class PasswordLink(models.Model):
    """A secret address at which a person sets their password once; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_links", verbose_name=_("Tài khoản"))
    secret_hash = models.CharField(_("Dấu của mã"), max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Người tạo"))
    made_at = models.DateTimeField(_("Tạo lúc"))
    expires_at = models.DateTimeField(_("Hết hạn lúc"))
    used_at = models.DateTimeField(_("Dùng lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("liên kết đặt mật khẩu")
        verbose_name_plural = _("liên kết đặt mật khẩu")
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="password_link_lasts"),)

    def __str__(self) -> str:
        return _("liên kết của {user}").format(user=self.user)

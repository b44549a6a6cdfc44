"""Exports that were too large to be made while their person waited."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from khcn.kernel.identity.models import Office
from khcn.language.words import words as _
from khcn.research.states import ExportState

KEPT = timedelta(days=3)
"""So long a file is kept for whoever asked for it; records may become confidential meanwhile."""


class PreparedExportQuerySet(models.QuerySet["PreparedExport"]):
    """The vocabulary of prepared exports."""

    def of(self, user: Any) -> Self:
        """Keep those that the person asked for, in the office where they work now."""
        return self.filter(owner=user, office=user.working_office)


class PreparedExport(models.Model):
    """One export of tasks that a person asked for: until it is made, then with its file, which is theirs alone.

    `year`: 0 means all years. `read_at`: the instant before its records were read. `tasks`: how many are in it.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người yêu cầu")
    )
    profile = models.CharField(_("Hồ sơ xuất"), max_length=60)
    year = models.PositiveSmallIntegerField(_("Năm"), default=0)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=ExportState, default=ExportState.WAITING)
    asked_at = models.DateTimeField(_("Yêu cầu lúc"))
    read_at = models.DateTimeField(_("Đọc sổ lúc"), null=True, blank=True)
    tasks = models.PositiveIntegerField(_("Số nhiệm vụ"), default=0)
    refusal = models.TextField(_("Vì sao không lập được"), blank=True)

    objects: Any = PreparedExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp xuất nhiệm vụ")
        verbose_name_plural = _("tệp xuất nhiệm vụ")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "office", "profile", "year"),
                condition=Q(state=ExportState.WAITING),
                name="export_is_asked_for_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.filename

    @property
    def filename(self) -> str:
        """Return the name under which the file is given."""
        day = self.read_at or self.asked_at
        return "-".join([self.profile, *([str(self.year)] if self.year else []), f"{day:%Y-%m-%d}"]) + ".zip"

    @property
    def expires_at(self) -> Any:
        """Return the instant from which the file is no longer kept."""
        return (self.read_at or self.asked_at) + KEPT

    @property
    def path(self) -> Path:
        """Return where the archive lies."""
        return Path(settings.DATA_DIR) / "exports" / f"{self.pk}.zip"

    @property
    def keys_path(self) -> Path:
        """Return where the keys of the tasks in the archive lie, by which a later look tells whether all may go."""
        return self.path.with_suffix(".json")

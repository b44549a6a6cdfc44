"""The tables of the mechanism: changes, code counters, opening instants, links."""

from __future__ import annotations

from django.db import models

from khcn.kernel.identity.models import Office
from khcn.kernel.records.changes import Change
from khcn.kernel.records.codes import CodeCounter
from khcn.kernel.records.links import Link, LinkKind
from khcn.language.words import words as _

__all__ = ["Change", "CodeCounter", "Link", "LinkKind", "RegisterOpening"]


class RegisterOpening(models.Model):
    """The instant from which a register is kept here; what was known before it is declared by import."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    register = models.CharField(_("Sổ"), max_length=60)
    opened_at = models.DateTimeField(_("Mở sổ lúc"))

    class Meta:
        verbose_name = _("mở sổ")
        verbose_name_plural = _("mở sổ")
        constraints = (models.UniqueConstraint(fields=("office", "register"), name="register_opens_once"),)

    def __str__(self) -> str:
        return f"{self.register}: {self.opened_at}"

"""Fields that take a division of the office or an organisation outside it, by name or code."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.kernel.identity.models import Division, User
from khcn.kernel.pages.record_fields import SUGGESTED, SuggestingInput, record_named, written_record
from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.parties.selectors import organisations_known

HELP = _("Tên phòng của Sở, hoặc mã, tên đầy đủ của cơ quan ngoài Sở trong sổ tổ chức.")


class PartyInput(SuggestingInput):
    """A box that offers the divisions, then the organisations entered last."""

    def __init__(self, *, user: User) -> None:
        super().__init__()
        self.user = user

    def offers(self) -> list[str]:
        """Return at most fifty names."""
        names = [division.name for division in _divisions(self.user).order_by("name")[:SUGGESTED]]
        room = SUGGESTED - len(names)
        rows = _organisations(self.user).order_by("-pk")[:room]
        return [*names, *(written_record(row) for row in rows)]


class PartyField(forms.CharField):
    """One who leads or helps."""

    def __init__(self, *, user: User, **options: Any) -> None:
        self.user = user
        super().__init__(widget=PartyInput(user=user), help_text=HELP, **options)

    def clean(self, value: Any) -> Any:
        """Return the division or the organisation, None where nothing was typed.

        Raises: ValidationError.
        """
        text = str(super().clean(value) or "").strip()
        return party_named(text, self.user) if text else None


class PartiesField(forms.CharField):
    """Several who help, each on a line."""

    def __init__(self, *, user: User, **options: Any) -> None:
        self.user = user
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Mỗi dòng một đơn vị. {help}").format(help=HELP),
            **options,
        )

    def clean(self, value: Any) -> Any:
        """Return the parties in the order typed, each once.

        Raises: ValidationError.
        """
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines()]
        return list(dict.fromkeys(party_named(line, self.user) for line in lines if line))


def party_named(text: str, user: User) -> Division | Organisation:
    """Return the division of the office, or the organisation the user may know of, that bears the name or code.

    Raises: ValidationError.
    """
    wanted = name_key(text)
    division: Division
    for division in _divisions(user):
        if wanted == name_key(division.name) or text.upper() == division.code.upper():
            return division
    found: Organisation = record_named(_organisations(user), text, _("phòng, tổ chức"))
    return found


def _divisions(user: User) -> Any:
    return Division.objects.filter(office=user.working_office, valid_to=None)


def _organisations(user: User) -> Any:
    return organisations_known(user).filter(ended_on=None)

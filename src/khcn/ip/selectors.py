"""Find the parties that people name as holders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from khcn.kernel.identity.models import Office
from khcn.kernel.text.folding import name_key, search_key
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person

ELSEWHERE = "(ngoài tỉnh)"
SHOWN_CANDIDATES = 3


class HolderUnknown(ValueError):
    """No organisation or person, or more than one, bears the name; the message says what to do."""


@dataclass(frozen=True)
class NamedHolder:
    """A party said to hold a title, and whether it is of the province."""

    party: Organisation | Person
    in_province: bool = True


def holders_named(text: str, *, office: Office, user: Any) -> tuple[NamedHolder, ...]:
    """Return the parties of a text: names or codes between semicolons or on lines of their own.

    `user`: whose registers are searched; None searches all of the office. Raises: HolderUnknown.
    """
    names = [name.strip() for name in text.replace("\n", ";").split(";") if name.strip()]
    found: dict[tuple[str, int], NamedHolder] = {}
    for name in names:
        elsewhere = search_key(name).endswith(search_key(ELSEWHERE))
        bare = name[: name.rindex("(")].strip() if elsewhere and "(" in name else name
        party = _party(bare, office, user)
        found.setdefault((party.REGISTER, party.pk), NamedHolder(party, in_province=not elsewhere))
    return tuple(found.values())


def _party(name: str, office: Office, user: Any) -> Organisation | Person:
    for words in dict.fromkeys((name, name.partition(" · ")[0])):
        candidates = [
            *_bearing(Organisation, words, ("title", "short_name", "code"), office, user),
            *_bearing(Person, words, ("title", "code"), office, user),
        ]
        if len(candidates) == 1:
            only: Organisation | Person = candidates[0]
            return only
        if candidates:
            shown = "; ".join(f"{one.code}: {one}" for one in candidates[:SHOWN_CANDIDATES])
            raise HolderUnknown(
                _("«{name}» khớp {count} tổ chức, cá nhân ({shown}). Ghi mã thay cho tên.").format(
                    name=name, count=len(candidates), shown=shown
                )
            )
    raise HolderUnknown(
        _(
            "Sổ tổ chức và sổ cá nhân chưa có «{name}». Kiểm tra lại tên, hoặc thêm vào sổ tổ chức hay sổ cá "
            "nhân trước."
        ).format(name=name)
    )


def _bearing(model: Any, words: str, fields: tuple[str, ...], office: Office, user: Any) -> list[Any]:
    rows = model.objects.of_office(office).standing() if user is None else model.objects.visible_to(user).standing()
    rows = rows.filter(office=office)
    exact = Q()
    for field in fields:
        exact |= Q(**{field: words})
    if found := list(rows.filter(exact).order_by("pk")):
        return found
    # Another writing of tones or case: the names are compared folded.
    wanted = name_key(words)
    keys = [pk for pk, *texts in rows.values_list("pk", *fields) if wanted in {name_key(one) for one in texts if one}]
    return list(rows.filter(pk__in=keys).order_by("pk"))

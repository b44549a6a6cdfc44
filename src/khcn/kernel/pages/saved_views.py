"""Views of lists that people saved: who finds which above a list, who may share and change them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.pages.addresses import register_url
from khcn.kernel.pages.finding import LONGEST_QUESTION
from khcn.kernel.pages.listing import Asked
from khcn.kernel.pages.models import DefaultView, SavedView, Sharing
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

VIEW = "xem"
WHOLE = "0"
"""The value of `xem` that asks for the whole register, though another view is the person's default."""

Parameters = dict[str, list[str]]


def views_for(user: Any, register: str) -> QuerySet[SavedView]:
    """Return the views of the register that the person may use, each with `is_default`: their own and shared ones."""
    shared = Q(sharing=Sharing.OFFICE) | Q(sharing=Sharing.DIVISION, division__in=user.division_ids)
    usable = Q(owner=user)
    if user.office_id is not None:
        usable |= shared & Q(owner__office=user.office_id)
    chosen = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
    views = SavedView.objects.filter(usable, register=register).select_related("owner", "division")
    return views.annotate(is_default=Exists(chosen)).order_by("name", "pk")


def kept_parameters(register: Register, asked: Asked, *, with_instant: bool = False) -> Parameters:
    """Return what a view keeps of a list as it stands: words, filters, columns, order, and the instant if asked for."""
    said = asked.parameters
    kept: Parameters = {"q": [asked.text[:LONGEST_QUESTION]]}
    kept |= {one.name: [asked.filters[one.name]] for one in register.filters if one.name in asked.filters}
    kept["cot"] = [column.name for column in asked.columns] if said.getlist("cot") else []
    kept["xep"] = [asked.sort] if said.get("xep") else []
    kept["thu-hoi"] = ["1"] if asked.withdrawn else []
    kept["as_of"] = [said.get("as_of", "")] if with_instant and asked.instant else []
    return {name: values for name, values in kept.items() if any(values)}


def view_url(view: SavedView) -> str:
    """Return the address of the list as the view keeps it."""
    return f"{register_url(view.register)}?{urlencode({**view.parameters, VIEW: [view.pk]}, doseq=True)}"


def whole_url(register: str) -> str:
    """Return the address of the whole register, whatever the person's default."""
    return f"{register_url(register)}?{VIEW}={WHOLE}"


def tabs_of(register: Register, asked: Asked, views: list[SavedView]) -> list[dict[str, Any]]:
    """Return the links above the list, the one that is shown marked; none where nothing was saved."""
    if not views:
        return []
    kept = kept_parameters(register, asked, with_instant=True)
    shown = asked.parameters.get(VIEW, "")
    whole = {"label": _("Cả sổ"), "url": whole_url(register.key), "active": not kept}
    return [
        whole,
        *(
            {
                "label": view.name,
                "url": view_url(view),
                "active": str(view.pk) == shown and kept == view.parameters,
            }
            for view in views
        ),
    ]


def may_share(actor: Any) -> Decision:
    """Decide whether the actor may share views with others: who leads the office or a division, or administers."""
    return requires(
        actor.holds(Role.DIVISION_HEAD, Role.DIRECTOR, Role.ADMINISTRATOR),
        _("Chỉ lãnh đạo Sở, lãnh đạo phòng hoặc quản trị được chia sẻ cách xem cho người khác."),
    )


def may_change(actor: Any, view: SavedView) -> Decision:
    """Decide whether the actor may rename, share or remove the view: who saved it; a shared one, an administrator."""
    shared = view.sharing != Sharing.OWN and view.owner.office_id == actor.office_id
    return requires(
        view.owner_id == actor.pk or (shared and actor.holds(Role.ADMINISTRATOR)),
        _("Cách xem này do người khác lưu; chỉ người lưu đổi hoặc xóa được."),
    )


def sharing_choices(actor: Any) -> list[tuple[str, str]]:
    """Return with whom the actor may share a view."""
    if not may_share(actor):
        return [(Sharing.OWN.value, Sharing.OWN.label)]
    return [(one.value, one.label) for one in Sharing if one != Sharing.DIVISION or actor.division_id is not None]

"""Save, change and remove views of lists, and choose which of them opens a register."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from khcn.kernel.access.decisions import requires
from khcn.kernel.pages.models import DefaultView, SavedView, Sharing
from khcn.kernel.pages.saved_views import Parameters, may_change, may_share, views_for
from khcn.language.words import words as _

MOST_VIEWS = 50


class NotSaved(Exception):
    """The view could not be saved; the message says why."""


def save_view(
    *, register: str, name: str, parameters: Parameters, sharing: str, actor: Any, as_default: bool = False
) -> SavedView:
    """Save a view of the register under a name, shared or not, perhaps as the one that opens it for the actor.

    Raises: NotPermitted; NotSaved, for a name the actor uses already, or when they have too many.
    """
    if SavedView.objects.filter(owner=actor, register=register).count() >= MOST_VIEWS:
        raise NotSaved(
            _("Bạn đã lưu {most_views} cách xem của sổ này. Xóa bớt rồi lưu lại.").format(most_views=MOST_VIEWS)
        )
    view = SavedView(owner=actor, register=register, name=name, parameters=parameters)
    with transaction.atomic():
        _store(view, sharing=sharing, actor=actor)
        if as_default:
            choose_default(register=register, view=view, actor=actor)
    return view


def change_view(*, view: SavedView, name: str, sharing: str, actor: Any) -> SavedView:
    """Give the view another name, and others.

    Raises: NotPermitted; NotSaved, for a name that its owner uses already.
    """
    may_change(actor, view).enforce()
    view.name = name
    _store(view, sharing=sharing, actor=actor)
    return view


def remove_view(*, view: SavedView, actor: Any) -> None:
    """Remove the view; who had it as default sees the whole register again.

    Raises: NotPermitted.
    """
    may_change(actor, view).enforce()
    view.delete()


def choose_default(*, register: str, view: SavedView | None, actor: Any) -> None:
    """Let the register open with the view for the actor; with None, whole.

    Raises: NotPermitted, for a view that the actor may not use.
    """
    if view is None:
        DefaultView.objects.filter(user=actor, register=register).delete()
        return
    usable = views_for(actor, register).filter(pk=view.pk).exists()
    requires(usable, _("Cách xem này không còn, hoặc không chia sẻ cho bạn.")).enforce()
    DefaultView.objects.update_or_create(user=actor, register=register, defaults={"view": view})


def _store(view: SavedView, *, sharing: str, actor: Any) -> None:
    if sharing not in {Sharing.OWN, view.sharing}:
        may_share(actor).enforce()
    if sharing == Sharing.DIVISION and view.division_id is None:
        requires(actor.division_id is not None, _("Tài khoản của bạn chưa thuộc phòng nào.")).enforce()
        view.division = actor.division
    if sharing != Sharing.DIVISION:
        view.division = None
    view.sharing = sharing
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as clash:
        raise NotSaved(
            _("Đã có cách xem tên «{name}». Đặt tên khác, hoặc xóa cách xem cũ.").format(name=view.name)
        ) from clash

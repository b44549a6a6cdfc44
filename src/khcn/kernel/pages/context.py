"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from khcn.kernel.notices.selectors import unread_count
from khcn.kernel.pages.rail import address_of, rail_for
from khcn.language.words import words as _

SHORT_NAMES = 3


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the frame: rail, person, search, notices; without a person only the name of the product."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"organisation": _("Sở Khoa học và Công nghệ"), "home_url": "/", "sign_in_url": address_of("sign-in")}
    return {
        "organisation": user.office.short_name if user.office else _("Sở Khoa học và Công nghệ"),
        "home_url": "/",
        "rail": rail_for(user, request.path),
        "person": _person(user),
        "search_url": address_of("search"),
        "search_text": request.GET.get("q", "") if request.path == address_of("search") else "",
        "notices_url": address_of("notices"),
        "notice_count": unread_count(user),
    }


def _person(user: Any) -> dict[str, Any]:
    roles = list(dict.fromkeys(str(grant.get_role_display()) for grant in user.grants))
    return {
        "name": user.full_name,
        "role": ", ".join(roles[:SHORT_NAMES]) or _("Chưa được giao vai trò"),
        "division": str(user.division) if user.division else "",
        "links": [{"label": _("Tài khoản, ủy quyền"), "url": reverse("account")}],
        "sign_out_url": reverse("sign-out"),
    }

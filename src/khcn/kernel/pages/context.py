"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from khcn.kernel.access.roles import Role
from khcn.kernel.notices.selectors import unread_count
from khcn.kernel.pages.rail import address_of, rail_for
from khcn.language.words import joined
from khcn.language.words import words as _

SHORT_NAMES = 3


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the frame: rail, person, search, notices; without a person only the name of the product."""
    user: Any = getattr(request, "user", None)
    language = {"other_language": _other_language()}
    if user is None or not user.is_authenticated:
        return language | {
            "organisation": _("Sở Khoa học và Công nghệ"),
            "home_url": "/",
            "sign_in_url": address_of("sign-in"),
        }
    return language | {
        "organisation": user.office.short_name if user.office else _("Sở Khoa học và Công nghệ"),
        "home_url": "/",
        "rail": rail_for(user, request.path),
        "person": _person(user),
        "search_url": address_of("search"),
        "search_text": request.GET.get("q", "") if request.path == address_of("search") else "",
        "notices_url": address_of("notices"),
        "notice_count": unread_count(user),
    }


def _other_language() -> dict[str, str]:
    """Return the language that the page offers instead of its own, named in itself."""
    code, label = next(pair for pair in settings.LANGUAGES if pair[0] != get_language())
    return {"code": code, "label": label, "url": reverse("set-language")}


def _person(user: Any) -> dict[str, Any]:
    roles = list(dict.fromkeys(Role(grant.role).label for grant in user.grants))
    return {
        "name": user.full_name,
        "role": joined(", ", roles[:SHORT_NAMES]) or _("Chưa được giao vai trò"),
        "division": str(user.division) if user.division else "",
        "links": [{"label": _("Tài khoản, ủy quyền"), "url": reverse("account")}],
        "sign_out_url": reverse("sign-out"),
    }

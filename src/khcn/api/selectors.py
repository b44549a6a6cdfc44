"""Read access tokens: whose they are, and whom a code stands for."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import QuerySet

from khcn.api.models import AccessToken
from khcn.kernel.identity.models import User

LONGEST_CODE = 200


def digest_of(code: str) -> str:
    """Return the hash under which a code is kept."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def token_in_force(code: str, *, on: date) -> AccessToken | None:
    """Return the token that the code is, with its owner; None where it is wrong, expired or revoked."""
    if len(code) > LONGEST_CODE:
        return None
    found = AccessToken.objects.in_force(on).select_related("owner__office", "owner__division")
    return found.filter(digest=digest_of(code)).first()


def tokens_of(user: User) -> QuerySet[AccessToken]:
    """Return all tokens a person ever made, newest first."""
    return AccessToken.objects.filter(owner=user).order_by("-created_on", "-pk")

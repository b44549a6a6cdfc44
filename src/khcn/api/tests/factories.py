"""Make access tokens, and ask the API with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from khcn.api.services import make_token
from khcn.kernel.identity.models import User


def make_code(owner: User, **values: Any) -> str:
    """Return the code of a new token of the owner, made today."""
    said = {"label": "thử", "days": 30, "on": timezone.localdate(), **values}
    return make_token(owner=owner, **said)[1]


def make_old_code(owner: User, *, age: int) -> str:
    """Return the code of a token made some days ago that lasted one day."""
    return make_code(owner, on=timezone.localdate() - timedelta(days=age), days=1)


def code_of(owner: User) -> str:
    """Return the code with which this person asks in one test."""
    found: str = owner.__dict__.setdefault("code_in_tests", "") or make_code(owner)
    owner.__dict__["code_in_tests"] = found
    return found


def ask(client: Any, path: str, owner: User | None = None, /, **parameters: Any) -> Any:
    """Return the answer of an address below /api/v1/, asked with a token of the owner, or with none."""
    headers = {"Authorization": f"Bearer {code_of(owner)}"} if owner is not None else {}
    return client.get(f"/api/v1/{path}", parameters, headers=headers)

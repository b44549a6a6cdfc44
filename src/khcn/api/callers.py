"""Who calls: the owner of a token with the grants of today, or a visitor who is told of public records alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from khcn.api.selectors import token_in_force
from khcn.api.services import note_use
from khcn.kernel.access.reader import read_on_as
from khcn.kernel.identity.models import User


class Visitor(AnonymousUser):
    """A caller without a token, who holds nothing and belongs nowhere."""

    office_id: ClassVar[None] = None
    office: ClassVar[None] = None
    grants: ClassVar[list[Any]] = []
    division_ids: ClassVar[set[int]] = set()
    is_office_staff: ClassVar[bool] = False

    def holds(self, *_roles: Any, **_where: Any) -> bool:
        """Tell that a visitor holds no role."""
        return False


class AccessTokenAuth(HttpBearer):
    """Take the caller from the token alone; the session of a browser opens nothing here.

    `required`: whether visitors are turned away.
    """

    def __init__(self, *, required: bool) -> None:
        self.required = required
        super().__init__()

    def __call__(self, request: HttpRequest) -> User | Visitor:
        """Return the caller.

        Raises: AuthenticationError, for a wrong, expired or revoked token, or none where one is required.
        """
        if self.header not in request.headers and not self.required:
            return Visitor()
        caller: User | None = super().__call__(request)
        if caller is None:
            raise AuthenticationError
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the owner of the token, acting today; None where it opens nothing."""
        today = request.today  # type: ignore[attr-defined]  # set by the middleware
        found = token_in_force(token.strip(), on=today)
        if found is None:
            return None
        note_use(token=found, on=today)
        owner: User = found.owner.act_on(today)
        read_on_as(owner)
        return owner

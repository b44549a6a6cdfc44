"""Say whether something is allowed, and why not when it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from khcn.language.words import joined
from khcn.language.words import words as _

type_of_question = Callable[..., "Decision"]


class NotPermitted(Exception):
    """The actor may not do this; the message tells the reasons."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.sentence())


@dataclass(frozen=True)
class Decision:
    """An answer to «may this person do that?», with every reason against it."""

    allowed: bool
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: Decision) -> Decision:
        """Both must allow; the reasons of both are kept."""
        return Decision(self.allowed and other.allowed, self.reasons + other.reasons)

    def __or__(self, other: Decision) -> Decision:
        """One is enough; the reasons remain only if neither allows."""
        if self.allowed or other.allowed:
            return Decision(allowed=True)
        return Decision(allowed=False, reasons=self.reasons + other.reasons)

    def sentence(self) -> str:
        """Return the reasons as one readable text."""
        return joined(" ", self.reasons) or _("Bạn không có quyền thực hiện việc này.")

    def enforce(self) -> None:
        """Stop here unless allowed.

        Raises: NotPermitted.
        """
        if not self.allowed:
            raise NotPermitted(self)


ALLOWED = Decision(allowed=True)


def requires(condition: object, reason: str) -> Decision:
    """Return a decision that allows exactly when the condition holds."""
    return Decision(allowed=True) if condition else Decision(allowed=False, reasons=(reason,))


def allow_all(_actor: Any, _record: Any = None) -> Decision:
    """Allow whoever asks; for acts that the page's own guard already limits."""
    return ALLOWED

"""Say for every address of the product to whom it opens; a test walks all roles through all addresses and compares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from khcn.kernel.access.decisions import ALLOWED, Decision


class Audience(StrEnum):
    """Who may come to an address at all, before anything else is asked."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed_in"
    TOKEN = "token"  # noqa: S105 (a kind of caller): a program that reads as the owner of an access token does


KEY = "*"


@dataclass(frozen=True)
class Gate:
    """To whom one address opens.

    `name`: as `reverse` takes it. `words`: the same for people. `register`: whose records the `code` of the address
    names (`KEY`: the register that the address itself names); a record the actor may not know of answers as one that
    is not. `may`: the decision, asked with the actor, then with the register where `register` is `KEY`, then with the
    record where the address names one. `applies`: for which registers there is such a page. `guards`: the methods in
    which the address asks `may` first; elsewhere its service does. `own_office`: only records of the actor's own office
    stand here; `standing`: only records that were not withdrawn. `owned`: what stands here by number belongs to one
    person and does not exist for others.
    """

    name: str
    words: str
    audience: Audience = Audience.SIGNED_IN
    may: Callable[..., Decision] | None = None
    register: str = ""
    applies: Callable[[Any], bool] | None = None
    guards: tuple[str, ...] = ("GET", "POST")
    own_office: bool = False
    standing: bool = False
    owned: bool = False

    def decide(self, actor: Any, *about: Any, method: str = "GET") -> Decision:
        """Return whether the address opens to an actor who may know of what it is about."""
        return ALLOWED if self.may is None or method not in self.guards else self.may(actor, *about)


_gates: dict[str, Gate] = {}


def add_gates(*gates: Gate) -> None:
    """Declare addresses; called by the `gates` file of each module."""
    _gates.update({gate.name: gate for gate in gates})


def gates() -> list[Gate]:
    """Return all declarations by the name of their address."""
    return [_gates[name] for name in sorted(_gates)]


def gate_of(name: str) -> Gate | None:
    """Return the declaration of an address, None where nobody made one."""
    return _gates.get(name)

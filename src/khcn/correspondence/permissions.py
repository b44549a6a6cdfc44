"""Who registers, drafts, instructs, numbers, sends and recalls papers."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _

CLERK_WORDS = _("Văn thư")
DRAFTER_WORDS = _("Chuyên viên, lãnh đạo phòng soạn thảo; lãnh đạo Sở")
INSTRUCTOR_WORDS = _("Lãnh đạo Sở; lãnh đạo phòng với văn bản của phòng mình hoặc chưa giao phòng nào")
HANDLER_WORDS = _("Người, phòng được giao xử lý; lãnh đạo Sở")
RETURNER_WORDS = _("Lãnh đạo Sở, lãnh đạo phòng soạn thảo")
RECALLER_WORDS = _("Lãnh đạo Sở; văn thư ghi theo lệnh của lãnh đạo")
FILER_WORDS = _("Văn thư; người, phòng được giao xử lý; lãnh đạo Sở")


def _in_its_office(actor: Any, paper: Any) -> Decision:
    return requires(paper is None or paper.office_id == actor.office_id, _("Văn bản thuộc sổ của cơ quan khác."))


def _is_in_its_division(actor: Any, paper: Any) -> bool:
    return paper.division_id is not None and paper.division_id in actor.division_ids


def may_register(actor: Any, paper: Any = None) -> Decision:
    """Decide whether the actor may enter, number or send papers: the clerk."""
    return requires(
        actor.holds(Role.CLERK), _("Chỉ văn thư được vào sổ, ghi số và phát hành văn bản.")
    ) & _in_its_office(actor, paper)


def may_draft(actor: Any, paper: Any = None) -> Decision:
    """Decide whether the actor may draft papers, or submit this draft: a specialist or leader, of its division."""
    return (
        requires(
            actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
            _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được soạn văn bản đi."),
        )
        & _in_its_office(actor, paper)
        & requires(
            paper is None
            or paper.division_id is None
            or actor.holds(Role.DIRECTOR)
            or _is_in_its_division(actor, paper)
            or paper.responsible_id == actor.pk,
            _("Dự thảo do phòng khác soạn."),
        )
    )


def may_create(actor: Any, paper: Any = None) -> Decision:
    """Decide whether the actor may begin a paper of either direction."""
    return may_register(actor, paper) | may_draft(actor, paper)


def may_instruct(actor: Any, paper: Any) -> Decision:
    """Decide whether the actor may say who does what about a paper: a director, or the head of its division."""
    head = actor.holds(Role.DIVISION_HEAD) and (paper.division_id is None or _is_in_its_division(actor, paper))
    return requires(
        actor.holds(Role.DIRECTOR) or head,
        _("Chỉ lãnh đạo Sở, hoặc lãnh đạo phòng được giao văn bản, được ghi bút phê."),
    ) & _in_its_office(actor, paper)


def may_handle(actor: Any, paper: Any) -> Decision:
    """Decide whether the actor may say that a paper was dealt with: whom it was given to, or a director."""
    given = paper.responsible_id == actor.pk or (
        _is_in_its_division(actor, paper)
        and (paper.responsible_id is None or actor.holds(Role.DIVISION_HEAD))
        and actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD)
    )
    return requires(
        given or actor.holds(Role.DIRECTOR),
        _("Chỉ người, phòng được giao xử lý hoặc lãnh đạo Sở ghi được kết quả xử lý."),
    ) & _in_its_office(actor, paper)


def may_return(actor: Any, paper: Any) -> Decision:
    """Decide whether the actor may send a draft back: a director, or the head of the drafting division."""
    head = actor.holds(Role.DIVISION_HEAD) and _is_in_its_division(actor, paper)
    return requires(
        actor.holds(Role.DIRECTOR) or head, _("Chỉ lãnh đạo Sở hoặc lãnh đạo phòng soạn thảo được trả lại dự thảo.")
    ) & _in_its_office(actor, paper)


def may_recall(actor: Any, paper: Any) -> Decision:
    """Decide whether the actor may record that a paper is recalled: a director, or the clerk at their order."""
    return requires(
        actor.holds(Role.DIRECTOR, Role.CLERK),
        _("Chỉ lãnh đạo Sở, hoặc văn thư theo lệnh của lãnh đạo, ghi thu hồi văn bản."),
    ) & _in_its_office(actor, paper)


def may_file(actor: Any, paper: Any) -> Decision:
    """Decide whether the actor may put a paper away: the clerk, or whoever dealt with it."""
    return may_register(actor, paper) | may_handle(actor, paper)

"""Who must sit in a council, and who must be there before slips are opened; pure, by a rule of the rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from khcn.councils.states import Presence, SeatRole
from khcn.kernel.calendar import parse_limit
from khcn.language.words import words as _

HEADS = (SeatRole.CHAIR, SeatRole.VICE_CHAIR)


class BodyFault(ValueError):
    """The rule of a council cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class Body:
    """What a council must be.

    `least`, `most`: members. `reviewers`, `secretary`, `vice_chair`: how many must be named. `documents`: how long
    before the meeting every member must have them, as a limit. `quorum`: the share that must be there; `needed`: how
    many of each role besides the chair or the vice-chair. `tellers`: how many of those who are there count the slips.
    """

    least: int
    most: int
    reviewers: int
    secretary: int
    vice_chair: int
    documents: str
    quorum: Fraction
    needed: dict[SeatRole, int]
    tellers: int = 0


@dataclass(frozen=True)
class Sitting:
    """One member as the rules see them."""

    name: str
    role: SeatRole
    presence: Presence = Presence.UNKNOWN
    tells: bool = False


def body_from(value: Any) -> Body:
    """Read the rule of a council as the rulebook holds it.

    Raises: BodyFault.
    """
    try:
        found = Body(
            int(value["least"]),
            int(value["most"]),
            int(value.get("reviewers", 0)),
            int(value.get("secretary", 0)),
            int(value.get("vice_chair", 0)),
            parse_limit(value["documents"]).code,
            Fraction(str(value["quorum"])),
            {SeatRole(role): int(number) for role, number in value.get("needed", {}).items()},
            int(value.get("tellers", 0)),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as fault:
        raise BodyFault(_("Quy định về hội đồng ghi sai: {fault}.").format(fault=fault)) from fault
    sized = 1 <= found.least <= found.most and 0 <= found.tellers <= found.least
    if not sized or not 0 < found.quorum <= 1:
        raise BodyFault(_("Quy định về hội đồng ghi sai: số thành viên hoặc tỷ lệ có mặt không hợp lý."))
    return found


def composition_faults(body: Body, members: Sequence[Sitting]) -> list[str]:
    """Return in words what the composition lacks; nothing when it stands."""
    roles = Counter(one.role for one in members)
    faults = list(_wrong_size(body, len(members)))
    if roles[SeatRole.CHAIR] != 1:
        faults.append(_("Hội đồng cần đúng một Chủ tịch, đang có {number}.").format(number=roles[SeatRole.CHAIR]))
    wanted = {
        SeatRole.VICE_CHAIR: body.vice_chair,
        SeatRole.REVIEWER: body.reviewers,
        SeatRole.SECRETARY: body.secretary,
    }
    for role, number in wanted.items():
        if roles[role] < number:
            faults.append(
                _("Cần ít nhất {number} {role}, đang có {there}.").format(
                    number=number, role=str(role.label).lower(), there=roles[role]
                )
            )
    if roles[SeatRole.SECRETARY] > 1:
        faults.append(
            _("Hội đồng chỉ có một thư ký khoa học, đang có {there}.").format(there=roles[SeatRole.SECRETARY])
        )
    return faults


def quorum_faults(body: Body, members: Sequence[Sitting]) -> list[str]:
    """Return in words why the meeting may not begin; nothing when the quorum is there."""
    waiting = [one.name for one in members if one.presence is Presence.UNKNOWN]
    if waiting:
        return [_("Chưa điểm danh: {names}.").format(names=", ".join(waiting))]
    there = [one for one in members if one.presence is Presence.PRESENT]
    faults = []
    if not members or Fraction(len(there), len(members)) < body.quorum:
        faults.append(
            _("Có mặt {there} trên {all} thành viên, chưa đủ {quorum}.").format(
                there=len(there), all=len(members), quorum=body.quorum
            )
        )
    roles = Counter(one.role for one in there)
    if not any(roles[head] for head in HEADS):
        faults.append(_("Chủ tịch hoặc Phó Chủ tịch phải có mặt."))
    faults += [
        _("Cần {number} {role} có mặt, đang có {there}.").format(
            number=number, role=str(role.label).lower(), there=roles[role]
        )
        for role, number in body.needed.items()
        if roles[role] < number
    ]
    return faults


def teller_faults(body: Body, members: Sequence[Sitting]) -> list[str]:
    """Return in words why the slips have not those who count them; nothing when they are there."""
    there = sum(one.tells and one.presence is Presence.PRESENT for one in members)
    if there >= body.tellers:
        return []
    return [_("Cần {number} người kiểm phiếu có mặt, đang có {there}.").format(number=body.tellers, there=there)]


def _wrong_size(body: Body, number: int) -> Iterable[str]:
    if body.least <= number <= body.most:
        return
    if body.least == body.most:
        yield _("Hội đồng phải có {least} thành viên, đang có {number}.").format(least=body.least, number=number)
    else:
        yield _("Hội đồng phải có từ {least} đến {most} thành viên, đang có {number}.").format(
            least=body.least, most=body.most, number=number
        )

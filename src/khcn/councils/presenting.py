"""What the pages of councils show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from khcn.councils.bodies import body_from, composition_faults, quorum_faults, teller_faults
from khcn.councils.judging import JudgementRefused
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.permissions import may_run, may_write_slip
from khcn.councils.rating_presenting import judged_lines, rated_values, rating_words
from khcn.councils.rules import Count, mean_words, shown, shown_mean, total_of
from khcn.councils.sealing import CHANGED, is_untouched
from khcn.councils.selectors import (
    MANY,
    body_rule,
    count_of,
    counts_of,
    needed_share_of,
    points_of,
    rating_rule_of,
    ratings_of,
    seats_of,
    sheet_of,
    sittings,
    slips_of,
    votes_of,
)
from khcn.councils.sheets import RuleUsed
from khcn.councils.states import CHANGEABLE, ConflictAnswer, CouncilState, Presence
from khcn.councils.voting_presenting import VERDICTS, voted_values
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import joined
from khcn.language.words import words as _

SEAT_COLUMNS = [
    {"label": _("Thành viên")},
    {"label": _("Vai trò")},
    {"label": _("Cơ quan công tác")},
    {"label": _("Có mặt")},
]
MATTER_COLUMNS = [{"label": _("Hồ sơ")}, {"label": _("Kết quả")}, {"label": _("Kết luận của hội đồng")}]
SLIP_COLUMNS = [{"label": _("Hồ sơ")}, {"label": _("Phiếu của bạn")}]


BY_WHAT = {"sheet": _("Phiếu chấm theo"), "rating": _("Xếp loại theo"), "vote": _("Biểu quyết theo")}
"""What a slip says of the rule by which it becomes a result; by the name under which the council keeps that."""


def section_values(request: Any, council: Council) -> dict[str, Any]:
    """Return what the council's own part of its record page is drawn with."""
    user = request.user
    runs = may_run(user, council).allowed
    changeable = runs and council.state in CHANGEABLE and council.withdrawn_on is None
    seats, rule = seats_of(council), _rule(council)
    own = own_slips(council, user) if any(seat.user_id == user.pk for seat in seats) else []
    return {
        "council": council,
        "seat_columns": SEAT_COLUMNS,
        "seat_rows": seat_rows(council, seats, droppable=changeable),
        "matter_columns": MATTER_COLUMNS,
        "matter_rows": matter_rows(
            council, user, runs=runs, reads=runs or any(seat.user_id == user.pk for seat in seats)
        ),
        "rule": used_words(rule) if rule else {"text": _("chưa có quy định"), "doubt": ""},
        "faults": _faults(council, rule, seats) if runs and rule else [],
        "add_seat_url": _url("council-seat", council) if changeable else "",
        "add_matter_url": _url("council-matter", council) if changeable else "",
        "section_acts": list(_acts(council, own, runs=runs)),
        "council_papers": list(_papers(council, runs=runs)),
        "own_waiting": sum(_waits(slip) for slip in own),
        "csrf_token": request.META.get("CSRF_COOKIE", ""),
    }


def used_words(used: RuleUsed) -> dict[str, str]:
    """Return a rule as it stands beside what was decided by it."""
    return {"text": used.legal_basis, "doubt": used.doubt}


def seat_rows(council: Council, seats: list[Seat], *, droppable: bool) -> list[dict[str, Any]]:
    """Return the members as rows."""
    rows = []
    for seat in seats:
        name: dict[str, Any] = {"text": seat.person.listed_name, "url": record_url(seat.person)}
        if droppable:
            name["sub"] = _("Bỏ khỏi hội đồng")
            name["url"] = reverse("council-seat-drop", args=[council.code, seat.pk])
        presence = seat.get_presence_display() if seat.presence != Presence.UNKNOWN else ""
        role = seat.get_role_display()
        role = joined(", ", [role, _("kiểm phiếu", "teller")]) if seat.is_teller else role
        rows.append({"cells": [name, role, seat.employer, presence]})
    return rows


def matter_rows(council: Council, user: Any, *, runs: bool, reads: bool) -> list[dict[str, Any]]:
    """Return the dossiers with what came of them; before the count nothing is told of any slip.

    `reads`: the result is told, beside the conclusion, to those who run the council or sit in it.
    """
    matters = list(council.matters.all())
    known = resolve([one.subject for one in matters if one.subject], user)
    results = results_of(council) if reads and not council.is_sealed else {}
    return [
        {"cells": _matter_cells(council, one, known.get(one.subject), results, runs=runs, reads=reads)}
        for one in matters
    ]


def results_of(council: Council) -> dict[int, str]:
    """Return what came of each matter, by its number, in a few words; empty where members only wrote opinions."""
    try:
        if needed_share_of(council) is not None:
            return {number: str(VERDICTS[found.verdict]) for number, found in votes_of(council).items()}
        if rating_rule_of(council) is None:
            return {number: result_words(found) for number, found in counts_of(council).items()}
        return {number: rating_words(found) for number, found in ratings_of(council).items()}
    except JudgementRefused:
        return {matter.pk: CHANGED for matter in council.matters.all()}


def _matter_cells(
    council: Council, matter: Matter, subject: Any, results: dict[int, str], *, runs: bool, reads: bool
) -> list[Any]:
    own_page = reverse("council-dossier", args=[council.code, matter.pk])
    name: dict[str, Any] = {"text": matter.title, "url": own_page if reads else record_url(subject) if subject else ""}
    result: Any = _("niêm phong") if council.is_sealed else ""
    if reads and not council.is_sealed:
        url = reverse("council-result", args=[council.code, matter.pk])
        result = {"text": results.get(matter.pk, _("xem ý kiến")), "url": url}
    conclusion: Any = matter.conclusion
    if runs and council.state == CouncilState.COUNTED:
        url = reverse("council-conclusion", args=[council.code, matter.pk])
        conclusion = {"text": matter.conclusion or _("Ghi kết luận"), "url": url}
    return [name, result, conclusion]


def result_words(found: Count) -> str:
    """Return a count in a few words."""
    if found.mean is None:
        return str(VERDICTS[found.verdict])
    words = f"{mean_words(found)} · {VERDICTS[found.verdict]}"
    return f"{words} · {found.band}" if found.band else words


def own_slips(council: Council, user: Any) -> list[Slip]:
    """Return the slips that the user writes as a member."""
    rows: Any = Slip.objects.filter(seat__council=council, seat__user_id=user.pk).select_related(
        "matter", "seat__person"
    )
    return list(rows.order_by("matter_id"))


def slip_rows(council: Council, user: Any) -> list[dict[str, Any]]:
    """Return the slips that the user may write or read now, with where each stands."""
    rows: Any = Slip.objects.filter(seat__council=council).select_related("matter", "seat__person", "seat__council")
    found = []
    for slip in rows.order_by("matter_id", "seat_id"):
        own = slip.seat.user_id == user.pk
        if not own and not (council.state == CouncilState.SCORING and may_run(user, council).allowed):
            continue
        name = slip.matter.title if own else joined(" · ", [slip.matter.title, str(slip.seat)])
        writes = may_write_slip(user, slip).allowed
        url = _slip_url(council, slip, writes=writes)
        found.append({"cells": [{"text": name, "url": url}, standing_words(slip)]})
    return found


def slip_values(council: Council, slip: Slip) -> dict[str, Any]:
    """Return what the page of a slip shows of its standing."""
    name = next((one for one in BY_WHAT if one in council.rules_used), "")
    return {
        "council": council,
        "slip": slip,
        "writes": council.state == CouncilState.SCORING and slip.locked_at is None and not slip.void_reason,
        "interested": slip.interest == ConflictAnswer.SOME,
        "written": list(_written(council, slip)),
        "rule": used_words(RuleUsed(**council.rules_used[name])) if name else {},
        "by_what": BY_WHAT.get(name, ""),
    }


def _written(council: Council, slip: Slip) -> Iterator[dict[str, str]]:
    if rating_rule_of(council) is not None:
        yield from judged_lines(slip)
    if needed_share_of(council) is not None:
        yield {"label": _("Biểu quyết"), "value": slip.get_vote_display()}
    sheet, points = sheet_of(council), points_of(slip)
    for line in sheet.criteria if sheet else ():
        given = points.get(line.order)
        yield {"label": f"{line.order}. {line.label}", "value": shown(given) if given is not None else ""}
    if sheet and points:
        yield {"label": _("Tổng"), "value": shown(total_of(points))}
    yield {"label": _("Nhận xét, kiến nghị"), "value": slip.remarks}


def standing_words(slip: Slip) -> str:
    """Return where a slip stands, without anything that it says."""
    if slip.void_reason:
        return _("Không hợp lệ")
    if slip.locked_at is not None:
        return _("Đã khóa")
    words = {ConflictAnswer.UNDECLARED: _("Chưa kê khai"), ConflictAnswer.SOME: _("Không chấm: có lợi ích liên quan")}
    return words.get(ConflictAnswer(slip.interest), _("Đang ghi", "slip"))


def result_values(council: Council, matter: Matter) -> dict[str, Any]:
    """Return the result of a matter with every slip that makes it."""
    if rating_rule_of(council) is not None:
        return rated_values(council, matter)
    if needed_share_of(council) is not None:
        return voted_values(council, matter)
    return _scored_values(council, matter)


def _scored_values(council: Council, matter: Matter) -> dict[str, Any]:
    sheet, found = sheet_of(council), count_of(council, matter)
    criteria = list(sheet.criteria) if sheet else []
    scored = [{"label": _("Tổng"), "num": True}] if sheet else []
    columns = [{"label": _("Thành viên")}, *scored, {"label": _("Tính vào kết quả")}]
    columns += [*({"label": str(one.order), "num": True} for one in criteria), {"label": _("Nhận xét, kiến nghị")}]
    return {
        "columns": columns,
        "criteria": criteria,
        "rows": [{"cells": _result_cells(slip, found, criteria)} for slip in slips_of(matter)],
        "found": found,
        "mean": mean_words(found) if found and found.mean is not None else "",
        "first": shown_mean(found.first) if found and found.first is not None and found.first != found.mean else "",
        "verdict": VERDICTS[found.verdict] if found else "",
        "rule": used_words(RuleUsed(**council.rules_used["sheet"])) if sheet else {},
    }


def _result_cells(slip: Slip, found: Count | None, criteria: list[Any]) -> list[Any]:
    points = points_of(slip)
    name = {"text": slip.seat.person.listed_name, "sub": slip.seat.get_role_display()}
    if slip.locked_at is not None:
        name["url"] = reverse("council-slip-paper", args=[slip.seat.council.code, slip.pk, "pdf"])
    cells: list[Any] = [name]
    points = points if slip.locked_at is not None else {}  # what was never handed in is nobody's to read
    cells += [shown(total_of(points)) if points else "—"] if criteria else []
    cells.append(_counts_words(slip, found))
    cells += [shown(points[one.order]) if one.order in points else "—" for one in criteria]
    return [*cells, slip.remarks if slip.locked_at is not None else slip.interest_text]


def _counts_words(slip: Slip, found: Count | None) -> str:
    if slip.interest == ConflictAnswer.SOME:
        return _("Không chấm: có lợi ích liên quan")
    if slip.void_reason:
        return _("Không: {reason}").format(reason=slip.void_reason)
    if not is_untouched(slip):
        return CHANGED
    why = found.left_out.get(str(slip.seat_id), "") if found else ""
    return _("Không: {reason}").format(reason=why) if why else _("Có")


def _rule(council: Council) -> RuleUsed | None:
    try:
        return body_rule(council)
    except RuleUnknown:
        return None


def _faults(council: Council, rule: RuleUsed, seats: list[Seat]) -> list[str]:
    body = body_from(rule.value)
    if council.state == CouncilState.FORMING:
        return composition_faults(body, sittings(seats))
    if council.state != CouncilState.INVITED:
        return []
    return [*quorum_faults(body, sittings(seats)), *teller_faults(body, sittings(seats))]


def _papers(council: Council, *, runs: bool) -> Iterator[dict[str, str]]:
    """Yield the papers of the council that the person may have now."""
    named = [("council-decision", _("Quyết định thành lập (dự thảo)"))] if runs else []
    named += [] if council.is_sealed else [("council-minutes", _("Biên bản họp"))]
    for name, label in named:
        for suffix, kind in (("docx", "Word"), ("pdf", "PDF")):
            yield {"label": f"{label}, {kind}", "url": reverse(name, args=[council.code, suffix])}


def _acts(council: Council, own: list[Slip], *, runs: bool) -> Iterator[dict[str, str]]:
    """Yield what the person does next on pages of this module."""
    if own or (runs and council.state == CouncilState.SCORING):
        yield {"label": _("Mở phiếu đánh giá"), "url": _url("council-slips", council)}
    if council.is_ranked and not council.is_sealed and (own or runs) and len(council.matters.all()) >= MANY:
        yield {"label": _("Xếp hạng"), "url": _url("council-ranking", council)}
    if runs and not council.is_sealed:
        yield {"label": _("Thù lao"), "url": _url("council-fees", council)}
    if runs and council.state == CouncilState.INVITED:
        yield {"label": _("Điểm danh"), "url": _url("council-presence", council)}
    if runs and council.state in {CouncilState.ESTABLISHED, CouncilState.INVITED}:
        yield {"label": _("Chọn người kiểm phiếu"), "url": _url("council-tellers", council)}


def _waits(slip: Slip) -> bool:
    return slip.locked_at is None and not slip.void_reason and slip.interest != ConflictAnswer.SOME


def _slip_url(council: Council, slip: Slip, *, writes: bool) -> str:
    if writes:
        return reverse("council-slip", args=[council.code, slip.pk])
    open_still = council.state == CouncilState.SCORING and slip.locked_at is None and not slip.void_reason
    return reverse("council-slip-void", args=[council.code, slip.pk]) if open_still else ""


def _url(name: str, council: Council) -> str:
    return reverse(name, args=[council.code])

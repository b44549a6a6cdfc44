"""Read the tables of slips and judgements that the commands are given; each fault names the line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from khcn.councils.judging import REPORT, Judgement
from khcn.councils.rules import Slip
from khcn.councils.states import Judged, Rating
from khcn.kernel.files.reading.decoding import decode_bytes
from khcn.language.words import words as _

SLIP_COLUMNS = ("member", "criterion", "score", "present", "valid")
JUDGEMENT_COLUMNS = ("member", "product", "criterion", "rating", "ordered", "delivered")
TRUTH = {"true": True, "false": False}


class TableRefused(ValueError):
    """A table cannot be read; the message names the line, the reason and what to write."""


Line = tuple[int, Mapping[str, str]]


def read_slips(data: bytes) -> list[Slip]:
    """Return the slips of a table `member,criterion,score,present,valid`, one line a criterion.

    Raises: TableRefused.
    """
    points: dict[str, dict[int, Decimal]] = {}
    stands: dict[str, tuple[bool, bool]] = {}
    for number, line in _lines(data, SLIP_COLUMNS):
        member = _said(number, line, "member")
        order = _whole(number, line["criterion"])
        if order in points.setdefault(member, {}):
            raise TableRefused(
                _("Dòng {number}: {member} chấm hai lần tiêu chí {order}.").format(
                    number=number, member=member, order=order
                )
            )
        stand = _truth(number, line, "present"), _truth(number, line, "valid")
        if stands.setdefault(member, stand) != stand:
            raise TableRefused(
                _(
                    "Dòng {number}: {member} lúc thì có mặt, phiếu hợp lệ, lúc thì không. Ghi như nhau ở mọi dòng."
                ).format(number=number, member=member)
            )
        score = _number(number, line, "score") if line["score"] or stand[1] else None
        if score is not None:
            points[member][order] = score
    return [Slip(name, given, *stands[name]) for name, given in points.items()]


def read_judgements(data: bytes) -> list[Judgement]:
    """Return the judgements of a table `member,product,criterion,rating,ordered,delivered`.

    The line of the final report has `report` as its product or as its criterion. Raises: TableRefused.
    """
    return [_judgement(number, line) for number, line in _lines(data, JUDGEMENT_COLUMNS)]


def _judgement(number: int, line: Mapping[str, str]) -> Judgement:
    member, about_report = _said(number, line, "member"), REPORT in {line["product"].lower(), line["criterion"].lower()}
    rating = _one_of(number, line, "rating", Rating.values)
    if about_report:
        return Judgement(member, REPORT, Judged.REPORT, Rating(rating))
    criterion = _one_of(number, line, "criterion", [one for one in Judged.values if one != Judged.REPORT])
    ordered, delivered = (_number(number, line, name) if line[name] else None for name in ("ordered", "delivered"))
    return Judgement(member, _said(number, line, "product"), Judged(criterion), Rating(rating), ordered, delivered)


def _lines(data: bytes, columns: Iterable[str]) -> Iterator[Line]:
    text = decode_bytes(data).text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    headings = [one.strip().lower() for one in next(rows, [])]
    if missing := [name for name in columns if name not in headings]:
        raise TableRefused(
            _("Dòng tiêu đề thiếu cột {missing}. Cần các cột: {columns}.").format(
                missing=", ".join(missing), columns=",".join(columns)
            )
        )
    found = False
    for cells in rows:
        if any(cell.strip() for cell in cells):
            found = True
            padded = [*(cell.strip() for cell in cells), *[""] * len(headings)]
            yield rows.line_num, dict(zip(headings, padded, strict=False))
    if not found:
        raise TableRefused(_("Bảng không có dòng nào dưới dòng tiêu đề."))


def _said(number: int, line: Mapping[str, str], name: str) -> str:
    if not line[name]:
        raise TableRefused(_("Dòng {number}: cột {name} để trống.").format(number=number, name=name))
    return line[name]


def _whole(number: int, text: str) -> int:
    if not text.isdecimal():
        raise TableRefused(
            _("Dòng {number}: «{text}» không phải số thứ tự của tiêu chí trong phiếu (1, 2, 3…).").format(
                number=number, text=text
            )
        )
    return int(text)


def _truth(number: int, line: Mapping[str, str], name: str) -> bool:
    return TRUTH[_one_of(number, line, name, list(TRUTH))]


def _one_of(number: int, line: Mapping[str, str], name: str, allowed: list[str]) -> str:
    said = line[name].lower()
    if said not in allowed:
        raise TableRefused(
            _("Dòng {number}: cột {name} ghi «{said}»; cần một trong: {allowed}.").format(
                number=number, name=name, said=line[name], allowed=", ".join(allowed)
            )
        )
    return said


def _number(number: int, line: Mapping[str, str], name: str) -> Decimal:
    value = _decimal(line[name])
    if value is None:
        raise TableRefused(
            _("Dòng {number}: cột {name} ghi «{said}», không phải là số.").format(
                number=number, name=name, said=line[name]
            )
        )
    return value


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None

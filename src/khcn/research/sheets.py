"""Read the tables of slips and judgements that the commands are given; each fault names the line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from khcn.councils.judging import REPORT, Judgement
from khcn.councils.rules import MOST_DIGITS, Slip
from khcn.councils.states import Judged, Rating
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.files.reading.decoding import decode_bytes
from khcn.kernel.text.command_line import shortened
from khcn.kernel.text.folding import name_key, plain_line
from khcn.language.words import words as _

SLIP_COLUMNS = ("member", "criterion", "score", "present", "valid")
JUDGEMENT_COLUMNS = ("member", "product", "criterion", "rating", "ordered", "delivered")
TRUTH = {"true": True, "false": False}
MOST_BYTES = 3_000_000
LONGEST_CELL = 100_000
_ORDER = re.compile(r"[0-9]{1,3}")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_POWER = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")
_GROUPED = re.compile(
    r"-?[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})"
)
_EITHER = re.compile(r"(?P<whole>[1-9][0-9]{0,2})[.,](?P<rest>[0-9]{3})")


class TableRefused(ValueError):
    """A table cannot be read; the message names the line, the reason and what to write."""


Line = tuple[int, Mapping[str, str]]


@dataclass
class _Written:
    """The lines of one member. `lines`: the order of a criterion → the line that scores it."""

    member: str
    first: int
    stand: tuple[bool, bool]
    points: dict[int, Decimal] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)


def read_slips(data: bytes) -> list[Slip]:
    """Return the slips of a table `member,criterion,score,present,valid`, one line a criterion.

    Names that are spelled in different but equal ways are one member. Raises: TableRefused.
    """
    found: dict[str, _Written] = {}
    for number, line in _lines(data, SLIP_COLUMNS):
        member = _said(number, line, "member")
        stand = _truth(number, line, "present"), _truth(number, line, "valid")
        written = found.setdefault(name_key(member), _Written(member, number, stand))
        order = _whole(number, line["criterion"])
        if order in written.lines:
            raise TableRefused(
                _(
                    "Dòng {number}: {member} chấm hai lần tiêu chí {order}; dòng {earlier} đã ghi{spelling}. Giữ "
                    "một dòng."
                ).format(number=number, order=order, earlier=written.lines[order], **_same(member, written.member))
            )
        if written.stand != stand:
            raise TableRefused(
                _(
                    "Dòng {number}: {member} lúc thì có mặt, phiếu hợp lệ, lúc thì không; dòng {earlier} ghi khác"
                    "{spelling}. Ghi như nhau ở mọi dòng."
                ).format(number=number, earlier=written.first, **_same(member, written.member))
            )
        written.lines[order] = number
        if line["score"] or stand[1]:
            written.points[order] = _number(number, line, "score")
    return [Slip(one.member, one.points, *one.stand) for one in found.values()]


def read_judgements(data: bytes) -> list[Judgement]:
    """Return the judgements of a table `member,product,criterion,rating,ordered,delivered`.

    The line of the final report has `report` as its product or as its criterion; an empty rating is a slip left blank.
    Names that are spelled in different but equal ways are one member, one product. Raises: TableRefused.
    """
    spelled: dict[tuple[str, str], str] = {}
    lines: dict[tuple[str, str, str], tuple[int, str]] = {}
    found = []
    for number, line in _lines(data, JUDGEMENT_COLUMNS):
        read = _judgement(number, line)
        member = spelled.setdefault(("member", name_key(read.member)), read.member)
        product = spelled.setdefault(("product", name_key(read.product)), read.product)
        earlier, spelling = lines.setdefault((member, product, read.criterion), (number, read.member))
        if earlier != number:
            raise TableRefused(
                _(
                    "Dòng {number}: {member} đánh giá hai lần «{product}», tiêu chí {criterion}; dòng {earlier} đã ghi"
                    "{spelling}. Giữ một dòng."
                ).format(
                    number=number,
                    product=product,
                    criterion=read.criterion.label.lower(),
                    earlier=earlier,
                    **_same(read.member, spelling),
                )
            )
        found.append(Judgement(member, product, read.criterion, read.rating, read.ordered, read.delivered))
    return found


def _judgement(number: int, line: Mapping[str, str]) -> Judgement:
    member, about_report = _said(number, line, "member"), REPORT in {line["product"].lower(), line["criterion"].lower()}
    rating = Rating(_one_of(number, line, "rating", Rating.values)) if line["rating"] else None
    if about_report:
        return Judgement(member, REPORT, Judged.REPORT, rating)
    criterion = _one_of(number, line, "criterion", [one for one in Judged.values if one != Judged.REPORT])
    ordered, delivered = (_amount(number, line, name) if line[name] else None for name in ("ordered", "delivered"))
    return Judgement(member, _said(number, line, "product"), Judged(criterion), rating, ordered, delivered)


def _same(member: str, earlier: str) -> dict[str, str]:
    """Return a member, and how an earlier line spells the same one where that differs."""
    spelling = "" if member == earlier else _(" (ghi là «{earlier}», cùng một người)").format(earlier=earlier)
    return {"member": member, "spelling": spelling}


def _lines(data: bytes, columns: Sequence[str]) -> Iterator[Line]:
    rows = _rows(_text(data))
    _number_of_first, cells = next(rows, (1, []))
    headings = [plain_line(one).lower() for one in cells]
    _refuse_headings(headings, columns)
    found = False
    for number, written in rows:
        cells = [plain_line(cell) for cell in written]
        if any(cells[len(headings) :]):
            raise TableRefused(
                _(
                    "Dòng {number} có {cells} ô, dòng tiêu đề có {headings} cột. Số thập phân viết với dấu phẩy phải "
                    'đặt trong ngoặc kép: "8,5".'
                ).format(number=number, cells=len(cells), headings=len(headings))
            )
        if any(cells):
            found = True
            yield number, dict(zip(headings, [*cells, *[""] * len(headings)], strict=False))
    if not found:
        raise TableRefused(_("Bảng không có dòng nào dưới dòng tiêu đề."))


def _refuse_headings(headings: Sequence[str], columns: Iterable[str]) -> None:
    if missing := [name for name in columns if name not in headings]:
        raise TableRefused(
            _("Dòng tiêu đề thiếu cột {missing}. Cần các cột: {columns}.").format(
                missing=", ".join(missing), columns=",".join(columns)
            )
        )
    if doubled := sorted({name for name in headings if name and headings.count(name) > 1}):
        places = [str(place) for place, name in enumerate(headings, start=1) if name == doubled[0]]
        raise TableRefused(
            _("Dòng tiêu đề có cột {name} nhiều lần (cột thứ {places}). Giữ một cột.").format(
                name=shortened(doubled[0]), places=", ".join(places)
            )
        )


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise TableRefused(_("Tệp lớn hơn 3 MB, không phải bảng phiếu của một hội đồng."))
    try:
        text = decode_bytes(data).text
    except UnreadableFile as fault:
        words = _("Tệp không phải bảng CSV: {problem}. Mở bảng tính, lưu dạng CSV (UTF-8) rồi chạy lại.")
        raise TableRefused(words.format(problem=fault.problem)) from fault
    if "\0" in text:
        raise TableRefused(_("Tệp không phải bảng CSV: có ký tự NUL. Mở bảng tính, lưu dạng CSV (UTF-8) rồi chạy lại."))
    return text.lstrip("\ufeff")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with the number of the line on which it begins."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise _unreadable(number) from fault
        # What the reader itself takes for too long is a setting of the whole process, which others may have raised.
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise _unreadable(number)
        yield number, cells


def _unreadable(number: int) -> TableRefused:
    return TableRefused(
        _(
            "Dòng {number}: ô mở dấu ngoặc kép mà không đóng, có chữ ngay sau dấu đóng, hoặc dài quá. Đóng "
            'ngoặc kép ở cuối ô; dấu ngoặc kép trong ô viết hai lần ("").'
        ).format(number=number)
    )


def _said(number: int, line: Mapping[str, str], name: str) -> str:
    if not line[name]:
        raise TableRefused(_("Dòng {number}: cột {name} để trống.").format(number=number, name=name))
    return line[name]


def _whole(number: int, text: str) -> int:
    if not _ORDER.fullmatch(text):
        raise TableRefused(
            _("Dòng {number}: «{text}» không phải số thứ tự của tiêu chí trong phiếu (1, 2, 3…).").format(
                number=number, text=shortened(text)
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
                number=number, name=name, said=shortened(line[name]), allowed=", ".join(allowed)
            )
        )
    return said


def _number(number: int, line: Mapping[str, str], name: str) -> Decimal:
    said = line[name]
    about = {"number": number, "name": name, "said": shortened(said)}
    if not said:
        raise TableRefused(_("Dòng {number}: cột {name} để trống.").format(**about))
    if len(said) > MOST_DIGITS:
        words = _("Dòng {number}: cột {name} ghi một số dài {length} ký tự; ghi số thường, như 8,5.")
        raise TableRefused(words.format(**about, length=len(said)))
    if _POWER.fullmatch(said):
        words = _("Dòng {number}: cột {name} ghi «{said}» theo số mũ; ghi số thường, như 8,5.")
        raise TableRefused(words.format(**about))
    if not _NUMBER.fullmatch(said):
        words = _("Dòng {number}: cột {name} ghi «{said}», không phải là số.")
        raise TableRefused(words.format(**about))
    return Decimal(said.replace(",", "."))


def _amount(number: int, line: Mapping[str, str], name: str) -> Decimal:
    """Return an amount; what may be a thousand or one is not guessed at."""
    said = line[name]
    about = {"number": number, "name": name, "said": shortened(said)}
    if either := _EITHER.fullmatch(said):
        whole, rest = either["whole"], either["rest"].rstrip("0")
        decimal = f"{whole},{rest}{'0' * (len(rest) == len(either['rest']))}" if rest else whole
        words = _(
            "Dòng {number}: cột {name} ghi «{said}», không rõ dấu ngăn hàng nghìn hay phần thập phân. Ghi {thousands} "
            "nếu là nghìn, «{decimal}» nếu là số thập phân."
        )
        raise TableRefused(words.format(**about, thousands=whole + either["rest"], decimal=decimal))
    is_grouped = len(said) <= MOST_DIGITS and _GROUPED.fullmatch(said)
    value = Decimal(_ungrouped(said)) if is_grouped else _number(number, line, name)
    if value < 0:
        words = _("Dòng {number}: cột {name} ghi «{said}»; số lượng không thể âm.")
        raise TableRefused(words.format(**about))
    return value


def _ungrouped(said: str) -> str:
    """Return a number that is written with separators between thousands as Python writes it."""
    last = max(said.rfind("."), said.rfind(","))
    mark = said[last]
    if said.count(mark) > 1:
        return said.replace(mark, "")
    return re.sub(r"[.,]", "", said[:last]) + "." + said[last + 1 :]

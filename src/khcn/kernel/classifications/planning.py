"""What the codes of a file would change in a classification: added, corrected, ended, and why some cannot stand; pure.

Nothing is taken away: a code that no longer applies is ended on a day, and stays readable for the days before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from khcn.kernel.classifications.schemes import Scheme
from khcn.language.words import words as _
from khcn.ui import formats

CODE, NAME, PARENT = _("Mã"), _("Tên"), _("Mã cấp trên")
SINCE, UNTIL = _("Hiệu lực từ"), _("Đến hết ngày")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClassFault:
    """Why a row cannot stand: its number as people count, the heading of the column, the reason, what to do.

    Where no row says it, but rows that are missing do, the number is 0.
    """

    row: int
    column: str
    reason: str
    cure: str

    def sentence(self) -> str:
        """Return it as people read it."""
        words = _("Dòng {row}, cột «{column}»: {reason}. {cure}.") if self.row else _("«{column}»: {reason}. {cure}.")
        return words.format(row=self.row, column=self.column, reason=self.reason, cure=self.cure)


@dataclass(frozen=True)
class StatedClass:
    """What one row of a file says of a code; "" and None where it says nothing.

    The days are both inclusive. `row`: its number as people count.
    """

    row: int
    code: str
    name: str
    name_en: str = ""
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry as it stands or would stand; `key`: of its row in the database, None for one to be added."""

    code: str
    name: str
    name_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""
    confidence: str = "unchecked"
    key: int | None = None

    @property
    def first(self) -> date:
        """Return the first day on which it is in force; the beginning of time where none is said."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """Return the last day on which it is in force; the end of time where none is said."""
        return self.valid_to or date.max

    def is_valid_on(self, day: date) -> bool:
        """Tell whether it is in force on the day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Changed:
    """One entry that the file changes: before (None: it is new) and after, and the row that says so (0: no row)."""

    before: Entry | None
    after: Entry
    row: int


@dataclass
class ClassPlan:
    """What a file would change. Nothing may be written as long as there are faults.

    `ended`: entries that get a last day, those replaced by a new one included. `remarks`: what else is to be known.
    """

    added: list[Changed] = field(default_factory=list)
    corrected: list[Changed] = field(default_factory=list)
    ended: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    faults: list[ClassFault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changes(self) -> list[Changed]:
        """Return all that would be written."""
        return [*self.added, *self.corrected, *self.ended]

    def sentence(self) -> str:
        """Return the counts as one sentence."""
        words = _("Thêm {added} mã, sửa {corrected}, kết thúc {ended}, giữ nguyên {unchanged}.")
        counts = {name: formats.number(len(getattr(self, name))) for name in ("added", "corrected", "ended")}
        return words.format(**counts, unchanged=formats.number(self.unchanged))


def plan_classes(
    scheme: Scheme, stated: Sequence[StatedClass], entries: Iterable[Entry], whole_since: date | None = None
) -> ClassPlan:
    """Return what the rows would change among the entries of the classification.

    `stated`: rows whose codes look right, each with its days. `whole_since`: the rows are the whole classification
    from that day on, so that other codes in force then are ended; None: other codes are left alone.
    """
    plan, known = ClassPlan(), defaultdict(list)
    for entry in entries:
        known[entry.code].append(entry)
    seen: dict[str, int] = {}
    for one in stated:
        if one.code in seen:
            plan.faults.append(_twice(one, seen[one.code]))
            continue
        seen[one.code] = one.row
        _place(one, known[one.code], plan)
    if whole_since is not None:
        _end_others(whole_since, known, seen, plan)
    after = _after(known, plan)
    plan.faults += [*_overlaps(after, plan), *_orphans(scheme, after, plan)]
    plan.faults.sort(key=lambda fault: fault.row)
    plan.remarks += _counted(scheme, after)
    return plan


def _place(one: StatedClass, entries: Sequence[Entry], plan: ClassPlan) -> None:
    """Find what a row does to the entries of its code."""
    first = one.valid_from or date.min
    standing = next((entry for entry in entries if entry.is_valid_on(first)), None)
    if standing is None:
        plan.added.append(Changed(None, _new(one), one.row))
    elif standing.first == first or _says_the_same(one, standing):
        _correct(one, standing, plan)
    else:
        plan.ended.append(Changed(standing, replace(standing, valid_to=first - DAY), one.row))
        plan.added.append(Changed(None, replace(_new(one), valid_to=one.valid_to or standing.valid_to), one.row))


def _says_the_same(one: StatedClass, entry: Entry) -> bool:
    return one.name == entry.name and one.name_en in ("", entry.name_en)


def _correct(one: StatedClass, entry: Entry, plan: ClassPlan) -> None:
    """Take over what the row says of an entry; what it does not say stays."""
    said = {name: getattr(one, name) for name in ("name", "name_en", "valid_to") if getattr(one, name)}
    if entry.valid_from == one.valid_from:  # an entry that goes on keeps the text that brought it
        said |= {name: getattr(one, name) for name in ("legal_basis", "confidence") if getattr(one, name)}
    after = replace(entry, **said)
    if after == entry:
        plan.unchanged += 1
    elif after.valid_to != entry.valid_to and entry.valid_to is None:
        plan.ended.append(Changed(entry, after, one.row))
    else:
        plan.corrected.append(Changed(entry, after, one.row))


def _new(one: StatedClass) -> Entry:
    return Entry(
        code=one.code,
        name=one.name,
        name_en=one.name_en,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        legal_basis=one.legal_basis,
        confidence=one.confidence or "unchecked",
    )


def _end_others(since: date, known: dict[str, list[Entry]], seen: dict[str, int], plan: ClassPlan) -> None:
    begun = 0
    for code in sorted(set(known) - set(seen)):
        for entry in known[code]:
            if entry.is_valid_on(since) and entry.first < since:
                plan.ended.append(Changed(entry, replace(entry, valid_to=since - DAY), 0))
            elif entry.first == since:
                begun += 1
    if begun:
        words = _(
            "{begun} mã không có trong tệp nhưng có hiệu lực từ chính ngày {since}: giữ nguyên. Muốn kết thúc mã nào "
            "thì ghi mã ấy vào tệp với cột «Đến hết ngày»."
        )
        plan.remarks.append(words.format(begun=formats.number(begun), since=formats.day(since)))


After = dict[str, list[tuple[Entry, int]]]
"""The entries as they would stand, by code and in the order of time, each with the row that touched it (0: none)."""


def _after(known: dict[str, list[Entry]], plan: ClassPlan) -> After:
    changed = {one.before: one for one in plan.changes if one.before is not None}
    after: After = defaultdict(list)
    for code, entries in known.items():
        for entry in entries:
            one = changed.get(entry)
            after[code].append((one.after, one.row) if one else (entry, 0))
    for one in plan.added:
        after[one.after.code].append((one.after, one.row))
    for found in after.values():
        found.sort(key=lambda pair: pair[0].first)
    return after


def _overlaps(after: After, plan: ClassPlan) -> Iterator[ClassFault]:
    touched = {one.after.code for one in plan.changes}
    for code in touched:
        pairs = after[code]
        for (earlier, row), (later, later_row) in pairwise(pairs):
            if later.first <= earlier.last:
                words = _("mã «{code}» đã có trong bảng từ {first}, trùng với thời gian dòng này ghi")
                reason = words.format(code=code, first=formats.day(later.valid_from))
                cure = _("Ghi ngày kết thúc trước ngày ấy, hoặc sửa ngày bắt đầu")
                yield ClassFault(row or later_row, SINCE, reason, cure)


def _orphans(scheme: Scheme, after: After, plan: ClassPlan) -> Iterator[ClassFault]:
    """Yield the entries that the file leaves without an entry above for all their time."""
    touched = {one.after.code: one.row for one in plan.changes}
    for code, pairs in after.items():
        above = scheme.parent_of(code)
        if not above or (code not in touched and above not in touched):
            continue
        for entry, own_row in pairs:
            row = own_row or touched.get(above, 0)
            parents = [parent for parent, _row in after.get(above, ())]
            yield from _without_parent(entry, above, parents, row)


def _without_parent(entry: Entry, above: str, parents: Sequence[Entry], row: int) -> Iterator[ClassFault]:
    said = {"code": entry.code, "above": above, "first": formats.day(entry.valid_from)}
    if not parents:
        reason = _("mã «{code}» không có mã cấp trên «{above}» trong tệp và trong bảng").format(**said)
        yield ClassFault(row, CODE, reason, _("Thêm dòng của mã cấp trên vào tệp, hoặc sửa lại mã"))
    elif not any(parent.is_valid_on(entry.first) for parent in parents):
        reason = _("mã cấp trên «{above}» của mã «{code}» không có hiệu lực từ {first}").format(**said)
        yield ClassFault(row, SINCE, reason, _("Sửa ngày của mã này hoặc của mã cấp trên"))
    elif max(parent.last for parent in parents) < entry.last:
        last = formats.day(max(parent.last for parent in parents))
        words = _("mã cấp trên «{above}» hết hiệu lực ngày {last}, trước khi mã «{code}» hết hiệu lực")
        reason = words.format(last=last, **said)
        yield ClassFault(row, UNTIL, reason, _("Ghi ngày kết thúc cho cả mã cấp dưới, hoặc bỏ ngày kết thúc này"))


def _twice(one: StatedClass, earlier: int) -> ClassFault:
    reason = _("mã «{code}» đã có ở dòng {earlier}").format(code=one.code, earlier=earlier)
    return ClassFault(one.row, CODE, reason, _("Giữ một dòng cho mỗi mã"))


def _counted(scheme: Scheme, after: After) -> Iterator[str]:
    """Say where a level would have another number of codes than the classification is said to have."""
    begun = scheme.valid_from or date.min
    standing = Counter(
        scheme.level_of(code) for code, pairs in after.items() if any(entry.is_valid_on(begun) for entry, _row in pairs)
    )
    for level, expected in enumerate(scheme.counts, start=1):
        if standing[level] != expected:
            words = _("Cấp {level} sẽ có {found} mã, {basis} được biết là có {expected}: đối chiếu với phụ lục.")
            numbers = {"found": formats.number(standing[level]), "expected": formats.number(expected)}
            yield words.format(level=level, basis=scheme.legal_basis, **numbers)

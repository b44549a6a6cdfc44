"""Find the deadline of a task among the times its words name."""

from dataclasses import dataclass
from datetime import date

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern
from khcn.governance.reader.reading import Span
from khcn.kernel.text.dates import Deadline, Precision, find_deadlines

_FIRM = pattern(
    r"(?:trước|chậm nhất|muộn nhất|hạn|đến hết|hết|từ nay đến|từ giờ đến|hoàn thành|xong|trong\s(?:tháng"
    r"|quý|năm|tuần|ngày|vòng))"
)
_SURE = pattern(r"(?:trước|chậm nhất|muộn nhất|hạn|xong|hoàn thành|trong\s(?:quý|vòng|tháng\s\d)|từ nay|từ giờ)")
_NO_DEADLINE = pattern(
    r"(?:giai đoạn|kế hoạch|nhiệm vụ|kết quả|tầm nhìn|nghị quyết|chương trình|mục tiêu|đề án|dự toán"
    r"|báo cáo|công tác|tình hình|số)(?:\s\w+){0,2}\s$"
)
_YEAR_STATED = pattern(r"(?:19|20)\d{2}")
# "hoàn thành trước 30/6": the verb is part of the task, the deadline is what follows it.
_DONE_BY = pattern(
    r"^(?:[Hh]oàn thành|[Xx]ong|[Bb]áo cáo|[Tt]rình|[Tt]hực hiện)\s(?=trước|trong|vào|đến|hết|chậm|muộn|ngày)"
)
# "trước kỳ họp cuối năm", "trước Tết": the writer names an event whose day the text does not tell.
_EVENT = pattern(
    r"(?:chậm nhất\s)?(?:trước|trong dịp|ngay sau)\s(?:dịp\s|khi\s)?(?:kỳ họp|tết|đại hội|khai giảng|ngày khai giảng|năm học"
    r"|mùa mưa|mùa lũ|mùa vụ|lễ|ngày hội|hội nghị tổng kết)\b[^,;.:\n]{0,50}?(?=[,;.:\n]|\s(?:để|nhằm|và|theo|bảo đảm|đảm bảo)\s|$)"
)
# "trước ngày 25" of every month, or of a month that other words tell.
_DAY_OF_MONTH = pattern(
    r"(?:trước|chậm nhất(?:\slà)?|muộn nhất(?:\slà)?)\sngày\s\d{1,2}(?![\d/.-])(?:\s(?:hằng|hàng)\stháng)?(?=[\s,;.]|$)"
)
_REACH = 24


@dataclass(frozen=True, slots=True)
class TaskDeadline:
    """A deadline in the text's own words; ``on`` (ISO) only where the year is known."""

    raw: str | None = None
    on: str | None = None
    precision: str = Precision.NONE.value


def _is_firm(document: Document, deadline: Deadline, start: int) -> bool:
    raw = _DONE_BY.sub("", deadline.raw).lower()
    before = document.lower[max(0, start + deadline.start - _REACH) : start + deadline.start]
    if deadline.precision is Precision.CONTINUOUS:
        return True
    if _SURE.match(raw):
        return True
    return bool(_FIRM.match(raw)) and not _NO_DEADLINE.search(before)


def task_deadline(document: Document, span: Span, given: date | None) -> TaskDeadline:
    """Return the deadline stated in a clause: a firm one (``trước 30/9``) before a rhythm (``hằng quý``)."""
    found = list(find_deadlines(document.text[slice(*span)], given or date(2000, 1, 1)))
    firm = [deadline for deadline in found if _is_firm(document, deadline, span[0])]
    if all(deadline.precision is Precision.CONTINUOUS for deadline in firm):
        event = _EVENT.search(document.lower, *span) or _DAY_OF_MONTH.search(document.lower, *span)
        if event or not firm:
            return TaskDeadline(document.clean(*event.span())) if event else TaskDeadline()
    best = min(firm, key=lambda deadline: (deadline.precision is Precision.CONTINUOUS, -deadline.start))
    known = best.on if best.on and (given or _YEAR_STATED.search(best.raw)) else None
    raw = _DONE_BY.sub("", document.clean(span[0] + best.start, span[0] + best.end))
    return TaskDeadline(raw, known.isoformat() if known else None, best.precision.value)

"""Cut what is asked for into single petitions, and read the items of a notice that decides on them."""

import re
from collections.abc import Callable

from khcn.governance.reader.clauses import ACTIONS, split_orders
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern, phrases
from khcn.governance.reader.reading import Span
from khcn.governance.reader.sections import PETITIONS_ANSWERED

_ASKABLE = phrases("acts", "actions", "petition_actions", "orders", "petitions")
_AND = pattern(r"\svà\s(?:sớm\s|tiếp tục\s)?")
_SEMICOLON = re.compile(r";\s")
_EXPLAINS = pattern(r"(?:\bnhư|\bgồm|\bbao gồm|\bcụ thể\snhư|\bcụ thể:)\s?:?\s")
# "; báo cáo Thủ tướng", "; hoàn thành trong quý I" go with what stands before them.
_GOES_WITH = pattern(r"(?:và\s)?(?:báo cáo|hoàn thành|trình|xong|gửi|thời gian|kết quả|hạn)\b")
_NUMBERED = re.compile(r"\(?\d{1,2}[).]\s?")
_DECIDED = pattern(
    r"(?:cơ bản\s)?(?:(?:không|chưa)\s)?(?:đồng ý|thống nhất|nhất trí|chấp thuận|xem xét|tiếp thu|ghi nhận|cho phép)"
    r"(?:\s(?:về\s)?(?:chủ trương|nguyên tắc))?(?:\s(?:với|về|đối với))?(?:\s(?:đề xuất|kiến nghị|đề nghị|nội dung|việc))?"
    r"(?:\s(?:về|cho phép))?\s(?P<what>[^;.]{8,400}?)(?=,?\s(?:giao|yêu cầu|do|vì|đồng thời|đề nghị)\s|[;.]|$)"
)
_LEAST_WORDS = 4
_REACH = 400

_Cuts = Callable[[Document, Span, Span], bool]


def split_asked(document: Document, start: int, end: int) -> list[Span]:
    """Return the things asked for: those of an enumeration, and two joined by ``và`` when each has its own verb."""
    parts = [
        piece for part in split_orders(document, start, end) for piece in _at(document, part, _SEMICOLON, _asks_more)
    ]
    return [piece for part in parts for piece in _at(document, part, _AND, _is_joined)]


def item_start(document: Document, start: int, end: int) -> int:
    """Return where an item begins after ``Về kiến nghị của Sở X:`` and ``(1)``."""
    heading = PETITIONS_ANSWERED.match(document.lower, start, end)
    position = heading.end() if heading else start
    number = _NUMBERED.match(document.text, position, end)
    return number.end() if number else position


def decided(document: Document, start: int, end: int) -> Span | None:
    """Return what ``Đồng ý cho phép Sở mua …, giao …`` or ``Không đồng ý với đề xuất …`` decides on."""
    found = _DECIDED.match(document.lower, start, end)
    return found.span("what") if found else None


def _words(document: Document, start: int, end: int) -> int:
    return len(document.words_within(start, end))


def _at(document: Document, part: Span, mark: re.Pattern[str], cuts: _Cuts) -> list[Span]:
    pieces, left = [], part[0]
    for found in mark.finditer(document.lower, *part):
        if cuts(document, (left, found.start()), (found.end(), part[1])):
            pieces.append((left, found.start()))
            left = found.end()
    return [*pieces, (left, part[1])]


def _asks_more(document: Document, before: Span, after: Span) -> bool:
    if _EXPLAINS.search(document.lower, max(before[0], before[1] - _REACH), before[1]) or _GOES_WITH.match(
        document.lower, after[0]
    ):
        return False
    asks = bool(_ASKABLE.opens(document.lower, after[0]))
    return asks and _words(document, *before) >= _LEAST_WORDS <= _words(document, *after)


def _is_joined(document: Document, before: Span, after: Span) -> bool:
    """Tell whether ``và`` joins two wishes: "cho nghiên cứu và chuyển giao" joins two verbs of one."""
    if _words(document, *before) < _LEAST_WORDS or _words(document, *after) < _LEAST_WORDS:
        return False
    last = [document.words[number].lower for number in document.words_within(*before)[-2:]]
    ends_in_verb = last[-1] in ACTIONS.all or " ".join(last) in ACTIONS.all
    return bool(_ASKABLE.opens(document.lower, after[0])) and not ends_in_verb

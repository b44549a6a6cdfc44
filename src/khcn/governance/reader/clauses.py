"""Cut a sentence into addressee and action, and an enumeration of actions into its parts."""

import re
from dataclasses import dataclass
from itertools import pairwise

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import alternation, canonical, pattern, phrases, table
from khcn.governance.reader.reading import Span

_HEADS = phrases("bodies", "heads")
_QUANTIFIERS = phrases("bodies", "quantifiers")
_COMPOUNDS = phrases("bodies", "compounds")
_NAME_WORDS = phrases("acts", "actions")
_MODALS = phrases("acts", "modals")
_ACTIONS = phrases("acts", "actions", "modals")
_PETITION_ACTIONS = phrases("acts", "actions", "modals", "petition_actions")
_STRONG = phrases("acts", "strong")
_TELLING = phrases("acts", "telling")
_NOT_ALONE = phrases("acts", "not_alone")
_LEADING = re.compile(r"[\s:,\"“”'‘’«»-]*")
_LEADING_WORDS = pattern(
    rf"(?:lãnh đạo,?\s(?=(?:{alternation('acts', 'actions')})\s))?"
    r"(?:(?:(?:trong\s)?thời gian tới|(?:ngay\s)?trong\s(?:tháng|quý|năm)\s[\w/]+(?:\snăm\s\d+)?"
    r"|từ nay đến[\w\s]{0,20}?(?=,)|ngay sau [\w\s]{0,30}?(?=,)|sau (?:buổi làm việc|cuộc họp"
    r"|hội nghị)(?: này)?|sáu là|bảy là|tám là|chín là|với|tới|đến|rằng|là|cho(?!\sphép)|thêm|cụ thể(?!\shóa)|hằng tháng|hàng tháng|hằng quý|hàng quý|hằng năm|hàng năm|một là|hai là"
    r"|ba là|bốn là|năm là|thứ nhất|thứ hai|thứ ba|thứ tư|đồng thời|trong đó|ngoài ra|bên cạnh đó"
    r"|trước hết|trước mắt|theo đó|trên cơ sở đó|do đó|vì vậy|tuy nhiên|về phía|riêng|đối với"
    r"|cũng như|song song đó|song song với đó|mặt khác|cùng với đó|thêm vào đó|tiếp theo|cuối cùng|qua đó|đặc biệt(?=,))[\s,:]+)*"
)
_OPEN_LIST = pattern(
    r"(?:(?<!cũng\s)(?<!hầu\s)(?<!gần\s)(?<!giống\s)(?<!dường\s)\bnhư|\bgồm|\bbao gồm|\bcụ thể)(?!\ssau)\s?:?\s(?!thế)"
)
_ITEM_LIST = pattern(r"(?:sau|sau đây|như sau|nội dung|nhiệm vụ|việc|vấn đề|giải pháp|cụ thể)\s?:\s")
_ALSO = pattern(r"[,;.]\s(?:và\s)?đồng thời[,]?\s")
_GIVES = pattern(r"(?:đồng thời\s)?(?:giao|yêu cầu|đề nghị|phân công)\s(?!cho\b|nhiệm vụ\b)")
# After "và" or a comma "đề nghị" may still be what the first body is to do; "giao" and "yêu cầu" are the speaker's.
_GIVEN_NEXT = pattern(r"(?:,\s(?:đồng thời,?\s)?|\s(?:và|đồng thời)\s)(?P<verb>(?:giao|yêu cầu)\s)(?!cho\b|nhiệm vụ\b)")
_LEADS = pattern(r"(?:chủ trì|làm đầu mối)\s")
_IMPERSONAL = pattern(
    r",?\s(?:rằng,?\s)?(?P<what>(?:việc|công tác|quá trình|mọi|thủ tục|các (?:nhiệm vụ|dự án|đề tài|khâu|thủ tục)|trong quá trình)\s[^;.:]{2,110}?"
    r"\s(?:phải|cần|nên|không được)\s)"
)
_COMMA = re.compile(r",\s")
# skip_leading has passed over "đối với" already.
_MATTER_MUST = pattern(r"(?:các|những|việc|công tác|từng|mỗi|một số)\s[^;:.]{2,110}?,\s(?:cần|phải|nên|không được)\s")
_CIRCUMSTANCE = pattern(r"(?:để|trong|đối với|về|với|trên|từ|nhằm|khi|tại|theo|căn cứ|riêng|trước|sau|ngoài)\s")
_LEADERS, _CASE = canonical("lãnh đạo"), canonical("trường hợp ")
_LONGEST_CIRCUMSTANCE = 240
_NP_LIMIT = 30
_LONG_PART = 10
_SHORT_PART = 9
_SHORTEST_ACTION = 3
# "; bảo đảm an ninh" is a task of its own, "; bảo đảm chất lượng" says how the one before is done.
_AFTERTHOUGHT = pattern(
    r"^(?:và\s)?(?:báo cáo|hoàn thành|trình|kết quả|thời gian|xong|(?:đảm bảo|bảo đảm)(?!\s(?:quốc phòng|an ninh|an sinh|trật tự|an toàn))|gửi|hạn)"
)
# "; trình Ban Thường vụ trong quý I/2025" says to whom and by when the task before it is done.
_DATED_AFTERTHOUGHT = pattern(
    r"^(?:và\s)?(?:báo cáo|trình|gửi)\s(?:[^\s,;]+\s){1,9}(?:trước|trong|chậm nhất|hết)\s(?:ngày|tháng|quý|năm|kỳ|\d)[^,;]{0,24}$"
)


@dataclass(frozen=True, slots=True)
class Order:
    """An action (half-open span) and its addressee; an empty addressee span means it is not named here."""

    to: Span
    action: Span
    has_modal: bool = False


def skip_leading(document: Document, position: int, limit: int) -> int:
    """Return the position after quotation marks, enumerators (``một là``) and times that open a clause."""
    found = _LEADING.match(document.text, position, limit)
    position = found.end() if found else position
    words = _LEADING_WORDS.match(document.lower, position, limit)
    return words.end() if words else position


def is_body(document: Document, position: int) -> bool:
    """Tell whether the name of a body, office or group begins at a position."""
    lower = document.lower
    if lower.startswith(_CASE, position):
        return False  # "trường hợp vướng mắc" is no school
    quantifier = _QUANTIFIERS.opens(lower, position)
    head, action = _HEADS.opens(lower, position), _ACTIONS.opens(lower, position)
    # "ban hành", "phòng ngừa", "đoàn kết" are verbs though they begin like a body's name.
    if len(action) > len(head) > 0 and document.text[position].islower() and not action.startswith(_LEADERS):
        return False
    return bool(_HEADS.opens(lower, position) or (quantifier and _HEADS.opens(lower, position + len(quantifier) + 1)))


def _action_at(document: Document, number: int, *, asking: bool) -> str:
    word = document.words[number]
    if not word.text[0].islower() or _COMPOUNDS.at(document.lower, word.start, word.lower):
        return ""
    return (_PETITION_ACTIONS if asking else _ACTIONS).at(document.lower, word.start, word.lower)


def _end_of_body(document: Document, start: int, limit: int, *, asking: bool) -> int | None:
    """Return the word number where the action begins after a body that begins at ``start``."""
    first = document.word_at(start)
    masked = start + max(len(_HEADS.opens(document.lower, start)), len(_COMPOUNDS.opens(document.lower, start)))
    for number in range(first, min(len(document.words), first + _NP_LIMIT)):
        word = document.words[number]
        if word.start >= limit:
            return None
        if word.start < masked:
            continue
        gap = document.text[document.words[number - 1].end : word.start]
        if gap != "." and any(mark in gap for mark in ";:.!?\n"):  # the point of "TP.Sơn Hà" ends nothing
            return None
        if _action_at(document, number, asking=asking) and not _in_body(document, number):
            return number
        telling = _TELLING.at(document.lower, word.start, word.lower)
        # "Địa phương cũng cần …" is told to, "địa phương cũng có …" is told of.
        if telling and word.text[0].islower() and not _MODALS.opens(document.lower, word.start + len(telling) + 1):
            return None
        compound = _COMPOUNDS.at(document.lower, word.start, word.lower)
        masked = max(masked, word.start + len(compound))
    return None


def _in_body(document: Document, number: int) -> bool:
    """Tell whether a verb stands inside a body's name, as in ``Giáo dục và Đào tạo``."""
    previous = document.words[max(0, number - 1)]
    before = previous.lower
    if previous.text[0].isupper() and " " in _NAME_WORDS.at(document.lower, previous.start, before):
        return True
    return before in {
        "các",
        "những",
        "của",
        "việc",
        "đang",
        "đã",
        "được",
        "về",
        "từng",
        "sự",
        "công",
        "hoạt",
        "quỹ",
        "nhà",
        "trong",
        "người",
        "bị",
    }


def read_order(document: Document, start: int, limit: int, *, asking: bool = False) -> Order | None:
    """Read ``[body] [must] action …`` that begins at ``start``; None when no action follows.

    ``asking`` allows the softer verbs of a petition (``cho``, ``xem xét``).
    """
    position = skip_leading(document, start, limit)
    number = document.word_at(position)
    if number >= len(document.words) or document.words[number].start >= limit:
        return None
    position = document.words[number].start
    verbs = _PETITION_ACTIONS if asking else _ACTIONS
    if (
        verbs.opens(document.lower, position)
        and not is_body(document, position)
        and not _COMPOUNDS.opens(document.lower, position)
    ):
        return Order(
            (position, position),
            (_after_modal(document, position), limit),
            bool(_MODALS.opens(document.lower, position)),
        )
    if not is_body(document, position) and not document.text[position].isupper():
        return None
    action = _end_of_body(document, position, limit, asking=asking)
    if action is None:
        return None
    begins = document.words[action].start
    return Order(
        (position, begins), (_after_modal(document, begins), limit), bool(_MODALS.opens(document.lower, begins))
    )


def order_after_circumstance(document: Document, start: int, limit: int) -> Order | None:
    """Read ``để giảm số vụ cháy và thiệt hại, huyện X cần …``: who must do what stands after the circumstance."""
    position = skip_leading(document, start, limit)
    if _CIRCUMSTANCE.match(document.lower, position, limit) is None:
        return None
    for comma in _COMMA.finditer(document.text, position, min(limit, position + _LONGEST_CIRCUMSTANCE)):
        if not is_body(document, comma.end()) and not document.text[comma.end()].isupper():
            continue
        order = read_order(document, comma.end(), limit)
        firm = order and (order.has_modal or _STRONG.opens(document.lower, order.action[0]))
        if order and firm and order.to[0] < order.to[1]:
            return order
    return None


def loose_order(document: Document, start: int, limit: int) -> Order | None:
    """Read a body with its capitalised words and take all that follows as the action, though its verb is not listed."""
    position = skip_leading(document, start, limit)
    if _ACTIONS.opens(document.lower, position) or position >= limit:
        return None
    quantifier = _QUANTIFIERS.opens(document.lower, position)
    head = _HEADS.opens(document.lower, position) or (
        quantifier and f"{quantifier} {_HEADS.opens(document.lower, position + len(quantifier) + 1)}"
    )
    if not head or head.endswith(" "):
        return None
    end = position + len(head)
    for number in document.words_within(end, limit):
        word = document.words[number]
        joined = (
            word.lower == "và" and document.words[number + 1].text[0].isupper()
            if number + 1 < len(document.words)
            else False
        )
        if document.text[end : word.start].strip() not in {"", "-"} or not (
            word.text[0].isupper() or joined or document.words[number - 1].text[0].isupper()
        ):
            break
        end = word.end
    action = _after_modal(document, end + (document.text[end : end + 1] == " "))
    return Order((position, end), (action, limit)) if _words(document, (action, limit)) >= _SHORTEST_ACTION else None


def impersonal_order(document: Document, start: int, limit: int) -> Order | None:
    """Read ``lưu ý, việc mua sắm phải công khai``: what must be done, though nobody is named who does it."""
    found = _IMPERSONAL.match(document.lower, start, limit)
    if found is None or _words(document, (found.start("what"), limit)) < _SHORTEST_ACTION:
        return None
    begins = found.start("what")
    return Order((begins, begins), (begins, limit), has_modal=True)


def _after_modal(document: Document, position: int) -> int:
    modal = _MODALS.opens(document.lower, position)
    return min(position + len(modal) + 1, len(document.text)) if modal else position


def _top_level(document: Document, start: int, end: int, mark: str) -> list[int]:
    """Return the positions of a mark outside brackets and quotation marks."""
    depth, places = 0, []
    for position in range(start, end):
        char = document.text[position]
        if char in "([“«":
            depth += 1
        elif char in ")]”»":
            depth = max(0, depth - 1)
        elif char == mark and not depth:
            places.append(position)
    return places


def split_orders(document: Document, start: int, end: int) -> list[Span]:
    """Return the parts of an enumeration of actions; examples after ``như`` or ``gồm`` stay with what they explain."""
    listed = _ITEM_LIST.search(document.lower, start, end)
    if listed and _ACTIONS.opens(document.lower, listed.end()):
        start = listed.end()
    cuts = _top_level(document, start, end, ";")
    opener = _OPEN_LIST.search(document.lower, start, end)
    if opener and not listed:
        cuts = [cut for cut in cuts if cut < opener.start()]
    parts = _between(start, end, cuts)
    parts = [piece for part in parts for piece in _split_at_also(document, part)]
    parts = [piece for part in parts for piece in _split_at_given(document, part)]
    parts = [piece for part in parts for piece in _split_at_commas(document, part)]
    return _joined(document, parts)


def split_list(document: Document, start: int, end: int) -> list[Span]:
    """Return what stands between the semicolons of a list."""
    parts = _between(start, end, _top_level(document, start, end, ";"))
    return [part for part in parts if _words(document, part) > 1]


def _tells(document: Document, found: re.Match[str]) -> bool:
    return is_body(document, found.end()) or document.text[found.end() : found.end() + 1].isupper()


def names_matter(document: Document, start: int, limit: int) -> bool:
    """Tell whether a part opens with what it is about: ``đối với các vụ kéo dài, phải có kế hoạch``."""
    return _MATTER_MUST.match(document.lower, skip_leading(document, start, limit), limit) is not None


def given_next(document: Document, start: int, limit: int) -> Order | None:
    """Read ``giao Sở Y chủ trì rà soát …`` inside an enumeration: the body named there is told, not the first one."""
    position = skip_leading(document, start, limit)
    found = _GIVES.match(document.lower, position, limit)
    if found is None or not _tells(document, found):
        return None
    order = read_order(document, found.end(), limit)
    if order is None or order.to[0] == order.to[1]:
        return None
    leads = _LEADS.match(document.lower, order.action[0], limit)
    if leads and _ACTIONS.opens(document.lower, leads.end()):
        return Order(order.to, (leads.end(), limit), order.has_modal)
    return order


def _opens_order(document: Document, start: int, limit: int) -> bool:
    if given_next(document, start, limit) is not None or _MATTER_MUST.match(document.lower, start, limit):
        return True
    if _ACTIONS.opens(document.lower, start) and not _COMPOUNDS.opens(document.lower, start):
        return True
    return is_body(document, start) and read_order(document, start, limit) is not None


def _between(start: int, end: int, cuts: list[int]) -> list[Span]:
    edges = [start, *(cut + 1 for cut in cuts), end]
    return [(left, right - (right != end)) for left, right in pairwise(edges) if right > left]


def _words(document: Document, span: Span) -> int:
    return len(document.words_within(*span))


def _split_at_also(document: Document, part: Span) -> list[Span]:
    for found in _ALSO.finditer(document.lower, *part):
        if found.start() > part[0] and _ACTIONS.opens(document.lower, found.end()):
            return [(part[0], found.start()), *_split_at_also(document, (found.end(), part[1]))]
    return [part]


def _split_at_given(document: Document, part: Span) -> list[Span]:
    """Cut before ``và giao Sở Y …``: the speaker turns to another body."""
    for found in _GIVEN_NEXT.finditer(document.lower, *part):
        if _tells(document, found) and read_order(document, found.end(), part[1]):
            return [(part[0], found.start()), *_split_at_given(document, (found.start("verb"), part[1]))]
    return [part]


def _split_at_commas(document: Document, part: Span) -> list[Span]:
    pieces, left = [], part[0]
    opener = _OPEN_LIST.search(document.lower, *part)
    limit = opener.start() if opener else part[1]
    for comma in _top_level(document, part[0], limit, ","):
        following = comma + 2
        verb = _STRONG.opens(document.lower, following)
        long = _words(document, (left, comma)) >= _LONG_PART and _words(document, (following, part[1])) >= _LONG_PART
        if (
            verb
            and long
            and not _NOT_ALONE.opens(document.lower, following)
            and _has_object(document, following + len(verb))
        ):
            pieces.append((left, comma))
            left = following
    return [*pieces, (left, part[1])]


def _has_object(document: Document, position: int) -> bool:
    """Tell whether an object follows a verb: ``rà soát, bổ sung quy hoạch`` is one action, not two."""
    following = document.lower[position : position + 2]
    return not following.startswith((",", ";", ".")) and not document.lower.startswith(canonical(" và "), position)


def _joined(document: Document, parts: list[Span]) -> list[Span]:
    """Join short afterthoughts (``; hoàn thành trước 30/9``) to the action they belong to."""
    result: list[Span] = []
    for part in parts:
        begins = skip_leading(document, part[0], part[1])
        short = _words(document, (begins, part[1])) <= _SHORT_PART
        dated = _DATED_AFTERTHOUGHT.match(document.lower[begins : part[1]])
        afterthought = short and _AFTERTHOUGHT.match(document.lower[begins : part[1]])
        if result and (afterthought or dated or not _opens_order(document, begins, part[1])):
            result[-1] = (result[-1][0], part[1])
        elif _words(document, part):
            result.append(part)
    return result


UPWARD = phrases("bodies", "upward")
ORDERING = phrases("bodies", "ordering")
NOUNS_AT_HEAD = frozenset(canonical(word) for word in table("acts")["nouns_at_head"])
ACTIONS = _ACTIONS
MODALS = _MODALS
HEADS = _HEADS

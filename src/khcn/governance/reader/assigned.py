"""Read orders without a verb of ordering: passive ones, answers to petitions, and who will answer for a failure."""

from khcn.governance.reader.clauses import MODALS, Order, is_body, read_order
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern
from khcn.governance.reader.orders import OrderBook
from khcn.kernel.text.sentences import Sentence

_PASSIVE = pattern(r"(?:cũng\s|đã\s|sẽ\s|vừa\s)*được\s(?:\w+\s)?(?:giao|yêu cầu)\s(?!nhiệm vụ\b|cho\b)")
_RESPONSIBLE = pattern(
    r"(?:đơn vị|địa phương|cá nhân|cơ quan|sở|ngành|cán bộ|người|tổ chức)\snào\s(?:không|chưa|để|còn|vi phạm)"
)

_FOR_WHOM = pattern(r"(?:riêng\s)?(?:đối với|với|về phía)\s(?P<who>[^,;.:]{2,70}),\s")


def read_for_whom(document: Document, book: OrderBook, sentence: Sentence) -> bool:
    """Read ``Đối với các xã, cần phân công …`` into the book: the body stands before what it must do."""
    found = _FOR_WHOM.match(document.lower, sentence.start, sentence.end)
    if found is None or not is_body(document, found.start("who")) or not MODALS.opens(document.lower, found.end()):
        return False
    order = read_order(document, found.end(), sentence.end)
    if order is None or order.to[0] < order.to[1]:
        return False
    span = sentence.start, sentence.end
    book.add(span, Order(found.span("who"), order.action, order.has_modal), "for_whom")
    return True


def read_passive(document: Document, book: OrderBook, sentence: Sentence) -> bool:
    """Read ``Sở X được giao làm việc …`` and ``các kiến nghị … được giao Sở X giải quyết`` into the book."""
    found = _PASSIVE.search(document.lower, sentence.start, sentence.end)
    order = read_order(document, found.end(), sentence.end) if found else None
    if found is None or order is None:
        return False
    span = sentence.start, sentence.end
    if order.to[0] < order.to[1]:
        book.emit(span, span, book.name_of(order.to), "passive_given_to")
        return True
    if not is_body(document, sentence.start):
        return False
    book.emit(span, order.action, book.name_of((sentence.start, found.start())), "passive_given")
    return True


def read_responsibility(document: Document, book: OrderBook, sentence: Sentence) -> bool:
    """Read ``đơn vị nào không … sẽ bị xem xét trách nhiệm`` into the book."""
    found = _RESPONSIBLE.search(document.lower, sentence.start, sentence.end)
    if found is None or "trách nhiệm" not in document.lower[found.end() : sentence.end]:
        return False
    span = sentence.start, sentence.end
    who = document.clean(found.start(), found.start() + found.group().index(" nào"))
    book.emit(span, span, who, "responsibility")
    return True


def read_answer(document: Document, book: OrderBook, sentence: Sentence) -> bool:
    """Read ``Về kiến nghị …: Sở X xem xét …`` into the book."""
    colon = document.text.find(":", sentence.start, sentence.end)
    if colon < 0 or not is_body(document, colon + 2):
        return False
    order: Order | None = read_order(document, colon + 1, sentence.end)
    if order is None:
        return False
    book.add((sentence.start, sentence.end), order, "answer_to_petition")
    return True

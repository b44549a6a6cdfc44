"""Collect directives: name the addressee, cut enumerations, find deadline, topic and coordinating bodies."""

from datetime import date

from khcn.governance.reader.clauses import Order, given_next, names_matter, read_order, split_orders
from khcn.governance.reader.deadlines import task_deadline
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern
from khcn.governance.reader.reading import Directive, Evidence, Span
from khcn.governance.reader.topics import topic_of

_COORDINATION = pattern(r"(?:phối hợp(?:\schặt chẽ)?\s(?:với|cùng)|cùng với)\s")
_COORDINATION_END = pattern(
    r"\s(?:để|nhằm|tham mưu|rà soát|xây dựng|hướng dẫn|tổ chức|triển khai|nghiên cứu|hoàn thiện|báo cáo"
    r"|đề xuất|thẩm định|thực hiện|kiểm tra|giải quyết|trình|xử lý|đẩy|tăng|tổng hợp|khẩn trương"
    r"|hoàn thành|trong|đôn đốc|bố trí|xem xét|sớm|lập|xác định|tập trung)\b|[,;.]|$"
)
_TIME_IN_NAME = pattern(
    r",?\s(?:ngay|ngay trong|trong|từ|trước)\s(?:vòng|\d+|tháng|quý|năm|tuần|ngày|thời gian|nay)\b.*$"
)
# Words between a body and what it is to do that belong to neither: "các tỉnh cùng xây dựng".
_AFTER_NAME = pattern(
    r"(?:,\stheo\s(?:ông|bà|đồng chí)\s[^,]*|(?:\s(?:cùng|cũng|đều|luôn|sẽ|hãy|cần|phải|nên|tập trung|lãnh đạo|đã|thực hiện"
    r"|chủ động|có trách nhiệm|tiếp tục))+),?$",
)
_EARLIER = frozenset({"này", "đó", "trên"})


class OrderBook:
    """The directives found so far in one document, and the addressee that the next one may share."""

    def __init__(self, document: Document, given: date | None) -> None:
        """Remember the document and the day the deadlines count from."""
        self.document = document
        self.given = given
        self.last_to: str | None = None
        self.found: list[Directive] = []
        self.spans: list[Span] = []

    def name_of(self, to: Span) -> str | None:
        """Return the addressee that stands in a span; the last one for an empty span or ``Sở này``."""
        text = _AFTER_NAME.sub("", _TIME_IN_NAME.sub("", self.document.clean(*to))).strip(" ,:;-\"“”'")
        if not text or (text.split()[-1].lower() in _EARLIER and self.last_to):
            return self.last_to
        return text

    def add(self, clause: Span, order: Order, rule: str) -> None:
        """Add one directive for each action of an enumeration; parts without addressee share the first one."""
        to = self.name_of(order.to)
        for place, part in enumerate(split_orders(self.document, *order.action)):
            told = place and not names_matter(self.document, *part)
            own = (given_next(self.document, *part) or read_order(self.document, *part)) if told else None
            if own and own.to[0] < own.to[1]:
                to = self.name_of(own.to)
            self.emit((clause[0] if place == 0 else part[0], part[1]), own.action if own else part, to, rule)
        self.spans.append(clause)

    def emit(self, clause: Span, action: Span, to: str | None, rule: str) -> None:
        """Add one directive as it is."""
        document = self.document
        span = document.span(*clause)
        deadline = task_deadline(document, clause, self.given)
        self.last_to = to or self.last_to
        self.found.append(
            Directive(
                to=to,
                action=document.clean(*action).strip(' ,;:./"“”'),
                deadline=deadline.raw,
                deadline_on=deadline.on,
                deadline_precision=deadline.precision,
                topic=topic_of(document.lower[action[0] : action[1]]),
                coordinators=self._coordinators(action),
                evidence=Evidence(
                    text=document.raw(span),
                    span=span,
                    rule=rule,
                    confidence=0.9 if rule.startswith("verb:") else 0.7,
                ),
            ),
        )

    def _coordinators(self, action: Span) -> tuple[str, ...]:
        found = _COORDINATION.search(self.document.lower, *action)
        if found is None:
            return ()
        end = _COORDINATION_END.search(self.document.lower, found.end(), action[1])
        name = self.document.clean(found.end(), end.start() if end else action[1])
        return (name,) if name else ()

    def without_announcements(self) -> list[Directive]:
        """Return the directives without those that only the summary lines announce, when the body has its own."""
        document = self.document
        edge = max((document.paragraphs[number].end for number in document.summary), default=0)
        limit = document.aligned.span(edge, edge)[0]
        return [directive for directive in self.found if directive.evidence.span[0] >= limit] or self.found

"""Read directives: who is to do what by when, from verbs of ordering, from conclusions and from sections of tasks."""

from dataclasses import dataclass
from datetime import date

from khcn.governance.reader.assigned import read_answer, read_passive, read_responsibility
from khcn.governance.reader.clauses import (
    ACTIONS,
    MODALS,
    NOUNS_AT_HEAD,
    ORDERING,
    UPWARD,
    Order,
    impersonal_order,
    is_body,
    loose_order,
    order_after_circumstance,
    read_order,
    skip_leading,
)
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern, phrases, places
from khcn.governance.reader.orders import OrderBook
from khcn.governance.reader.reading import Directive, Span
from khcn.governance.reader.sections import Section, Sections
from khcn.governance.reader.sessions import host_of
from khcn.governance.reader.speakers import Quote, Speakers
from khcn.governance.reader.triggers import ordering_verbs
from khcn.kernel.text.sentences import Sentence

_ORDERS = phrases("acts", "orders")
_ANY_ORDER = phrases("acts", "orders", "requests")
_MUST = pattern(r"\s(?:cần|phải|tập trung|tiếp tục|khẩn trương|thực hiện|triển khai)\s")
# In "nhấn mạnh một số nhiệm vụ trọng tâm Sở cần …" the body stands after the plan's name.
_PLAN = pattern(r"(?:nhiệm vụ|nội dung|giải pháp|vấn đề|công việc|yêu cầu|đề nghị)(?:\strọng tâm)?(?:\smà)?\s")
_ENUMERATED = pattern(r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|thứ \w+)\s?(?:là)?[,:]?\s")
_NEED = pattern(r"(?:nhấn mạnh|lưu ý|nhắc|định hướng|chỉ rõ|gợi ý|quán triệt)(?:\s(?:rằng|thêm|việc))?[,:]?\s")
_ASKS = pattern(r"(?:kiến nghị|đề xuất|mong muốn|đề nghị)\b")
_ABOUT = pattern(
    r"(?:đối với|về|riêng|để|trong|từ nay|thời gian tới|trên cơ sở|trước mắt|liên quan)(?:[^,;.:]|[.,](?=\S)){0,180},\s"
)
# "tin tưởng Viện sẽ gặt hái nhiều thành công" wishes well; it orders nothing.
_HOPES = frozenset({"tin tưởng", "hy vọng", "kỳ vọng"})
_WILL = pattern(r"\s(?:sẽ|ngày càng|luôn|mãi)\s")
_ACCORDING = pattern(r"theo\s(?:ông|bà|đồng chí|phó|chủ tịch|bí thư|bộ trưởng|thứ trưởng|thủ tướng)[^,;.:]{0,70},\s")
_NEEDS_LISTED = pattern(
    r"(?:nhấn mạnh|nêu|chỉ rõ|chỉ ra|lưu ý|đưa ra|quán triệt|định hướng|gợi mở)\s(?:rõ\s)?(?:một số|những|các|\d+|hai|ba|bốn|năm|sáu)\s"
    r"(?:\w+\s){0,2}?(?:nhiệm vụ|nội dung|yêu cầu|việc|giải pháp|vấn đề|điểm|định hướng)[^.;:]{0,60}:\s"
)
_WITH_WHOM = pattern(r"(?:với|đối với|riêng với|riêng|về phía)\s(?P<who>[^,;.:]{2,70}),\s")
_OPENING = pattern(
    r"(?:đối với|riêng|về phía|các đồng chí|trong đó,|đồng thời,|đồng thời|ngoài ra,|bên cạnh đó,|theo đó,|cụ thể,|mặt khác,|cùng với đó,|song song đó,|trước mắt,)\s"
)
_CONCLUDES = pattern(
    r"(?:kết luận|phát biểu chỉ đạo|chỉ đạo tại|giao nhiệm vụ|yêu cầu|đề nghị|lưu ý|nhấn mạnh|chỉ đạo)"
)
_NARRATION = pattern(
    r"(?:tại buổi làm việc, (?:các|đại diện|lãnh đạo)|trước đó|báo cáo tại|theo báo cáo|cùng ngày"
    r"|tại hội nghị, các|thay mặt|phát biểu tại (?:buổi|hội|cuộc)[\w\s]+, (?:ông|bà|giám đốc)|tiếp thu"
    r"|đại diện|sau khi nghe|dịp này|nhân dịp|trong khuôn khổ)"
)
# "khi thành phố yêu cầu báo cáo thì sở mới mời …" tells what usually happens.
_THEN = pattern(r"[^,;]{0,60}?\sthì\s")
# "Tiếp cận nhà ở là thước đo …" defines.
_IS = pattern(r"[^,;:]{8,140}?\slà\s")
_CAPTION = pattern(
    r"(?:phát biểu|kết luận|chỉ đạo|chủ trì)(?:\s(?:chỉ đạo|kết luận))?\s(?:tại\s)?(?:buổi|hội nghị|cuộc|phiên|kỳ|lễ|hội thảo)[^,;:.]{0,90}\.?(?:\s?ảnh:.*)?$"
)
# "Tỉnh tập trung …" tells what the orderer does; "UBND huyện X tập trung …" is told to.
_TOLD = pattern(r"(?:ubnd|ủy ban nhân dân|hđnd|bộ|lãnh đạo|huyện|thành phố)\s(?:các\s)?\w+")
# "Doanh nghiệp thiếu động lực tham gia …", "Nhà nước giữ vai trò …" tell how things are.
_TOLD_OF = pattern(r"^nhà nước|^người dân|^nhân dân|\s(?:thiếu|không|chưa|bị|gặp|gây|vì|do|nên|còn|đang|đã|được)\b")
_STATED = phrases("acts", "stated").all
# In a list of tasks these are told, not stated: "Ban Tuyên giáo chỉ đạo các báo …".
_TASKS_TOO = frozenset({"chỉ đạo", "báo cáo", "làm việc", "đánh giá", "đề nghị", "giao", "phấn đấu"})
_LONG_ENOUGH = 3
_I = pattern(r"\b(?:tôi|chúng tôi)\s(?:đã\s|cũng\s)?$")
_SHORT_REACH = 16
_SHORT_GAP = 3
_SUBJECT_REACH = 400
_LONGEST_SENTENCE = 10_000
_LONGEST_HEADING = 12


@dataclass(slots=True)
class _State:
    """What the reader remembers from sentence to sentence: whether orders are being given, and to whom."""

    ordering: bool = False
    followed: bool = False
    ordered_in: Quote | None = None  # the quotation in which the last order stands
    chair_speaks: int | None = None  # the paragraph in which the chair has the word
    quote: Quote | None = None
    section: Section = Section.NONE


class DirectiveReader:
    """Read the directives of one document."""

    def __init__(self, document: Document, speakers: Speakers, sections: Sections, given: date | None) -> None:
        """Remember the document, who speaks in it, its sections and the day the deadlines count from."""
        self.document = document
        self.speakers = speakers
        self.sections = sections
        self.book = OrderBook(document, given)
        # A notice's tasks that name nobody are for those it says were worked with.
        self.host = host_of(document) if document.is_notice else None

    def read(self) -> tuple[list[Directive], list[Span]]:
        """Return the directives in order and the canonical spans of their sentences' ordering parts."""
        state = _State()
        for sentence in self.document.sentences:
            skipped = sentence.paragraph in self.document.repeated or sentence.paragraph == self.document.title
            # No writer goes on so long without a stop: this is a table or damage, and reading it would take ages.
            skipped = skipped or sentence.end - sentence.start > _LONGEST_SENTENCE
            if sentence.paragraph in self.sections.headings:
                state.section, self.book.last_to, skipped = self.sections.of[sentence.paragraph], self.host, True
            if not skipped:
                self._read_sentence(sentence, state)
        return self.book.without_announcements(), self.book.spans

    def _read_sentence(self, sentence: Sentence, state: _State) -> None:
        state.section = self.sections.of[sentence.paragraph]
        state.quote = self.speakers.quote_at(sentence)
        before = len(self.book.found)
        self._follow_speaker(sentence, state)
        if self._by_heading(sentence, state):
            return
        readers = [
            self._by_passive,
            self._by_trigger,
            self._by_responsibility,
            self._by_subject,
            self._by_head_verb,
            self._by_need,
            self._by_list_of_needs,
            self._by_thing,
            self._by_answer,
        ]
        if state.section is Section.TASKS:
            # In a list of tasks "UBND tỉnh chỉ đạo các sở …" orders the one who is named first.
            readers.insert(0, self._by_subject)
        for reader in readers:
            if reader(sentence, state):
                break
        announces = sentence.text.endswith(":") and state.ordering
        if announces and len(self.book.found) == before:
            self._announce(sentence)
        state.followed = len(self.book.found) > before or announces
        state.ordered_in = state.quote if state.followed else None

    def _announce(self, sentence: Sentence) -> None:
        """Take the body that ``tỉnh cần thực hiện các nhiệm vụ sau:`` speaks of as addressee of the items."""
        for found in _MUST.finditer(self.document.lower, sentence.start, sentence.end):
            comma = self.document.text.rfind(", ", sentence.start, found.start())
            start = comma + 2 if comma >= 0 else sentence.start
            planned = list(_PLAN.finditer(self.document.lower, start, found.start()))
            start = planned[-1].end() if planned else start
            if is_body(self.document, start):
                self.book.last_to = self.book.name_of((start, found.start()))

    def _follow_speaker(self, sentence: Sentence, state: _State) -> None:
        """Turn the giving of orders on when the chair concludes, off when somebody else takes the word."""
        if state.section is not Section.NONE:
            state.ordering = state.section in {Section.TASKS, Section.PETITIONS}
            return
        quote = state.quote
        if quote and quote.speaker:
            if quote.speaker != self.speakers.chair:
                state.ordering = False
            return
        speaker = self.speakers.opening_speaker(sentence)
        if speaker is None:
            asks = self._opens_by_asking(sentence)
            if asks or _NARRATION.match(self.document.lower, sentence.start, sentence.end):
                state.ordering = state.followed = False
                state.chair_speaks = None
            return
        commands = self.speakers.commands(speaker)
        state.chair_speaks = sentence.paragraph if commands else None
        if not commands:
            state.ordering = state.followed = False
        elif _CONCLUDES.search(self.document.lower, sentence.start, sentence.end) and not self._is_caption(sentence):
            state.ordering = True

    def _is_caption(self, sentence: Sentence) -> bool:
        """Tell whether a sentence only says that somebody speaks: ``Bí thư A phát biểu chỉ đạo tại hội nghị``."""
        return _CAPTION.search(self.document.lower, sentence.start, sentence.end) is not None

    def _opens_by_asking(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is ``Liên hiệp hội đề xuất …``: a body asks, so nobody orders."""
        start = self._start(sentence)
        order = read_order(self.document, start, sentence.end) if is_body(self.document, start) else None
        return order is not None and _ASKS.match(self.document.lower, order.action[0]) is not None

    def _by_heading(self, sentence: Sentence, state: _State) -> bool:
        """Take ``Sở X:`` or ``Đối với Sở X`` on a line of its own as the addressee of the items below."""
        line = self.document.lower[sentence.start : sentence.end].rstrip(" :")
        start = sentence.start + (len("đối với ") if line.startswith("đối với ") else 0)
        alone = sentence.text.endswith(":") or bool(sentence.marker)
        if not (alone and state.ordering and is_body(self.document, start)) or ":" in line or line.endswith("."):
            return False
        if (
            read_order(self.document, start, sentence.end) is not None
            or len(line.split()) > _LONGEST_HEADING
            or _MUST.search(line)
        ):
            return False
        self.book.last_to = self.document.clean(start, sentence.start + len(line))
        state.followed = True
        return True

    def _by_trigger(self, sentence: Sentence, state: _State) -> bool:
        for start, trigger in ordering_verbs(self.document, sentence):
            end = start + len(trigger)
            if not self._is_order(sentence, start, trigger, state):
                continue
            limit = self._limit(sentence, start, state)
            if trigger in _HOPES and _WILL.search(self.document.lower, end, limit):
                continue
            order = read_order(self.document, end, limit) or order_after_circumstance(self.document, end, limit)
            order = order or self._loosely(sentence, end) or impersonal_order(self.document, end, limit)
            if order is None or _THEN.match(self.document.lower, *order.action):
                self._expect_items(sentence, end, state)
                continue
            begin = sentence.start if state.section is Section.PETITIONS else start
            self.book.add((begin, limit), self._addressed(sentence, order, start), f"verb:{trigger}")
            state.ordering = True
            return True
        return self._by_attribution(sentence, state)

    def _limit(self, sentence: Sentence, start: int, state: _State) -> int:
        """Return where the words of an order end: with the quotation they stand in, else with the sentence."""
        quoted = state.quote is not None and state.quote.start <= start < state.quote.end
        return min(sentence.end, state.quote.end - 1) if quoted and state.quote else sentence.end

    def _addressed(self, sentence: Sentence, order: Order, start: int) -> Order:
        """Return the order with the addressee of ``Với Thứ trưởng A, Bộ trưởng giao trực tiếp chỉ đạo …``."""
        opening = _WITH_WHOM.match(self.document.lower, sentence.start, start)
        if order.to[0] < order.to[1] or opening is None or not is_body(self.document, opening.start("who")):
            return order
        return Order(opening.span("who"), order.action, order.has_modal)

    def _loosely(self, sentence: Sentence, start: int) -> Order | None:
        """Read an order whose verb is not listed, when its body follows at once."""
        return None if sentence.text.endswith(":") else loose_order(self.document, start, sentence.end)

    def _expect_items(self, sentence: Sentence, start: int, state: _State) -> None:
        """Remember the addressee of ``yêu cầu huyện X:``, whose items follow on lines of their own."""
        if not sentence.text.endswith(":"):
            return
        state.ordering = True
        to = self.document.clean(start, sentence.end - 1).removesuffix("như sau").strip(" ,:")
        if to and (is_body(self.document, start + 1) or to[0].isupper()):
            self.book.last_to = to

    def _is_order(self, sentence: Sentence, start: int, trigger: str, state: _State) -> bool:
        """Decide by the speaker whether a verb orders or only asks."""
        if state.section in {Section.TASKS, Section.PETITIONS}:
            return True
        if state.section in {Section.ASSESSMENT, Section.CLOSING}:
            return False
        end = start + len(trigger)
        if state.quote and state.quote.speaker:
            mine = trigger in _ORDERS.all and _I.search(self.document.lower, max(0, start - _SHORT_REACH), start)
            below = self._tells_below(state.quote.speaker, end)
            return state.quote.speaker == self.speakers.chair or bool(mine) or below
        subject = self.speakers.subject(sentence.start, start)
        if subject is not None:
            if self.speakers.commands(subject):
                return True
            direct = _is_direct(self.document, subject.reach, start) or self.speakers.goes_on(subject, start)
            return direct and (
                (trigger in _ORDERS.all and self._is_leader(subject.key)) or self._tells_below(subject.key, end)
            )
        about = _ABOUT.match(self.document.lower, sentence.start, start)
        # "Đối với đề xuất …, giao …": the word before the comma is what is answered, nobody asks here.
        if _ASKS.search(self.document.lower, about.end() if about else sentence.start, start):
            return False
        if self._asks_above(sentence, start, end):
            return False
        if self._ordering_body(sentence, start):
            return trigger in _ORDERS.all or state.ordering
        return state.ordering or (trigger in _ORDERS.all and start == sentence.start)

    def _asks_above(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell whether a body turns to one above: ``Về biên chế, Sở X đề nghị UBND tỉnh …``."""
        comma = self.document.text.rfind(", ", sentence.start, start)
        clause = comma + 2 if comma >= 0 else sentence.start
        asks = is_body(self.document, clause) and not ORDERING.opens(self.document.lower, clause)
        return asks and bool(UPWARD.opens(self.document.lower, skip_leading(self.document, end, sentence.end)))

    def _tells_below(self, key: str | None, end: int) -> bool:
        """Tell whether a leader, though not the one who presides, turns to a body that is not above the session."""
        position = skip_leading(self.document, end, min(end + _SUBJECT_REACH, len(self.document.text)))
        told = is_body(self.document, position) or places().opens(self.document.lower, position)
        return bool(told) and not UPWARD.opens(self.document.lower, position) and self._is_leader(key)

    def _is_leader(self, key: str | None) -> bool:
        return key is not None and self.speakers.cast.characters[key].rank > 0

    def _ordering_body(self, sentence: Sentence, start: int) -> bool:
        """Tell whether a body that gives orders (``thành phố``, ``UBND tỉnh``) is the subject before a verb."""
        document = self.document
        numbers = document.words_within(max(sentence.start, start - _SUBJECT_REACH), start)
        return any(
            ORDERING.at(document.lower, document.words[number].start, document.words[number].lower)
            for number in numbers
        )

    def _by_attribution(self, sentence: Sentence, state: _State) -> bool:
        """Read a quoted sentence whose speaker is said to order (``…, ông X yêu cầu``)."""
        quote = state.quote
        if quote is None or quote.verb not in _ANY_ORDER.all or quote.speaker is None:
            return False
        if quote.speaker != self.speakers.chair and quote.verb not in _ORDERS.all:
            return False
        ends = self.document.lower[quote.verb_end : quote.verb_end + 1]
        if (
            ends.isspace()
            and quote.verb_end > quote.end
            and read_order(self.document, quote.verb_end, quote.verb_end + 200)
        ):
            return False
        limit = min(sentence.end, quote.end - 1)
        order = read_order(self.document, sentence.start, limit)
        if order is None:
            return False
        self.book.add((sentence.start, limit), order, "quoted_order")
        return True

    def _by_passive(self, sentence: Sentence, state: _State) -> bool:
        listening = state.ordering or state.section is Section.TASKS
        return listening and read_passive(self.document, self.book, sentence)

    def _by_responsibility(self, sentence: Sentence, state: _State) -> bool:
        listening = state.ordering or bool(self.book.found)
        return listening and read_responsibility(self.document, self.book, sentence)

    def _by_subject(self, sentence: Sentence, state: _State) -> bool:
        """Read ``Sở X cần …`` or ``Sở X khẩn trương …`` while orders are being given."""
        quoted = state.quote is not None and state.quote.verb not in _ANY_ORDER.all
        heard = state.ordering or state.chair_speaks == sentence.paragraph
        if not heard or quoted or not is_body(self.document, self._start(sentence)):
            return False
        order = read_order(self.document, self._start(sentence), sentence.end)
        if (
            order is None
            or self._is_pronoun(order)
            or not self._is_bidding(order, in_tasks=state.section is Section.TASKS)
            or not (order.has_modal or (state.ordering and self._is_ordered_before(state)))
        ):
            return False
        self.book.add((sentence.start, sentence.end), order, "body_must")
        return True

    def _is_ordered_before(self, state: _State) -> bool:
        """Tell whether an order came before: ``Sở X rà soát …`` alone may as well report."""
        return bool(self.book.found) or state.followed or state.section is not Section.NONE

    def _is_pronoun(self, order: Order) -> bool:
        """Tell whether only ``ông``, ``bà`` or ``đồng chí`` stands before the verb: that one speaks."""
        return self.document.lower[slice(*order.to)].strip() in {"ông", "bà", "đồng chí", "anh", "chị"}

    def _start(self, sentence: Sentence) -> int:
        """Return where the subject of a sentence begins, after ``Hai là,`` or ``Đối với nguồn điện,``."""
        enumerated = _ENUMERATED.match(self.document.lower, sentence.start)
        if enumerated:
            return enumerated.end()
        about = _ABOUT.match(self.document.lower, sentence.start, sentence.end)
        if about and is_body(self.document, about.end()):
            return about.end()
        opening = _OPENING.match(self.document.lower, sentence.start)
        return opening.end() if opening else sentence.start

    def _is_bidding(self, order: Order, *, in_tasks: bool) -> bool:
        if (
            ORDERING.opens(self.document.lower, order.to[0])
            and not order.has_modal
            and not _TOLD.search(self.document.lower[slice(*order.to)])
        ):
            return False
        verb = ACTIONS.opens(self.document.lower, order.action[0])
        told_of = _TOLD_OF.search(self.document.lower[slice(*order.to)]) or verb.startswith("có ")
        if told_of and not order.has_modal and not in_tasks:
            return False
        return order.has_modal or verb not in _STATED or (in_tasks and verb in _TASKS_TOO)

    def _by_head_verb(self, sentence: Sentence, state: _State) -> bool:
        """Read a sentence or item that opens with the action itself, after other orders or in a section of tasks."""
        in_tasks = state.section is Section.TASKS
        elsewhere = state.quote is not None and state.quote != state.ordered_in
        if elsewhere or not (in_tasks or (state.ordering and state.followed)):
            return False
        lower, start = self.document.lower, sentence.start
        enumerated = bool(_ENUMERATED.match(lower, start))
        if state.section is not Section.PETITIONS or enumerated:
            start = skip_leading(self.document, start, sentence.end)
        verb = ACTIONS.opens(lower, start)
        firm = enumerated or bool(MODALS.opens(lower, start)) or bool(sentence.marker) or in_tasks
        if (
            not verb
            or ((verb in NOUNS_AT_HEAD or _IS.match(lower, start, sentence.end)) and not firm)
            or len(self.document.words_within(start, sentence.end)) < _LONG_ENOUGH
        ):
            return False
        order = read_order(self.document, start, sentence.end)
        if order is None:
            return False
        self.book.add((start, sentence.end), order, "opening_action")
        return True

    def _by_thing(self, sentence: Sentence, state: _State) -> bool:
        """Read ``Thủ tục đầu tư cần được rút ngắn`` while orders are being given."""
        if not state.ordering or state.quote is not None:
            return False
        start = skip_leading(self.document, sentence.start, sentence.end)
        order = impersonal_order(self.document, max(0, start - 1), sentence.end)
        if order is None:
            return False
        self.book.add((start, sentence.end), order, "thing_must")
        return True

    def _by_list_of_needs(self, sentence: Sentence, state: _State) -> bool:
        """Read the chair's ``nhấn mạnh 3 nhiệm vụ: thứ nhất, Sở X …; thứ hai, Sở Y …``."""
        found = _NEEDS_LISTED.search(self.document.lower, sentence.start, sentence.end)
        if found is None or not self.speakers.commands(self.speakers.subject(sentence.start, found.start())):
            return False
        order = read_order(self.document, found.end(), sentence.end)
        if order is None:
            return False
        self.book.add((found.start(), sentence.end), order, "chair_lists")
        state.ordering = True
        return True

    def _by_answer(self, sentence: Sentence, state: _State) -> bool:
        return state.section is Section.PETITIONS and read_answer(self.document, self.book, sentence)

    def _by_need(self, sentence: Sentence, state: _State) -> bool:
        """Read the chair's ``nhấn mạnh, Sở X cần …``."""
        according = _ACCORDING.match(self.document.lower, sentence.start, sentence.end)
        found = according or _NEED.search(self.document.lower, sentence.start, sentence.end)
        if found is None or not (state.ordering or according) or state.quote is not None or sentence.text.endswith(":"):
            return False
        if according and not self.speakers.commands(self.speakers.subject(sentence.start, according.end())):
            return False
        if not according and not self.speakers.commands(self.speakers.subject(sentence.start, found.start())):
            return False
        order = read_order(self.document, found.end(), sentence.end)
        if order is None or not order.has_modal or order.to[0] == order.to[1]:
            order = order_after_circumstance(self.document, found.end(), sentence.end)
        if order is None:
            return False
        self.book.add((found.start(), sentence.end), order, "chair_says_must")
        return True


def _is_direct(document: Document, start: int, end: int) -> bool:
    """Tell whether at most a few words part a subject from its verb."""
    return start >= end or len(document.text[start:end].split()) <= _SHORT_GAP

"""Read directives: who is to do what by when, from verbs of ordering, from conclusions and from sections of tasks."""

from datetime import date

from khcn.governance.reader.answers import names_petition
from khcn.governance.reader.assigned import read_answer, read_for_whom, read_passive, read_responsibility
from khcn.governance.reader.clauses import (
    ACTIONS,
    MODALS,
    NOUNS_AT_HEAD,
    ORDERING,
    Order,
    impersonal_order,
    is_body,
    loose_order,
    order_after_circumstance,
    read_order,
    skip_leading,
)
from khcn.governance.reader.document import Document
from khcn.governance.reader.floor import ENUMERATED, ORDERS, Floor, Listening, subject_start
from khcn.governance.reader.lexicon import pattern, phrases
from khcn.governance.reader.orders import OrderBook
from khcn.governance.reader.reading import Directive, Span
from khcn.governance.reader.sections import Section, Sections
from khcn.governance.reader.sessions import host_of
from khcn.governance.reader.speakers import Quote, Speakers
from khcn.governance.reader.triggers import ordering_verbs
from khcn.kernel.text.sentences import Sentence

_ANY_ORDER = phrases("acts", "orders", "requests")
_MUST = pattern(r"\s(?:cần|phải|tập trung|tiếp tục|khẩn trương|thực hiện|triển khai)\s")
# In "nhấn mạnh một số nhiệm vụ trọng tâm Sở cần …" the body stands after the plan's name.
_PLAN = pattern(r"(?:nhiệm vụ|nội dung|giải pháp|vấn đề|công việc|yêu cầu|đề nghị)(?:\strọng tâm)?(?:\smà)?\s")
_NEED = pattern(r"(?:nhấn mạnh|lưu ý|nhắc|định hướng|chỉ rõ|gợi ý|quán triệt)(?:\s(?:rằng|thêm|việc))?[,:]?\s")
# "tin tưởng Viện sẽ gặt hái nhiều thành công" wishes well; it orders nothing.
_HOPES = frozenset({"tin tưởng", "hy vọng", "kỳ vọng"})
_WILL = pattern(r"\s(?:sẽ|ngày càng|luôn|mãi)\s")
_ACCORDING = pattern(r"theo\s(?:ông|bà|đồng chí|phó|chủ tịch|bí thư|bộ trưởng|thứ trưởng|thủ tướng)[^,;.:]{0,70},\s")
_NEEDS_LISTED = pattern(
    r"(?:nhấn mạnh|nêu|chỉ rõ|chỉ ra|lưu ý|đưa ra|quán triệt|định hướng|gợi mở)\s(?:rõ\s)?(?:một số|những|các|\d+|hai|ba|bốn|năm|sáu)\s"
    r"(?:\w+\s){0,2}?(?:nhiệm vụ|nội dung|yêu cầu|việc|giải pháp|vấn đề|điểm|định hướng)[^.;:]{0,60}:\s"
)
_WITH_WHOM = pattern(r"(?:với|đối với|riêng với|riêng|về phía)\s(?P<who>[^,;.:]{2,70}),\s")
# "khi thành phố yêu cầu báo cáo thì sở mới mời …" tells what usually happens.
_THEN = pattern(r"[^,;]{0,60}?\sthì\s")
# "Tiếp cận nhà ở là thước đo …" defines.
_IS = pattern(r"[^,;:]{8,140}?\slà\s")
# "Tỉnh tập trung …" tells what the orderer does; "UBND huyện X tập trung …" is told to.
_TOLD = pattern(r"(?:ubnd|ủy ban nhân dân|hđnd|bộ|lãnh đạo|huyện|thành phố)\s(?:các\s)?\w+")
# "Doanh nghiệp thiếu động lực tham gia …", "Nhà nước giữ vai trò …" tell how things are.
_TOLD_OF = pattern(r"^nhà nước|^người dân|^nhân dân|\s(?:thiếu|không|chưa|bị|gặp|gây|vì|do|nên|còn|đang|đã|được)\b")
# "Các địa phương chỉ đạo tiếp tục rà soát …" hands an order on.
_HANDS_ON = pattern(r"chỉ đạo\s(?:tiếp tục|tăng cường|rà soát|khẩn trương|đẩy mạnh|triển khai|kiểm tra)\b")
_STRESSED = frozenset({"nhấn mạnh", "lưu ý", "chỉ rõ", "quán triệt"})
_STATED = phrases("acts", "stated").all
# In a list of tasks these are told, not stated: "Ban Tuyên giáo chỉ đạo các báo …".
_TASKS_TOO = frozenset({"chỉ đạo", "báo cáo", "làm việc", "đánh giá", "đề nghị", "giao", "phấn đấu"})
# "1. Ghi nhận nỗ lực của Sở: đã kiểm tra …" tells what was done, though it stands among tasks.
_PRAISE = pattern(
    r"(?:ghi nhận|biểu dương|đánh giá cao|hoan nghênh|chúc mừng|cơ bản (?:thống nhất|nhất trí|đồng ý) với)\s"
)
_INTRODUCES = pattern(r"(?:lưu ý|sau|sau đây|nội dung|việc|nhiệm vụ|giải pháp|vấn đề)\s?:$")
_LONG_ENOUGH = 3
_LONGEST_SENTENCE = 10_000
_LONGEST_HEADING = 12


class DirectiveReader:
    """Read the directives of one document."""

    def __init__(self, document: Document, speakers: Speakers, sections: Sections, given: date | None) -> None:
        """Remember the document, who speaks in it, its sections and the day the deadlines count from."""
        self.document = document
        self.speakers = speakers
        self.sections = sections
        self.floor = Floor(document, speakers)
        self.book = OrderBook(document, given)
        # A notice's tasks that name nobody are for those it says were worked with.
        self.host = host_of(document) if document.is_notice else None

    def read(self) -> tuple[list[Directive], list[Span]]:
        """Return the directives in order and the canonical spans of their sentences' ordering parts."""
        state = Listening()
        for sentence in self.document.sentences:
            skipped = sentence.paragraph in self.document.repeated or sentence.paragraph == self.document.title
            # No writer goes on so long without a stop: this is a table or damage, and reading it would take ages.
            skipped = skipped or sentence.end - sentence.start > _LONGEST_SENTENCE
            if sentence.paragraph in self.sections.headings:
                state.section, self.book.last_to, skipped = self.sections.of[sentence.paragraph], self.host, True
            if not skipped:
                self._read_sentence(sentence, state)
        return self.book.without_announcements(), self.book.spans

    def _read_sentence(self, sentence: Sentence, state: Listening) -> None:
        state.section = self.sections.of[sentence.paragraph]
        state.quote = self.speakers.quote_at(sentence)
        before = len(self.book.found)
        self.floor.follow(sentence, state)
        if self._by_heading(sentence, state):
            return
        readers = [
            self._by_passive,
            self._by_trigger,
            self._for_whom,
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
        state.ordered = bool(self.book.found)
        state.chair_last = self.speakers.commands(self.speakers.opening_speaker(sentence))

    def _announce(self, sentence: Sentence) -> None:
        """Take the body that ``tỉnh cần thực hiện các nhiệm vụ sau:`` speaks of as addressee of the items."""
        for found in _MUST.finditer(self.document.lower, sentence.start, sentence.end):
            comma = self.document.text.rfind(", ", sentence.start, found.start())
            start = comma + 2 if comma >= 0 else sentence.start
            planned = list(_PLAN.finditer(self.document.lower, start, found.start()))
            start = planned[-1].end() if planned else start
            if is_body(self.document, start):
                self.book.last_to = self.book.name_of((start, found.start()))

    def _by_heading(self, sentence: Sentence, state: Listening) -> bool:
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

    def _by_trigger(self, sentence: Sentence, state: Listening) -> bool:
        for start, trigger in ordering_verbs(self.document, sentence):
            end = start + len(trigger)
            if not self.floor.orders(sentence, start, trigger, state):
                continue
            limit = self._limit(sentence, start, state)
            if trigger in _HOPES and _WILL.search(self.document.lower, end, limit):
                continue
            order = read_order(self.document, end, limit) or order_after_circumstance(self.document, end, limit)
            order = order or self._loosely(sentence, end) or impersonal_order(self.document, end, limit)
            if order is None or _THEN.match(self.document.lower, *order.action):
                self._expect_items(sentence, end, state)
                continue
            decides = state.section is Section.PETITIONS or names_petition(self.document, sentence)
            begin = sentence.start if decides else start
            self.book.add((begin, limit), self._addressed(sentence, order, start), f"verb:{trigger}")
            state.ordering = True
            return True
        return self._by_attribution(sentence, state)

    def _limit(self, sentence: Sentence, start: int, state: Listening) -> int:
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

    def _expect_items(self, sentence: Sentence, start: int, state: Listening) -> None:
        """Remember the addressee of ``yêu cầu huyện X:``, whose items follow on lines of their own."""
        if not sentence.text.endswith(":"):
            return
        state.ordering = True
        to = self.document.clean(start, sentence.end - 1).removesuffix("như sau").strip(" ,:")
        if to and (is_body(self.document, start + 1) or to[0].isupper()):
            self.book.last_to = to

    def _by_attribution(self, sentence: Sentence, state: Listening) -> bool:
        """Read a quoted sentence whose speaker is said to order (``…, ông X yêu cầu``)."""
        quote = state.quote
        if quote is None or quote.verb not in _ANY_ORDER.all or quote.speaker is None:
            return False
        if quote.speaker != self.speakers.chair and quote.verb not in ORDERS.all:
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

    def _by_passive(self, sentence: Sentence, state: Listening) -> bool:
        listening = state.ordering or state.section is Section.TASKS
        return listening and read_passive(self.document, self.book, sentence)

    def _for_whom(self, sentence: Sentence, state: Listening) -> bool:
        return state.ordering and state.quote is None and read_for_whom(self.document, self.book, sentence)

    def _by_responsibility(self, sentence: Sentence, state: Listening) -> bool:
        listening = state.ordering or bool(self.book.found)
        return listening and read_responsibility(self.document, self.book, sentence)

    def _by_subject(self, sentence: Sentence, state: Listening) -> bool:
        """Read ``Sở X cần …`` or ``Sở X khẩn trương …`` while orders are being given."""
        stressed = state.quote is not None and self._is_stressed(state.quote)
        said = state.quote is not None and self._is_said_by_chair(state.quote)
        quoted = state.quote is not None and not said and state.quote.verb not in _ANY_ORDER.all
        heard = state.ordering or said or state.chair_speaks == sentence.paragraph
        if not heard or quoted or not is_body(self.document, subject_start(self.document, sentence)):
            return False
        if self._is_chair_speaking(sentence) or self._introduces(sentence):
            return False  # "Bộ trưởng lưu ý, …" tells nobody else
        limit = self._limit(sentence, sentence.start, state)
        order = read_order(self.document, subject_start(self.document, sentence), limit)
        if (
            order is None
            or self._is_pronoun(order)
            or not self._is_bidding(order, in_tasks=state.section is Section.TASKS)
            or not (order.has_modal or (state.ordering and self._is_ordered_before(state) and (stressed or not said)))
        ):
            return False
        self.book.add((sentence.start, limit), order, "body_must")
        return True

    def _introduces(self, sentence: Sentence) -> bool:
        """Tell whether a sentence only leads to the numbered items below it: ``…, trong đó lưu ý:``."""
        below = self.document.paragraphs[sentence.paragraph + 1 : sentence.paragraph + 2]
        numbered = any(paragraph.marker for paragraph in below)
        return numbered and _INTRODUCES.search(self.document.lower, sentence.start, sentence.end) is not None

    def _is_stressed(self, quote: Quote) -> bool:
        """Tell whether the chair stresses the quoted words: ``“Sở X phải …”, Bí thư A nhấn mạnh`` orders."""
        return self._is_said_by_chair(quote) and quote.verb in _STRESSED

    def _is_said_by_chair(self, quote: Quote) -> bool:
        """Tell whether the chair says the quoted words: of these only ``Sở X phải …`` orders."""
        return quote.speaker is not None and quote.speaker == self.speakers.chair

    def _is_chair_speaking(self, sentence: Sentence) -> bool:
        speaker = self.speakers.opening_speaker(sentence)
        opens = speaker is not None and speaker.start == subject_start(self.document, sentence)
        return opens and self.speakers.commands(speaker)

    def _is_ordered_before(self, state: Listening) -> bool:
        """Tell whether an order came before: ``Sở X rà soát …`` alone may as well report."""
        return bool(self.book.found) or state.followed or state.section is not Section.NONE

    def _is_pronoun(self, order: Order) -> bool:
        """Tell whether only ``ông``, ``bà`` or ``đồng chí`` stands before the verb: that one speaks."""
        return self.document.lower[slice(*order.to)].strip() in {"ông", "bà", "đồng chí", "anh", "chị"}

    def _is_bidding(self, order: Order, *, in_tasks: bool) -> bool:
        if (
            ORDERING.opens(self.document.lower, order.to[0])
            and not order.has_modal
            and not _TOLD.search(self.document.lower[slice(*order.to)])
        ):
            return False
        verb = ACTIONS.opens(self.document.lower, order.action[0])
        if _HANDS_ON.match(self.document.lower, order.action[0]):
            return True
        told_of = _TOLD_OF.search(self.document.lower[slice(*order.to)]) or verb.startswith("có ")
        if told_of and not order.has_modal and not in_tasks:
            return False
        return order.has_modal or verb not in _STATED or (in_tasks and verb in _TASKS_TOO)

    def _by_head_verb(self, sentence: Sentence, state: Listening) -> bool:
        """Read a sentence or item that opens with the action itself, after other orders or in a section of tasks."""
        in_tasks = state.section is Section.TASKS
        elsewhere = state.quote is not None and state.quote != state.ordered_in
        if elsewhere or not (in_tasks or (state.ordering and state.followed)):
            return False
        lower, start = self.document.lower, sentence.start
        enumerated = bool(ENUMERATED.match(lower, start))
        if state.section is not Section.PETITIONS or enumerated:
            start = skip_leading(self.document, start, sentence.end)
        verb = ACTIONS.opens(lower, start)
        firm = enumerated or bool(MODALS.opens(lower, start)) or bool(sentence.marker) or in_tasks
        if (
            not verb
            or _PRAISE.match(lower, start)
            or ((verb in NOUNS_AT_HEAD or _IS.match(lower, start, sentence.end)) and not firm)
            or len(self.document.words_within(start, sentence.end)) < _LONG_ENOUGH
        ):
            return False
        order = read_order(self.document, start, sentence.end)
        if order is None:
            return False
        self.book.add((start, sentence.end), order, "opening_action")
        return True

    def _by_thing(self, sentence: Sentence, state: Listening) -> bool:
        """Read ``Thủ tục đầu tư cần được rút ngắn`` while orders are being given."""
        if not state.ordering or state.quote is not None:
            return False
        start = skip_leading(self.document, sentence.start, sentence.end)
        order = impersonal_order(self.document, max(0, start - 1), sentence.end)
        if order is None:
            return False
        self.book.add((start, sentence.end), order, "thing_must")
        return True

    def _by_list_of_needs(self, sentence: Sentence, state: Listening) -> bool:
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

    def _by_answer(self, sentence: Sentence, state: Listening) -> bool:
        return state.section is Section.PETITIONS and read_answer(self.document, self.book, sentence)

    def _by_need(self, sentence: Sentence, state: Listening) -> bool:
        """Read the chair's ``nhấn mạnh, Sở X cần …``."""
        according = _ACCORDING.match(self.document.lower, sentence.start, sentence.end)
        found = according or _NEED.search(self.document.lower, sentence.start, sentence.end)
        if found is None or not (state.ordering or according) or state.quote is not None or sentence.text.endswith(":"):
            return False
        if according and not self.speakers.commands(self.speakers.cast.last_before(sentence.start, according.end())):
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

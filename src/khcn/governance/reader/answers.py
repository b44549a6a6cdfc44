"""Join petitions and the sentences that answer them: ``Về đề xuất làm sổ tay, Chủ tịch đồng ý và giao …``."""

import re
from dataclasses import dataclass, replace

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import canonical, pattern
from khcn.governance.reader.reading import Evidence, Petition, Span
from khcn.governance.reader.sections import Section, Sections
from khcn.kernel.text.folding import name_key
from khcn.kernel.text.sentences import Sentence

_ASKED = r"(?:kiến nghị|đề xuất|đề nghị|phản ánh|ý kiến|khó khăn|vướng mắc|thắc mắc|nguyện vọng)"
_REPLIED = r"[^,;.:]{0,60}?(?:đồng ý|nhất trí|thống nhất|giao\s|yêu cầu|đề nghị|ghi nhận|tiếp thu|sẽ\s|cho biết|chưa\s)"
_TOPIC = pattern(
    r"(?:tiếp thu[^,]{0,40},\s|trả lời[^,]{0,40},\s|riêng\s|ngoài ra,?\s)?"
    r"(?:(?:về|đối với|liên quan(?:\s(?:đến|tới))?|trước|giải đáp|trả lời|với)\s"
    rf"|(?=(?:(?:các|những|mọi|nội dung)\s)*(?:kiến nghị|đề xuất|nguyện vọng)\s[^,;.:]{{2,90}},\s{_REPLIED})|(?=việc\s[^,;.:]{{2,90}},\s{_REPLIED}))(?P<topic>[^;.:]{{3,160}}?),\s(?=(?P<next>[^\n]{{3}}))"
)
_NAMES_ASKING = pattern(
    rf"^(?:(?:các|những|một số|mọi|từng|hai|ba|bốn|nội dung|việc)\s)*(?P<noun>{_ASKED})\b(?:,\s{_ASKED})?"
)
_ABOUT = pattern(
    r"(?:kiến nghị|đề xuất|đề nghị|phản ánh)\s(?:về|liên quan đến)\s(?P<topic>[^,;.:]{2,70}?)\s"
    r"(?:thuộc|sẽ|là|đã|đang|được|tỉnh|ubnd|bộ|hiện)\s"
)
_PETITION_NOUNS = frozenset(canonical(word) for word in ("kiến nghị", "đề xuất", "đề nghị", "nguyện vọng"))
_OWNER = pattern(r"^\s?của\s(?P<who>[^,]{2,60}?)(?:\svề\b|\sliên quan\b|$)")
_FILLER = pattern(
    r"^(?:\s?(?:về|của|trên|này|đó|nêu trên|nói trên|liên quan(?:\sđến)?|việc|được nêu|là|chính đáng|,))*\s?"
)
_REPLIES = pattern(
    r"(?:đồng ý|thống nhất|nhất trí|chấp thuận|giao\b|yêu cầu|đề nghị|sẽ\b|ghi nhận|tiếp thu|cho biết|cho hay|chia sẻ|cho phép"
    r"|hứa|khẳng định|xem xét|giải quyết|thông tin|trả lời|nói\b|chưa\b|không\b|đã\b|được\b)"
)
# "kiến nghị vượt thẩm quyền", "đề xuất khác": which petitions are meant, not what they ask for.
_NO_MATTER = pattern(r"\s?(?:vượt|khác|còn lại|thuộc thẩm quyền|hợp lý|hợp pháp|chính đáng|cụ thể|chưa)\b")
_WORDS = re.compile(r"\w+")
_SHARED = 0.5
_LEAST_WORDS = 2
_STOPS = frozenset(
    [
        "và",
        "của",
        "các",
        "cho",
        "về",
        "với",
        "trong",
        "là",
        "được",
        "có",
        "những",
        "một",
        "này",
        "theo",
        "tại",
        "đã",
        "để",
        "từ",
        "trên",
        "đến",
        "như",
        "cũng",
        "khi",
        "không",
        "ra",
        "thì",
        "mà",
        "do",
        "bằng",
        "việc",
        "đó",
        "phải",
        "cần",
        "kiến",
        "nghị",
        "đề",
        "xuất",
        "phản",
        "ánh",
        "ý",
        "nội",
        "dung",
        "sớm",
        "tỉnh",
    ]
)
_STOP_KEYS = frozenset(name_key(word) for word in _STOPS)


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence that answers: the topic's place (half-open), who asked, whether it names a petition, the reply."""

    topic: Span
    asked_by: str | None
    names_petition: bool
    response: str
    span: Span


def _keys(text: str) -> frozenset[str]:
    # Marks stay: "thuế" is no "thuê".
    return frozenset(_WORDS.findall(name_key(text))) - _STOP_KEYS


def find_answers(document: Document, sections: Sections) -> list[Answer]:
    """Return the answering sentences of an article in order; a notice answers in its own section."""
    return [
        answer
        for sentence in document.sentences
        if sections.of[sentence.paragraph] is Section.NONE
        and sentence.paragraph not in document.repeated
        and sentence.paragraph != document.title
        and (answer := _answer(document, sentence)) is not None
    ]


def _answer(document: Document, sentence: Sentence) -> Answer | None:
    lower = document.lower
    found = _TOPIC.match(lower, sentence.start, sentence.end)
    if found is None:
        return _within(document, sentence)
    if not _REPLIES.search(lower, found.end(), sentence.end):
        return None
    start, end = found.span("topic")
    named = _NAMES_ASKING.match(lower[start:end])
    if named:
        start += named.end()
    owner = _OWNER.match(lower[start:end]) if named else None
    who = document.clean(start + owner.start("who"), start + owner.end("who")) if owner else None
    start += owner.end("who") if owner else 0
    filler = _FILLER.match(lower[start:end])
    start += filler.end() if filler else 0
    response = document.clean(found.end(), sentence.end)
    asks = named is not None and named["noun"] in _PETITION_NOUNS
    return Answer((start, end), who, asks, response, (sentence.start, sentence.end))


def _within(document: Document, sentence: Sentence) -> Answer | None:
    """Read ``Theo bà A, kiến nghị về thuế thuộc thẩm quyền của Quốc hội``."""
    found = _ABOUT.search(document.lower, sentence.start, sentence.end)
    if found is None:
        return None
    span = sentence.start, sentence.end
    return Answer(found.span("topic"), None, False, document.clean(*span), span)  # noqa: FBT003 - a plain fact


def with_answers(document: Document, answers: list[Answer], petitions: list[Petition]) -> list[Petition]:
    """Give each petition the answer that speaks of it; an answer to a petition that is told nowhere tells it itself."""
    result = list(petitions)
    for answer in answers:
        topic = _keys(document.clean(*answer.topic))
        if not topic:
            if answer.names_petition:
                result = [_answered(petition, answer) for petition in result]
            continue
        places = [place for place, petition in enumerate(result) if _speaks_of(topic, petition)]
        for place in places:
            result[place] = _answered(result[place], answer)
        said = _NO_MATTER.match(document.lower, answer.topic[0]) is None
        if not places and answer.names_petition and said and len(topic) >= _LEAST_WORDS:
            result.append(_told_by(document, answer))
    return sorted(result, key=lambda petition: petition.evidence.span)


def _speaks_of(topic: frozenset[str], petition: Petition) -> bool:
    """Tell whether half the topic's words, and more than one, stand in a petition or the name of who asked."""
    shared = topic & _keys(f"{petition.content} {petition.asked_by or ''}")
    return len(shared) >= min(_LEAST_WORDS, len(topic)) and len(shared) >= _SHARED * len(topic)


def _answered(petition: Petition, answer: Answer) -> Petition:
    return petition if petition.response else replace(petition, response=answer.response)


def _told_by(document: Document, answer: Answer) -> Petition:
    span = document.span(*answer.span)
    return Petition(
        asked_by=answer.asked_by,
        content=document.clean(*answer.topic).strip(' ,;:."“”'),
        response=answer.response,
        evidence=Evidence(text=document.raw(span), span=span, rule="petition_in_answer", confidence=0.7),
    )


def names_petition(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence opens with the petition it decides on: ``Riêng đề xuất về tự chủ, giao Sở X …``."""
    found = _TOPIC.match(document.lower, sentence.start, sentence.end)
    named = _NAMES_ASKING.match(document.lower[slice(*found.span("topic"))]) if found else None
    return named is not None and named["noun"] in _PETITION_NOUNS

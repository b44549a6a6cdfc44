"""Read discussion points: lists after ``như:``, what delegates think, and difficulties that are named."""

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern
from khcn.governance.reader.reading import DiscussionPoint, Evidence, Span
from khcn.governance.reader.sections import Section, Sections
from khcn.governance.reader.spans import SpanSet
from khcn.governance.reader.speakers import Speakers
from khcn.kernel.text.sentences import Sentence

_LISTED = pattern(
    r"(?:thảo luận|ý kiến|trao đổi|bàn|góp ý|nêu|phản ánh|tham luận|tập trung vào|xoay quanh"
    r"|đề cập)[^:]{0,220}?(?::|\bnhư\s|\bgồm\s|\bvề\s(?:các\s)?(?:nội dung|vấn đề)\s?:?)\s?"
)
_OPINION = pattern(
    r"(?:cho rằng|băn khoăn|trăn trở|góp ý|đề cập|lo ngại|nhận định|kiến nghị|đề xuất|tham luận|chỉ rõ"
    r"|phân tích|đánh giá|phản ánh|mong muốn|nêu thực tế|cho ý kiến|gợi ý|lưu ý|cần|nên)\b"
)
# A body or a group that speaks: "Lãnh đạo Sở Tài chính cho rằng …", "các Thứ trưởng cho ý kiến về …".
_GROUP = pattern(
    r"(?:các|một số|nhiều|lãnh đạo|đại diện|ý kiến|đại biểu|cử tri)\s[\w\s&-]{3,80}?\s"
    r"(?:cho rằng|cho ý kiến|thảo luận|trao đổi|góp ý|phản ánh|băn khoăn|kiến nghị|đề xuất)\s"
)
_THREE_THINGS = pattern(
    r"(?:vướng|gặp|nêu|có|còn|là|đối mặt|phản ánh)\s[^:;.]{0,60}?(?:vấn đề|khó khăn|vướng mắc|hạn chế|điểm nghẽn|bất cập|nguyên nhân)[^:;.]{0,30}:\s"
)
_AND = pattern(r"\svà\s(?=[^,]+$)")
_DIFFICULTY = pattern(
    r"(?:khó khăn|vướng mắc|hạn chế|bất cập|chưa (?:đầy đủ|cụ thể|cao|phù hợp|đồng bộ|đáp ứng|phát huy"
    r"|có|nổi trội|tương xứng|hiệu quả|được)|còn thấp|còn thiếu|thiếu(?!\s(?:tướng|tá|úy|nhi|niên))|chồng chéo|không nổi trội|còn chậm"
    r"|quá thấp)"
)
_LONG_ENOUGH = 4
_SHORTEST_POINT = 3
_GROUP_REACH = 160


def _points(document: Document, span: Span, rule: str, confidence: float) -> DiscussionPoint:
    where = document.span(*span)
    return DiscussionPoint(
        point=document.clean(*span).strip(' ,;:.…"“”-'),
        evidence=Evidence(text=document.raw(where), span=where, rule=rule, confidence=confidence),
    )


def _listed(document: Document, sentence: Sentence) -> list[DiscussionPoint]:
    found = _LISTED.search(document.lower, sentence.start, sentence.end)
    if found is None or ";" not in document.text[found.end() : sentence.end]:
        return _enumerated(document, sentence)
    points, left = [], found.end()
    for piece in document.text[found.end() : sentence.end].split(";"):
        if piece.strip():
            points.append(_points(document, (left, left + len(piece)), "list", 0.8))
        left += len(piece) + 1
    return points


def _enumerated(document: Document, sentence: Sentence) -> list[DiscussionPoint]:
    """Read ``vướng ba vấn đề: thiếu điện, thủ tục chậm và đường quá tải``."""
    found = _THREE_THINGS.search(document.lower, sentence.start, sentence.end)
    if found is None:
        return []
    points, left = [], found.end()
    text = document.text[left : sentence.end]
    joined = _AND.search(document.lower[left : sentence.end])
    marks = [place for place, char in enumerate(text) if char in ",;"]
    cuts = sorted({*marks, *([joined.start()] if joined and marks else [])})
    for cut in [*cuts, len(text)]:
        if len(text[left - found.end() : cut].split()) >= _SHORTEST_POINT:
            points.append(_points(document, (left, found.end() + cut), "list", 0.7))
        left = found.end() + cut + (4 if joined and cut == joined.start() else 1)
    return points if len(points) > 1 else []


def read_discussion(
    document: Document,
    speakers: Speakers,
    sections: Sections,
    ordered: SpanSet,
) -> list[DiscussionPoint]:
    """Return the discussion points in order; sentences that order or conclude are none."""
    points: list[DiscussionPoint] = []
    passed_over = document.repeated | document.summary | sections.headings
    for sentence in document.sentences:
        if sentence.paragraph in passed_over or sections.of[sentence.paragraph] not in {
            Section.NONE,
            Section.ASSESSMENT,
        }:
            continue
        if ordered.touches(sentence.start, sentence.end):
            continue
        points += _listed(document, sentence) or _single(document, speakers, sentence)
    return points


def _single(document: Document, speakers: Speakers, sentence: Sentence) -> list[DiscussionPoint]:
    if len(document.words_within(sentence.start, sentence.end)) < _LONG_ENOUGH:
        return []
    speaker = speakers.opening_speaker(sentence)
    quote = speakers.quote_at(sentence)
    key = quote.speaker if quote else (speaker.key if speaker else None)
    if key is not None and key == speakers.chair:
        return []
    span = sentence.start, sentence.end
    if _DIFFICULTY.search(document.lower, *span):
        return [_points(document, span, "difficulty", 0.5)]
    speaks = speaker is not None or quote is not None
    if speaks and _OPINION.search(document.lower, *span):
        return [_points(document, span, "opinion", 0.5)]
    group = None if speaks else _GROUP.search(document.lower, span[0], min(span[1], span[0] + _GROUP_REACH))
    if group and len(document.words_within(group.end(), span[1])) >= _LONG_ENOUGH:
        return [_points(document, (group.end(), span[1]), "group", 0.5)]
    return []

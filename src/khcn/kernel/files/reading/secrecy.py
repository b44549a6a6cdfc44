"""Find a mark of State secrecy standing as a marking, not the word "mật" inside prose.

A marking stands alone: on its own line, in a table cell or a box, in brackets, or after the label "Độ mật".
"""

import re

LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_LEVEL = r"(?:TUYỆT|TỐI)?MẬT"
_COLUMN_GAP = re.compile(r"\t+| {2,}")
_EDGES = " \t()[]{}<>«»*_-–—=~|.:;,/\\•·+#!"
_SEPARATORS = re.compile(r"[-–—/,;|·•*()\[\]]+")
# What may share a stamp with the degree of secrecy: degrees of urgency, and the thing that is marked.
_ALONE = re.compile(
    rf"(?:(?:TÀILIỆU|VĂNBẢN|CÔNGVĂN|DẤU|ĐỘ|HỒSƠ|BẢN)?(?:{_LEVEL})+)(?:HỎATỐC|HOẢTỐC|THƯỢNGKHẨN|KHẨN)?"
    rf"|(?:HỎATỐC|HOẢTỐC|THƯỢNGKHẨN|KHẨN)(?:{_LEVEL})+"
)
_URGENCY = frozenset({"HỎATỐC", "HOẢTỐC", "THƯỢNGKHẨN", "KHẨN", "HẸNGIỜ"})
_UNMARKED = frozenset({"TUYETMAT", "TOIMAT"})
_JOINTS = re.compile(r"[-–—_.·•\s]+")  # between the two words of one degree
_JOINED = frozenset({"TUYỆTMẬT", "TỐIMẬT", *_UNMARKED})
_TITLE_CASE = re.compile(r"(?:Tuyệt|Tối)\s+mật|Tuyệt\s+Mật|Tối\s+Mật|Mật")
_BRACKETED = re.compile(rf"[(\[]\s*({'|'.join(LEVELS)})\s*[)\]]")
_LABELLED = re.compile(
    r"(?:mức\s{1,9})?độ\s{1,9}(?:bảo\s{1,9})?mật\s{0,9}(?::|[-–—=]|\t|\n|\(|\[)[\s:(\[“\"]{0,9}"
    r"((?:tuyệt\s{1,9}|tối\s{1,9})?mật)(?=\s*(?:$|[\n\t.;)\]”\"]| {2}))",
    re.IGNORECASE,
)
# Words whose second syllable may be pushed to the next line of a heading in capitals: bí mật, bảo mật, túi mật …
_FIRST_HALVES = frozenset({"BÍ", "BẢO", "CƠ", "CẨN", "THÂN", "TRĂNG", "TÚI", "LẤY", "SỎI", "RỈ"})
_HEADER_LINES = 25
_LONGEST_LINE = 200


def secrecy_level(text: str) -> str | None:
    """Return the highest mark of State secrecy standing in the text (NFC), or None.

    The result is one of "TUYỆT MẬT", "TỐI MẬT", "MẬT".
    """
    found = [_normal(match[1]) for match in _LABELLED.finditer(text) if not _lists_levels(text, match)]
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if "MẬT" in (bare := _squeeze(line)) or "MAT" in bare:
            found.extend(_marks_of_line(lines, index))
    return next((level for level in LEVELS if level in found), None)


def _marks_of_line(lines: list[str], index: int) -> list[str]:
    line = lines[index]
    whole = _standing_alone(line)
    if whole:
        continues_a_word = whole == "MẬT" and _ends_with_first_half(lines, index)
        return [] if continues_a_word else [whole]
    found = [mark for cell in _COLUMN_GAP.split(line) if (mark := _standing_alone(cell))]
    bracketed = _BRACKETED.search(line)
    if bracketed and _is_heading_mark(line, bracketed):
        found.append(_normal(bracketed[1]))
    if index < _HEADER_LINES and _TITLE_CASE.fullmatch(line.strip(_EDGES)):
        found.append(_normal(line.strip(_EDGES)))
    return found


def _standing_alone(cell: str) -> str | None:
    """Return the mark if the cell holds nothing else but urgency; spaces between the letters do not matter."""
    if len(cell) > _LONGEST_LINE:
        return None
    joined = _JOINTS.sub("", cell).strip(_EDGES)
    if joined in _JOINED:
        return _normal(joined)
    parts = [part for piece in _SEPARATORS.split(cell) if (part := "".join(piece.split()).strip(_EDGES))]
    marks = [part for part in parts if part not in _URGENCY]
    if not marks or len({_normal(mark) for mark in marks}) > 1:
        return None
    bare = marks[0]
    return _normal(bare) if _ALONE.fullmatch(bare) or bare in _UNMARKED else None


def _is_heading_mark(line: str, bracketed: re.Match[str]) -> bool:
    outside = line[: bracketed.start()] + line[bracketed.end() :]
    at_an_edge = not line[: bracketed.start()].strip() or not line[bracketed.end() :].strip(_EDGES)
    return at_an_edge or outside.upper() == outside


def _ends_with_first_half(lines: list[str], index: int) -> bool:
    words = lines[index - 1].split() if index else []
    return bool(words) and words[-1] in _FIRST_HALVES


def _lists_levels(text: str, match: re.Match[str]) -> bool:
    """Say whether a labelled value is one of several offered: a blank form or an explanation, not a marking."""
    line_end = text.find("\n", match.end())
    rest = text[match.end() : line_end if line_end >= 0 else len(text)]
    return "mật" in rest[:_LONGEST_LINE].lower()


def _squeeze(line: str) -> str:
    return "".join(line[: 10 * _LONGEST_LINE].split()).upper()


def _normal(mark: str) -> str:
    bare = "".join(mark.split()).upper()
    if "TUYỆTMẬT" in bare or bare == "TUYETMAT":
        return "TUYỆT MẬT"
    return "TỐI MẬT" if "TỐIMẬT" in bare or bare == "TOIMAT" else "MẬT"

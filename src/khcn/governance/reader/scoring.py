"""Measure readings against annotated articles: precision, recall and F1 for each kind of extraction.

Names count when equal after folding; figures by value, strictly also by comparator and unit; directives, petitions and
discussion points when at least half of the content words of the annotator's restatement stand in what was extracted.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from khcn.governance.reader.reading import Reading
from khcn.kernel.text.folding import TONES, nfc, nfd

Json = dict[str, Any]
Counts = tuple[int, int, int]  # matched, found, wanted
Score = Callable[[Any, Any], float]

FLOOR = 0.5
LONGEST = 90
_EXACT = 1.0
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_PLAIN_WORD = re.compile(r"\w+")
_STOP_WORDS = (
    "và của các cho về với trong là được có những một này theo tại đã để từ trên đến như cũng khi không ra thì mà do"
    " bằng việc đó phải cần"
)
_OVER = re.compile(r"over|tren|hon|more")
_NEAR = re.compile(r"about|gan|khoang|under|duoi|less")
_RESTATED = {
    "directives": (("action",), ("action", "text")),
    "petitions": (("content",), ("content", "text")),
    "discussion_points": (("point", "text"), ("point", "text")),
}


def _spelled(text: str | None) -> str:
    """Fold case, spaces and the place of tone marks; a mark counts for its syllable."""
    syllables = []
    for word in _WORD.findall(nfd((text or "").lower())):
        letters = nfc("".join(char for char in word if char not in TONES))
        syllables.append(letters + "".join(char for char in word if char in TONES))
    return " ".join(syllables)


def _bare(text: str | None) -> str:
    """Fold marks away altogether."""
    letters = (char for char in nfd((text or "").lower()) if not unicodedata.combining(char))
    return " ".join(_PLAIN_WORD.findall("".join(letters).replace("đ", "d")))


_STOPPED = frozenset(_spelled(_STOP_WORDS).split())


def _content_words(text: str) -> list[str]:
    return [word for word in _spelled(text).split() if word not in _STOPPED]


def _overlap(wanted: str, found: str) -> float:
    words = set(_content_words(wanted))
    return len(words & set(_content_words(found)[:LONGEST])) / len(words) if words else 0.0


def _joined(item: Any, keys: Iterable[str]) -> str:
    return item if isinstance(item, str) else " ".join(str(item.get(key) or "") for key in keys)


def pair_up(wanted: list[Any], found: list[Any], score: Score, floor: float) -> list[tuple[int, int]]:
    """Pair items one to one, the best scores first; a pair needs at least ``floor``."""
    scored = ((score(left, right), i, j) for i, left in enumerate(wanted) for j, right in enumerate(found))
    pairs: list[tuple[int, int]] = []
    for value, i, j in sorted(scored, reverse=True):
        if value >= floor and all(i != left and j != right for left, right in pairs):
            pairs.append((i, j))
    return pairs


def _comparator_class(comparator: str | None) -> str:
    text = _bare(str(comparator or "exact"))
    if _OVER.search(text):
        return "over"
    return "about" if _NEAR.search(text) else "exact"


def _same_value(wanted: Json, found: Json) -> float:
    if found.get("value") is None:
        return 0.0
    left, right = float(wanted["value"]), float(found["value"])
    return float(abs(left - right) < 1e-9 * max(1.0, abs(left)))


def _same_unit(left: str | None, right: str | None) -> bool:
    ours, theirs = _bare(left), _bare(right)
    return bool(set(ours.split()) & set(theirs.split())) or ours == theirs


def _same_figure(wanted: Json, found: Json) -> float:
    alike = _comparator_class(wanted.get("comparator")) == _comparator_class(found.get("comparator"))
    return _same_value(wanted, found) * float(alike and _same_unit(wanted.get("unit"), found.get("unit")))


def _same_name(wanted: Json, found: Json) -> float:
    return float(_spelled(wanted["name"]) == _spelled(found.get("name")))


def _roles(wanted: Json, found: Json) -> Counts:
    """Count the annotated posts of one matched person that the reading has too, one containing the other."""
    mine = [_bare(role) for role in found.get("roles", [])]
    asked = [_bare(role) for role in wanted.get("roles", [])]
    have = sum(any(role in other or other in role for other in mine if other) for role in asked)
    return have, len(asked), len(asked)


def _people(wanted: Json, found: Json) -> dict[str, Counts]:
    left, right = wanted.get("people", []), found.get("people", [])
    pairs = pair_up(left, right, _same_name, _EXACT)
    roles = (0, 0, 0)
    for i, j in pairs:
        roles = _added(roles, _roles(left[i], right[j]))
    return {"people": (len(pairs), len(right), len(left)), "roles": roles}


def _date(wanted: Json, found: Json) -> Counts:
    day, read = wanted["date"], str(found.get("date") or "")
    # A year that the text does not state cannot be demanded.
    right = read == day if wanted.get("year_in_text") else read[-5:] == day[-5:]
    return int(bool(read) and right), int(bool(read)), 1


def _place(wanted: Json, found: Json) -> Counts:
    left, right = _bare(wanted.get("place")), _bare(found.get("place"))
    return int(bool(right) and (left in right or right in left)), int(bool(right)), 1


def compare(wanted: Json, found: Json) -> dict[str, Counts]:
    """Return (matched, found, wanted) for each kind, for one annotation and the extraction of the same text."""
    left, right = wanted.get("figures", []), found.get("figures", [])
    result = _people(wanted, found)
    result["figures"] = (len(pair_up(left, right, _same_value, _EXACT)), len(right), len(left))
    result["figures_strict"] = (len(pair_up(left, right, _same_figure, _EXACT)), len(right), len(left))
    for kind, (asked, given) in _RESTATED.items():
        left, right = wanted.get(kind, []), found.get(kind, [])
        texts = [_joined(item, asked) for item in left], [_joined(item, given) for item in right]
        result[kind] = (len(pair_up(*texts, _overlap, FLOOR)), len(right), len(left))
    if wanted.get("date"):
        result["date"] = _date(wanted, found)
    if _bare(wanted.get("place")):
        result["place"] = _place(wanted, found)
    return result


def _added(left: Counts, right: Counts) -> Counts:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]


def _measures(matched: int, found: int, wanted: int) -> dict[str, float]:
    precision = matched / found if found else float(wanted == 0)
    recall = matched / wanted if wanted else 1.0
    both = precision + recall
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "found": found,
        "wanted": wanted,
        "matched": matched,
    }


def evaluate(gold_dir: Path, read: Callable[[str], Reading]) -> dict[str, dict[str, float]]:
    """Read every annotated text of a folder and return the measures per kind, summed over all texts.

    Each ``NAME.json`` of the folder is an annotation of ``NAME.txt``; annotations without a text are left out.
    """
    total: dict[str, Counts] = {}
    for annotation in sorted(gold_dir.glob("*.json")):
        text = annotation.with_suffix(".txt")
        if text.exists():
            found = read(text.read_bytes().decode("utf-8")).to_json()
            for kind, counts in compare(json.loads(annotation.read_text(encoding="utf-8")), found).items():
                total[kind] = _added(total.get(kind, (0, 0, 0)), counts)
    return {kind: _measures(*counts) for kind, counts in total.items()}

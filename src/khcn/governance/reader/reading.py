"""What a reading of a session's text consists of; every piece knows its words, its place and its rule."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Span = tuple[int, int]


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where an extraction was read: ``text`` equals the input in the half-open ``span``; ``confidence`` is 0 to 1."""

    text: str
    span: Span
    rule: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"text": self.text, "span": list(self.span), "rule": self.rule, "confidence": self.confidence}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A named person; ``part`` is chair, host, reporter, speaker, attendee or mentioned."""

    name: str
    roles: tuple[str, ...]
    organisation: str | None
    part: str
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "name": self.name,
            "roles": list(self.roles),
            "organisation": self.organisation,
            "part": self.part,
            **self.evidence.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A reported number as written: ``5.050 tỷ đồng`` has the value 5050 and the unit ``tỷ đồng``."""

    value: Decimal
    unit: str
    comparator: str
    what: str
    period: str | None
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "value": _number(self.value),
            "unit": self.unit,
            "comparator": self.comparator,
            "what": self.what,
            "period": self.period,
            **self.evidence.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionPoint:
    """One matter that was discussed."""

    point: str
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"point": self.point, **self.evidence.to_json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """One task given; ``deadline`` is the text's own words, ``deadline_on`` (ISO) its last day where that is known."""

    to: str | None
    action: str
    deadline: str | None
    deadline_on: str | None
    deadline_precision: str
    topic: str
    coordinators: tuple[str, ...]
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "to": self.to,
            "action": self.action,
            "deadline": self.deadline,
            "deadline_on": self.deadline_on,
            "deadline_precision": self.deadline_precision,
            "topic": self.topic,
            "coordinators": list(self.coordinators),
            **self.evidence.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """One thing asked for, by whom (JSON key ``from``), and the answer the text gives."""

    asked_by: str | None
    content: str
    response: str | None
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "from": self.asked_by,
            "content": self.content,
            "response": self.response,
            **self.evidence.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPart:
    """One of several sessions a text tells of; ``date`` (ISO, or ``--09-24``) is None where no day is told."""

    date: str | None
    part_of_day: str
    place: str | None
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"date": self.date, "part_of_day": self.part_of_day, "place": self.place, **self.evidence.to_json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything read from one text about one session.

    ``sessions`` are told only of a text with several; date and place are those of the first.
    ``date`` is ISO 8601; a year that neither the text nor the caller gives leaves it truncated (``--09-24``).
    """

    title: str | None = None
    date: str | None = None
    year_inferred: bool = False
    date_stated: str | None = None
    date_evidence: Evidence | None = None
    place: str | None = None
    place_evidence: Evidence | None = None
    people: tuple[Person, ...] = ()
    figures: tuple[Figure, ...] = ()
    discussion_points: tuple[DiscussionPoint, ...] = ()
    directives: tuple[Directive, ...] = ()
    petitions: tuple[Petition, ...] = ()
    notes: tuple[str, ...] = field(default=())
    sessions: tuple[SessionPart, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON, in the keys of the annotation form."""
        return {
            "title": self.title,
            "date": self.date,
            "year_inferred": self.year_inferred,
            "date_stated": self.date_stated,
            "date_evidence": self.date_evidence.to_json() if self.date_evidence else None,
            "place": self.place,
            "place_evidence": self.place_evidence.to_json() if self.place_evidence else None,
            "people": self._listed(self.people),
            "figures": self._listed(self.figures),
            "discussion_points": self._listed(self.discussion_points),
            "directives": self._listed(self.directives),
            "petitions": self._listed(self.petitions),
            **({"sessions": [part.to_json() for part in self.sessions]} if self.sessions else {}),
        }

    def _listed(
        self, items: Sequence[Person | Figure | DiscussionPoint | Directive | Petition]
    ) -> list[dict[str, Any]]:
        """Return items as JSON; where the text tells of several sessions each says which one, counted from 0."""
        if not self.sessions:
            return [item.to_json() for item in items]
        starts = [part.evidence.span[0] for part in self.sessions]
        return [
            {**item.to_json(), "session": max(0, bisect_right(starts, item.evidence.span[0]) - 1)} for item in items
        ]

"""Write what a person accepted of a reading into the registers, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.governance.following_up import as_sentence
from khcn.governance.models import (
    Attendance,
    Conclusion,
    DiscussionPoint,
    ReadingItem,
    Recommendation,
    SessionFigure,
    SessionPhoto,
    SessionReading,
    WorkingSession,
)
from khcn.governance.permissions import may_record_session
from khcn.governance.selectors import CHOICE_LOST, match_name, person_chosen
from khcn.governance.states import AttendancePart, Comparator, ItemKind, SessionState
from khcn.governance.suggesting import roles_clash, sentence_around
from khcn.governance.workflow import CONCLUSION_WORKFLOW, READING_WORKFLOW, RECOMMENDATION_WORKFLOW, SESSION_WORKFLOW
from khcn.kernel.records.recording import recording
from khcn.kernel.text.folding import name_key
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.services import enter_person, give_role

CONFIRM = _("Xác nhận, đưa vào sổ")
NEW_PERSON = "new"
CHAIR_RANK, MENTIONED_RANK = 1, 500
PRECISIONS_WITHOUT_DAY = ("none", "continuous")


def confirm_reading(
    *,
    reading: SessionReading,
    actor: Any,
    on: date,
    session: WorkingSession | None = None,
    host: Organisation | None = None,
) -> WorkingSession:
    """Write what was accepted into the registers: session, people, photos, figures, discussion, what was concluded.

    `session`: an existing one that the text speaks of; a new one is made otherwise. Confirming twice writes once.
    What the actor may not know of is neither recognised nor accepted: as if it were not in the registers.
    Raises: NotPermitted; NotPossible, if a proposal still waits, the day has no year or a name fits two people.
    """
    may_record_session(actor, reading).enforce()
    with recording(actor=actor, verb="confirm-reading", label=_("xác nhận bài đọc"), on=on):
        # Read again under lock: of two people who confirm at once the second must see that it is done.
        reading = SessionReading.objects.select_for_update().get(pk=reading.pk)
        items = list(reading.items.standing().select_related("reading").order_by("kind", "ordinal", "pk"))
        _refuse_unready(reading, items, session, host, actor)
        stated: dict[str, Any] = next((item.values for item in items if item.kind == ItemKind.SESSION), {})
        session = session or _new_session(reading, stated, host, actor=actor, on=on)
        writer = _Writer(session=session, actor=actor, on=on)
        for kind in WRITING_ORDER:
            for item in items:
                if item.kind == kind:
                    writer.write(item)
        reading.session = session
        perform(READING_WORKFLOW, "confirm", reading, actor=actor, on=on)
        if session.state == SessionState.PLANNED and session.held_on and session.held_on <= on:
            perform(SESSION_WORKFLOW, "hold", session, actor=actor, on=on)
    return session


WRITING_ORDER = (
    ItemKind.PERSON,
    ItemKind.PHOTO,
    ItemKind.FIGURE,
    ItemKind.DISCUSSION,
    ItemKind.DIRECTIVE,
    ItemKind.PETITION,
)
"""People first, so that photos find them."""


def doubts_about(reading: SessionReading, actor: Any) -> list[str]:
    """Return what a person must still say before the reading can be confirmed, as sentences."""
    items = list(reading.items.standing().order_by("kind", "ordinal", "pk"))
    return [*_session_doubts(items), *_name_doubts(reading, items, actor)]


def iso_day(text: Any) -> date | None:
    """Return the day of an ISO date, or None where the year is not known (`--09-24`) or nothing is stated."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _refuse_unready(
    reading: SessionReading,
    items: list[ReadingItem],
    session: WorkingSession | None,
    host: Organisation | None,
    actor: Any,
) -> None:
    refuse_withdrawn(reading, CONFIRM)
    if reading.state != READING_WORKFLOW.initial:
        where = _(" vào {code}").format(code=reading.session.code) if reading.session else ""
        raise NotPossible(
            reading,
            CONFIRM,
            [
                _("Bài đọc đã {state}{where}; không ghi thêm lần nữa.").format(
                    state=READING_WORKFLOW.state_label(reading.state).lower(), where=where
                )
            ],
        )
    doubts = [*([] if session else _session_doubts(items)), *_name_doubts(reading, items, actor)]
    waiting = sum(not item.is_decided for item in items)
    if waiting:
        doubts.insert(0, _("Còn {waiting} đề xuất chưa được chấp nhận, sửa hoặc bỏ.").format(waiting=waiting))
    doubts += _unknown_doubts(reading, session, host, actor)
    if doubts:
        raise NotPossible(reading, CONFIRM, doubts)


def _unknown_doubts(
    reading: SessionReading, session: WorkingSession | None, host: Organisation | None, actor: Any
) -> list[str]:
    chosen = (
        (session, _("Không có buổi làm việc đã chọn trong sổ bạn được xem. Chọn lại, hoặc lập buổi làm việc mới.")),
        (host, _("Không có cơ quan làm việc cùng đã chọn trong sổ tổ chức bạn được xem. Chọn lại.")),
    )
    return [
        words
        for record, words in chosen
        if record is not None
        and not type(record)
        .objects.visible_to(actor)
        .of_office(reading.office)
        .standing()
        .filter(pk=record.pk)
        .exists()
    ]


def _session_doubts(items: list[ReadingItem]) -> list[str]:
    stated = next((item.values for item in items if item.kind == ItemKind.SESSION), None)
    if stated is None:
        return [_("Mục «Buổi làm việc» đã bị bỏ: khôi phục, hoặc chọn buổi làm việc đã có trong sổ.")]
    if not stated.get("title"):
        return [_("Mục «Buổi làm việc» chưa có nội dung.")]
    return (
        []
        if iso_day(stated.get("date"))
        else [_("Mục «Buổi làm việc» chưa có ngày họp đủ ngày, tháng, năm: bấm Sửa để ghi.")]
    )


def _name_doubts(reading: SessionReading, items: list[ReadingItem], actor: Any) -> list[str]:
    day = iso_day(next((item.values.get("date") for item in items if item.kind == ItemKind.SESSION), None))
    people = [item for item in items if item.kind == ItemKind.PERSON]
    doubts: list[str] = []
    seen: dict[str, list[str]] = {}
    for item in people:
        name, roles = str(item.values.get("name") or ""), list(item.values.get("roles") or [])
        if chosen := item.values.get("person"):
            lost = chosen != NEW_PERSON and person_chosen(chosen, reading.office, actor) is None
            doubts += (
                [_("{choice_lost} Bấm Sửa ở mục «{name}» để chọn lại.").format(choice_lost=CHOICE_LOST, name=name)]
                if lost
                else []
            )
            continue
        twin = seen.setdefault(name_key(name), roles)
        doubt = match_name(name, roles, office=reading.office, day=day, user=actor).doubt
        if twin is not roles and roles_clash(twin, roles):
            doubt = _("Bài viết có hai người tên «{name}» với chức vụ khác nhau.").format(name=name)
        doubts += (
            [_("{doubt} Bấm Sửa ở mục «{name}» để chọn đúng người.").format(doubt=doubt, name=name)] if doubt else []
        )
    return list(dict.fromkeys(doubts))


def _new_session(
    reading: SessionReading, stated: Mapping[str, Any], host: Organisation | None, *, actor: Any, on: date
) -> WorkingSession:
    said = (stated.get("date_stated") or "").split(" ")[0]
    session = WorkingSession(
        office=reading.office,
        title=stated.get("title") or reading.title,
        held_on=iso_day(stated.get("date")),
        part_of_day=said[:20] if said.lower() in ("sáng", "chiều", "tối", "trưa") else "",
        venue=(stated.get("place") or "")[:300],
        host=host,
        division=reading.division,
        responsible=actor,
        groups_present=stated.get("groups") or "",
        byline=(stated.get("byline") or "")[:300],
        period_kind=stated.get("period_kind") or "",
        period_year=stated.get("period_year") or None,
        provenance=reading.provenance,
        source_note=reading.source_note,
        confidentiality=reading.confidentiality,
    )
    enter(SESSION_WORKFLOW, session, actor=actor, on=on, label=_("lập buổi làm việc từ bài đọc"))
    return session


@dataclass
class _Writer:
    """Writes accepted proposals into the registers, one at a time."""

    session: WorkingSession
    actor: Any
    on: date
    people: dict[str, Person] = field(default_factory=dict)

    def write(self, item: ReadingItem) -> None:
        """Write one proposal."""
        write = {
            ItemKind.PERSON: self._write_person,
            ItemKind.PHOTO: self._write_photo,
            ItemKind.FIGURE: self._write_figure,
            ItemKind.DISCUSSION: self._write_discussion,
            ItemKind.DIRECTIVE: self._write_directive,
            ItemKind.PETITION: self._write_petition,
        }[ItemKind(item.kind)]
        write(item, item.values)

    @property
    def _kept_as(self) -> dict[str, Any]:
        """Return how everything taken from this text is kept: as its session is."""
        return {
            "office": self.session.office,
            "division": self.session.division,
            "provenance": self.session.provenance,
            "confidentiality": self.session.confidentiality,
        }

    def _write_person(self, item: ReadingItem, values: Mapping[str, Any]) -> None:
        roles = [role for role in values.get("roles") or [] if role]
        person = self._person(values, roles)
        self.people.setdefault(name_key(values["name"]), person)
        there = self.session.attendances.filter(person=person).first()
        if there is not None:
            there.roles = "; ".join(dict.fromkeys([*(role for role in there.roles.split("; ") if role), *roles]))
            there.save()
            return
        said = str(values.get("part") or "")
        part = said if said in AttendancePart.values else str(AttendancePart.ATTENDEE)
        Attendance(
            session=self.session,
            person=person,
            roles="; ".join(roles),
            organisation=(values.get("organisation") or "")[:300],
            part=part,
            protocol_rank=_rank(part, item.ordinal),
        ).save()

    def _person(self, values: Mapping[str, Any], roles: list[str]) -> Person:
        office, chosen = self.session.office, values.get("person") or ""
        found: Person | None
        if chosen == NEW_PERSON:
            found = None
        elif chosen:
            found = person_chosen(chosen, office, self.actor)
        else:
            found = self.people.get(name_key(values["name"]))
            day = self.session.held_on
            found = found or match_name(values["name"], roles, office=office, day=day, user=self.actor).person
        if found is None:
            note = _("Buổi làm việc {code}").format(code=self.session.code)
            new = Person(office=office, title=values["name"], provenance=self.session.provenance, source_note=note)
            found = enter_person(person=new, actor=self.actor, on=self.on)
        self._note_roles(found, roles)
        return found

    def _note_roles(self, person: Person, roles: list[str]) -> None:
        known = {name_key(role) for role in person.roles.values_list("role", flat=True)}
        for role in roles:
            if name_key(role) not in known:
                held = PersonRole(
                    person=person,
                    role=role[:300],
                    known_on=self.session.held_on,
                    source_note=_("Buổi làm việc {code}").format(code=self.session.code),
                )
                give_role(held=held, actor=self.actor, on=self.on)
                known.add(name_key(role))

    def _write_photo(self, _item: ReadingItem, values: Mapping[str, Any]) -> None:
        person = self.people.get(name_key(values.get("person") or ""))
        SessionPhoto(
            session=self.session, caption=values["caption"], person=person, byline=self.session.byline[:200]
        ).save()

    def _write_figure(self, item: ReadingItem, values: Mapping[str, Any]) -> None:
        said = (values.get("comparator") or Comparator.EXACT).split(" ")[0]
        SessionFigure(
            session=self.session,
            value=Decimal(str(values["value"])),
            unit=(values.get("unit") or "")[:60],
            comparator=said if said in Comparator.values else Comparator.EXACT,
            what=values.get("what") or "",
            period=(values.get("period") or "")[:120],
            period_kind=values.get("period_kind") or "",
            period_year=values.get("period_year") or None,
            sentence=_source_sentence(item),
            indicator=values.get("indicator") or "",
        ).save()

    def _write_discussion(self, item: ReadingItem, values: Mapping[str, Any]) -> None:
        said_by = values.get("from") or ""
        DiscussionPoint(
            session=self.session,
            content=values["point"],
            said_by=said_by[:300],
            speaker=self.people.get(name_key(said_by)),
            sentence=item.clause,
        ).save()

    def _write_directive(self, item: ReadingItem, values: Mapping[str, Any]) -> None:
        due_on = iso_day(values.get("deadline_on"))
        precision = values.get("deadline_precision") or "none"
        conclusion = Conclusion(
            session=self.session,
            ordinal=self.session.conclusions.count() + 1,
            title=as_sentence(values["action"]),
            sentence=item.clause,
            addressed_to=(values.get("to") or "")[:300],
            coordinators_said="; ".join(values.get("coordinators") or []),
            topic=(values.get("topic") or "")[:120],
            deadline_text=(values.get("deadline") or "")[:160],
            due_on=due_on,
            deadline_precision=_precision(due_on, precision),
            **self._kept_as,
        )
        enter(CONCLUSION_WORKFLOW, conclusion, actor=self.actor, on=self.on, label=_("ghi ý kiến chỉ đạo"))

    def _write_petition(self, item: ReadingItem, values: Mapping[str, Any]) -> None:
        recommendation = Recommendation(
            session=self.session,
            title=as_sentence(values["content"]),
            raised_by=(values.get("from") or _("Chưa rõ"))[:300],
            raised_on=self.session.held_on,
            sentence=item.clause,
            response_said=values.get("response") or "",
            **self._kept_as,
        )
        enter(RECOMMENDATION_WORKFLOW, recommendation, actor=self.actor, on=self.on, label=_("ghi kiến nghị"))


def _rank(part: str, ordinal: int) -> int:
    """Return the place among those present: the chair first, then as the text lists them, which is by protocol."""
    if part == AttendancePart.CHAIR:
        return CHAIR_RANK
    return (MENTIONED_RANK if part == AttendancePart.MENTIONED else 10) + ordinal


def _source_sentence(item: ReadingItem) -> str:
    """Return the sentence a figure was read from: the number alone says little later on."""
    if item.span_start is None or item.span_end is None:
        return ""
    return sentence_around(item.reading.text, item.span_start, item.span_end)


def _precision(due_on: date | None, precision: str) -> str:
    if due_on is None:
        return precision if precision in PRECISIONS_WITHOUT_DAY else "none"
    return "day" if precision in PRECISIONS_WITHOUT_DAY else precision

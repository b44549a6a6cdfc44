"""What the registers know of somebody's interest in a task or a dossier, for which councils keep them out."""

from __future__ import annotations

from typing import Any

from khcn.councils.models import Matter
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _
from khcn.parties.models import Person
from khcn.research.models import OutsideResult, ResearchTask, TaskApplication


def known_interests(matter: Matter, person: Person) -> list[str]:
    """Return why somebody may not sit in a council on this dossier, in sentences; [] where nothing is known.

    Whoever leads or takes part, and whoever holds a post in the host or in an organisation that works along, is out.
    Source: TT 20/2023/TT-BKHCN điều 8 (as restated; the province's own regulation may say more).
    """
    subject = matter.subject
    row = resolve([subject], everything=True).get(subject) if subject is not None else None
    if isinstance(row, OutsideResult):
        return _in_outside_result(row, person)
    if not isinstance(row, ResearchTask | TaskApplication):
        return []
    task = row.task if isinstance(row, TaskApplication) else row
    facts = []
    if person.pk in {row.leader_id, task.leader_id}:
        facts.append(_("{person} là chủ nhiệm của {code}.").format(person=person, code=row.code))
    elif task.members.filter(person=person).exists():
        facts.append(_("{person} tham gia thực hiện {code}.").format(person=person, code=task.code))
    partners = set(task.partners.values_list("organisation_id", flat=True))
    theirs = {one for one in (row.host_id, task.host_id, *partners) if one is not None}
    words = _("{person} giữ chức vụ «{role}» tại {organisation}, nơi chủ trì hoặc phối hợp thực hiện {code}.")
    return [*facts, *_posts(words, person, theirs, row.code)]


def _in_outside_result(result: OutsideResult, person: Person) -> list[str]:
    if result.person_id == person.pk:
        return [_("{person} là người đề nghị đánh giá {code}.").format(person=person, code=result.code)]
    words = _("{person} giữ chức vụ «{role}» tại {organisation}, bên đề nghị đánh giá {code}.")
    return _posts(words, person, {result.applicant_id} - {None}, result.code)


def _posts(words: str, person: Person, organisations: set[Any], code: str) -> list[str]:
    posts: Any = person.roles.filter(organisation_id__in=organisations, valid_to=None).select_related("organisation")
    return [words.format(person=person, role=post.role, organisation=post.organisation, code=code) for post in posts]

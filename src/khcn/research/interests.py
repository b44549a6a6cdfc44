"""What the registers know of somebody's interest in a task or a dossier, for which councils keep them out."""

from __future__ import annotations

from typing import Any

from khcn.councils.models import Matter
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _
from khcn.parties.models import Person
from khcn.research.models import ResearchTask, TaskApplication


def known_interests(matter: Matter, person: Person) -> list[str]:
    """Return why somebody may not sit in a council on this dossier, in sentences; [] where nothing is known.

    Whoever leads or takes part, and whoever holds a post in the host or in an organisation that works along, is out.
    Source: TT 20/2023/TT-BKHCN điều 8 (as restated; the province's own regulation may say more).
    """
    subject = matter.subject
    row = resolve([subject], everything=True).get(subject) if subject is not None else None
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
    posts: Any = person.roles.filter(organisation_id__in=theirs, valid_to=None).select_related("organisation")
    facts += [
        _("{person} giữ chức vụ «{role}» tại {organisation}, nơi chủ trì hoặc phối hợp thực hiện {code}.").format(
            person=person, role=post.role, organisation=post.organisation, code=row.code
        )
        for post in posts
    ]
    return facts

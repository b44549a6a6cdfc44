"""A draft that two people may have open: what another wrote meanwhile is told, and not written over."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.correspondence.forms import DraftForm
from khcn.correspondence.models import Paper, PaperAddressee
from khcn.kernel.pages.forms import SEEN
from khcn.kernel.pages.meanwhile import changes_since, tell
from khcn.kernel.records.corrections import StaleRecord, record_at_stamp, version_stamp
from khcn.kernel.records.registry import register


def draft_form(paper: Paper, *, user: Any, today: date, data: Any = None) -> DraftForm:
    """Return the form over the draft, which remembers the version it began from."""
    stamp = version_stamp(paper)
    paper.refresh_from_db()  # after the stamp: what is shown may be newer than it, never older
    return DraftForm(data, instance=paper, user=user, today=today, stamp=stamp)


def begun_again(form: DraftForm, paper: Paper, stale: StaleRecord, *, user: Any, today: date) -> DraftForm:
    """Return the form over the draft of now: what the person changed stays typed, the rest follows the draft."""
    seen = form.cleaned_data[SEEN]
    fresh = draft_form(paper, user=user, today=today)
    began = _as_begun(paper, seen, user=user, today=today)
    sent: Any = form.data
    data = sent.copy()
    for name in fresh.asked:
        if began is not None and _lines(form[name].data) == _lines(began[name].value()):
            data[name] = fresh[name].value() or ""
    data[SEEN] = str(version_stamp(paper))
    found = draft_form(paper, user=user, today=today, data=data)
    found.is_valid()
    tell(found, (str(stale), *changes_since(register(Paper.REGISTER), paper, seen, user)))
    return found


def _as_begun(paper: Paper, stamp: int, *, user: Any, today: date) -> DraftForm | None:
    record = record_at_stamp(paper, stamp)
    if not isinstance(record, Paper):
        return None
    since = Paper.Version._base_manager.values_list("recorded_from", flat=True).get(pk=stamp)
    there = PaperAddressee.objects.as_of(since).filter(paper_id=paper.pk).select_related("organisation")
    return DraftForm(instance=record, user=user, today=today, there=list(there))


def _lines(value: Any) -> list[str]:
    return [line.strip() for line in str("" if value is None else value).splitlines() if line.strip()]

"""What is asked inside the installation after the kills; run by `khcn manage shell`, told as one line of JSON."""

import json

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tantivy import Query

from khcn.kernel.exchange.models import ImportRun, Staging, StagingStep
from khcn.kernel.files.models import Attachment
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.recomputing import recheck
from khcn.kernel.records.clock import FOREVER
from khcn.kernel.records.registry import register, registers
from khcn.kernel.search.contracts import EVERYTHING, Scope, Term
from khcn.kernel.search.engine import IndexMissing
from khcn.kernel.search.folder import current_index
from khcn.kernel.search.models import SearchOutbox
from khcn.kernel.search.queries import SCHEMA
from khcn.kernel.search.visibility import tokens_of_record
from khcn.kernel.search.words import folded_words


def waiting():
    """Return what still has to be done: outbox, jobs due or at work, imports under way."""
    due = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    busy = (StagingStep.CHECKING, StagingStep.APPLYING)
    return {
        "outbox": SearchOutbox.objects.count(),
        "jobs": sorted(
            f"{row.task_path} {row.status} {len(row.worker_ids)}"
            for row in due | DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        ),
        "failed": sorted(f"{row.task_path} {row.exception_class_path}" for row in DBTaskResult.objects.failed()),
        "runs": ImportRun.objects.unfinished().count(),
        "stagings": Staging.objects.filter(step__in=busy).count(),
    }


def history():
    """Return per register whether rows and open versions are the same, and the gaps and repetitions of its codes."""
    found = {}
    for one in registers():
        rows = one.model.objects.order_by("pk")
        opened = one.model.Version._base_manager.filter(recorded_to=FOREVER)
        numbers = {}
        for code in rows.values_list("code", flat=True):
            prefix, _, number = code.rpartition("-")
            numbers.setdefault(prefix, []).append(int(number))
        bad = [p for p, n in numbers.items() if sorted(n) != list(range(min(n), min(n) + len(n)))]
        same = sorted(rows.values_list("pk", flat=True)) == sorted(opened.values_list("id", flat=True))
        if bad or not same:
            found[one.key] = {"same": same, "codes": bad}
    return found


def soaked():
    """Yield the records that the run made."""
    for key in ("legal-document", "protection-title"):
        yield from register(key).model.objects.filter(title__contains="soak").order_by("pk")


def entered():
    """Return [code, title] of all that was entered by hand or imported."""
    return [[row.code, row.title] for row in soaked()]


def states():
    """Return by code the states of each legal document in their order, each as often as it was come to."""
    model = register("legal-document").model
    found = {}
    for row in model.objects.filter(title__contains="soak"):
        said = (
            model.Version._base_manager.filter(id=row.pk)
            .order_by("recorded_from", "pk")
            .values_list("state", flat=True)
        )
        found[row.code] = [state for place, state in enumerate(said) if not place or said[place - 1] != state]
    return found


def obligations():
    """Return the open obligations of the documents by code, and how many dates a fresh reckoning would move."""
    model = register("legal-document").model
    counted = {
        row["record_id"]: row["n"]
        for row in Obligation.objects.open()
        .filter(register="legal-document")
        .values("record_id")
        .annotate(n=Count("pk"))
    }
    by_code = {row.code: counted.get(row.pk, 0) for row in model.objects.filter(title__contains="soak")}
    with transaction.atomic():
        moved = recheck(at=timezone.now())
        transaction.set_rollback(True)
    return {"open": by_code, "moved": moved}


def files():
    """Return the digests on each title by code, one for each attachment, with its address."""
    titles = {row.pk: row.code for row in register("protection-title").model.objects.filter(title__contains="soak")}
    found = {}
    for one in Attachment.objects.standing().filter(register="protection-title").select_related("stored"):
        if one.record_id in titles:
            found.setdefault(titles[one.record_id], []).append([one.stored.sha256, one.url])
    return found


def index(replaced):
    """Return what the index gets wrong: records not in it once, ghosts, codes and titles that do not find their own."""
    try:
        asked = current_index()
    except IndexMissing as missing:
        return [str(missing)]
    wrong, total, searcher = [], 0, asked._searcher()
    for one in registers():
        for key in one.model.objects.values_list("pk", flat=True):
            total += 1
            count = searcher.search(Query.term_query(SCHEMA, "key", f"{one.key}/{key}"), 2).count
            if count != 1:
                wrong.append(f"{one.key}/{key} stands {count} times")
    if asked.count() != total:
        wrong.append(f"{asked.count()} documents, {total} records")
    for row in soaked():
        scope = Scope(tokens_of_record(row))
        for words in (row.code, row.title.rsplit(" ", 1)[1]):
            hits = asked.search([Term(tuple(folded_words(words)))], EVERYTHING, scope).hits
            if row.ref not in {hit.ref for hit in hits} and not words.isdecimal():
                wrong.append(f"{row.code} is not found by {words}")
    some = Scope(frozenset().union(*(tokens_of_record(row) for row in list(soaked())[:50])))
    wrong += [f"{w} is still found" for w in replaced if asked.search([Term((w,))], EVERYTHING, some).total]
    return wrong[:40]


def tell(what):
    """Write what was found where the caller looks for it."""
    print("FOUND" + json.dumps(what, ensure_ascii=False))

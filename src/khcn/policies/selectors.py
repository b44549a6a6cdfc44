"""Read how a programme goes: its execution items and how its targets stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from khcn.assignments.models import AssignmentQuerySet
from khcn.assignments.selectors import assignments_from
from khcn.policies.models import Programme, ProgrammeTarget, ResultEntry


@dataclass(frozen=True)
class TargetStanding:
    """One target and its latest result; `percent` is None where either number is missing or the target is zero."""

    target: ProgrammeTarget
    latest: ResultEntry | None

    @property
    def percent(self) -> Decimal | None:
        """Return what share of the target was reached, in per cent."""
        if self.latest is None or self.latest.value is None or not self.target.value:
            return None
        return self.latest.value / self.target.value * 100


def execution_items(programme: Programme) -> AssignmentQuerySet:
    """Return the assignments by which a programme is carried out."""
    return assignments_from(programme)


def target_standings(programme: Programme) -> list[TargetStanding]:
    """Return the targets of a programme, each with its latest result; two queries however many."""
    latest = {
        result.target_id: result for result in programme.results.exclude(target=None).order_by("reported_on", "pk")
    }
    return [TargetStanding(target, latest.get(target.pk)) for target in programme.targets.all()]

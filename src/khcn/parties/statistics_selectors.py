"""Count people and sum spending by the rows of the forms; each figure is a selection that a list shows too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Q, Sum, Value, When
from django.db.models.functions import Substr

from khcn.parties.form_rows import PEOPLE, SPENDING, FormRow, form_rows
from khcn.parties.models import Equipment, Laboratory, ScienceSpending, ScienceStaffing, ScientistProfile
from khcn.parties.models.science import FIELD_SCHEMES, field_group
from khcn.parties.rules import is_within
from khcn.parties.science_selectors import large_cost_vnd
from khcn.parties.states import EquipmentState, FieldGroup, FigureState, LaboratoryState, Origin

SEX_FILTER, ORIGIN_FILTER, FIELD_FILTER = "gioi-tinh", "goc", "linh-vuc"
VIETNAMESE = "viet-nam"
VIETNAMESE_ORIGINS = (Origin.KINH, Origin.MINORITY)
ZERO = Decimal(0)


@dataclass(frozen=True)
class PeopleRow:
    """One row of form 02CS: what organisations reported, and how many CVs are kept, by qualification ("" unknown)."""

    row: FormRow
    reported: int
    profiles: dict[str, int]

    @property
    def all_profiles(self) -> int:
        """Return how many CVs are of the row."""
        return sum(self.profiles.values())


@dataclass(frozen=True)
class ProfileGroup:
    """How many CVs are alike in what the form divides by; "" and None where a CV does not say it."""

    qualification: str
    sex: str | None
    origin: str | None
    field_digit: str
    count: int

    def is_within(self, cut: str) -> bool:
        """Tell whether the CVs are of the people of a row; the same that `profile_condition` keeps in a list."""
        name, _equals, value = cut.partition("=")
        if name == SEX_FILTER:
            return self.sex == value
        if name == ORIGIN_FILTER:
            return self.origin in (VIETNAMESE_ORIGINS if value == VIETNAMESE else {value})
        if name == FIELD_FILTER:
            return (self.field_digit or FieldGroup.OTHER) == value
        return True


@dataclass(frozen=True)
class SpendingRow:
    """One row of form 03CS: million đồng by source."""

    row: FormRow
    amounts: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """Return the amount of all sources."""
        return sum(self.amounts.values(), ZERO)


@dataclass(frozen=True)
class Standing:
    """How many yearly figures there are, and how many of them nobody compared with a report."""

    entered: int
    unconfirmed: int


@dataclass(frozen=True)
class Infrastructure:
    """How many laboratories work, and how much equipment stands: all, shared, large (None without a rule)."""

    laboratories: int
    equipment: int
    shared: int
    large: int | None


def profile_condition(name: str, value: str) -> Q:
    """Return which CVs a filter of their register keeps: by sex, origin or field.

    Raises: KeyError, for another filter.
    """
    conditions = {
        SEX_FILTER: lambda: Q(private__sex=value),
        ORIGIN_FILTER: lambda: (
            Q(private__origin__in=VIETNAMESE_ORIGINS) if value == VIETNAMESE else Q(private__origin=value)
        ),
        FIELD_FILTER: lambda: field_group(value),
    }
    return conditions[name]()


def counted_profiles(user: Any) -> Any:
    """Return the CVs that the statistics count: of the user's office, followed, those the user may know of."""
    return ScientistProfile.objects.visible_to(user).of_office(user.office_id).standing().kept()


def people_rows(user: Any, year: int) -> list[PeopleRow]:
    """Return the rows of form 02CS: the year's reports of organisations beside the CVs of today; two queries."""
    rows = form_rows(PEOPLE)
    fields = sorted({field for row in rows for field in row.counts})
    sums = _of_year(ScienceStaffing, user, year).aggregate(**{field: Sum(field) for field in fields})
    groups = _profile_groups(user)
    return [PeopleRow(row, sum(sums[field] or 0 for field in row.counts), _by_degree(groups, row)) for row in rows]


def _profile_groups(user: Any) -> list[ProfileGroup]:
    """Return the CVs that the statistics count, in groups: looked at once, however many rows the form has."""
    first = Substr("field__code", 1, 1)
    coded = When(Q(field__scheme__startswith=FIELD_SCHEMES, field__code__gte="1", field__code__lt="7"), then=first)
    digit = Case(coded, default=Value(""), output_field=CharField())
    rows = counted_profiles(user).order_by().values_list("qualification", "private__sex", "private__origin", digit)
    return [ProfileGroup(*said) for said in rows.annotate(count=Count("pk"))]


def _by_degree(groups: Sequence[ProfileGroup], row: FormRow) -> dict[str, int]:
    found: dict[str, int] = {}
    for group in groups:
        if group.is_within(row.cut):
            found[group.qualification] = found.get(group.qualification, 0) + group.count
    return found


def spending_rows(user: Any, year: int) -> list[SpendingRow]:
    """Return the rows of form 03CS for the year, in million đồng; one query."""
    found = _of_year(ScienceSpending, user, year).order_by().values_list("item", "source")
    sums = [(item, source, amount) for item, source, amount in found.annotate(amount=Sum("amount_million"))]
    result = []
    for row in form_rows(SPENDING):
        amounts: dict[str, Decimal] = {}
        for item, source, amount in sums:
            if any(is_within(item, whole) for whole in row.counts):
                amounts[source] = amounts.get(source, ZERO) + amount
        result.append(SpendingRow(row, amounts))
    return result


def standing_of_year(model: Any, user: Any, year: int) -> Standing:
    """Return how far the year's figures of one register were compared with reports."""
    unconfirmed = Count("pk", filter=Q(state=FigureState.ENTERED))
    found = _of_year(model, user, year).aggregate(entered=Count("pk"), unconfirmed=unconfirmed)
    return Standing(found["entered"], found["unconfirmed"])


def infrastructure_of(user: Any) -> Infrastructure:
    """Return what stands of laboratories and equipment today; closed and disposed ones do not count."""
    office, cost = user.office_id, large_cost_vnd(user)
    laboratories = Laboratory.objects.visible_to(user).of_office(office).standing()
    equipment = Equipment.objects.visible_to(user).of_office(office).standing().exclude(state=EquipmentState.DISPOSED)
    found = equipment.aggregate(
        all=Count("pk"),
        shared=Count("pk", filter=Q(is_shared=True)),
        large=Count("pk", filter=Q(cost_vnd__gte=cost or 0)),
    )
    return Infrastructure(
        laboratories.filter(state=LaboratoryState.WORKING).count(),
        found["all"],
        found["shared"],
        found["large"] if cost is not None else None,
    )


def _of_year(model: Any, user: Any, year: int) -> Any:
    return model.objects.visible_to(user).of_office(user.office_id).standing().of_year(year)

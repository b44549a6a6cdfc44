"""Whatever shape a query has, as of an instant it gives what the same live query gave at that instant."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import (
    Avg,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, ExtractYear, RowNumber, Upper
from django.utils import timezone

from khcn.ip.models import ForeignRegistration, ProtectionTitle, TitleHolder
from khcn.ip.states import ForeignState, TitleKind, TitleState
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.parties.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

HOLDERS = TitleHolder.objects.filter(title=OuterRef("pk"))
HERE = HOLDERS.filter(in_province=True)
HOLDER_NAME = HOLDERS.order_by("organisation__title").values("organisation__title")[:1]
GRANTED = Q(state=TitleState.GRANTED)
RANK = Window(RowNumber(), partition_by=F("kind"), order_by=F("title").asc())
AGE = Case(When(granted_on=None, then=Value("đơn")), default=Value("bằng"), output_field=CharField())


def titles(read):
    return read(ProtectionTitle)


def names(rows):
    return sorted(row.title for row in rows)


SHAPES = {
    "count": lambda read: titles(read).count(),
    "order by": lambda read: [row.title for row in titles(read).order_by("-granted_on", "title")],
    "values_list": lambda read: sorted(
        titles(read).values_list("title", "state", "holders__organisation__title"), key=str
    ),
    "distinct": lambda read: sorted(titles(read).values_list("state", flat=True).distinct()),
    "distinct over a join": lambda read: names(titles(read).filter(holders__in_province=True).distinct()),
    "distinct count": lambda read: titles(read).filter(holders__isnull=False).distinct().count(),
    "filter over a join": lambda read: names(titles(read).filter(holders__organisation__title__contains="A")),
    "filter over a join to nothing": lambda read: names(titles(read).filter(holders=None)),
    "exclude over a reverse relation": lambda read: names(titles(read).exclude(holders__in_province=False)),
    "exclude twice": lambda read: names(titles(read).exclude(holders__organisation__title="Bên A").exclude(GRANTED)),
    "or over a join": lambda read: names(titles(read).filter(Q(holders__in_province=False) | GRANTED).distinct()),
    "exists as a filter": lambda read: names(titles(read).filter(Exists(HERE))),
    "not exists": lambda read: names(titles(read).filter(~Exists(HERE))),
    "exists as an annotation": lambda read: sorted(titles(read).annotate(x=Exists(HERE)).values_list("title", "x")),
    "subquery as an annotation": lambda read: sorted(
        titles(read).annotate(name=Subquery(HOLDER_NAME)).values_list("title", "name"), key=str
    ),
    "subquery as a list": lambda read: names(titles(read).filter(pk__in=TitleHolder.objects.values("title"))),
    "annotate a count": lambda read: sorted((row.title, row.n) for row in titles(read).annotate(n=Count("holders"))),
    "count distinct": lambda read: sorted(
        (row.title, row.n) for row in titles(read).annotate(n=Count("holders__organisation", distinct=True))
    ),
    "having": lambda read: names(titles(read).annotate(n=Count("holders")).filter(n__gt=1)),
    "conditional aggregate": lambda read: titles(read).aggregate(
        granted=Count("pk", filter=GRANTED), here=Count("holders", filter=Q(holders__in_province=True))
    ),
    "aggregate": lambda read: titles(read).aggregate(Min("granted_on"), Max("granted_on"), Sum("pk"), Count("pk")),
    "aggregate over an annotation": lambda read: (
        titles(read).annotate(n=Count("holders")).aggregate(Avg("n"), Sum("n"))
    ),
    "aggregate over values": lambda read: sorted(titles(read).values_list("state").annotate(n=Count("pk")).order_by()),
    "group by an expression": lambda read: sorted(
        titles(read).values_list(ExtractYear("granted_on")).annotate(n=Count("pk")).order_by(), key=str
    ),
    "union": lambda read: sorted(
        titles(read).filter(GRANTED).values_list("title").union(titles(read).filter(Exists(HERE)).values_list("title"))
    ),
    "intersection": lambda read: names(titles(read).filter(GRANTED).intersection(titles(read).filter(Exists(HERE)))),
    "difference": lambda read: names(titles(read).difference(titles(read).filter(GRANTED))),
    "combined by or": lambda read: names(titles(read).filter(GRANTED) | titles(read).filter(kind=TitleKind.MARK)),
    "select_related of nothing": lambda read: sorted(
        (row.title, str(row.title_at_home and row.title_at_home.title), str(row.owner))
        for row in read(ForeignRegistration).select_related("title_at_home", "owner__parent")
    ),
    "foreign keys one by one": lambda read: sorted(
        (row.title, str(row.title_at_home and row.title_at_home.title)) for row in read(ForeignRegistration)
    ),
    "prefetch": lambda read: sorted(
        (row.title, sorted(str(one) for one in row.holders.all()))
        for row in titles(read).prefetch_related("holders__organisation__parent", "abroad")
    ),
    "prefetch with its own queryset": lambda read: sorted(
        (row.title, sorted(str(one) for one in row.here))
        for row in titles(read).prefetch_related(
            Prefetch("holders", TitleHolder.objects.filter(in_province=True), to_attr="here")
        )
    ),
    "reverse manager": lambda read: sorted((row.title, row.holders.count()) for row in titles(read)),
    "filtered reverse manager": lambda read: [
        row.holders.filter(organisation__title__startswith="Bên").exists() for row in titles(read).order_by("pk")
    ],
    "self join": lambda read: sorted(read(Organisation).values_list("title", "parent__title"), key=str),
    "from the part": lambda read: sorted(
        read(TitleHolder).filter(title__state=TitleState.GRANTED).values_list("title__title", "organisation__title")
    ),
    "iterator": lambda read: sorted(row.title for row in titles(read).iterator(chunk_size=2)),
    "exists": lambda read: (titles(read).filter(GRANTED).exists(), titles(read).filter(title="không có").exists()),
    "in_bulk": lambda read: sorted(row.title for row in titles(read).in_bulk().values()),
    "expression between columns": lambda read: names(titles(read).filter(granted_on__gt=F("filed_on"))),
    "dates": lambda read: list(titles(read).dates("granted_on", "year")),
    "slice": lambda read: [row.title for row in titles(read).order_by("title")[1:3]],
    "count of a slice": lambda read: titles(read).filter(GRANTED).order_by("title")[:2].count(),
    "first and last": lambda read: [str(getattr(titles(read).order_by("title"), end)()) for end in ("first", "last")],
    "case": lambda read: sorted(titles(read).annotate(age=AGE).values_list("title", "age")),
    "functions": lambda read: sorted(titles(read).values_list(Upper("title"), Coalesce("title_number", Value("—")))),
    "window": lambda read: sorted(titles(read).annotate(rank=RANK).values_list("title", "rank")),
    "only": lambda read: sorted((row.title, row.state) for row in titles(read).only("title")),
    "order by a related column": lambda read: list(
        titles(read).order_by("holders__organisation__title", "title").values_list("title", flat=True)
    ),
}


class World:
    """Titles, holders and registrations abroad to which things happen, one step at a time."""

    def __init__(self):
        self.office = Office.objects.create(
            code="TN", name="Sở", short_name="Sở", symbol="SKHCN", parent_name="UBND", seat="TN"
        )
        self.steps = (self.begin, self.grant, self.rename, self.take_away, self.withdraw)

    def save(self, row, **values):
        for name, value in values.items():
            setattr(row, name, value)
        with recording(actor=None, verb="test", label="thử", on=date(2021, 1, 4), imported=True):
            row.save()
        return row

    def begin(self):
        self.over = self.save(Organisation(office=self.office, title="Bộ", state="active"))
        self.a, self.b = (
            self.save(Organisation(office=self.office, title=name, state="active")) for name in ("Bên A", "Bên B")
        )
        self.titles = [
            self.save(ProtectionTitle(office=self.office, title=f"T{n}", kind=kind, state="filed"))
            for n, kind in enumerate((TitleKind.MARK, TitleKind.MARK, TitleKind.INVENTION))
        ]
        self.holder = self.save(TitleHolder(title=self.titles[0], organisation=self.a))
        self.save(TitleHolder(title=self.titles[0], organisation=self.b, in_province=False))

    def grant(self):
        self.save(
            self.titles[0], state="granted", granted_on=date(2021, 9, 14), title_number="1", filed_on=date(2020, 1, 2)
        )
        self.save(self.titles[2], state="granted", granted_on=date(2020, 12, 31), title_number="2")
        self.save(TitleHolder(title=self.titles[1], organisation=self.b))
        self.abroad = self.save(
            ForeignRegistration(office=self.office, title="F", territory="Nước", state=ForeignState.FILED)
        )

    def rename(self):
        self.save(self.b, title="Bên C", parent=self.over)
        self.save(self.abroad, title_at_home=self.titles[0], owner=self.b)
        self.save(self.titles[1], title="Tên khác")

    def take_away(self):
        with recording(actor=None, verb="remove", label="bỏ"):
            self.holder.remove()
        self.save(ProtectionTitle(office=self.office, title="Muộn", kind=TitleKind.MARK, state="filed"))

    def withdraw(self):
        self.save(self.titles[2], state="lapsed", withdrawn_on=date(2021, 9, 20), granted_on=None)
        self.save(self.abroad, owner=self.a, title_at_home=None)


@pytest.mark.parametrize("name", SHAPES)
def test_a_query_of_any_shape_reads_the_past_as_it_read_the_present_of_then(name):
    world, shape = World(), SHAPES[name]
    readings = []
    for step in world.steps:
        step()
        readings.append((timezone.now(), shape(lambda model: model.objects.all())))

    again = [(instant, shape(lambda model: model.objects.as_of(instant))) for instant, _ in readings]  # noqa: B023

    assert again == readings
    assert len({repr(result) for _, result in readings}) > 1


def test_a_shared_prefetch_serves_the_past_and_then_the_present():
    world = World()
    world.begin()
    then = timezone.now()
    world.grant()
    shared = Prefetch("holders", TitleHolder.objects.order_by("pk"))
    number = world.titles[1].pk

    past = ProtectionTitle.objects.as_of(then).prefetch_related(shared).get(pk=number)
    live = ProtectionTitle.objects.prefetch_related(shared).get(pk=number)

    assert [len(row.holders.all()) for row in (past, live)] == [0, 1]

"""Tables whose every change enters history, and which can be read as they were known at an instant."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelBase
from django.db.models.query import ModelIterable

from khcn.kernel.records.clock import FOREVER
from khcn.kernel.records.recording import Recording, current_recording
from khcn.kernel.records.versions import open_versions_of, version_model
from khcn.language.words import words as _

BATCH = 500
MOMENT = timedelta(microseconds=1)
WriteHook = Callable[[Sequence["Tracked"], Recording], None]
write_hooks: list[WriteHook] = []
"""Called in the same transaction after tracked rows were written, e.g. to feed the search outbox."""


class HistoryWouldBeLost(Exception):
    """A bulk operation that writes no history was called on a tracked table."""


class PastIsReadOnly(Exception):
    """Something read as of an instant was about to be saved."""


class ChangedMeanwhile(Exception):
    """Another wrote the same fields since the row was read; the message names the row and what differs."""


class StateAssignedDirectly(Exception):
    """A state was set by assignment; only a transition of the workflow may change it."""


class PastIterable(ModelIterable):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of the past carry their instant from the start, so that what is prefetched for them is past too."""

    def __iter__(self) -> Iterator[Any]:
        rows: Any = self.queryset
        for row in super().__iter__():
            _mark(row, rows.instant)
            yield row


class TrackedQuerySet(models.QuerySet[Any]):
    """The vocabulary of every tracked table; `as_of` makes all the rest speak of the past."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._inherit_instant((kwargs.get("hints") or {}).get("instance"))

    def as_of(self, instant: datetime | None) -> Self:
        """Read the rows, and every tracked row they are joined to, as known at the instant (None: as of now)."""
        if instant is not None and instant.tzinfo is None:
            raise ValueError(_("Thời điểm đọc sổ phải có múi giờ."))
        chained: Self = self._chain()  # type: ignore[attr-defined]  # Django's own way to copy a queryset
        chained.read_as_of(instant)
        return chained

    @property
    def instant(self) -> datetime | None:
        """Return the instant these rows are read as of; None is now."""
        return getattr(self.query, "as_of", None)

    def _add_hints(self, **hints: Any) -> None:
        super()._add_hints(**hints)  # type: ignore[misc]  # not in the stubs
        self._inherit_instant(hints.get("instance"))

    def _inherit_instant(self, instance: Any) -> None:
        instant = getattr(instance, "_as_of", None)
        if instant is not None:
            self.read_as_of(instant, inherited=True)
        elif instance is not None and getattr(self.query, "instant_is_inherited", False):
            # One Prefetch object may serve a past reading first and a live one later.
            self.read_as_of(None, inherited=False)

    def read_as_of(self, instant: datetime | None, *, inherited: bool = False) -> None:
        """Make this very queryset speak of the instant; `as_of` gives a copy instead."""
        query: Any = self.query
        # Both are read by khcn.kernel.records.compiler or by the next reading of a shared queryset.
        query.as_of, query.instant_is_inherited = instant, inherited
        if self._iterable_class in (ModelIterable, PastIterable):
            self._iterable_class = ModelIterable if instant is None else PastIterable

    def update(self, **_values: Any) -> int:
        """Refuse: an update of many rows would leave no history."""
        raise HistoryWouldBeLost(_("Sửa hàng loạt phải qua khcn.kernel.records.bulk, nơi lịch sử được ghi cùng lúc."))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: nothing is deleted, only withdrawn with a reason."""
        raise HistoryWouldBeLost(_("Không xóa hồ sơ; hãy thu hồi hồ sơ kèm lý do."))

    def bulk_create(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        """Refuse: use the sanctioned bulk writer."""
        raise HistoryWouldBeLost(_("Ghi hàng loạt phải qua khcn.kernel.records.bulk, nơi lịch sử được ghi cùng lúc."))

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        """Refuse: use the sanctioned bulk writer."""
        raise HistoryWouldBeLost(_("Sửa hàng loạt phải qua khcn.kernel.records.bulk, nơi lịch sử được ghi cùng lúc."))


class TrackedBase(ModelBase):
    """Give every concrete tracked model the model of its versions."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        """Create the model, then its versions."""
        meta = attrs.get("Meta")
        abstract = bool(getattr(meta, "abstract", False))
        if meta is not None and not abstract and not hasattr(meta, "base_manager_name"):
            meta.base_manager_name = "objects"
        made: Any = super().__new__(cls, name, bases, attrs, **kwargs)
        if not abstract and not made._meta.proxy:
            made.Version = version_model(made)
        return made


class Tracked(models.Model, metaclass=TrackedBase):
    """A table with history: saving outside a recorded change is refused."""

    id = models.BigAutoField(primary_key=True)

    Version: Any
    objects: Any = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    _as_of: datetime | None = None
    _read: dict[str, Any] | None = None
    _wrote: dict[str, Any] | None = None
    _settled_in: Recording | None = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row and its version in the change under way.

        The whole row is written even where `update_fields` asks for less: its version holds every column. What others
        wrote since it was read stays, unless this row says otherwise of the same field.
        Raises: UnrecordedChange, PastIsReadOnly, ChangedMeanwhile, StateAssignedDirectly.
        """
        self.refuse_past()
        change = current_recording()
        kwargs.pop("update_fields", None)
        adding = self._state.adding
        if not adding:
            self.settle()
        self.before_save(change)
        super().save(*args, **kwargs)
        record_versions([self], change, adding=adding)
        self._wrote, self._settled_in = self._values_now(), change
        self._read = self._read if self._read is not None else self._wrote

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        """Make a row that remembers what was read, so that a later save tells its own changes from those of others."""
        row = super().from_db(db, field_names, values, **options)
        row._read = _remembered(dict(zip(field_names, values, strict=True)))  # noqa: SLF001 (the row made here)
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again; what is remembered of it follows."""
        super().refresh_from_db(*args, **kwargs)
        self._read, self._wrote = self._values_now(), None

    def settle(self) -> frozenset[str]:
        """Lock the row until the change ends and take over what others wrote since it was read; return those fields.

        Asked again within the change it returns nothing, since nobody else can have written.
        Raises: UnrecordedChange; ChangedMeanwhile, where another wrote a field that this row changes too.
        """
        change = current_recording()
        if self._settled_in is change or self._read is None:
            return frozenset()
        rows: Any = models.QuerySet(type(self)).select_for_update(of=("self",)).filter(pk=self.pk)
        now = rows.values(*self._read).first()
        if now is None:
            raise ChangedMeanwhile(
                _("«{value}» vừa được người khác bỏ đi. Tải lại trang rồi làm tiếp.").format(value=self)
            )
        base = self._base(now)
        theirs = {name for name, value in base.items() if now[name] != value} - _derived(type(self))
        if theirs and self._wrote_last():
            return frozenset()  # the same values, as the database writes them
        self._take_over(theirs, base, now)
        self._read, self._wrote, self._settled_in = _remembered(now), None, change
        return frozenset(theirs)

    def _base(self, now: dict[str, Any]) -> dict[str, Any]:
        """Return what this row knew: what it wrote itself, unless that was rolled back and never came to be."""
        wrote, read = self._wrote or {}, self._read or {}
        return {name: now[name] if wrote.get(name, value) == now[name] else value for name, value in read.items()}

    def _take_over(self, theirs: set[str], base: dict[str, Any], now: dict[str, Any]) -> None:
        mine = {name for name, value in base.items() if getattr(self, name) != value}
        if clashing := {name for name in theirs & mine if getattr(self, name) != now[name]}:
            raise ChangedMeanwhile(self._clash(clashing))
        for name in theirs - mine:
            setattr(self, name, now[name])

    def _wrote_last(self) -> bool:
        """Tell whether this very row made the version that stands."""
        if self._wrote is None or self._settled_in is None:
            return False
        standing = type(self).Version._base_manager.filter(id=self.pk, recorded_to=FOREVER)
        return self._settled_in.change.pk in standing.values_list("change_id", flat=True)

    def as_stored(self, name: str) -> Any:
        """Return a field as this row last read or wrote it, whatever it was set to since."""
        stored = self._wrote or self._read
        return self.__dict__.get(name) if stored is None else stored.get(name)

    def _clash(self, names: Iterable[str]) -> str:
        fields = [field for field in self._meta.local_concrete_fields if field.attname in names]
        labels = ", ".join(f"«{field.verbose_name}»" for field in fields)
        return _("«{value}»: {labels} vừa được người khác sửa. Tải lại trang, xem giá trị mới rồi làm lại.").format(
            value=self, labels=labels
        )

    def _values_now(self) -> dict[str, Any]:
        known = self.__dict__
        fields = [field for field in self._meta.local_concrete_fields if field.attname in known]
        return _remembered({field.attname: field.to_python(known[field.attname]) for field in fields})

    @property
    def instant(self) -> datetime | None:
        """Return the instant this row was read as of; None is now."""
        return self._as_of

    def before_save(self, change: Recording) -> None:
        """Complete or refuse the row before it is written; overridden by records."""

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: nothing is deleted."""
        raise HistoryWouldBeLost(_("Không xóa «{value}»; hãy thu hồi kèm lý do.").format(value=self))

    def refuse_past(self) -> None:
        """Stop unless this is the row of now.

        Raises: PastIsReadOnly.
        """
        if self._as_of is not None:
            raise PastIsReadOnly(
                _("«{value}» đang được xem theo thời điểm quá khứ nên không sửa được.").format(value=self)
            )

    def remove(self) -> None:
        """Take away a part entered by mistake: the live row goes, its versions stay.

        The last moment of its life becomes a version of its own, with the same values, so that history tells who
        took it away and why.
        Raises: UnrecordedChange, PastIsReadOnly.
        """
        self.refuse_past()
        change = current_recording()
        versions = type(self).Version._base_manager
        last = versions.filter(id=self.pk, recorded_to=FOREVER).first()
        if last is not None:
            since = max(change.recorded_from - MOMENT, last.recorded_from + MOMENT)
            versions.filter(pk=last.pk).update(recorded_to=since)
            last.pk, last.recorded_from, last.recorded_to = None, since, since + MOMENT
            last.change = change.change
            last.save(force_insert=True)
        for hook in write_hooks:
            hook([self], change)
        models.Model.delete(self)


def _remembered(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values such that a list or a mapping changed in place is told from what was read."""
    return {name: copy.deepcopy(value) if isinstance(value, dict | list) else value for name, value in values.items()}


def _derived(model: type[Tracked]) -> set[str]:
    return {field.attname for field in model._meta.local_concrete_fields if getattr(field, "derived", False)}


def record_versions(rows: Sequence[Tracked], change: Recording, *, adding: bool) -> None:
    """Close the open versions of the rows and open new ones, then tell the hooks.

    `rows`: of one model, already written. A second write within one change replaces its first version.
    """
    for start in range(0, len(rows), BATCH):
        _record_batch(rows[start : start + BATCH], change, adding=adding)
    if rows:
        for hook in write_hooks:
            hook(rows, change)


def _record_batch(rows: Sequence[Tracked], change: Recording, *, adding: bool) -> None:
    versions = type(rows[0]).Version._base_manager
    open_versions = (
        {} if adding else {v.id: v for v in versions.filter(id__in=[r.pk for r in rows], recorded_to=FOREVER)}
    )
    fresh: dict[datetime, list[int]] = {}
    closed: dict[datetime, list[int]] = {}
    for row in rows:
        since = change.recorded_from
        if previous := open_versions.get(row.pk):
            if previous.change_id == change.change.pk:
                versions.filter(pk=previous.pk).update(**_values(row))
                continue
            since = max(since, previous.recorded_from + MOMENT)
            closed.setdefault(since, []).append(previous.pk)
        fresh.setdefault(since, []).append(row.pk)
    for since, keys in closed.items():
        versions.filter(pk__in=keys).update(recorded_to=since)
    for since, keys in fresh.items():
        open_versions_of(type(rows[0]), keys, since=since, change=change.change.pk)


def _values(row: Tracked) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}


def _mark(row: Any, instant: datetime | None) -> None:
    if not isinstance(row, models.Model):
        return
    row._as_of = instant  # type: ignore[attr-defined]  # noqa: SLF001 (rows of any model carry it)
    for related in row._state.fields_cache.values():
        if isinstance(related, Tracked) and related.instant is None:
            _mark(related, instant)


def rows_with_history(rows: Iterable[Tracked]) -> list[Tracked]:
    """Return the rows that have an open version; used by `khcn doctor`."""
    return [row for row in rows if type(row).Version._base_manager.filter(id=row.pk, recorded_to=FOREVER).exists()]

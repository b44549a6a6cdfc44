"""Find the row that a cell names: a division, a place, a class, a person or another record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.selectors import choosable_classes
from khcn.kernel.identity.models import Division, Office, User
from khcn.kernel.places.models import Place
from khcn.kernel.records.record import Record
from khcn.kernel.text.folding import name_key, search_key
from khcn.language.words import words as _

NAMING_FIELDS = ("code", "name", "full_name", "short_name", "title", "username", "email", "label")
SHOWN_CANDIDATES = 3
UNKNOWN_CLASS = _(
    "không có «{text}» trong bảng phân loại; nếu bảng đang có hiệu lực chưa được nạp thì quản trị hệ thống nhập ở "
    "trang «Bảng phân loại»"
)


class NotFound(ValueError):
    """No row, or more than one, has the name that a cell gives."""


class Unknown(NotFound):
    """No row has the name that a cell gives."""


class Lookups:
    """Remembers the names of every table that an import refers to; one or two queries for each table."""

    def __init__(self, *, actor: Any, office: Office, on: date) -> None:
        self.actor = actor
        self.office = office
        self.on = on
        self._exact: dict[str, dict[str, list[Any]]] = {}
        self._folded: dict[str, dict[str, list[Any]]] = {}
        self._rows: dict[tuple[str, Any], Any] = {}

    def find(self, field: models.Field[Any, Any], text: str) -> Any:
        """Return the row of the field's table whose code or name is the text, marks and case aside if need be.

        Raises: NotFound.
        """
        key = str(field)
        if key not in self._exact:
            self._load(key, field)
        for words in (text, text.partition(" · ")[0]):
            for index, fold in ((self._exact[key], name_key), (self._folded[key], search_key)):
                if found := index.get(fold(words)):
                    return self._row(field, self._only(field, text, found))
        model: Any = field.related_model
        words = UNKNOWN_CLASS if model is Classification else _("không có «{text}» trong danh mục {catalogue}")
        raise Unknown(words.format(text=text, catalogue=model._meta.verbose_name))

    def names(self, field: models.Field[Any, Any]) -> dict[str, list[Any]]:
        """Return the folded names and codes of the field's table, each with the keys of its rows."""
        key = str(field)
        if key not in self._exact:
            self._load(key, field)
        return self._folded[key]

    def rows(self, field: Any, keys: Collection[Any]) -> dict[Any, Any]:
        """Return the rows of the field's table by key, in one query."""
        found: dict[Any, Any] = field.related_model._default_manager.in_bulk(list(keys))
        self._rows |= {(str(field), key): row for key, row in found.items()}
        return found

    def _load(self, key: str, field: Any) -> None:
        model = field.related_model
        names = [f.name for f in model._meta.local_concrete_fields if f.name in NAMING_FIELDS]
        exact: dict[str, list[Any]] = defaultdict(list)
        folded: dict[str, list[Any]] = defaultdict(list)
        limit = field.get_limit_choices_to()
        rows = choosable_classes(limit) if model is Classification else self._candidates(model).complex_filter(limit)
        for pk, *texts in rows.order_by().values_list("pk", *names):
            for text in {text for text in texts if text}:
                for index, words in ((exact, name_key(text)), (folded, search_key(text))):
                    if words and pk not in index[words]:
                        index[words].append(pk)
        self._exact[key], self._folded[key] = exact, folded

    def _candidates(self, model: Any) -> Any:
        if issubclass(model, Record):
            return model.objects.of_office(self.office) if self.actor is None else model.objects.visible_to(self.actor)
        if model in (Division, User):
            return model.objects.filter(office=self.office)
        return model._default_manager.all()

    def _only(self, field: Any, text: str, found: list[Any]) -> Any:
        if len(found) == 1:
            return found[0]
        model = field.related_model
        if {"valid_from", "valid_to"} <= {f.name for f in model._meta.local_concrete_fields}:
            standing = model._default_manager.filter(
                Q(valid_from=None) | Q(valid_from__lte=self.on),
                Q(valid_to=None) | Q(valid_to__gte=self.on),
                pk__in=found,
            ).values_list("pk", flat=True)
            if len(standing) == 1:
                return standing[0]
        shown = model._default_manager.filter(pk__in=found[:SHOWN_CANDIDATES])
        candidates = "; ".join(f"{getattr(row, 'code', row.pk)}: {row}" for row in shown)
        hint = _("ghi mã hoặc tên đầy đủ") if model is Place else _("ghi mã thay cho tên")
        raise NotFound(
            _("«{text}» khớp {count} mục ({candidates}); {hint}").format(
                text=text, count=len(found), candidates=candidates, hint=hint
            )
        )

    def _row(self, field: Any, pk: Any) -> Any:
        key = (str(field), pk)
        if key not in self._rows:
            self._rows[key] = field.related_model._default_manager.get(pk=pk)
        return self._rows[key]

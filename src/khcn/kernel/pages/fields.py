"""Turn the fields of a register's model into fields of forms, written and read as people type them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.selectors import choosable_classes
from khcn.kernel.exchange.cells import Reader, is_empty, reader_of
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.values import field_of, label_of, short_decimal
from khcn.kernel.identity.forms import DayField
from khcn.kernel.identity.models import Division, User
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Question, Register
from khcn.language.words import words as _
from khcn.ui import formats

LONGEST_SELECT = 60
LONG_TEXT = 300
Choices = list[tuple[Any, str]]


class NotTypeable(TypeError):
    """A field of a model has no shape that people could type; the register should not ask for it."""


@dataclass(frozen=True)
class Asking:
    """Which register asks whom, on which day; what it reads is remembered for the whole form."""

    register: Register
    user: Any
    today: date

    @cached_property
    def lookups(self) -> Lookups:
        """Return the names by which other rows are found."""
        return Lookups(actor=self.user, office=self.user.working_office, on=self.today)

    def day_of(self, record: Record | None) -> date:
        """Return the day on which codes of a record must be in force: that of its register, else today."""
        day = getattr(record, self.register.date_field or "pk", None)
        return day if isinstance(day, date) and not isinstance(day, datetime) else self.today

    def lookups_of(self, record: Record | None) -> Lookups:
        """Return the names as they are found for a record: one code may stand in lists of different times."""
        day = self.day_of(record)
        return self.lookups if day == self.today else Lookups(actor=self.user, office=self.user.working_office, on=day)

    def column(self, name: str) -> Column:
        """Return the register's column of that name, or a plain one."""
        return next((one for one in self.register.columns if one.name == name), Column(name))


class CellField(forms.CharField):
    """What an import would read from a cell of the same column: numbers, instants, texts, rows by code or name.

    `kept`: the text that stands for the stored value, which is not read again as long as it stays as it is. A record
    that may not be named has no text, and stays if nothing is typed.
    """

    def __init__(self, *, reader: Reader, empty: Any, kept: tuple[str, Any] = ("", None), **options: Any) -> None:
        self.reader = reader
        self.empty = empty
        self.kept = kept
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return the value.

        Raises: ValidationError.
        """
        text = super().clean(value)
        if text == self.kept[0] and (text or isinstance(self.kept[1], Record)):
            return self.kept[1]
        if is_empty(text):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return self.empty
        try:
            return self.reader(text)
        except ValueError as error:
            raise forms.ValidationError(_sentence(str(error))) from error


class QuestionField(forms.CharField):
    """A text that the register's own question turns into a value."""

    def __init__(self, *, question: Question, asking: Asking, **options: Any) -> None:
        self.question = question
        self.asking = asking
        said: dict[str, Any] = {"label": question.label, "required": question.required, "help_text": question.help_text}
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **said, **options)

    def clean(self, value: Any) -> Any:
        """Return the value.

        Raises: ValidationError.
        """
        text = super().clean(value)
        try:
            return self.question.parse(text, self.asking.user, self.asking.today)
        except ValueError as error:
            raise forms.ValidationError(_sentence(str(error))) from error


def form_field(name: str, asking: Asking, record: Record | None) -> forms.Field:
    """Return the field that asks for that name, beginning with what the record holds.

    Raises: NotTypeable, for what is neither a question nor a stored field that people can type.
    """
    question = asking.register.question(name)
    if question is not None:
        initial = question.read(record) if record is not None else ""
        return QuestionField(question=question, asking=asking, initial=initial)
    field = field_of(asking.register.model, name)
    if field is None or isinstance(field, models.JSONField | models.BinaryField):
        raise NotTypeable(f"{asking.register.key}.{name}")
    column = asking.column(name)
    options: dict[str, Any] = {
        "label": label_of(asking.register, column),
        "required": column.required or not field.blank,
        "help_text": str(field.help_text),
    }
    if field.remote_field is not None:
        return _row_field(field, column, asking, record, options)
    return _value_field(field, column, asking, record, options)


def _value_field(
    field: models.Field[Any, Any], column: Column, asking: Asking, record: Record | None, options: dict[str, Any]
) -> forms.Field:
    stored = getattr(record, field.attname) if record is not None else field.get_default()
    if field.choices:
        return _choice_field(field, stored, options)
    if isinstance(field, models.BooleanField) and not field.null:
        return forms.BooleanField(**{**options, "required": False}, initial=bool(stored))
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return DayField(today=asking.today, initial=typed(stored), **options)
    text = typed(stored, numeric=column.numeric)
    reader = reader_of(asking.register, column, asking.lookups)
    empty = "" if field.empty_strings_allowed and not field.null else None
    return CellField(reader=reader, empty=empty, kept=(text, stored), initial=text, widget=_widget_of(field), **options)


def _widget_of(field: models.Field[Any, Any]) -> forms.Widget:
    if isinstance(field, models.TextField) or (field.max_length or 0) > LONG_TEXT:
        return forms.Textarea(attrs={"rows": 2 if field.name == "title" else 4})
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.TextInput()


def _choice_field(field: models.Field[Any, Any], stored: Any, options: dict[str, Any]) -> forms.Field:
    choices: Choices = [(value, str(label)) for value, label in field.flatchoices]
    if stored not in (None, "") and stored not in dict(choices):
        choices.append((stored, str(stored)))  # an old value stays until someone chooses another
    if not options["required"] or stored in (None, ""):
        choices.insert(0, ("", _("Chưa chọn")))
    empty = None if field.null else ""
    return forms.TypedChoiceField(choices=choices, coerce=field.to_python, empty_value=empty, initial=stored, **options)


def _row_field(
    field: models.Field[Any, Any], column: Column, asking: Asking, record: Record | None, options: dict[str, Any]
) -> forms.Field:
    stored = getattr(record, field.name) if record is not None else None
    coded = field.related_model is Classification
    offered = _offered(field, asking, stored, asking.day_of(record) if coded else asking.today)
    if offered is not None:
        return forms.ModelChoiceField(offered, initial=stored, empty_label=_("Chưa chọn"), **options)
    text = _named(stored, asking.user)
    if stored is not None and not text:
        options["required"] = False
    options["help_text"] = options["help_text"] or _("Ghi mã hoặc tên đầy đủ.")
    reader = reader_of(asking.register, column, asking.lookups_of(record) if coded else asking.lookups)
    return CellField(reader=reader, empty=None, kept=(text, stored), initial=text, widget=forms.TextInput(), **options)


def _offered(field: Any, asking: Asking, stored: Any, day: date) -> Any:
    """Return the rows in force on the day to choose from, None where they are records or too many for a list."""
    model = field.related_model
    if issubclass(model, Record):
        return None
    limit = field.get_limit_choices_to()
    rows: Any = choosable_classes(limit) if model is Classification else model.objects.complex_filter(limit)
    if model in (Division, User):
        rows = rows.filter(office=asking.user.working_office)
    if model is User:
        rows = rows.filter(is_active=True)
    if {"valid_from", "valid_to"} <= {one.name for one in model._meta.local_concrete_fields}:
        rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
    if model not in (Division, User) and len(rows[: LONGEST_SELECT + 1]) > LONGEST_SELECT:
        return None
    if model is Classification and not rows:
        return None  # nothing to choose from does not say why; what is typed is answered with what to do
    kept = model.objects.filter(pk=stored.pk) if stored is not None else model.objects.none()
    keys = {*rows.values_list("pk", flat=True), *kept.values_list("pk", flat=True)}
    return model.objects.filter(pk__in=keys)


def _named(row: Any, user: Any) -> str:
    """Return the text by which the row is found again; of a record they may not know of its code.

    One that is kept back from them has none.
    """
    if row is None:
        return ""
    code = getattr(row, "code", "")
    if isinstance(row, Record):
        known = type(row).objects.visible_to(user).filter(pk=row.pk).exists()
        return f"{code} · {row.title}" if known else "" if row.is_kept_back else code
    return f"{code} · {row}" if code else str(row)


def typed(value: Any, *, numeric: bool = True) -> str:
    """Return a stored value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return formats.instant(timezone.localtime(value))
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return formats.number(short_decimal(value))
    if isinstance(value, int) and numeric and not isinstance(value, bool):
        return formats.number(value)
    return str(value)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."

"""Fields that take records by code or name, so that a form weighs the same however long the register is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from khcn.kernel.records.record import Record
from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _

SUGGESTED = 50
JOINT = " · "
DIGITS_OF_A_NUMBER = 18
HELP = _("Ghi mã hoặc tên đầy đủ; chọn trong gợi ý khi có.")


class SuggestingInput(forms.TextInput):
    """A box with some answers offered; without scripts it is a plain box."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: Any = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})})
        self.rows = rows

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the box and what it offers."""
        offered = f"goi-y-{name}"
        box = super().render(name, value, {**(attrs or {}), "list": offered}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((words,) for words in self.offers()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, offered, options)

    def offers(self) -> list[str]:
        """Return the records entered last, at most fifty."""
        return [written_record(row) for row in self.rows.order_by("-pk")[:SUGGESTED]] if self.rows is not None else []


class RecordField(forms.CharField):
    """One record, by its code or its exact name, of those that may be named.

    `rows`: the records that may be named; of others nothing is told. `kept`: the record that stands already: its words
    are not read again as long as they stay. One kept back from the reader has none and stays.
    """

    def __init__(
        self, *, rows: QuerySet[Any], kept: Record | None = None, what: str = _("hồ sơ"), **options: Any
    ) -> None:
        self.rows, self.kept, self.what = rows, kept, what
        if kept is not None and not self.words_of(kept):
            options["required"] = False
        super().__init__(
            **{"widget": SuggestingInput(rows=rows), "help_text": HELP, "initial": self.words_of(kept), **options}
        )

    def words_of(self, record: Record | None) -> str:
        """Return the words by which the record is found again: its code where it may not be named, or none."""
        if record is None:
            return ""
        return written_record(record) if self.rows.filter(pk=record.pk).exists() else _code_told(record)

    def clean(self, value: Any) -> Any:
        """Return the record, None where nothing was typed.

        Raises: ValidationError, the same for what does not exist and for what may not be named.
        """
        text = str(super().clean(value) or "").strip()
        if self.kept is not None and text == self.words_of(self.kept):
            return self.kept
        if not text:
            return None
        return record_named(self.rows, text, self.what)


class RecordsField(forms.CharField):
    """Several records, each on its own line, by code or exact name.

    `kept`: those that stand already; of one that may not be named the code is told; one kept back stays.
    """

    def __init__(
        self, *, rows: QuerySet[Any], kept: Sequence[Record] = (), what: str = _("hồ sơ"), **options: Any
    ) -> None:
        self.rows, self.what = rows, what
        known = set(rows.filter(pk__in=[one.pk for one in kept]).values_list("pk", flat=True)) if kept else set()
        words = {one: written_record(one) if one.pk in known else _code_told(one) for one in kept}
        self.kept = {line: one for one, line in words.items() if line}
        self.unnamed = [one for one, line in words.items() if not line]
        said = {"widget": forms.Textarea(attrs={"rows": 3}), "help_text": _("Mỗi dòng một tên đầy đủ hoặc mã.")}
        super().__init__(**{**said, "initial": "\n".join(self.kept), **options})

    def clean(self, value: Any) -> Any:
        """Return the records in the order typed, each once.

        Raises: ValidationError.
        """
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines()]
        found = (self.kept.get(line) or record_named(self.rows, line, self.what) for line in lines if line)
        return list(dict.fromkeys([*found, *self.unnamed]))


class ChosenRows(forms.ModelMultipleChoiceField[Any]):
    """Rows chosen by number from a short list; a number beyond what a database holds is no choice."""

    def _check_values(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if len(str(one)) > DIGITS_OF_A_NUMBER:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(one)[:20]}
                )
        return super()._check_values(value)  # type: ignore[misc]  # not in the stubs


def _code_told(record: Record) -> str:
    return "" if record.is_kept_back else record.code


def written_record(record: Any) -> str:
    """Return a record as suggestions give it and `record_named` reads it."""
    return f"{record.code}{JOINT}{record.title}"


def record_named(rows: Any, text: str, what: str = _("hồ sơ")) -> Any:
    """Return the one of the records that bears the code or the name, spelling of tones and case aside.

    Raises: ValidationError.
    """
    code = text.split(JOINT, 1)[0].strip()
    found = list(rows.filter(code__iexact=code)[:2]) or list(rows.filter(title=text)[:2]) or _spelled(rows, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(
            _("Có nhiều {what} tên «{text}». Ghi mã thay cho tên.").format(what=what, text=text)
        )
    raise forms.ValidationError(
        _("Không có {what} «{text}» trong sổ bạn được xem. Ghi đúng mã hoặc tên đầy đủ, hoặc ghi vào sổ trước.").format(
            what=what, text=text
        )
    )


def _spelled(rows: Any, text: str) -> list[Any]:
    wanted = name_key(text)
    names = _naming_fields(rows.model)
    keys = [pk for pk, *texts in rows.values_list("pk", *names) if wanted in {name_key(one) for one in texts if one}]
    return list(rows.filter(pk__in=keys[:2])) if wanted else []


def _naming_fields(model: type[Model]) -> Sequence[str]:
    fields: Iterable[str] = (field.name for field in model._meta.local_concrete_fields)
    return [name for name in fields if name in ("title", "short_name", "number")]

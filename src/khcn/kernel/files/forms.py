"""Refuse what people type into any form when it bears a mark of State secrecy."""

from __future__ import annotations

from collections.abc import Collection

from django import forms

from khcn.kernel.files.reading import SecretText, refuse_secret_text, refuse_secret_title


def refuse_secrets_in(form: forms.BaseForm, titles: Collection[str] = ("title",)) -> None:
    """Add an error to each field whose text bears a mark of State secrecy; to be called at the end of `clean`.

    `titles`: fields that name a paper or a file, in which a mark counts among other words too. What is refused is
    taken out of `cleaned_data`, so that it cannot be written down.
    """
    for name, value in list(form.cleaned_data.items()):
        if not isinstance(value, str) or name not in form.fields:
            continue
        refuse = refuse_secret_title if name in titles else refuse_secret_text
        try:
            refuse(value, str(form.fields[name].label or ""))
        except SecretText as refusal:
            form.add_error(name, str(refusal))

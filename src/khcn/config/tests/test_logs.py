"""No secret of an address stands in the log."""

from __future__ import annotations

import logging

import pytest
from django.urls import URLResolver, get_resolver, reverse

from khcn.config.logs import SecretsLeftOut

SECRET = "abc-DEF_123.xyz"
SECRET_PARAMETERS = {"token", "secret"}


def names(found, space=""):
    for one in found.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            kinds = one.pattern.converters
            secret = [name for name in kinds if name in SECRET_PARAMETERS and "UUID" not in type(kinds[name]).__name__]
            if secret:
                yield f"{space}{one.name}", secret[0]


@pytest.mark.parametrize(("name", "parameter"), list(names(get_resolver())))
def test_the_secret_of_every_address_that_has_one_is_left_out(name, parameter):
    path = reverse(name, kwargs={parameter: SECRET})
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)

    assert SecretsLeftOut().filter(record)

    assert SECRET.split(".", maxsplit=1)[0] not in record.getMessage()
    assert record.getMessage().startswith("Not Found: /")


def test_other_addresses_stay_as_they_are():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/so/xem/"), None)

    SecretsLeftOut().filter(record)

    assert record.getMessage() == "Not Found: /so/xem/"

"""Write records as the report cites them."""

from __future__ import annotations

from django import template

from khcn.governance.following_up import paper_words
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.records.record import Record

register = template.Library()
register.filter("cited", paper_words)


@register.filter
def record_address(record: Record) -> str:
    """Return the address of a record's page."""
    return record_url(record)

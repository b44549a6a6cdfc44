"""It is known that…"""

import pytest
from django.test import Client
from django.urls import reverse

from khcn.ip.tests.factories import make_title
from khcn.kernel.sharing.services import release_link
from khcn.kernel.sharing.signing import token_of
from khcn.kernel.workflow.services import NotPossible
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, make_report


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED])
def test_a_report_is_not_read_by_a_link_before_it_is_signed(world, state):
    with pytest.raises(NotPossible, match="chưa ký"):
        release_link(record=make_report(world, state), actor=world.director, on=DAY)


def test_a_link_shows_the_report_as_it_was_signed_and_no_records(world, time_machine):
    report = make_report(world, S.SIGNED)
    link = release_link(record=report, actor=world.director, on=DAY)
    make_title(world.office, world.director, granted_on=DAY.replace(day=1), number="999")
    time_machine.move_to(f"{DAY}T03:00:00Z")

    answer = Client().get(reverse("shared-link", args=[token_of(link)]))
    text = answer.content.decode()

    assert answer.status_code == 200
    assert report.title in text
    assert answer.context["annex_rows"][3]["cells"][2]["figure"]["value"] == 2
    assert "/so-lieu/" not in text
    assert "/so/" not in text
    assert answer.cookies == {}

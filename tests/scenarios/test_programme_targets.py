"""Resolutions 01 and 57 as programmes: from a target to an accepted value and the file for the ministry."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from khcn.config.demo import load_demo
from khcn.kernel.classifications.services import load_classifications
from khcn.kernel.identity.models import Office, User
from khcn.kernel.indicators.selectors import figure, report_period
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.work_calendar import load_shipped_days
from khcn.kernel.places.services import load_places
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.policies.models import Programme, ProgrammeTarget, TargetReport

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]

AGENCY_TARGET = "Cán bộ được bồi dưỡng kỹ năng số (minh hoạ)"


def test_an_agency_reports_on_resolution_57_and_the_ministry_gets_the_value(client):
    """
    1. Both resolutions stand in the register; the nine-month figure of 2021 is still eleven programmes.
    2. The agency finds in its inbox that a value is owed by 28 December 2026, ten working days after the cut-off.
    3. It reports 79 %, without a paper first, which is refused; the value owed is then done.
    4. The officer accepts it; the programme's page shows the value against its target.
    5. The file for the ministry holds it, with the agency's paper, and says that the mapping is unchecked.
    """
    load_world()
    assert nine_months_of_2021() == 11
    target = ProgrammeTarget.objects.get(title=AGENCY_TARGET)
    owed = Obligation.objects.about(target.ref).open().get()
    assert owed.effective_on == date(2026, 12, 28)

    client.force_login(User.objects.get(username="co-quan"))
    assert "Báo cáo số liệu chỉ tiêu năm 2026" in client.get("/viec-can-lam/").content.decode()
    page = reverse("target-value-new", args=[target.code])
    said = {"year": 2026, "period": "year", "value": "79", "comparator": "exact", "measured_on": "20/11/2026"}
    assert client.post(page, {**said, "evidence": ""}).status_code == 422
    assert client.post(page, {**said, "evidence": "Công văn minh hoạ số 20"}).status_code == 302
    assert not Obligation.objects.about(target.ref).open().exists()

    client.force_login(User.objects.get(username="giam-doc"))
    report = TargetReport.objects.get(evidence="Công văn minh hoạ số 20")
    step = reverse("record-step", args=["target-report", report.code, "accept"])
    assert client.post(step, {"accept-on": f"{timezone.localdate():%d/%m/%Y}"}).status_code == 302
    programme = target.programme
    shown = client.get(reverse("record", args=["programme", programme.code])).content.decode()
    assert "Đích ≥ 80 %" in shown

    answer = client.get(reverse("programme-download", args=[programme.code, 2026, "csv"]))
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["actual_value"], row["evidence"], row["illustrative"]) == ("79", "Công văn minh hoạ số 20", "true")
    page = client.get(reverse("programme-export", args=[programme.code, 2026])).content.decode()
    assert "chưa đối chiếu" in page


def load_world():
    for load in (load_places, load_classifications, load_shipped_rules, load_shipped_days):
        load()
    list(load_demo())
    assert set(Programme.objects.filter(kind="party_resolution").values_list("number", flat=True)) == {"01", "57-NQ/TW"}


def nine_months_of_2021():
    office = Office.objects.get()
    period, _ = report_period("nine-month", 2021, office=office)
    return int(figure("policies.programmes_issued", period=period, office=office).value)

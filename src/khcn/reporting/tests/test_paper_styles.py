"""A report printed as a paper of the Party beside that of Decree 30/2020."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
import pytest
from django.http import QueryDict
from django.urls import reverse

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import Style
from khcn.kernel.pages.paper_styles import ISSUER_RULE, PaperStyle, in_style, party_issuer, style_asked, unchecked_words
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.reporting import commands
from khcn.reporting.services.printing import report_document
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import make_report

pytestmark = pytest.mark.django_db
TODAY = date(2021, 10, 1)


def made(report):
    return report_document(report, produced_at=datetime(2021, 9, 16, tzinfo=UTC), address="https://khcn.example")


def text_of(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_the_partys_paper_never_bears_the_number_and_the_day_that_the_office_gave(world):
    report = make_report(world, S.SIGNED)

    document = in_style(made(report), PaperStyle.PARTY, office=world.office, on=TODAY)

    assert (made(report).number, made(report).draft_mark) == (123, False)
    assert (document.number, document.dated_on, document.draft_mark, document.year) == (None, None, True, 2021)
    assert (document.style, document.symbol) == (Style.PARTY, "BC/ĐU")
    assert document.agency == f"Đảng ủy {world.office.name}"
    assert document.addressees == ("Ban Thường vụ Tỉnh ủy",)
    assert (document.body, document.appendices) == (made(report).body, made(report).appendices)


def test_the_decrees_style_is_the_document_itself(world):
    document = made(make_report(world))

    assert in_style(document, PaperStyle.DECREE30, office=world.office, on=TODAY) is document


def test_an_offices_own_body_goes_before_the_proposal_and_without_a_rule_it_is_named_after_the_office(world):
    own = {"body": "Chi bộ mẫu", "symbol": "CB"}
    with recording(actor=world.director, verb="test", label="ghi tổ chức đảng"):
        Rule(key=ISSUER_RULE, label="Tổ chức đảng", value=own, office=world.office, confidence="verified").save()

    here = party_issuer(world.office, TODAY)
    elsewhere = party_issuer(world.stranger.office, TODAY)
    with recording(actor=world.director, verb="test", label="hết hiệu lực"):
        for rule in Rule.objects.filter(key=ISSUER_RULE):
            rule.valid_to = date(2020, 1, 1)
            rule.save()
    bare = party_issuer(world.office, TODAY)

    assert (here.body, here.symbol, here.is_unchecked) == ("Chi bộ mẫu", "CB", False)
    assert (elsewhere.symbol, elsewhere.is_unchecked) == ("ĐU", True)
    assert (bare.body, bare.addressee, bare.is_unchecked) == (f"Đảng ủy {world.office.name}", "", True)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_page_offers_both_styles_and_says_what_is_unchecked(world, client, suffix):
    report = make_report(world)
    client.force_login(world.specialist)
    address = reverse("reporting:paper", args=[report.code, suffix])

    page = client.get(reverse("reporting:report", args=[report.code])).content.decode()
    answer = client.get(f"{address}?kieu=party")

    assert f'href="{address}"' in page
    assert f'href="{address}?kieu=party"' in page
    assert unchecked_words(PaperStyle.PARTY) in page
    assert "chưa đối chiếu văn bản" in page
    assert answer["Content-Disposition"] == f'attachment; filename="{report.code}-dang.{suffix}"'


def test_a_style_that_does_not_exist_is_refused_by_name(world, client):
    client.force_login(world.specialist)
    report = make_report(world)

    answer = client.get(reverse("reporting:paper", args=[report.code, "docx"]) + "?kieu=la")

    assert answer.status_code == 400
    assert style_asked(QueryDict("")) is PaperStyle.DECREE30


def test_the_command_writes_either_style_and_says_what_is_unchecked(world, settings, tmp_path, capsys):
    settings.OFFICE = world.office.code
    report = make_report(world)

    status = commands.make(["nine-month", "--year", "2021", "--out", str(tmp_path), "--style", "party"])

    said = capsys.readouterr()
    assert status == 0
    assert "chưa đối chiếu" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{report.code}-dang.docx", f"{report.code}-dang.pdf"]
    text = text_of((tmp_path / f"{report.code}-dang.docx").read_bytes())
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "CỘNG HÒA" not in text
    assert "CỘNG HÒA" in text_of(to_docx(made(report)))

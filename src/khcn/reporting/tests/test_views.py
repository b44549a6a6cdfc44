from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.forms import form_of
from khcn.reporting.models import PeriodReport
from khcn.reporting.selectors import lines_of
from khcn.reporting.services.drafting import release_report_differences
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_report, sign

pytestmark = pytest.mark.django_db
FORM = {"number": "123/BC-SKHCN", "signed_on": "16/9/2021"}


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with recording(actor=None, verb="edit", label="sửa"):
        row.save()


def addresses(report):
    code = report.code
    return {
        "index": reverse("reporting:index"),
        "report": reverse("reporting:report", args=[code]),
        "figure": reverse("reporting:figure", args=[code, TITLES]),
        "section": reverse("reporting:section", args=[code, 1]),
        "sign": reverse("reporting:sign", args=[code]),
        "paper": reverse("reporting:paper", args=[code, "docx"]),
    }


def test_nobody_reads_a_report_without_signing_in(world, client):
    report = make_report(world)
    posts = [reverse("reporting:draft"), reverse("reporting:submit", args=[report.code])]

    answers = [client.get(url) for url in addresses(report).values()] + [client.post(url) for url in posts]

    assert {(answer.status_code, answer.url.partition("?")[0]) for answer in answers} == {(302, reverse("sign-in"))}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("specialist", 200),  # drafts it
        ("director", 200),  # signs it
        ("clerk", 200),  # staff of the office
        ("leader", 200),  # reads what is internal
        ("agency", 404),  # does not know of it
        ("stranger", 404),  # nor does another office
    ],
)
def test_a_report_and_its_figures_open_for_those_who_may_know_of_it(world, client, who, status):
    report = make_report(world)
    client.force_login(getattr(world, who))
    urls = addresses(report)

    answers = [client.get(urls[name]).status_code for name in ("report", "figure", "section", "sign", "paper")]

    assert answers == [status] * 5
    assert client.get(urls["index"]).status_code == 200


def test_the_list_names_the_reports_one_may_know_of(world, client):
    report = make_report(world)
    for who, seen in ((world.clerk, True), (world.agency, False)):
        client.force_login(who)

        assert (report.code in client.get(reverse("reporting:index")).text) is seen


def test_a_report_is_drafted_by_its_drafters_alone(world, client):
    form = {"kind": "nine-month", "year": 2021}
    client.force_login(world.clerk)
    refused = client.post(reverse("reporting:draft"), form)
    client.force_login(world.specialist)
    accepted = client.post(reverse("reporting:draft"), form)

    assert (refused.status_code, accepted.status_code) == (403, 302)
    assert accepted.url == reverse("reporting:report", args=[PeriodReport.objects.get().code])


def test_a_draft_that_cannot_be_made_is_told_above_the_list(world, client):
    report = make_report(world)
    client.force_login(world.specialist)

    answer = client.post(reverse("reporting:draft"), {"kind": "tuần", "year": "x"})

    assert answer.status_code == 422
    assert report.code in answer.text


def test_a_section_is_edited_by_its_drafters_while_it_is_a_draft(world, client):
    report = make_report(world)
    url = addresses(report)["section"]
    client.force_login(world.clerk)
    wrong_role = client.post(url, {"text": "của văn thư"})
    client.force_login(world.specialist)
    right_role = client.post(url, {"text": "Có {ip.titles_granted}."})
    client.post(reverse("reporting:submit", args=[report.code]))
    wrong_state = client.post(url, {"text": "muộn"})

    assert [answer.status_code for answer in (wrong_role, right_role, wrong_state)] == [422, 302, 422]
    assert report.sections.first().text == "Có {ip.titles_granted}."
    assert "Chỉ sửa được khi báo cáo đang soạn" in wrong_state.text


def test_who_saves_a_section_second_reads_the_words_of_the_first_and_keeps_their_own(world, client):
    report = make_report(world)
    url = addresses(report)["section"]
    client.force_login(world.specialist)
    first, second = form_of(client.get(url)), form_of(client.get(url))
    client.post(url, {**first, "text": "Lời của người thứ nhất."})

    refused = client.post(url, {**second, "text": "Lời của người thứ hai."})
    assert report.sections.first().text == "Lời của người thứ nhất."
    assert "Lời của người thứ nhất." in refused.text
    assert form_of(refused)["text"] == "Lời của người thứ hai."

    client.post(url, form_of(refused))
    assert report.sections.first().text == "Lời của người thứ hai."


def test_who_saves_another_section_is_not_disturbed(world, client):
    report = make_report(world)
    one, other = (reverse("reporting:section", args=[report.code, number]) for number in (1, 2))
    client.force_login(world.specialist)
    opened = form_of(client.get(other))
    client.post(one, {**form_of(client.get(one)), "text": "Mục một."})

    assert client.post(other, {**opened, "text": "Mục hai."}).status_code == 302


def test_a_report_changed_since_the_signing_page_opened_is_not_signed_unread(world, client):
    report = make_report(world, S.SUBMITTED)
    url = addresses(report)["sign"]
    client.force_login(world.director)
    opened = form_of(client.get(url))
    save(report.sections.first(), text="Lời sửa sau khi trình.")

    refused = client.post(url, {**opened, **FORM})
    assert PeriodReport.objects.get().state == S.SUBMITTED
    assert "Lời sửa sau khi trình." in refused.text

    assert client.post(url, form_of(refused)).status_code == 302
    assert PeriodReport.objects.get().state == S.SIGNED


def test_who_edits_a_section_reads_which_codes_become_figures(world, client):
    report = make_report(world)
    client.force_login(world.specialist)

    page = client.get(addresses(report)["section"])
    written = {row["cells"][0] for row in page.context["indicators"]}

    assert written == {f"{{{line.indicator}}}" for line in lines_of(report)}
    assert "{ip.titles_granted}" in page.text


def test_a_draft_names_each_section_it_lets_edit_and_reads_the_registers_of_now(world, client):
    report = make_report(world)
    client.force_login(world.specialist)

    page = client.get(addresses(report)["report"]).text

    first = report.sections.first()
    assert f'Sửa<span class="visually-hidden"> mục {first.number}. {first.heading}</span>' in page
    assert "như đã biết lúc này, theo sổ" in page


def test_a_report_is_submitted_once_by_its_drafters(world, client):
    report = make_report(world)
    url = reverse("reporting:submit", args=[report.code])
    states = []
    for who in (world.clerk, world.specialist, world.specialist):
        client.force_login(who)
        client.post(url)
        states.append(PeriodReport.objects.get().state)

    assert states == [S.DRAFT, S.SUBMITTED, S.SUBMITTED]
    assert client.get(url).status_code == 405


def test_a_report_is_signed_once_by_a_director(world, client):
    report = make_report(world, S.SUBMITTED)
    url = addresses(report)["sign"]
    client.force_login(world.specialist)
    wrong_role = client.post(url, FORM)
    client.force_login(world.director)
    bad_day = client.post(url, {**FORM, "signed_on": "31/2/2021"})
    right_role = client.post(url, FORM)
    again = client.post(url, {**FORM, "number": "124/BC-SKHCN"})

    assert [one.status_code for one in (wrong_role, bad_day, right_role, again)] == [422, 422, 302, 422]
    signed = PeriodReport.objects.get()
    assert (signed.number, signed.signed_on, signed.state) == ("123/BC-SKHCN", DAY, S.SIGNED)
    assert "chỉ ký được báo cáo đã trình" in again.text


def test_every_figure_of_the_page_opens_the_records_that_make_it(world, client):
    report = make_report(world, S.SIGNED)
    client.force_login(world.specialist)
    page = client.get(addresses(report)["report"])

    drill_down = client.get(addresses(report)["figure"])

    assert addresses(report)["figure"] in page.text
    assert [title.code in drill_down.text for title in world.titles] == [True, True, False]


def test_a_figure_that_the_report_does_not_have_is_not_found(world, client):
    client.force_login(world.specialist)

    url = reverse("reporting:figure", args=[make_report(world).code, "khong.co"])

    assert client.get(url).status_code == 404


def test_as_of_an_instant_page_and_drill_down_tell_the_same_past(world, client):
    report = make_report(world)
    then = timezone.localtime().replace(tzinfo=None)
    save(world.titles[1], granted_on=date(2021, 9, 15))
    client.force_login(world.specialist)

    page = client.get(addresses(report)["report"], {"as_of": then.isoformat()})
    (link,) = {line for line in page.text.split('"') if line.startswith(addresses(report)["figure"] + "?")}
    past, live = client.get(link.replace("&amp;", "&")), client.get(addresses(report)["figure"])

    assert [world.titles[1].code in answer.text for answer in (past, live)] == [True, False]


def test_an_instant_that_cannot_be_read_is_refused_not_taken_for_now(world, client):
    client.force_login(world.specialist)

    answer = client.get(addresses(make_report(world))["report"], {"as_of": "hôm qua"})

    assert answer.status_code == 400


def test_what_moved_since_the_freeze_is_internal_until_it_is_released(world, client):
    report = make_report(world, S.SIGNED)
    save(world.titles[1], granted_on=date(2021, 9, 15))
    url, now = addresses(report)["report"], {"as_of": timezone.now().isoformat()}
    seen = []
    for who, release in ((world.clerk, False), (world.leader, False), (world.leader, True)):
        if release:
            release_report_differences(report=report, actor=world.director, on=DAY)
        client.force_login(who)
        seen.append(("Bớt" in client.get(url).text, client.get(url, now).status_code))

    assert seen == [(True, 200), (False, 403), (True, 200)]


def test_differences_are_released_once_signed_by_a_director_alone(world, client):
    report = make_report(world, S.SUBMITTED)
    url, seen = reverse("reporting:release", args=[report.code]), []
    for who, signed in ((world.director, False), (world.clerk, True), (world.director, True)):
        if signed and report.frozen_at is None:
            sign(world, report)
        client.force_login(who)
        offered = url in client.get(addresses(report)["report"]).text
        client.post(url)
        seen.append((offered, PeriodReport.objects.get().released_on is not None))

    assert seen == [(False, False), (False, False), (True, True)]
    assert url not in client.get(addresses(report)["report"]).text
    assert client.get(url).status_code == 405


def test_a_confidential_record_is_named_neither_in_drill_down_nor_in_differences(world, client):
    report = make_report(world, S.SIGNED)
    save(world.titles[0], title="Tên cũ", confidentiality=Confidentiality.CONFIDENTIAL)
    save(world.titles[2], title="Tên kín", granted_on=date(2021, 9, 14), confidentiality=Confidentiality.CONFIDENTIAL)
    client.force_login(world.specialist)

    pages = [client.get(addresses(report)[name]).text for name in ("report", "figure")]

    assert [(world.titles[0].code in page, "Tên kín" in page) for page in pages] == [(False, False)] * 2
    client.force_login(world.director)
    assert "Tên kín" in client.get(addresses(report)["figure"]).text


@pytest.mark.parametrize("name", ["report", "figure", "index"])
def test_a_page_costs_the_same_however_many_records_stand_behind_it(world, client, name, django_assert_max_num_queries):
    report = make_report(world, S.SIGNED)
    client.force_login(world.specialist)
    with django_assert_max_num_queries(20):
        client.get(addresses(report)[name])
    for title in world.titles:
        save(title, granted_on=date(2021, 3, 1), goods="thêm")
    make_report(world)

    with django_assert_max_num_queries(20):
        answer = client.get(addresses(report)[name])

    assert answer.status_code == 200


@pytest.mark.parametrize(("suffix", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_report_is_given_as_word_and_pdf(world, client, suffix, begins):
    report = make_report(world)
    client.force_login(world.specialist)

    answer = client.get(reverse("reporting:paper", args=[report.code, suffix]))

    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="{report.code}.{suffix}"'

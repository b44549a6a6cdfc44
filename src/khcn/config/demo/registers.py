"""Fill the demonstration's registers so that the nine months of 2021 read as they were reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import cycle

from khcn.config.demo.facts import day, known_since, rows
from khcn.ip.models import ForeignRegistration, ProtectionTitle
from khcn.ip.services import add_holder
from khcn.ip.states import ForeignState, TitleKind, TitleState
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office, User
from khcn.kernel.places.models import Place
from khcn.kernel.records.record import Provenance
from khcn.parties.models import AgencyAccount, Organisation, Person, PersonRole
from khcn.parties.states import PartyState
from khcn.policies.models import LegalDocument, Programme
from khcn.policies.states import LegalDocumentKind, LegalDocumentState, ProgrammeKind, ProgrammeState
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.states import AppraisalKind, AppraisalState

ILLUSTRATIVE = "Dữ liệu minh hoạ: hồ sơ do nhóm phát triển đặt ra, không phải hồ sơ thật."
TITLES_IN_NINE_MONTHS = 63
TITLES_THE_YEAR_BEFORE = 52
FIRST_GRANT, LAST_GRANT = date(2020, 12, 16), date(2021, 9, 13)
DOCUMENT_KINDS = {
    "people_council": LegalDocumentKind.COUNCIL_RESOLUTION,
    "people_committee": LegalDocumentKind.COMMITTEE_DECISION,
}
BEGINNING = date(2015, 1, 5)


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load parties first, then what refers to them."""
    organisations = load_organisations(office)
    load_officials(office, organisations)
    load_agency_account(people["co-quan"], organisations["Cơ quan minh hoạ A"])
    load_legal_documents(office, organisations)
    load_programmes(office, organisations)
    load_appraisals(office, organisations)
    load_titles(office, organisations)
    load_titles_abroad(office, organisations)


def load_organisations(office: Office) -> dict[str, Organisation]:
    """Enter the organisations, by name."""
    found = {}
    with known_since(BEGINNING, "nhập tổ chức"):
        for row in rows("organisations.csv"):
            organisation = Organisation(
                office=office,
                title=row["title"],
                kind=row["kind"],
                short_name=row["short_name"],
                symbol=row["symbol"],
                address=row["address"],
                provenance=row["provenance"],
                source_note=row["source"] or ILLUSTRATIVE,
                state=PartyState.ACTIVE,
                confidentiality=Confidentiality.PUBLIC,
            )
            organisation.save()
            found[organisation.title] = organisation
    return found


def load_officials(office: Office, organisations: Mapping[str, Organisation]) -> None:
    """Enter office holders with the roles a source names, and since when it names them."""
    people: dict[str, Person] = {}
    for row in rows("officials.csv"):
        known_on = date.fromisoformat(row["known_on"])
        with known_since(known_on, "nhập chức vụ theo nguồn công bố"):
            if row["name"] not in people:
                person = Person(
                    office=office,
                    title=row["name"],
                    provenance=Provenance.PUBLISHED,
                    source_note=row["source"],
                    state=PartyState.ACTIVE,
                    confidentiality=Confidentiality.PUBLIC,
                )
                person.save()
                people[row["name"]] = person
            PersonRole(
                person=people[row["name"]],
                role=row["role"],
                organisation=organisations.get(row["organisation"]),
                protocol_rank=int(row["rank"]),
                known_on=known_on,
                source_note=row["source"],
            ).save()


def load_agency_account(user: User, organisation: Organisation) -> None:
    """Let the demonstration's agency login act for its organisation."""
    with known_since(BEGINNING, "gắn tài khoản cơ quan"):
        AgencyAccount(user=user, organisation=organisation, valid_from=BEGINNING).save()


def load_legal_documents(office: Office, organisations: Mapping[str, Organisation]) -> None:
    """Enter three legal documents of the period and two outside it."""
    issuers = {
        "people_council": organisations["Hội đồng nhân dân tỉnh Thái Nguyên"],
        "people_committee": organisations["Ủy ban nhân dân tỉnh Thái Nguyên"],
    }
    for number, row in enumerate(rows("legal_documents.csv"), start=1):
        issued_on = date.fromisoformat(row["issued_on"])
        with known_since(issued_on, "nhập văn bản đã ban hành"):
            LegalDocument(
                office=office,
                title=row["title"],
                kind=DOCUMENT_KINDS[row["kind"]],
                issuer=issuers[row["kind"]],
                number=f"MH{number:02d}/{issued_on.year} (minh hoạ)",
                issued_on=issued_on,
                effective_on=issued_on + timedelta(days=10),
                state=LegalDocumentState.ISSUED,
                provenance=Provenance.ILLUSTRATIVE,
                source_note=ILLUSTRATIVE,
                confidentiality=Confidentiality.PUBLIC,
            ).save()


def load_programmes(office: Office, organisations: Mapping[str, Organisation]) -> None:
    """Enter eleven programmes, plans and schemes of the period, two outside it, and the Party's resolution."""
    committee = organisations["Ủy ban nhân dân tỉnh Thái Nguyên"]
    for number, row in enumerate(rows("programmes.csv"), start=1):
        issued_on = date.fromisoformat(row["issued_on"])
        with known_since(issued_on, "nhập chương trình, kế hoạch đã ban hành"):
            Programme(
                office=office,
                title=row["title"],
                kind=row["kind"],
                issuer=committee,
                number=f"MH{number:02d}/{issued_on.year} (minh hoạ)",
                issued_on=issued_on,
                first_year=issued_on.year,
                state=ProgrammeState.ISSUED,
                provenance=Provenance.ILLUSTRATIVE,
                source_note=ILLUSTRATIVE,
                confidentiality=Confidentiality.PUBLIC,
            ).save()
    with known_since(date(2021, 1, 4), "nhập nghị quyết theo nguồn công bố"):
        Programme(
            office=office,
            title="Chương trình chuyển đổi số tỉnh giai đoạn 2021-2025, định hướng đến 2030",
            number="01",
            kind=ProgrammeKind.PARTY_RESOLUTION,
            issuer=organisations["Tỉnh ủy Thái Nguyên"],
            issued_on=date(2020, 12, 31),
            first_year=2021,
            last_year=2025,
            advised_by_department=False,
            state=ProgrammeState.ISSUED,
            provenance=Provenance.PUBLISHED,
            source_note="laodongthudo.vn: ngày 31/12/2020; số 01 theo bài ngày 24/9/2021",
            confidentiality=Confidentiality.PUBLIC,
        ).save()


def load_appraisals(office: Office, organisations: Mapping[str, Organisation]) -> None:
    """Enter fourteen projects answered in the period and one answered after the cut-off."""
    investors = cycle([organisations[f"Doanh nghiệp minh hoạ {name}"] for name in ("Một", "Hai", "Ba")])
    for row, investor in zip(rows("appraisals.csv"), investors, strict=False):
        answered_on = date.fromisoformat(row["answered_on"])
        with known_since(answered_on, "nhập ý kiến thẩm định công nghệ đã trả lời"):
            TechnologyAppraisal(
                office=office,
                title=row["title"],
                investor=investor,
                kind=AppraisalKind.TRANSFER_OPINION,
                answered_on=answered_on,
                received_on=answered_on - timedelta(days=12),
                state=AppraisalState.ANSWERED,
                provenance=Provenance.ILLUSTRATIVE,
                source_note=ILLUSTRATIVE,
                **ANSWER,
            ).save()


ANSWER = {"opinion": "agree", "opinion_text": "Ý kiến minh hoạ.", "answer_number": "MH (minh hoạ)"}


def load_titles(office: Office, organisations: Mapping[str, Organisation]) -> None:
    """Enter the titles of the period and of the year before, and those that a source names without a date."""
    kinds = cycle(
        [
            TitleKind.MARK,
            TitleKind.MARK,
            TitleKind.MARK,
            TitleKind.COLLECTIVE_MARK,
            TitleKind.INDUSTRIAL_DESIGN,
            TitleKind.UTILITY_SOLUTION,
        ]
    )
    holders = cycle([organisations[f"Doanh nghiệp minh hoạ {name}"] for name in ("Một", "Hai", "Ba")])
    places = cycle(Place.objects.filter(level="district", parent__name="Thái Nguyên").order_by("code")[:9] or [None])
    goods = cycle([row["name"] for row in rows("goods.csv")])
    spread = (LAST_GRANT - FIRST_GRANT).days
    days = [
        FIRST_GRANT + timedelta(days=spread * n // (TITLES_IN_NINE_MONTHS - 1)) for n in range(TITLES_IN_NINE_MONTHS)
    ]
    before = [date(2020, 1, 2) + timedelta(days=4 * n) for n in range(TITLES_THE_YEAR_BEFORE)]
    after = [date(2021, 9, 15), date(2021, 9, 17), date(2021, 9, 22)]
    for number, granted_on in enumerate([*before, *days, *after], start=1):
        with known_since(granted_on, "nhập văn bằng đã cấp"):
            title = ProtectionTitle(
                office=office,
                title=f"{next(goods)} (minh hoạ {number})",
                kind=next(kinds),
                title_number=f"MH-{number:04d}",
                granted_on=granted_on,
                filed_on=granted_on - timedelta(days=420),
                state=TitleState.GRANTED,
                place=next(places),
                provenance=Provenance.ILLUSTRATIVE,
                source_note=ILLUSTRATIVE,
                confidentiality=Confidentiality.PUBLIC,
            )
            title.save()
            add_holder(title=title, party=next(holders))
    with known_since(date(2014, 12, 31), "nhập nhãn hiệu theo nguồn công bố"):
        for row in rows("titles_published.csv"):
            ProtectionTitle(
                office=office,
                title=row["title"],
                kind=row["kind"],
                state=TitleState.GRANTED,
                provenance=Provenance.PUBLISHED,
                source_note=row["source"],
                confidentiality=Confidentiality.PUBLIC,
            ).save()


def load_titles_abroad(office: Office, organisations: Mapping[str, Organisation]) -> None:
    """Enter the mark «Chè Thái Nguyên» in each country: known as filed first, as protected once a source says so."""
    owner = organisations["Hội Nông dân tỉnh Thái Nguyên"]
    for row in rows("foreign.csv"):
        started_on = date.fromisoformat(row["started_on"])
        registration = ForeignRegistration(
            office=office,
            title="Nhãn hiệu tập thể «Chè Thái Nguyên»",
            territory=row["territory"],
            owner=owner,
            started_on=started_on,
            state=ForeignState.FILED,
            provenance=Provenance.PUBLISHED,
            source_note=row["source"],
            confidentiality=Confidentiality.PUBLIC,
        )
        with known_since(started_on, "nhập hồ sơ đăng ký theo nguồn công bố"):
            registration.save()
        registration.state, registration.announced_on = ForeignState.REGISTERED, day(row["announced_on"])
        with known_since(date.fromisoformat(row["known_protected_from"]), "ghi nhận được bảo hộ theo nguồn công bố"):
            registration.save()

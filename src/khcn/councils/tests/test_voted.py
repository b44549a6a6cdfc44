"""What is known of councils that vote: from the slip to the verdict, on pages and papers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from khcn.councils.judging import JudgementRefused
from khcn.councils.models import Council, Slip
from khcn.councils.rules import Verdict
from khcn.councils.selectors import vote_of, votes_of
from khcn.councils.services import forming, scoring
from khcn.councils.states import ConflictAnswer, Purpose, Vote
from khcn.councils.tests.factories import MEETS, SHEET, choose_tellers, count, invite, make_world, open_slips
from khcn.councils.tests.test_printing import paper, words_of
from khcn.councils.tests.test_views import page_of, slip_url, url
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible

pytestmark = pytest.mark.django_db
P, F = Vote.PASS, Vote.FAIL
SHARE_KEY = "research.outside.pass-share"


@pytest.fixture(autouse=True)
def _at_the_meeting(time_machine):
    time_machine.move_to(f"{MEETS}T02:00:00+00:00", tick=False)


def make_voting_world(**options: Any) -> Any:
    """Return a council that votes, on a day on which the share of the decree of 2025 is said to be in force."""
    world = make_world(sheet="", purpose=Purpose.EVALUATE, **options)
    models.QuerySet(Rule).filter(key=SHARE_KEY).update(valid_from=None)
    return world


def vote(world, place, said=P, *, lock=True):
    slip = world.slip(place)
    acting: dict[str, Any] = {"slip": slip, "actor": world.members[place], "on": MEETS}
    scoring.declare_interest(answer=ConflictAnswer.NONE, text="", **acting)
    scoring.cast_vote(vote=said, remarks="Kết quả dùng được", **acting)
    return scoring.lock_slip(**acting) if lock else slip


def vote_all(world, *said):
    for place in range(len(world.seats)):
        vote(world, place, said[place] if place < len(said) else P)


def test_a_vote_is_told_once_counted_by_the_share_that_another_module_named():
    world = make_voting_world()
    open_slips(world)
    vote_all(world, F, F)
    sealed = vote_of(world.council, world.matters[0])
    count(world)

    found = vote_of(world.council, world.matters[0])

    assert sealed is None
    assert found.verdict is Verdict.PASSED
    assert found.reasons == ("5 trên 7 thành viên có mặt bỏ phiếu «Đạt», từ 2/3 trở lên.",)


def test_only_slips_of_members_present_count_and_the_share_is_of_all_of_them():
    world = make_voting_world()
    open_slips(world, written=(6,))
    world.members[6] = world.specialist
    for place in (0, 1, 2, 3, 6):
        vote(world, place)
    scoring.set_aside_slip(slip=world.slip(4), reason="Không nộp", actor=world.specialist, on=MEETS)
    scoring.declare_interest(
        slip=world.slip(5), answer=ConflictAnswer.SOME, text="Cùng cơ quan", actor=world.members[5], on=MEETS
    )
    count(world)

    found = votes_of(world.council)[world.matters[0].pk]

    assert (found.present, found.passed, found.failed) == (6, 4, 0)
    assert found.verdict is Verdict.PASSED
    assert set(found.left_out) == {str(world.seats[place].pk) for place in (4, 5, 6)}


def test_without_a_share_in_force_no_slip_opens():
    world = make_world(sheet="", purpose=Purpose.EVALUATE)
    invite(world)
    forming.call_roll(
        council=world.council, presences=dict.fromkeys(world.seats, "present"), actor=world.specialist, on=MEETS
    )
    choose_tellers(world)

    with pytest.raises(RuleUnknown):
        scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)


def test_a_share_changed_after_the_slips_opened_changes_no_verdict():
    world = make_voting_world()
    open_slips(world)
    rule = Rule.objects.get(key=SHARE_KEY)
    rule.value = "1/7"
    with recording(actor=None, verb="edit", label="sửa"):
        rule.save()
    vote_all(world, F, F, F)
    count(world)

    assert vote_of(Council.objects.get(), world.matters[0]).verdict is Verdict.FAILED


def test_a_council_that_votes_has_no_score_sheet():
    with pytest.raises(NotPossible, match="chọn «Không chấm điểm»"):
        make_world(sheet=SHEET, purpose=Purpose.EVALUATE)


def test_a_slip_without_a_vote_is_kept_and_not_locked():
    world = make_voting_world()
    open_slips(world)

    slip = vote(world, 0, None, lock=False)

    with pytest.raises(NotPossible, match="Phiếu của Thành viên 0 chưa chọn «Đạt» hay «Không đạt»"):
        scoring.lock_slip(slip=slip, actor=world.members[0], on=MEETS)


def test_a_council_that_scores_takes_no_vote():
    world = make_world()
    open_slips(world)

    with pytest.raises(NotPossible, match="không bỏ phiếu"):
        vote(world, 0)
    assert votes_of(world.council) == {}


def test_a_member_who_finds_an_interest_keeps_no_vote():
    world = make_voting_world()
    open_slips(world)
    vote(world, 0, lock=False)

    scoring.declare_interest(
        slip=world.slip(0), answer=ConflictAnswer.SOME, text="Đồng tác giả", actor=world.members[0], on=MEETS
    )

    assert world.slip(0).vote == ""


def test_a_vote_changed_behind_the_product_stops_the_count():
    world = make_voting_world()
    open_slips(world)
    vote_all(world)
    models.QuerySet(Slip).filter(pk=world.slip(0).pk).update(vote=F)

    with pytest.raises(NotPossible, match="Phiếu không khớp dấu đã khóa: Thành viên 0"):
        count(world)


def test_a_vote_changed_after_the_count_is_told_and_gives_no_verdict_to_other_modules(client):
    world = make_voting_world()
    open_slips(world)
    vote_all(world)
    count(world)
    models.QuerySet(Slip).filter(pk=world.slip(0).pk).update(vote=F)
    client.force_login(world.specialist)

    result = client.get(url("council-result", world, world.matters[0].pk)).text
    minutes = words_of(paper(client, world, "council-minutes"))

    with pytest.raises(JudgementRefused):
        vote_of(world.council, world.matters[0])
    assert "Phiếu bị đổi sau khi khóa" in result
    assert "Phiếu bị đổi sau khi khóa" in client.get(page_of(world)).text
    assert "Có phiếu bị đổi sau khi khóa" in minutes


def test_a_member_votes_and_locks_on_their_page(client):
    world = make_voting_world()
    open_slips(world)
    client.force_login(world.members[0])
    client.post(slip_url(world), {"answer": "none", "text": ""})

    page = client.get(slip_url(world)).text
    refused = client.post(slip_url(world), {"remarks": "", "viec": "khoa"})
    kept = client.post(slip_url(world), {"remarks": "Chưa rõ", "viec": "luu"}, follow=True).text
    client.post(slip_url(world), {"vote": "fail", "remarks": "Chưa rõ", "viec": "khoa"})
    after = client.get(slip_url(world))

    assert "Biểu quyết theo NĐ 268/2025/NĐ-CP điều 64" in page
    assert (refused.status_code, "Chưa chọn «Đạt» hay «Không đạt»." in refused.text) == (422, True)
    assert "Đã lưu phiếu, chưa khóa." in kept
    assert world.slip().vote == F
    assert {"label": "Biểu quyết", "value": "Không đạt"} in after.context["written"]


def test_before_the_count_no_vote_is_read_by_another(client):
    world = make_voting_world()
    open_slips(world)
    vote(world, 0)
    client.force_login(world.specialist)

    pages = [page_of(world), url("council-slips", world), url("council-dossier", world, world.matters[0].pk)]

    assert client.get(url("council-result", world, world.matters[0].pk)).status_code == 403
    assert client.get(slip_url(world)).status_code == 403
    assert not [one for one in pages if "Kết quả dùng được" in client.get(one).text]


def test_after_the_count_pages_and_papers_say_the_vote_with_its_reason_and_the_rule(client):
    world = make_voting_world()
    open_slips(world)
    vote_all(world, F, F)
    scoring_slip = world.slip(0)
    count(world)
    client.force_login(world.specialist)

    result = client.get(url("council-result", world, world.matters[0].pk)).text
    minutes = words_of(paper(client, world, "council-minutes"))
    slip = words_of(paper(client, world, "council-slip-paper", "docx", scoring_slip.pk))

    assert "<strong>Đạt</strong>" in result
    for said in ("5 trên 7 thành viên có mặt bỏ phiếu «Đạt», từ 2/3 trở lên.", "NĐ 268/2025/NĐ-CP điều 64"):
        assert said in result
        assert said in minutes
    assert ">Đạt</a>" in client.get(page_of(world)).text
    assert "Biểu quyết: Không đạt" in slip


def test_minutes_of_a_vote_name_whose_slip_does_not_count(client):
    world = make_voting_world()
    open_slips(world)
    for place in range(6):
        vote(world, place)
    scoring.set_aside_slip(slip=world.slip(6), reason="Không nộp", actor=world.specialist, on=MEETS)
    count(world)
    client.force_login(world.specialist)

    assert "Thành viên 6: Không: Không nộp." in words_of(paper(client, world, "council-minutes"))
    assert "Không: Không nộp" in client.get(url("council-result", world, world.matters[0].pk)).text

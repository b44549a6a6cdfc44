from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook import offering, services
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.offering import accept_offer, keep_own, offers
from khcn.kernel.rulebook.services import NewValue, correct_rule, load_shipped_rules, replace_rule
from khcn.kernel.rulebook.shipped import ShippedRule
from khcn.kernel.rulebook.timeline import RuleNotChanged
from khcn.kernel.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
KEY = "mẫu"
LATER = date(2027, 1, 1)


def shipped(value="2wd", valid_from=None, valid_to=None, key=KEY, basis="QĐ 1"):
    return ShippedRule(key, "Thời hạn mẫu", value, "thời hạn", "", valid_from, valid_to, basis, "unchecked", "")


@pytest.fixture
def release(monkeypatch):
    """Return a function that makes rows be those of a new release, and loads it."""

    def bring(*rows):
        for module in (services, offering):
            monkeypatch.setattr(module, "shipped_rules", lambda: list(rows))
        return load_shipped_rules()

    return bring


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR)


def values():
    return list(Rule.objects.values_list("value", flat=True))


def replaced(administrator):
    rule = Rule.objects.get()
    asked = {"value": "3wd", "legal_basis": "QĐ sở", "confidence": "local", "why": "đổi"}
    return replace_rule(rule=rule, valid_from=date(2026, 1, 1), actor=administrator, **asked)


def test_what_was_loaded_or_changed_here_is_no_offer_and_is_not_loaded_again(release, administrator):
    assert (release(shipped()), offers()) == (1, [])
    replaced(administrator)
    late = Rule.objects.get(value="3wd")
    correct_rule(rule=late, new=NewValue("3wd", date(2026, 2, 1), "QĐ sở", "local", "nhầm ngày"), actor=administrator)

    assert (release(shipped()), offers(), Rule.objects.count()) == (0, [], 2)


def test_a_release_with_another_value_is_offered_and_writes_nothing_by_itself(release):
    release(shipped())

    assert release(shipped("5wd")) == 0
    assert values() == ["2wd"]
    assert [(one.shipped.value, one.row.value, one.same_start) for one in offers()] == [("5wd", "2wd", True)]


def test_an_accepted_offer_is_written_and_not_made_again(release, administrator):
    release(shipped())
    release(shipped("5wd"))

    accept_offer(offer=offers()[0], actor=administrator)

    assert (values(), offers()) == (["5wd"], [])


def test_a_value_of_later_days_does_not_override_what_was_set_here_but_may_follow_it(release, administrator):
    release(shipped())
    replaced(administrator)
    release(shipped(), shipped("9wd", LATER))
    offer = offers()[0]

    assert (values(), offer.same_start) == (["2wd", "3wd"], False)
    assert [one.value for one in offer.plan().after] == ["2wd", "3wd", "9wd"]
    accept_offer(offer=offer, actor=administrator)

    assert (values(), offers()) == (["2wd", "3wd", "9wd"], [])


def test_days_of_which_nothing_is_said_here_are_loaded(release):
    release(shipped(valid_to=date(2026, 12, 31)))

    assert release(shipped(valid_to=date(2026, 12, 31)), shipped("9wd", LATER)) == 1
    assert (values(), offers()) == (["2wd", "9wd"], [])


def test_an_offer_declined_with_its_reason_is_not_made_again_but_another_is(release, administrator):
    release(shipped())
    release(shipped("5wd"))
    with pytest.raises(RuleNotChanged, match="nêu lý do giữ"):
        keep_own(offer=offers()[0], actor=administrator, why=" ")

    keep_own(offer=offers()[0], actor=administrator, why="Tỉnh quy định khác")

    assert (values(), offers()) == (["2wd"], [])
    release(shipped("6wd"))
    assert len(offers()) == 1


def test_an_offer_without_beginning_that_meets_a_later_value_is_to_be_put_right_by_hand(release, administrator):
    release(shipped(valid_from=date(2020, 1, 1)))
    release(shipped("5wd"))

    with pytest.raises(RuleNotChanged, match="Sửa sai"):
        accept_offer(offer=offers()[0], actor=administrator)


def test_only_administrators_answer(release):
    release(shipped())
    release(shipped("5wd"))
    director = make_user(Role.DIRECTOR)

    with pytest.raises(NotPermitted):
        accept_offer(offer=offers()[0], actor=director)
    with pytest.raises(NotPermitted):
        keep_own(offer=offers()[0], actor=director, why="thử")

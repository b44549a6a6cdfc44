from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.obligations.feeds import feed_items, feed_of, feeds_in_force, make_feed, revoke_feed
from khcn.kernel.obligations.models import CalendarFeed, FeedScope
from khcn.kernel.obligations.permissions import may_subscribe
from khcn.kernel.obligations.services import close_obligations, move_due
from khcn.kernel.obligations.tests.worlds import DUE, at, make_duty
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
NOW = at(TODAY)


def subscribed(user, scope=FeedScope.PERSON):
    return feed_of(make_feed(user=user, scope=scope, at=NOW), on=TODAY)


def shown(feed):
    return [item.obligation.action for item in feed_items(feed)]


@pytest.mark.parametrize(
    ("role", "office_allowed"),
    [(role, role in {Role.DIRECTOR, Role.MONITOR}) for role in Role],  # the office's: directors and monitors
)
def test_everyone_follows_their_own_dates_and_few_those_of_the_office(role, office_allowed):
    user = make_user(role)

    assert (bool(may_subscribe(user, FeedScope.PERSON)), bool(may_subscribe(user, FeedScope.OFFICE))) == (
        True,
        office_allowed,
    )


def test_an_account_without_office_or_closed_follows_nothing_of_the_office():
    director = make_user(Role.DIRECTOR)
    director.office = None
    closed = make_user(Role.DIRECTOR, username="cu")
    closed.is_active = False

    assert not may_subscribe(director, FeedScope.OFFICE)
    assert not may_subscribe(closed, FeedScope.PERSON)


def test_a_subscription_that_is_not_allowed_is_refused():
    with pytest.raises(NotPermitted):
        make_feed(user=make_user(Role.SPECIALIST), scope=FeedScope.OFFICE, at=NOW)


def test_the_secret_itself_is_not_kept():
    secret = make_feed(user=make_user(Role.SPECIALIST), scope=FeedScope.PERSON, at=NOW)

    kept = CalendarFeed.objects.get()
    assert len(secret) >= 43
    assert secret not in str(vars(kept))


def test_a_new_secret_ends_the_old_one_of_its_scope_only():
    user = make_user(Role.DIRECTOR)
    old, office = (make_feed(user=user, scope=scope, at=NOW) for scope in FeedScope)

    new = make_feed(user=user, scope=FeedScope.PERSON, at=NOW)

    assert [feed_of(secret, on=TODAY) is not None for secret in (old, office, new)] == [False, True, True]
    assert set(feeds_in_force(user)) == set(FeedScope)


def test_a_revoked_or_unknown_secret_opens_nothing():
    user = make_user(Role.SPECIALIST)
    secret = make_feed(user=user, scope=FeedScope.PERSON, at=NOW)

    ended = [revoke_feed(user=user, scope=FeedScope.PERSON, at=NOW), revoke_feed(user=user, scope="person", at=NOW)]

    assert (ended, feed_of(secret, on=TODAY), feed_of("sai", on=TODAY)) == ([1, 0], None, None)


def test_a_role_that_ended_or_an_account_that_was_closed_closes_the_feed():
    director, officer = make_user(Role.DIRECTOR), make_user(Role.SPECIALIST)
    office = make_feed(user=director, scope=FeedScope.OFFICE, at=NOW)
    own = make_feed(user=officer, scope=FeedScope.PERSON, at=NOW)
    director.role_grants.update(valid_to=TODAY)
    officer.is_active = False
    officer.save()

    open_on = [feed_of(office, on=day) is not None for day in (TODAY, TODAY + timedelta(days=1))]

    assert (open_on, feed_of(own, on=TODAY)) == ([True, False], None)


def test_a_persons_feed_holds_the_dated_work_of_their_inbox():
    division = make_division()
    user = make_user(Role.SPECIALIST, division=division)
    make_duty(record=make_title(division=division), action="của phòng", due_on=DUE)
    make_duty(record=make_title(responsible=user), action="của tôi", due_on=DUE + timedelta(days=1))
    make_duty(record=make_title(division=make_division(code="KHAC")), action="phòng khác", due_on=DUE)
    make_duty(record=make_title(responsible=user), action="không hạn")
    done = make_title(responsible=user)
    make_duty(record=done, action="đã xong", due_on=DUE)
    close_obligations(record=done, kinds=["việc"], on=TODAY, actor=None)

    assert shown(subscribed(user)) == ["của phòng", "của tôi"]


@pytest.mark.parametrize(
    ("role", "division", "seen"),
    [
        (Role.DIRECTOR, False, ["hạn chế", "thường"]),  # sees everything of the office
        (Role.MONITOR, False, ["thường"]),  # follows all, sees what is not confidential
        (Role.MONITOR, True, ["hạn chế", "thường"]),  # of the division in charge
    ],
)
def test_the_offices_feed_leaves_out_what_its_reader_may_not_see(role, division, seen):
    home = make_division()
    hidden = make_title(division=home, confidentiality=Confidentiality.CONFIDENTIAL)
    make_duty(record=hidden, action="hạn chế", due_on=DUE)
    make_duty(record=make_title(), action="thường", due_on=DUE)
    elsewhere = make_office("BN")
    make_duty(record=make_title(office=elsewhere), action="nơi khác", due_on=DUE)

    assert shown(subscribed(make_user(role, division=home if division else None), FeedScope.OFFICE)) == seen


def test_what_was_withdrawn_is_not_in_a_feed():
    record = make_title(withdrawn_on=date(2021, 9, 20), withdrawal_reason="nhập trùng")
    make_duty(record=record, due_on=DUE)

    assert shown(subscribed(make_user(Role.DIRECTOR))) == []


def test_each_item_says_when_it_last_changed_and_how_often():
    duty = make_duty(record=make_title(), due_on=DUE)
    feed = subscribed(make_user(Role.DIRECTOR))
    (first,) = feed_items(feed)

    with recording(actor=None, verb="move", label="đổi"):
        move_due(obligation=duty, due_on=DUE + timedelta(days=2), actor=None, why="gia hạn")

    (then,) = feed_items(feed)
    assert (first.revision, then.revision) == (0, 1)
    assert then.changed_at > first.changed_at


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_one_subscription():
    user = make_user(Role.SPECIALIST)

    def click():
        make_feed(user=user, scope=FeedScope.PERSON, at=NOW)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(feeds_in_force(user)) == 1
    assert CalendarFeed.objects.count() == 2

"""Who is late is told so by the desk or the chair, once a day; who is due soon is told by the clock, once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import SYSTEM, Actor, NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.summit.review import actions, queries, tasks
from secretariat.summit.review.models import Matching
from tests.factories.calls import AFTER, STAFF
from tests.factories.review import (
    actor_of,
    assignments_of,
    chair_of,
    freeze,
    make_call_in_review,
    make_conflict,
    make_desk,
    make_matching,
    make_review,
    member_of,
    review_all,
    stage_of,
)

pytestmark = pytest.mark.django_db
DUE = AFTER + timedelta(days=10)
PAST = DUE + timedelta(hours=1)


@pytest.fixture
def play():
    """Three items, three members, two readers each, asked for by a day; the first of the rows is handed in."""
    call, members = make_call_in_review(3, members=3)
    make_matching(call, due_at=DUE)
    make_review(assignments_of(call)[0])
    return call, members


def owed(call):
    """How many reviews are still to come, by person."""
    rows = [a.reviewer_id for a in assignments_of(call) if a.state == "assigned"]
    return {person: rows.count(person) for person in rows}


def remind(call, people=None, actor=STAFF, now=PAST):
    people = owed(call) if people is None else people
    return actions.remind_late(stage=stage_of(call), people=people, actor=actor, now=now)


def told(kind="reviews_late"):
    """What each was told, by account and in the order of the days."""
    rows = Notice.objects.filter(kind=kind).order_by("told_at", "account")
    return sorted((str(n.account_id), n.data["n"], n.data["due"]) for n in rows)


def expected(call, members, times=1):
    of = {member.pk: str(member.account_id) for member in members}
    return sorted([(of[pk], n, DUE.isoformat()) for pk, n in owed(call).items()] * times)


def test_who_is_late_is_told_how_many_are_to_come_and_by_when(play):
    call, members = play
    found = remind(call)

    assert {(each.person.pk, each.n) for each in found} == set(owed(call).items())
    assert told() == expected(call, members)
    act = Act.objects.get(verb="late_readers_reminded")
    assert act.detail["people"] == sorted(map(str, owed(call)))


def test_nobody_is_late_before_the_moment(play):
    call, _members = play
    with pytest.raises(ValueError, match="Nobody of those named is late"):
        remind(call, now=DUE)
    assert (
        queries.late_readers(stage_of(call), DUE) == []
        and not Notice.objects.filter(kind="reviews_late").exists()
    )


def test_only_who_is_named_is_told(play):
    call, members = play
    one = next(iter(owed(call)))
    remind(call, [one])
    assert [account for account, _n, _due in told()] == [str(m.account_id) for m in members if m.pk == one]


def test_nobody_is_told_twice_on_a_day_and_again_on_the_next(play):
    call, members = play
    remind(call)
    with pytest.raises(ValueError, match="today already"):
        remind(call, now=PAST + timedelta(hours=2))
    assert told() == expected(call, members)
    remind(call, now=PAST + timedelta(days=1))
    assert told() == expected(call, members, times=2)


def test_a_day_is_one_of_the_zone_of_the_call(play):
    """From 15:59 UTC to 16:01 UTC a day begins in Shanghai."""
    call, members = play
    before = DUE.replace(hour=15, minute=59) + timedelta(days=1)
    remind(call, now=before)
    remind(call, now=before + timedelta(minutes=2))
    assert told() == expected(call, members, times=2)


def test_the_desk_and_the_chair_remind_and_nobody_else(play):
    call, members = play
    for actor in (Actor(), actor_of(members[1]), member_of(members[1], call.committee)):
        with pytest.raises(NotAllowed):
            remind(call, actor=actor)
    assert remind(call, actor=chair_of(call.committee, members[0]))


def test_what_a_relation_holds_back_or_a_list_left_behind_is_not_late(play):
    call, _members = play
    row = next(a for a in assignments_of(call) if a.state == "assigned")
    before = owed(call)[row.reviewer_id]
    make_conflict(row.reviewer, row.submission)
    counts = {each.person.pk: each.n for each in queries.late_readers(stage_of(call), PAST)}
    readers = queries.readers_of(call, AFTER.date(), stage_of(call), (), PAST)

    assert counts.get(row.reviewer_id, 0) == before - 1
    assert {r.person.pk: r.late for r in readers if r.late} == counts
    actions.resolve_conflict(
        conflict=queries.open_conflicts(call).get(), bars=False, reason="Far.", actor=STAFF, now=PAST
    )
    review_all(call, now=PAST)
    freeze(call, now=PAST)
    assert queries.late_readers(stage_of(call), PAST) == []


def test_a_recused_chair_reminds_of_the_other_items_alone(play):
    call, members = play
    row = next(a for a in assignments_of(call) if a.state == "assigned" and a.reviewer != members[0])
    make_conflict(members[0], row.submission)
    others = [
        a for a in assignments_of(call) if a.state == "assigned" and a.submission_id != row.submission_id
    ]
    remind(call, actor=chair_of(call.committee, members[0]))

    of = {member.pk: str(member.account_id) for member in members}
    rows = [of[a.reviewer_id] for a in others]
    assert told() == sorted((account, rows.count(account), DUE.isoformat()) for account in set(rows))


# -- By the clock ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "is_told"),
    [
        (timedelta(days=3, minutes=1), False),
        (timedelta(days=3), True),
        (timedelta(minutes=1), True),
        (timedelta(0), False),
    ],
)
def test_three_days_before_each_is_told_once(play, left, is_told):
    call, members = play
    tasks.remind(now=DUE - left)
    tasks.remind(now=DUE - left)

    assert told("reviews_due") == (expected(call, members) if is_told else [])
    assert Act.objects.filter(verb="readers_reminded").count() == is_told


def test_where_the_day_is_another_it_is_told_again(play):
    call, _members = play
    actions.remind_of_reviews(actor=SYSTEM, now=DUE - timedelta(days=1))
    later = DUE + timedelta(days=5)
    Matching.objects.update(due_at=later)
    assert actions.remind_of_reviews(actor=SYSTEM, now=later - timedelta(days=1)) == len(owed(call))
    assert {due for _account, _n, due in told("reviews_due")} == {DUE.isoformat(), later.isoformat()}


def test_an_hour_in_which_nothing_is_due_costs_one_statement(play, django_assert_num_queries):
    assert owed(play[0])
    with django_assert_num_queries(1):
        actions.remind_of_reviews(actor=SYSTEM, now=AFTER)
    with pytest.raises(NotAllowed):
        actions.remind_of_reviews(actor=Actor(), now=DUE - timedelta(days=1))


# -- The page -------------------------------------------------------------------------------------------------


def client_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def test_the_page_shows_who_is_late_and_reminds(play):
    call, _members = play
    Matching.objects.update(due_at=timezone.now() - timedelta(hours=1))
    row = next(a for a in assignments_of(call) if a.state == "assigned")
    actions.accept_readings(stage=stage_of(call), actor=actor_of(row.reviewer), now=AFTER)
    readers = queries.readers_of(call, AFTER.date(), stage_of(call), (), timezone.now())
    path = reverse("desk_review:call", args=[call.key])
    client = client_of(make_desk("desk.run", "desk.read"))
    page = client.get(path).content.decode()
    sent = {"readers": [str(pk) for pk in owed(call)]}
    answer = client.post(reverse("desk_review:remind", args=[call.key, "recommended"]), sent)

    assert {r.person.pk: r.late for r in readers if r.late} == owed(call)
    assert {r.person.pk for r in readers if r.accepted} == {row.reviewer_id}
    assert "Remind those who are late" in page and page.count('name="readers"') == len(owed(call))
    assert (answer.status_code, len(told())) == (302, len(owed(call)))
    after = client.get(path).content.decode()
    assert "Reminded today already:" in after and 'name="readers"' not in after


def test_who_reads_the_desk_alone_is_offered_nothing(play):
    call, _members = play
    Matching.objects.update(due_at=timezone.now() - timedelta(hours=1))
    client = client_of(make_desk("desk.read"))
    page = client.get(reverse("desk_review:call", args=[call.key])).content.decode()
    answer = client.post(reverse("desk_review:remind", args=[call.key, "recommended"]), {"readers": "x"})
    assert "Remind those who are late" not in page
    assert answer.status_code == 302 and told() == []

"""How readers score: who sees it and when, under which names, and nothing of an item a chair is recused from."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secretariat.engines.calibration.habits import habits_of
from secretariat.summit.review import queries
from tests.factories.accounts import make_account
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    assignments_of,
    chair_of,
    make_call_in_review,
    make_conflict,
    make_desk,
    make_matching,
    make_review,
    stage_of,
)

pytestmark = pytest.mark.django_db


def played(items=6, leave=0):
    """Members of whom each is a point stricter than the one before; the last item is far off for one of them."""
    call, members = make_call_in_review(items, members=4, readers=3)
    make_matching(call)
    order = [member.pk for member in members]
    rows = assignments_of(call)
    numbers = sorted({row.submission.ref.number for row in rows})
    for at, row in enumerate(rows[: len(rows) - leave]):
        score = 3 + numbers.index(row.submission.ref.number) % 4 + order.index(row.reviewer_id)
        is_odd = row.submission.ref.number == numbers[-1] and row == rows[-1 - leave]
        make_review(row, 1 if is_odd else score, now=LATER + timedelta(minutes=at))
    return call, members, numbers


def client_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def path_of(call):
    return reverse("desk_review:habits", args=[call.key, "recommended"])


def seen(person, call):
    return client_of(person).get(path_of(call)).content.decode()


def given(call, without=()):
    """The reviews as the engine takes them, in the order of their numbers and names."""
    names = queries.pseudonyms(call)
    rows = sorted(
        (
            row.submission.ref.number,
            names[row.reviewer_id],
            row.review.overall,
            row.review.handed_in_at.timestamp(),
        )
        for row in assignments_of(call)
        if row.state == "done" and row.submission.ref.number not in without
    )
    return [list(column) for column in zip(*rows, strict=True)]


def test_it_is_made_from_the_reviews_that_count():
    call, _members, _numbers = played()
    stage = stage_of(call)
    found = queries.habits(stage, queries.state_of(stage), frozenset())

    assert found == habits_of(*given(call))
    assert sorted(row.reviewer for row in found.reviewers) == sorted(queries.pseudonyms(call).values())


def test_readers_stand_under_their_drawn_names_alone():
    call, members, _numbers = played()
    page = seen(make_desk("desk.read"), call)

    assert [name in page for name in queries.pseudonyms(call).values()] == [True] * 4
    assert [str(member) in page for member in members] == [False] * 4
    assert "Reviews nobody expected" in page and page.count('<svg class="interval strip-drawn"') == 4


def test_a_chair_sees_it_when_all_reviews_are_in_and_the_desk_before():
    call, members, _numbers = played(leave=1)
    names = queries.pseudonyms(call).values()
    chair, desk = members[0], make_desk("desk.read")

    assert any(name in seen(desk, call) for name in names)
    waits = seen(chair, call)
    assert "when all reviews are in" in waits and not any(name in waits for name in names)
    make_review(assignments_of(call)[-1])
    assert any(name in seen(chair, call) for name in names)


def test_nobody_else_sees_it():
    call, members, _numbers = played(items=2)
    for person in (members[1], make_person(account=make_account())):
        assert client_of(person).get(path_of(call)).status_code == 404
    assert Client().get(path_of(call)).status_code == 302


def test_of_an_item_a_chair_is_recused_from_nothing_is_told():
    """Neither its number nor any number that was made from its reviews."""
    call, members, numbers = played()
    stage, odd = stage_of(call), numbers[-1]
    make_conflict(members[0], call.submissions.get(ref__number=odd))
    recused = queries.recused_on(chair_of(call.committee, members[0]), stage)
    whole = queries.habits(stage, queries.state_of(stage), frozenset())
    hers = queries.habits(stage, queries.state_of(stage), recused)
    page, desks = seen(members[0], call), seen(make_desk("desk.read"), call)

    assert odd in {row.item for row in whole.outliers} and odd in desks
    assert recused == {odd} and hers == habits_of(*given(call, without={odd})) != whole
    assert odd not in page and "as if nobody had read them" in page
    assert sum(row.n for row in hers.reviewers) == sum(row.n for row in whole.reviewers) - 3


def test_where_nothing_can_be_told_the_page_says_so():
    call, _members = make_call_in_review(2)
    make_matching(call)
    page = seen(make_desk("desk.read"), call)
    assert "Nothing can be told of any reader yet" in page


def test_the_page_costs_the_same_for_few_and_many():
    desk = make_desk("desk.read")

    def statements(call):
        client = client_of(desk)
        client.get(path_of(call))
        with CaptureQueriesContext(connection) as asked:
            client.get(path_of(call))
        return len(asked)

    few, many = played(items=2)[0], played(items=8)[0]
    assert statements(few) == statements(many) == 10

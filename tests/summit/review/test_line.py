"""The line of a stage, looked at closely: what it says, to whom, and what it keeps from whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secretariat.engines.calibration import calibrate
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.review import actions, queries
from tests.factories.calls import STAFF
from tests.factories.review import (
    LATER,
    assignments_of,
    declare_all,
    freeze,
    make_call_in_review,
    make_conflict,
    make_desk,
    make_matching,
    make_review,
    stage_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    """A call of six items whose four readers have all handed in; the first reader is the chair."""
    call, members = make_call_in_review(6, members=4, readers=3, keep=2)
    make_matching(call)
    declare_all(call, members)
    for n, assignment in enumerate(assignments_of(call)):
        make_review(assignment, score=1 + (n * 7) % 5)
    return call, members


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def address(call, name="line"):
    return reverse(f"desk_review:{name}", args=[call.key, "recommended"])


def page_of(call, person, name="line"):
    return browser_of(person).get(address(call, name)).content.decode()


def test_the_line_is_that_of_the_list_and_of_the_engine(read):
    call, _members = read
    stage = stage_of(call)
    drawn = queries.cut_line(stage)
    entries = {row["ref"]: row for row in queries.list_entries(stage, rules_of(call))[0]}
    assert [row.number for row in drawn.rows] == list(entries)
    for row in drawn.rows:
        entry = entries[row.number]
        assert (row.rank, row.score, row.low, row.high, row.p_above) == tuple(
            entry[name] for name in ("rank", "score", "low", "high", "p_above")
        )
        assert row.is_kept == (entry["outcome"] == "kept")
    reviews = queries.reviews_of(call)
    by_z = calibrate(
        *([r[k] for r in reviews] for k in ("item", "reviewer", "overall")), recommend=None, method="z"
    )
    assert {row.number: row.z_rank for row in drawn.rows} == {e.item: e.rank for e in by_z.items}
    given = {row.number: sorted(row.given) for row in drawn.rows}
    assert given == {n: sorted(r["overall"] for r in reviews if r["item"] == n) for n in entries}


def test_a_review_that_comes_or_goes_is_counted_anew(read):
    call, _members = read
    stage, first = stage_of(call), assignments_of(call)[0]
    before = queries.cut_line(stage)
    with CaptureQueriesContext(connection) as asked:
        assert queries.cut_line(stage) is before
    assert len(asked) == 1
    first.state = "recused"
    first.save(update_fields=["state"])
    after = queries.cut_line(stage)
    number = first.submission.ref.number
    standing = {row.number: row for row in after.rows}[number]
    assert len(standing.given) == len({row.number: row for row in before.rows}[number].given) - 1


def test_staff_look_at_it_while_reviews_are_still_to_come_and_the_chair_does_not():
    call, members = make_call_in_review(3, members=3, readers=2)
    make_matching(call)
    declare_all(call, members)
    stage, staff = stage_of(call), make_desk("desk.run", "desk.read")
    assert queries.cut_line(stage) is None and "No review has come in yet." in page_of(call, staff)
    first = assignments_of(call)[0]
    make_review(first, score=4)
    drawn = queries.cut_line(stage)
    assert ([row.number for row in drawn.rows], drawn.unread) == ([first.submission.ref.number], 2)
    assert "2 items have none yet" in page_of(call, staff)
    told = page_of(call, members[0])
    assert "It is shown to you when all reviews are in" in told and first.submission.ref.number not in told


@pytest.mark.parametrize("is_frozen", [False, True])
def test_a_recused_chair_sees_neither_the_item_nor_what_tells_where_it_stands(read, is_frozen):
    call, (chair, *_) = read
    stage = stage_of(call)
    hers = next(row.number for row in queries.cut_line(stage).contested)
    item = call.submissions.get(ref__number=hers)
    conflict = make_conflict(chair, item)
    actions.resolve_conflict(conflict=conflict, bars=True, reason="Related.", actor=STAFF, now=LATER)
    if is_frozen:
        freeze(call)
    for name in ("list", "line"):
        page = page_of(call, chair, name)
        assert hers not in page and str(item) not in page
        assert "ranking-line" not in page and "interval-line" not in page and "chance-drawn" not in page
        assert "Above the line" not in page and "cut-numbers" not in page
    others = {row.number for row in queries.cut_line(stage).contested} - {hers}
    assert all(number in page_of(call, chair) for number in others)
    assert hers in page_of(call, make_desk("desk.read"))


def test_what_is_cleared_is_shown_again(read):
    call, (chair, *_) = read
    item = call.submissions.order_by("ref__number").first()
    conflict = make_conflict(chair, item)
    actions.resolve_conflict(conflict=conflict, bars=False, reason="No relation.", actor=STAFF, now=LATER)
    assert "chance-drawn" in page_of(call, chair) and item.ref.number in page_of(call, chair, "list")


@pytest.mark.parametrize(("name", "expected"), [("line", 11), ("list", 12)])
def test_a_look_costs_the_same_for_few_and_many(name, expected):
    costs = []
    for n in (3, 9):
        call, members = make_call_in_review(n, members=4, readers=2, keep=1)
        make_matching(call)
        declare_all(call, members)
        for m, assignment in enumerate(assignments_of(call)):
            make_review(assignment, score=1 + m % 5)
        browser = browser_of(make_desk("desk.read"))
        browser.get(address(call, name))
        with CaptureQueriesContext(connection) as asked:
            browser.get(address(call, name))
        costs.append(len(asked))
    assert costs == [expected, expected]

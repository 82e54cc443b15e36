"""The alternate of a seat acts for it while she is called in, and never both."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.notices.models import Notice
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.bodies import actions
from secretariat.governance.bodies.models import CallIn
from secretariat.governance.bodies.queries import acting_in, calls_of
from secretariat.registry.capacities.queries import capacities_of
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.bodies import make_body, make_call, make_seat, make_term
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
MAY, DAY = date(2024, 5, 1), timedelta(days=1)
WHO = {"actor": INSTALLER, "now": NOW}


@pytest.fixture
def seat():
    """A chair's seat with an alternate, both with accounts."""
    body = make_body("council", flags=["decides", "reviews"])
    found = make_seat(body)
    make_term(seat=found, person=make_person(account=make_account()), role="chair")
    found.alternate = make_term(seat=found, person=make_person(account=make_account()), role="alternate")
    return found


def rights(person, on=MAY):
    return [capacity.right for capacity in capacities_of([person.pk], on)[person.pk]]


def holder(seat):
    return seat.terms.get(role="chair").person


def test_the_vote_passes_for_the_days_of_the_call_and_comes_back(seat):
    make_call(seat.alternate, ends_on=MAY + DAY)
    chair, other = holder(seat), seat.alternate.person

    votes = {n: electorate_of(seat.body, MAY + n * DAY) for n in (-1, 0, 1, 2)}

    assert {n: [(p.person, p.voter, p.is_chair) for p in found] for n, found in votes.items()} == {
        -1: [(chair.pk, chair.pk, True)], 0: [(chair.pk, other.pk, False)], 1: [(chair.pk, other.pk, False)],
        2: [(chair.pk, chair.pk, True)],
    }  # fmt: skip
    assert str(other) in votes[0][0].why["en"] and str(other) in votes[0][0].why["zh"]
    assert str(other) not in votes[2][0].why["en"]


def test_the_rights_pass_but_never_the_chair_nor_reviews(seat):
    make_call(seat.alternate, ends_on=MAY)

    assert rights(holder(seat), MAY - DAY) == ["body.chair", "body.decide", "body.sit", "review.sit"]
    assert (rights(holder(seat)), rights(seat.alternate.person)) == ([], ["body.decide", "body.sit"])
    assert (rights(seat.alternate.person, MAY + DAY), rights(seat.alternate.person, MAY - DAY)) == ([], [])


def test_a_call_to_a_meeting_holds_there_alone(seat):
    meeting = make_body("another").ref
    make_call(seat.alternate, ends_on=MAY, occasion=meeting)
    chair, other = holder(seat), seat.alternate.person

    assert [each.by.person for each in acting_in(seat.body, MAY)] == [chair]
    assert [each.by.person for each in acting_in(seat.body, MAY, meeting.pk)] == [other]
    assert [each.by.person for each in acting_in(seat.body, MAY, make_body().ref_id)] == [chair]
    assert "body.chair" in rights(chair) and "body.sit" in rights(other)


def test_an_organisations_alternate_casts_its_vote_and_a_vacant_seat_has_one():
    body, firm = make_body(), make_organisation()
    theirs = make_term(body, make_person(), organisation=firm)
    vacant = make_seat(body)
    for seat, organisation in ((theirs.seat, firm), (vacant, None)):
        make_call(make_term(seat=seat, person=make_person(), organisation=organisation, role="alternate"))

    first, second = electorate_of(body, MAY)

    assert (first.organisation, first.person, first.voter) == (
        firm.pk, None, theirs.seat.terms.get(role="alternate").person_id,
    )  # fmt: skip
    assert second.person == second.voter == vacant.terms.get().person_id


def test_a_call_ends_with_the_alternates_own_term(seat):
    make_call(seat.alternate)
    actions.end_term(term=seat.alternate, ends_on=MAY, **WHO)

    assert [[each.by.role for each in acting_in(seat.body, MAY + n * DAY)] for n in (0, 1)] == [
        ["alternate"], ["chair"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": " "}, "with a reason"), ({"ends_on": MAY - DAY}, "before it starts"),
        ({"starts_on": date(2019, 1, 1)}, "does not last"), ({"starts_on": MAY + DAY}, "called in already"),
    ],
)  # fmt: skip
def test_what_is_no_call(seat, change, message):
    make_call(seat.alternate, starts_on=MAY + DAY)
    with pytest.raises(ValueError, match=message):
        make_call(seat.alternate, **change)
    assert CallIn.objects.count() == 1


def test_only_an_alternate_with_a_name_is_called_in(seat):
    nobody = make_term(seat.body, organisation=make_organisation(), role="alternate")
    for term in (seat.terms.get(role="chair"), nobody):
        with pytest.raises(ValueError, match="alternate of a seat"):
            make_call(term)
    make_term(seat.body, seat.alternate.person)
    with pytest.raises(ValueError, match="sits in the body herself"):
        make_call(seat.alternate)


def test_a_call_to_a_meeting_ends_with_it(seat):
    with pytest.raises(ValueError, match="ends with it"):
        make_call(seat.alternate, occasion=seat.body.ref)


def test_the_database_has_nobody_called_in_twice(seat):
    call = make_call(seat.alternate)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallIn.objects.create(term=call.term, starts_on=MAY + 9 * DAY, reason="Again")


@pytest.mark.parametrize(
    ("right", "may"),
    [
        ("desk.run", True),
        ("body.serve", True),
        ("body.chair", True),
        ("desk.read", False),
        ("body.sit", False),
    ],
)
def test_who_may_call_an_alternate_in(seat, right, may):
    scope = None if right.startswith("desk") else seat.body_id
    actor = make_actor(right, scope_id=scope)
    if may:
        assert make_call(seat.alternate, actor=actor).is_void is False
        return
    with pytest.raises(NotAllowed):
        actions.call_in(term=seat.alternate, starts_on=MAY, reason="Away", actor=actor, now=NOW)


def test_the_holder_calls_her_alternate_in_herself_and_nobody_elses(seat):
    call = make_call(seat.alternate, actor=Actor(person_id=holder(seat).pk), ends_on=MAY)
    actions.call_off(call=call, reason="Back", actor=Actor(person_id=holder(seat).pk), now=NOW)
    other = make_term(seat.body)
    for actor in (Actor(person_id=other.person_id), Actor(person_id=seat.alternate.person_id), Actor()):
        with pytest.raises(NotAllowed):
            make_call(seat.alternate, actor=actor)


def test_who_is_told(seat):
    call = make_call(seat.alternate)
    actions.call_off(call=call, ends_on=MAY, **WHO)
    make_call(seat.alternate, starts_on=MAY + DAY, actor=Actor(person_id=holder(seat).pk))

    told = Notice.objects.values_list("kind", "account").order_by("pk")
    alternate, chair = seat.alternate.person.account_id, holder(seat).account_id
    assert set(told) == {
        ("alternate_called_in", alternate), ("seat_acted_for", chair), ("alternate_called_off", alternate),
    }  # fmt: skip
    assert told.filter(kind="seat_acted_for").count() == 1


def test_a_void_call_never_was_and_says_why(seat):
    call = make_call(seat.alternate)
    with pytest.raises(ValueError, match="with a reason"):
        actions.call_off(call=call, **WHO)
    with pytest.raises(ValueError, match="does not lie"):
        actions.call_off(call=call, ends_on=MAY - DAY, **WHO)
    actions.call_off(call=call, reason="Entered by mistake", **WHO)

    assert [each.by.role for each in acting_in(seat.body, MAY)] == ["chair"]
    with pytest.raises(ValueError, match="already"):
        actions.call_off(call=call, reason="Again", **WHO)
    assert make_call(seat.alternate).pk != call.pk


def test_the_desk_calls_in_and_off_by_pages(client, seat):
    sign_in_with(client, "desk.run")
    number = seat.body.ref.number
    into = reverse("desk_bodies:call_in", args=[number, seat.alternate.pk])

    empty = client.post(into, {"starts_on": MAY.isoformat()})
    client.post(into, {"starts_on": MAY.isoformat(), "reason": "On a journey"})
    call = CallIn.objects.get()
    page = client.get(reverse("desk_bodies:body", args=[number]), {"on": MAY.isoformat()}).content.decode()
    off = reverse("desk_bodies:call_off", args=[number, call.pk])
    wrong = client.post(off, {"reason": ""})
    client.post(off, {"ends_on": (MAY + DAY).isoformat()})

    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["reason"])
    assert f"{seat.alternate.person} acts for the seat" in page and "On a journey" in page
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["reason"])
    call.refresh_from_db()
    assert call.ends_on == MAY + DAY


@pytest.mark.parametrize("count", [1, 3])
def test_who_acts_costs_one_statement(count, django_assert_num_queries):
    body = make_body()
    for _ in range(count):
        make_call(seat=make_term(body).seat)
    with django_assert_num_queries(1):
        assert len([str(each.by.person) for each in acting_in(body, MAY)]) == count
    with django_assert_num_queries(1):
        assert len([str(call.term.person) for call in calls_of(body)]) == count

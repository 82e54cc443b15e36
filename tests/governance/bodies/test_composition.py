"""A body as of a day, and that its answer is what the history says."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.foundation.audit.models import Act, Change
from secretariat.governance.bodies import actions
from secretariat.governance.bodies.composition import composition_of
from secretariat.governance.bodies.logic import SITTING
from secretariat.governance.bodies.models import CallIn, Term
from secretariat.governance.bodies.panels import neighbours
from secretariat.governance.bodies.queries import acting_in, holders_of_seats, public_bodies, vacant_seats
from tests.factories.accounts import NOW, make_actor
from tests.factories.bodies import make_body, make_call, make_seat, make_term
from tests.factories.editions import make_edition
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")
DAY = timedelta(days=1)
FIRST, MAY = date(2024, 1, 1), date(2024, 5, 1)


def shown(composed):
    return [(each.seat, each.term, each.before, each.after) for each in composed.holdings]


def test_the_council_on_the_first_of_may_with_who_came_before_and_after():
    council = make_body("council")
    seat, chair, empty = (make_seat(council) for _ in range(3))
    first = make_term(seat=seat, starts_on=date(2020, 1, 1), ends_on=date(2023, 12, 31))
    second = make_term(seat=seat, starts_on=date(2024, 1, 1), ends_on=MAY)
    third = make_term(seat=seat, starts_on=date(2024, 6, 1))
    presiding = make_term(seat=chair, role="chair", starts_on=date(2022, 1, 1))
    make_term(seat=empty, role="alternate")
    make_term()

    on_may = composition_of(council, MAY)
    assert shown(on_may) == [
        (chair, presiding, None, None), (seat, second, first, third), (empty, None, None, None),
    ]  # fmt: skip
    assert (on_may.since, on_may.until) == (date(2024, 1, 1), MAY)
    assert (on_may.earlier, on_may.later) == (date(2023, 12, 31), date(2024, 5, 2))
    assert (on_may.held, on_may.seats) == (2, 3)

    between = composition_of(council, MAY + DAY)
    assert shown(between) == [
        (chair, presiding, None, None), (seat, None, second, third), (empty, None, None, None),
    ]  # fmt: skip

    before = composition_of(council, date(2019, 1, 1))
    assert (before.held, before.since, before.earlier) == (0, None, None)
    assert (before.until, before.later) == (date(2019, 12, 31), date(2020, 1, 1))


def test_what_is_to_come_is_not_told_before_its_day():
    council = make_body("council")
    seat = make_seat(council)
    present = make_term(seat=seat, ends_on=MAY)
    make_term(seat=seat, starts_on=MAY + DAY)

    known = composition_of(council, date(2024, 4, 30), known_by=MAY)

    assert shown(known) == [(seat, present, None, None)]
    assert (known.later, known.until) == (None, None)
    assert composition_of(council, MAY, known_by=MAY + DAY).later == MAY + DAY


def test_a_term_without_an_end_that_a_calendar_has():
    council = make_body("council")
    make_term(council, starts_on=date.min, ends_on=date.max)

    composed = composition_of(council, MAY)

    assert (composed.since, composed.earlier, composed.later) == (date.min, None, None)


def test_the_succession_is_said_in_words():
    ana, bo = make_person("Ana", "Example"), make_person("Bo", "Example")
    seat = make_seat()
    make_term(seat.body, ana, seat=seat, ends_on=MAY)
    make_term(seat.body, bo, seat=seat, starts_on=date(2024, 6, 1))
    said = {}
    with translation.override("en"):
        for on in (date(2019, 1, 1), MAY, date(2024, 5, 15), date(2024, 7, 1)):
            said[on] = neighbours(composition_of(seat.body, on).holdings[0])

    assert list(said.values()) == [
        f"not held before · then {ana}, from 1 January 2020",
        f"then {bo}, from 1 June 2024",
        f"last held by {ana}, until 1 May 2024 · then {bo}, from 1 June 2024",
        f"after {ana}, until 1 May 2024",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_composition_costs_three_statements(count, django_assert_num_queries):
    council = make_body()
    for _ in range(count):
        seat = make_seat(council)
        make_term(seat=seat, ends_on=date(2023, 1, 1))
        make_term(seat=seat, starts_on=date(2023, 1, 2))
        make_term(council, organisation=make_organisation())
        make_seat(council)
        make_call(seat=seat, starts_on=MAY)

    with django_assert_num_queries(3):
        composed = composition_of(council, MAY)
        names = [str(each.term.organisation or each.term.person) for each in composed.holdings if each.term]
        assert (len(names), [neighbours(each) != "" for each in composed.holdings].count(True)) == (
            2 * count,
            2 * count,
        )


def test_public_are_lasting_bodies_that_neither_judge_nor_serve():
    shown = [
        make_body(flags=flags) for flags in (("supreme", "decides"), ("executive", "decides"), ("advises",))
    ]
    for flags in (("reviews",), ("advises", "temporary"), ("executive", "standing")):
        make_body(flags=flags)
    make_body(flags=("advises",), edition=make_edition())

    assert list(public_bodies(MAY)) == shown


# What may be asked for, in any order; what the rules refuse changes nothing and stands in no history.
DAYS = st.integers(0, 30).map(lambda n: FIRST + n * DAY)
LAST = st.none() | DAYS
SEAT, PERSON, TERM = st.integers(0, 2), st.integers(0, 3), st.integers(0, 9)
ROLE = st.sampled_from(["member", "member", "chair", "alternate"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("appoint"), SEAT, PERSON, ROLE, DAYS, LAST),
        st.tuples(st.just("end"), TERM, DAYS),
        st.tuples(st.just("extend"), TERM, LAST),
        st.tuples(st.just("succeed"), TERM, PERSON, DAYS, LAST),
        st.tuples(st.just("take_back"), TERM),
        st.tuples(st.just("call_in"), TERM, DAYS, LAST),
        st.tuples(st.just("call_off"), st.integers(0, 3), LAST),
    ),
    min_size=3,
    max_size=10,
)


def perform(act, seats, people, now):
    """Do one act, to a term there is where it asks for one. Whether the rules let it."""
    name, *said = act
    asked = {"actor": DESK, "now": now}
    terms = list(Term.objects.order_by("pk").select_related("seat"))
    if name != "appoint" and not terms:
        return False
    try:
        with transaction.atomic():
            if name == "appoint":
                seat, person, role, first, last = said
                actions.appoint(
                    seat=seats[seat], person=people[person], role=role, starts_on=first, ends_on=last, **asked
                )
                return True
            if name == "call_off":
                calls = list(CallIn.objects.order_by("pk").select_related("term__seat__body"))
                if not calls:
                    return False
                actions.call_off(call=calls[said[0] % len(calls)], ends_on=said[1], reason="Back", **asked)
                return True
            term, said = terms[said[0] % len(terms)], said[1:]
            if name == "call_in":
                actions.call_in(term=term, starts_on=said[0], ends_on=said[1], reason="Away", **asked)
            elif name == "end":
                actions.end_term(term=term, ends_on=said[0], **asked)
            elif name == "extend":
                actions.extend_term(term=term, ends_on=said[0], **asked)
            elif name == "succeed":
                actions.succeed(
                    term=term, person=people[said[0]], starts_on=said[1], ends_on=said[2], **asked
                )
            else:
                actions.take_back_term(term=term, **asked)
    except ValueError:
        return False
    return True


def history_until(moment, table="bodies_term"):
    """The rows of the audit trail about terms, or calls, by the acts up to a moment, in their order."""
    acts = Act.objects.filter(at__lte=moment).values("pk")
    return Change.objects.filter(table=table, act_id__in=acts).order_by("pk")


def replayed(changes):
    """The terms as a chain of changed rows leaves them, read from the history alone."""
    rows = {}
    for change in changes:
        if change.after is None:
            del rows[change.row]
        else:
            rows[change.row] = rows.get(change.row, {}) | change.after
    return rows


def covers(row, on):
    """ISO days compare as the days do."""
    return row["starts_on"] <= on.isoformat() and (row["ends_on"] is None or row["ends_on"] >= on.isoformat())


def acting_of_history(rows, calls, on):
    """Who acts for which seat on a day: the alternate whose call and term hold, or else whoever sits there."""
    alternates = {
        rows[call["term_id"]]["seat_id"]: rows[call["term_id"]]["person_id"]
        for call in calls.values()
        if not call["is_void"] and covers(call, on) and covers(rows[call["term_id"]], on)
    }
    sitting = {
        (row["seat_id"], row["role"]): row["person_id"]
        for row in rows.values()
        if row["role"] in SITTING and covers(row, on)
    }
    acting = [(seat, alternates.get(seat, person)) for (seat, _role), person in sitting.items()]
    held = {seat for seat, _role in sitting}
    return sorted(acting + [(seat, who) for seat, who in alternates.items() if seat not in held])


def acting_of_query(body, on):
    return sorted((str(each.term.seat_id), str(each.by.person_id)) for each in acting_in(body, on))


def of_history(rows, on):
    """Who sat on which seat on a day: ISO days compare as the days do."""
    held = defaultdict(set)
    for row in rows.values():
        if row["starts_on"] <= on.isoformat() and (
            row["ends_on"] is None or row["ends_on"] >= on.isoformat()
        ):
            held[row["seat_id"]] |= {(row["person_id"], row["role"])} if row["role"] in SITTING else set()
    return {seat: who for seat, who in held.items() if who}


def of_query(body, on):
    held = defaultdict(set)
    for term in holders_of_seats(body, on):
        held[str(term.seat_id)].add((str(term.person_id), term.role))
    return dict(held)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, asked=st.lists(DAYS, min_size=2, max_size=2))
def test_as_of_queries_agree_with_a_replay_of_the_history(council, acts, asked):
    """After every act the queries say what the rows of the audit trail up to that moment say, on any day."""
    body, seats, people = council
    with transaction.atomic():
        for n, act in enumerate(acts):
            perform(act, seats, people, NOW + n * DAY)
            rows = replayed(history_until(NOW + n * DAY))
            for on in (*asked, FIRST + 30 * DAY):
                assert of_query(body, on) == of_history(rows, on)
                calls = replayed(history_until(NOW + n * DAY, "bodies_callin"))
                assert acting_of_query(body, on) == acting_of_history(rows, calls, on)
            check_composition(body, asked[0])
        transaction.set_rollback(True)


def check_composition(body, on):
    """What a page shows is what the queries say, and nothing changes between the days it names."""
    composed = composition_of(body, on)
    assert {each.term.pk for each in composed.holdings if each.term} == {
        t.pk for t in holders_of_seats(body, on)
    }
    assert [each.seat for each in composed.holdings if each.term is None] == vacant_seats(body, on)
    for day in (composed.since, composed.until):
        assert day is None or of_query(body, day) == of_query(body, on)


@pytest.fixture
def council(db):
    body = make_body("council")
    return body, [make_seat(body) for _ in range(3)], [make_person() for _ in range(4)]


def test_the_replay_sees_a_correction_and_an_ending(council):
    """The acts of the property test do happen: each kind leaves its rows in the history."""
    body, seats, people = council
    day = lambda n: FIRST + n * DAY  # noqa: E731
    acts = [
        ("appoint", 0, 0, "member", day(0), day(20)), ("end", 0, day(10)), ("extend", 0, day(15)),
        ("succeed", 0, 1, day(5), None), ("take_back", 1), ("appoint", 0, 2, "member", day(6), None),
        ("appoint", 0, 3, "alternate", day(0), None), ("call_in", 2, day(7), None), ("call_off", 0, day(8)),
    ]  # fmt: skip

    assert [perform(act, seats, people, NOW) for act in acts] == [True] * 9
    rows = replayed(history_until(NOW))
    assert (
        of_history(rows, day(4))
        == {str(seats[0].pk): {(str(people[0].pk), "member")}}
        == of_query(body, day(4))
    )
    assert of_history(rows, day(5)) == {} == of_query(body, day(5))
    assert of_history(rows, day(6)) == {str(seats[0].pk): {(str(people[2].pk), "member")}}
    acted = [[who for _seat, who in acting_of_query(body, day(n))] for n in (6, 7, 8, 9)]
    assert acted == [[str(people[n].pk)] for n in (2, 3, 3, 2)]

"""Standing kept by actions, counted by night, and asked for by the Assembly."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed, WrongState
from secretariat.foundation.notices.models import Notice
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.membership import actions
from secretariat.governance.membership.models import Conditions, Event, Member, Representative
from secretariat.governance.membership.standing import stands_of
from tests.factories.accounts import NOW, TODAY, make_account, make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.membership import make_category, make_conditions, make_member, make_representative
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")
DAY = timedelta(days=1)


def do(action, **kw):
    return action(**{"actor": DESK, "now": NOW, **kw})


def kinds(member):
    return list(member.events.order_by("on", "pk").values_list("kind", flat=True))


def voters(body, on):
    return {place.organisation or place.person for place in electorate_of(body, on)}


@pytest.fixture
def assembly(db):
    return make_body(flags=("supreme", "decides"))


def test_the_conditions_of_the_day_decide_the_first_term():
    category = make_category()
    make_conditions(category, term_months=12, grace_days=30)
    make_conditions(category, starts_on=date(2023, 1, 1), term_months=24)

    early = make_member(category, starts_on=date(2022, 3, 1))
    late = make_member(category, starts_on=date(2023, 3, 1))

    assert [member.events.get().until for member in (early, late)] == [date(2023, 2, 28), date(2025, 2, 28)]
    assert list(Conditions.objects.order_by("starts_on").values_list("ends_on", flat=True)) == [
        date(2022, 12, 31), None,
    ]  # fmt: skip


def test_conditions_of_the_past_stand():
    category = make_category()
    make_conditions(category, starts_on=date(2023, 1, 1))
    with pytest.raises(ValueError, match="for that day or later"):
        make_conditions(category, starts_on=date(2022, 1, 1))


def test_every_act_is_an_event_and_moves_the_standing():
    member = make_member()
    do(
        actions.change_category,
        member=member,
        category=make_category(),
        starts_on=TODAY - 3 * DAY,
        reason="Grown",
    )
    do(actions.suspend_member, member=member, reason="Fees")
    suspended = Member.objects.get().standing
    do(actions.reinstate_member, member=member)
    do(actions.end_membership, member=member, ends_on=TODAY - DAY, reason="Wish", resigned=True)

    assert kinds(member) == ["admitted", "category_changed", "suspended", "reinstated", "resigned"]
    assert (suspended, Member.objects.get().standing) == ("suspended", "ended")


def test_renewal_only_ever_lengthens():
    member = make_member(paid_until=TODAY + DAY)
    do(actions.renew_membership, member=member, until=TODAY + 9 * DAY)
    for until in (TODAY + 9 * DAY, TODAY - DAY):
        with pytest.raises(ValueError, match="lasts longer"):
            do(actions.renew_membership, member=member, until=until)
    assert stands_of([member.pk], TODAY)[member.pk].paid_until == TODAY + 9 * DAY


def test_a_decision_by_hand_has_reason_and_end_and_the_night_leaves_it():
    member = make_member(paid_until=TODAY - DAY)
    said = {"member": member, "standing": "current", "until": TODAY + 5 * DAY}
    with pytest.raises(ValueError, match="has a reason"):
        do(actions.override_standing, **said, reason=" ")
    with pytest.raises(ValueError, match="By hand"):
        do(actions.override_standing, **{**said, "standing": "suspended"}, reason="x")
    with pytest.raises(IntegrityError, match="member_override_says_all"), transaction.atomic():
        Event.objects.create(member=member, kind="overridden", on=TODAY, standing="current")

    do(actions.override_standing, **said, reason="The bank is slow")
    actions.recompute_standings(actor=SYSTEM, now=NOW)
    assert Member.objects.get().standing == "current"
    actions.recompute_standings(actor=SYSTEM, now=NOW + 6 * DAY)
    assert Member.objects.get().standing == "lapsed"
    with pytest.raises(ValueError, match="Nothing is decided"):
        do(actions.lift_override, member=member, now=NOW + 6 * DAY)


def test_the_night_tells_once_when_grace_begins_and_ends():
    category = make_category()
    make_conditions(category, term_months=12, grace_days=10)
    member = make_member(category, paid_until=TODAY)
    speaker = make_person(account=make_account())
    make_representative(member, speaker)

    def night(days):
        actions.recompute_standings(actor=SYSTEM, now=NOW + timedelta(days=days))
        return Member.objects.get().standing, list(
            Notice.objects.order_by("pk").values_list("kind", flat=True)
        )

    grace = ["membership_in_grace"]
    assert night(0) == ("current", [])
    assert night(1) == ("grace", grace)
    assert night(2) == ("grace", grace)
    assert night(11) == ("lapsed", [*grace, "membership_lapsed"])
    assert set(Notice.objects.values_list("account", flat=True)) == {speaker.account_id}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_standing_of_all_costs_three_statements(rows, django_assert_num_queries):
    for _ in range(rows):
        make_member()
    with django_assert_num_queries(3):
        assert {found.standing for found in stands_of(None, TODAY).values()} == {"current"}


def test_who_may_not_keep_members_decides_nothing():
    member, stranger = make_member(), make_actor()
    for action, said in (
        (actions.renew_membership, {"until": TODAY + DAY}), (actions.lift_override, {}),
        (actions.override_standing, {"standing": "lapsed", "until": TODAY, "reason": "x"}),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            action(member=member, actor=stranger, now=NOW, **said)
    with pytest.raises(NotAllowed):
        actions.recompute_standings(actor=stranger, now=NOW)
    do(actions.end_membership, member=member, ends_on=TODAY, reason="Wish")
    with pytest.raises(WrongState):
        do(actions.renew_membership, member=member, until=TODAY + DAY)


def test_one_representative_casts_the_vote_and_it_is_handed_on():
    member = make_member()
    first = make_representative(member, is_voting=True)
    second = make_representative(member)
    with pytest.raises(ValueError, match="Somebody else casts"):
        make_representative(member, is_voting=True)

    do(actions.hand_vote_to, representative=second, starts_on=TODAY)

    rows = Representative.objects.order_by("person", "starts_on")
    assert {(row.person_id, row.starts_on, row.ends_on, row.is_voting) for row in rows} == {
        (first.person_id, date(2022, 1, 1), TODAY - DAY, True), (first.person_id, TODAY, None, False),
        (second.person_id, date(2022, 1, 1), TODAY - DAY, False), (second.person_id, TODAY, None, True),
    }  # fmt: skip
    later = Representative.objects.get(person=second.person, ends_on=None)
    with pytest.raises(ValueError, match="already"):
        do(actions.hand_vote_to, representative=later, starts_on=TODAY)
    with pytest.raises(ValueError, match="does not represent"):
        do(actions.hand_vote_to, representative=first, starts_on=TODAY + DAY)


def test_the_assembly_is_voted_in_by_members_in_good_standing_with_a_right_to_it(assembly):
    voting, silent = make_category(position=1), make_category(position=2)
    alone = make_category(position=3, holder="person")
    make_conditions(voting, weight=2, term_months=12, grace_days=5)
    make_conditions(silent, has_vote=False)
    make_conditions(alone)
    spoken, unspoken, lapsed, suspended = (
        make_member(voting, paid_until=until) for until in (TODAY, TODAY, TODAY - 6 * DAY, TODAY)
    )
    do(actions.suspend_member, member=suspended, reason="Fees")
    person = make_member(alone, person=make_person())
    make_member(silent)
    speaker = make_representative(spoken, is_voting=True).person
    make_representative(unspoken)
    make_term(assembly, speaker, role="chair")

    found = electorate_of(assembly, TODAY)

    assert [(p.organisation or p.person, p.voter, p.weight, p.is_chair) for p in found] == [
        (spoken.organisation_id, speaker.pk, 2, True), (unspoken.organisation_id, None, 2, False),
        (person.person_id, person.person_id, 1, False),
    ]  # fmt: skip
    assert lapsed.organisation_id in voters(assembly, TODAY - DAY)
    assert found[0].why["zh"].endswith(spoken.ref.number)


def test_another_body_is_voted_in_by_its_seats():
    council = make_body(flags=("executive", "decides"))
    term = make_term(council)
    make_conditions(category := make_category())
    make_member(category)
    assert voters(council, TODAY) == {term.person_id}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_roll_costs_seven_statements(rows, assembly, django_assert_num_queries):
    make_conditions(category := make_category())
    for _ in range(rows):
        make_representative(make_member(category), is_voting=True)
    with django_assert_num_queries(7):
        assert len(electorate_of(assembly, TODAY)) == rows


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=st.integers(-40, 40))
def test_a_lapsed_member_loses_the_vote_on_the_record_date_and_not_before(lapsing, record):
    body, member = lapsing
    on = TODAY + timedelta(days=record)
    assert voters(body, on) == ({member.organisation_id} if record <= 10 else set())


@pytest.fixture
def lapsing(assembly):
    make_conditions(category := make_category(), term_months=12, grace_days=10)
    return assembly, make_member(category, paid_until=TODAY)


def test_the_desk_sees_and_decides_how_a_member_stands(client):
    sign_in_with(client, "desk.run")
    today = timezone.localdate()
    member = make_member(paid_until=today - DAY, now=timezone.now())
    page = reverse("desk_membership:member", args=[member.ref.number])

    def act(name, **said):
        return client.post(reverse("desk_membership:act", args=[member.ref.number, name]), said)

    assert ">lapsed<" in client.get(page).content.decode()
    assert act("override", standing="current", until=today + DAY).status_code == 422
    act("override", standing="current", until=today + DAY, reason="The bank is slow")
    text = client.get(page).content.decode()
    assert "decided by hand" in text and "The bank is slow" in text and "Lift the decision" in text
    act("lift")
    act("renew", until=today + 9 * DAY)
    assert kinds(member) == ["admitted", "overridden", "override_lifted", "renewed"]
    assert Member.objects.get().standing == "current"


def test_the_desk_lays_down_conditions_and_hands_the_vote_over(client):
    sign_in_with(client, "desk.run")
    member = make_member()
    category = member.memberships.get().category
    speaker = make_representative(member)
    path = reverse("desk_membership:conditions", args=[category.key])
    said = {"starts_on": "2030-01-01", "fee": "1200", "has_vote": "on", "weight": "1", "grace_days": "30"}
    assert client.post(path, said).status_code == 422
    client.post(path, said | {"currency": "CNY", "criteria_en": "Works for an open Internet"})
    client.post(
        reverse("desk_membership:hand_vote", args=[member.ref.number, speaker.pk]),
        {"starts_on": "2022-01-01"},
    )

    text = client.get(reverse("desk_membership:categories")).content.decode()
    assert "1,200" in text and "Works for an open Internet" in text and "1 member" in text
    assert Representative.objects.get().is_voting


def test_a_membership_taken_back_leaves_no_event():
    member = make_member()
    do(actions.change_category, member=member, category=make_category(), starts_on=TODAY)
    do(actions.take_back_membership, member=member)
    assert kinds(member) == ["admitted"]
    do(actions.take_back_membership, member=member)
    assert not Event.objects.exists()

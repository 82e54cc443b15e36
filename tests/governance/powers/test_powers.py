"""What a body may decide, what it delegates, and that nothing else is asked of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.governance.ballots.actions import declare_ballot, open_ballot
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.forms import BallotForm
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers import actions
from secretariat.governance.powers.models import Delegation, Power
from secretariat.governance.powers.panels import delegations, powers
from secretariat.governance.powers.queries import (
    holds,
    powers_held,
    powers_of,
    public_delegations,
    resting_on,
)
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.ballots import make_council
from tests.factories.bodies import make_body
from tests.factories.powers import FIRST, make_delegation, make_power
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
MAY, DAY = date(2024, 5, 1), timedelta(days=1)
WHO = {"actor": INSTALLER, "now": NOW}


@pytest.fixture
def assembly():
    return make_body("assembly", flags=["supreme", "decides"])


@pytest.fixture
def council():
    return make_body("council", flags=["executive", "decides"])


def test_who_holds_a_power_on_which_day(assembly, council):
    power = make_power(assembly, starts_on=MAY, ends_on=MAY + 9 * DAY)
    make_delegation(power, council, starts_on=MAY + DAY, ends_on=MAY + 3 * DAY)
    other = make_body()

    held = {
        n: [holds(body, power, MAY + n * DAY) for body in (assembly, council, other)]
        for n in (-1, 0, 1, 3, 4, 9, 10)
    }
    assert held == {
        -1: [False, False, False], 0: [True, False, False], 1: [True, True, False], 3: [True, True, False],
        4: [True, False, False], 9: [True, False, False], 10: [False, False, False],
    }  # fmt: skip
    for day in (MAY, MAY + DAY, MAY + 4 * DAY):
        assert [power in powers_held(b, day) for b in (assembly, council)] == [
            holds(b, power, day) for b in (assembly, council)
        ]
    assert [resting_on(body, power, MAY + DAY) for body in (assembly, council, other)] == [
        "Statutes, article 12", "Resolution 7", "",
    ]  # fmt: skip
    assert {resting_on(assembly, power, MAY + n * DAY) for n in (-1, 10)} == {""}


def test_what_is_delegated_ends_with_the_power(assembly, council):
    power = make_power(assembly)
    make_delegation(power, council)
    actions.end_power(power=power, ends_on=MAY, **WHO)
    power.refresh_from_db()

    assert [holds(council, power, day) for day in (MAY, MAY + DAY)] == [True, False]
    assert [len(public_delegations(council.pk, day)) for day in (MAY, MAY + DAY)] == [1, 0]
    assert [len(powers_of(assembly.pk, day)) for day in (MAY, MAY + DAY)] == [1, 0]


def test_a_delegation_is_revoked_from_a_day_on_with_a_reason(assembly, council):
    delegation = make_delegation(make_power(assembly), council)
    for starts_on, reason, message in (
        (MAY, " ", "with a reason"), (FIRST, "No longer", "after the one on which it began"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=message):
            actions.revoke(delegation=delegation, starts_on=starts_on, reason=reason, **WHO)
    actions.revoke(delegation=delegation, starts_on=MAY, reason="The Assembly decides again", **WHO)

    assert [holds(council, delegation.power, day) for day in (MAY - DAY, MAY)] == [True, False]
    with pytest.raises(ValueError, match="has ended by then"):
        actions.revoke(delegation=delegation, starts_on=MAY + DAY, reason="Again", **WHO)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rests_on": " "}, "rests on a rule"), ({"ends_on": FIRST - DAY}, "before it begins"),
        ({"starts_on": FIRST - DAY}, "for all of that time"),
        ({"scope_en": "Only small sums"}, "in English and in Chinese"),
    ],
)  # fmt: skip
def test_what_is_no_delegation(assembly, council, change, message):
    power = make_power(assembly)
    with pytest.raises(ValueError, match=message):
        make_delegation(power, council, **change)
    assert not Delegation.objects.exists()


def test_nothing_is_delegated_to_oneself_or_twice(assembly, council):
    power = make_power(assembly)
    with pytest.raises(ValueError, match="to itself"):
        make_delegation(power, assembly)
    make_delegation(power, council, starts_on=MAY)
    with pytest.raises(ValueError, match="already for a part"):
        make_delegation(power, council)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(power=power, to=council, starts_on=MAY + DAY, rests_on="Again")
    make_delegation(power, make_body())


@pytest.mark.parametrize(("right", "may"), [("desk.run", True), ("desk.read", False), ("body.chair", False)])
def test_who_keeps_powers(assembly, council, right, may):
    actor = make_actor(right)
    if may:
        assert make_delegation(make_power(assembly, actor=actor), council, actor=actor).pk
        return
    power = make_power(assembly)
    delegation = make_delegation(power, council)
    for act in (
        lambda: make_power(assembly, actor=actor),
        lambda: make_delegation(power, make_body(), actor=actor),
        lambda: actions.end_power(power=power, ends_on=MAY, actor=actor, now=NOW),
        lambda: actions.revoke(delegation=delegation, starts_on=MAY, reason="Mine", actor=actor, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def ask(body, power):
    return declare_ballot(
        body=body,
        question_en="Shall it be?",
        question_zh="是否同意？",
        method="roll_call",
        power=power,
        **WHO,
    )


def test_a_body_is_asked_only_by_a_power_it_holds(assembly):
    council, _people = make_council(3)
    power = make_power(assembly)
    with pytest.raises(ValueError, match="not this body's to decide"):
        ask(council, power)
    delegation = make_delegation(power, council)
    ballot = ask(council, power)
    actions.revoke(delegation=delegation, starts_on=timezone.localdate(NOW), reason="No longer", **WHO)

    with pytest.raises(ValueError, match="not this body's to decide"):
        open_ballot(ballot=ballot, places=electorate_of(council, NOW.date()), **WHO)
    assert ask(assembly, power).power == power


def test_the_form_of_a_ballot_says_that_a_power_is_not_held(assembly):
    council, _people = make_council(1)
    power = make_power(assembly)
    said = {
        "body": council.pk,
        "question_en": "Shall it?",
        "question_zh": "是否？",
        "method": "roll_call",
        "power": power.pk,
    }

    assert list(BallotForm(said, bodies=Body.objects.all()).errors) == ["power"]
    make_delegation(power, council)
    assert not BallotForm(said, bodies=Body.objects.all()).errors


def test_the_pages_of_a_ballot_say_what_it_rests_on(client, assembly):
    council, _people = make_council(1)
    power = make_power(assembly)
    delegation = make_delegation(power, council)
    ballot = ask(council, power)
    sign_in_with(client, "desk.run")
    path = reverse("desk_ballots:ballot", args=[ballot.ref.number])

    assert "Resolution 7" in client.get(path).content.decode()
    actions.revoke(delegation=delegation, starts_on=FIRST + DAY, reason="No longer", **WHO)
    assert "does not hold the power" in client.get(path).content.decode()


def test_the_desk_writes_powers_down_delegates_and_revokes(client, assembly, council):
    sign_in_with(client, "desk.run")
    days = {"starts_on": FIRST.isoformat()}
    client.post(
        reverse("desk_powers:new", args=[assembly.pk]),
        {"name_en": "Admit members", "name_zh": "接纳会员", "rests_on": "Statutes, article 9", **days},
    )
    power = Power.objects.get()
    into = reverse("desk_powers:delegate", args=[power.pk])
    said = {"to": council.pk, "rests_on": "Resolution 7", "is_public": "on", **days}
    wrong = client.post(into, said | {"decision": "BAL-0000-000"})
    client.post(into, said | {"decision": council.ref.number})
    delegation = Delegation.objects.get()
    page = client.get(reverse("desk_bodies:body", args=[council.ref.number])).content.decode()
    client.post(
        reverse("desk_powers:revoke", args=[delegation.pk]),
        {"starts_on": MAY.isoformat(), "reason": "No longer"},
    )
    client.post(reverse("desk_powers:end", args=[power.pk]), {"ends_on": MAY.isoformat()})

    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["decision"])
    assert "Admit members" in page and "delegated by Assembly" in page
    delegation.refresh_from_db()
    assert (delegation.decision, delegation.ends_on, delegation.revoked) == (
        council.ref,
        MAY - DAY,
        "No longer",
    )
    power.refresh_from_db()
    assert power.ends_on == MAY


@pytest.mark.parametrize("size", [1, 3])
def test_panels_cost_the_same_for_many(django_assert_num_queries, assembly, council, size):
    for n in range(size):
        make_delegation(make_power(assembly, name=f"Power {n}"), council)
    reader = make_actor("desk.read")
    with django_assert_num_queries(2):
        assert len(powers(assembly.pk, reader, MAY).lines) == size
        assert len([str(line.label) for line in delegations(council.pk, reader, MAY).lines]) == size

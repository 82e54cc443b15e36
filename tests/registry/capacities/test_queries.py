from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from secretariat.foundation.accounts.actions import give_grant, name_assistant, withdraw_assistant
from secretariat.foundation.accounts.actor import Actor, Capacity, NotAllowed
from secretariat.registry.capacities import queries
from secretariat.registry.capacities.queries import Principal, Provider, actor_for, capacities_of
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account

ANNA, BO, CHEN = (UUID(int=n) for n in (1, 2, 3))
COMMITTEE = UUID(int=9)
SIT = Capacity("body.sit", "test:1", scope_id=COMMITTEE, body_id=COMMITTEE)
CHAIR = Capacity("body.chair", "test:1", scope_id=COMMITTEE, body_id=COMMITTEE)
SPEAK = Capacity("member.represent", "test:2")


SEATS = Provider(
    "SELECT asked.id, v.source, v.scope, NULL::uuid, v.word, ARRAY['one', 'more'] "
    f"FROM asked, (VALUES ('{ANNA}'::uuid, '{UUID(int=1)}'::uuid, '{COMMITTEE}'::uuid, 'both')) "
    "AS v (person, source, scope, word) WHERE v.person = asked.id",
    lambda row: [
        Capacity(right, f"test:{row.source.int}", scope_id=row.scope, body_id=row.scope)
        for right in ("body.sit", "body.chair", "body.sit")
        if (row.other, row.word, row.words) == (None, "both", ("one", "more"))
    ],
)
MEMBERS = Provider(
    f"SELECT id, id, id, id, NULL::text, NULL::text[] FROM asked WHERE id IN ('{ANNA}', '{BO}') "
    "AND %(on)s < date '2030-01-01'",
    lambda row: [Capacity("member.represent", "test:2")],
)


@pytest.fixture
def asked(monkeypatch):
    """Two providers, one of them only for a time."""
    monkeypatch.setattr(queries, "_PROVIDERS", {})
    queries.register_provider("seats", SEATS)
    queries.register_provider("members", MEMBERS)


@pytest.mark.django_db
def test_everybody_and_every_provider_is_asked_about_in_one_statement(asked, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = capacities_of([ANNA, BO, CHEN], TODAY)
    assert found == {ANNA: (CHAIR, SIT, SPEAK), BO: (SPEAK,), CHEN: ()}
    assert capacities_of([BO], date(2030, 1, 1)) == {BO: ()}


def test_nobody_is_asked_about_nobody(asked):
    assert capacities_of([], TODAY) == {}  # without a database


def test_a_name_is_registered_once(asked):
    with pytest.raises(ValueError, match="'seats' is registered twice"):
        queries.register_provider("seats", MEMBERS)
    assert list(queries.providers()) == ["seats", "members"]


@pytest.mark.django_db
def test_an_actor_has_what_the_record_gives_and_what_was_granted_that_day(asked):
    account = make_account()
    grant = give_grant(
        account=account,
        right="desk.run",
        starts_on=TODAY,
        ends_on=TODAY,
        reason="duty",
        actor=INSTALLER,
        now=NOW,
    )
    granted = Capacity("desk.run", f"accounts.grant:{grant.pk}")

    def capacities(on):
        return actor_for(account_id=account.pk, person_id=ANNA, on=on, door="page").capacities

    assert capacities(TODAY) == (CHAIR, SIT, SPEAK, granted)
    assert capacities(TODAY + timedelta(days=1)) == (CHAIR, SIT, SPEAK)
    assert actor_for(account_id=account.pk, person_id=None, on=TODAY, door="api") == Actor(
        account_id=account.pk, capacities=(granted,), door="api"
    )


@pytest.fixture
def assistance(asked):
    anna, helper = make_account(), make_account()
    given = name_assistant(
        assistant=helper,
        tasks=["member.represent"],
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=10),
        actor=Actor(account_id=anna.pk),
        now=NOW,
    )
    return anna, helper, given


def act(anna, helper, on):
    return actor_for(
        account_id=helper.pk, person_id=BO, on=on, door="page", principal=Principal(anna.pk, ANNA)
    )


@pytest.mark.django_db
def test_an_assistant_acts_within_the_tasks_and_both_accounts_are_kept(assistance):
    anna, helper, _ = assistance

    actor = act(anna, helper, TODAY)

    assert (actor.account_id, actor.acting_for_id, actor.person_id) == (helper.pk, anna.pk, ANNA)
    assert actor.capacities == (CHAIR, SIT, SPEAK)
    rights = ("member.represent", "body.sit", "body.chair")
    assert {right: actor.has(right, COMMITTEE) for right in rights} == {
        "member.represent": True,
        "body.sit": False,
        "body.chair": False,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date(2022, 5, 31), date(2022, 6, 12)])
def test_an_assistant_acts_only_within_the_term(assistance, on):
    with pytest.raises(NotAllowed, match="not named as an assistant"):
        act(*assistance[:2], on)


@pytest.mark.django_db
def test_nobody_acts_for_a_stranger_or_after_the_withdrawal(assistance):
    anna, helper, given = assistance

    with pytest.raises(NotAllowed):
        act(helper, anna, TODAY)
    withdraw_assistant(
        assistance=given, actor=Actor(account_id=anna.pk), now=datetime(2022, 6, 2, tzinfo=UTC)
    )
    with pytest.raises(NotAllowed):
        act(anna, helper, TODAY)


@pytest.mark.django_db
def test_an_actor_costs_one_statement_and_an_assistant_two(assistance, django_assert_num_queries):
    anna, helper, _ = assistance

    with django_assert_num_queries(1):
        actor_for(account_id=anna.pk, person_id=ANNA, on=TODAY, door="page")
    with django_assert_num_queries(2):
        act(anna, helper, TODAY)

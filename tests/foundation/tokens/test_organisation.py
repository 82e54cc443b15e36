"""Tokens of the organisation: who makes them, what they may, who answers, and how they end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actions import set_active
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.tokens import queries
from secretariat.foundation.tokens.actions import (
    OVERLAP,
    hand_over_token,
    remind_of_expiry,
    renew_token,
    revoke_token,
)
from secretariat.foundation.tokens.actions import make_service_token as make
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.scopes import scopes_open_to
from secretariat.record.tasks.rules import can_plan, can_see_tasks
from secretariat.registry.refs.timeline import timeline_of
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.people import make_person
from tests.factories.tasks import make_task
from tests.factories.tokens import make_service_token, make_staff, make_token

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def keeper():
    return make_actor("system.administer", account=make_account())


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("account", flat=True))


def test_it_acts_for_nobody_with_its_scopes_alone():
    token, secret = make_service_token("public.read", "desk.read")
    actor = queries.actor_of_service(queries.token_of(secret, LATER))

    assert (actor.account_id, actor.person_id, actor.door) == (None, None, "api")
    assert (actor.token_id, actor.responsible_id) == (token.pk, token.responsible_id)
    assert [capacity.right for capacity in actor.capacities] == ["desk.read"]
    assert can_see_tasks(actor) and not can_plan(actor)
    assert "desk.run" not in scopes_open_to(actor)


def test_its_rights_are_not_those_of_who_answers():
    _token, secret = make_service_token("desk.run", responsible=make_staff("desk.read"))

    assert can_plan(queries.actor_of_service(queries.token_of(secret, LATER)))


def test_it_outlives_who_answers_for_it():
    token, secret = make_service_token()
    set_active(account=token.responsible, is_active=False, reason="Left", actor=INSTALLER, now=LATER)

    assert queries.token_of(secret, LATER) == token


def test_making_one_is_kept_and_told_to_who_answers_and_who_watches():
    watching = make_staff("security.administer")
    token, _secret = make_service_token("desk.read")

    act = Act.objects.get(verb="service_token_made")
    assert act.subject_id == token.pk
    assert act.detail == {"scopes": ["desk.read"], "answers": str(token.responsible_id)}
    assert told("service_token_made") == {token.responsible_id, watching.pk}


@pytest.mark.parametrize(
    ("rights", "who"),
    [
        (["desk.run"], {}),
        (["security.administer"], {}),
        (["audit.read"], {}),
        (["system.administer"], {"acting_for_id": uuid4()}),
        (["system.administer"], {"door": "api"}),
        (["system.administer"], {"account": None}),
    ],
    ids=["desk", "security", "auditor", "assistant", "by a token", "nobody"],
)
def test_the_system_administrator_alone_makes_renews_and_hands_over(rights, who):
    token, _secret = make_service_token()
    actor = make_actor(*rights, **{"account": make_account(), **who})
    staff, acts = make_staff().pk, Act.objects.count()

    with pytest.raises(NotAllowed):
        make(name="X", scopes=["desk.read"], days=9, responsible=staff, actor=actor, now=LATER)
    with pytest.raises(NotAllowed):
        renew_token(token=token, days=9, actor=actor, now=LATER)
    with pytest.raises(NotAllowed):
        hand_over_token(token=token, responsible=staff, actor=actor, now=LATER)
    with pytest.raises(NotAllowed):
        revoke_token(token=token, actor=actor, now=LATER)
    assert Act.objects.count() == acts


@pytest.mark.parametrize(
    ("scopes", "days"),
    [([], 9), (["my.read"], 9), (["accounts.read"], 9), (["desk.read", "my.write"], 9), (["desk.read"], 366)],
)
def test_no_service_token_has_what_is_somebodys_own_or_holds_too_long(scopes, days):
    with pytest.raises(ValueError, match=r"scope|year"):
        make(name="X", scopes=scopes, days=days, responsible=make_staff().pk, actor=keeper(), now=NOW)
    assert not Token.objects.exists()


def test_the_database_refuses_what_no_action_does():
    token, _secret = make_service_token()

    for wrong in ({"scopes": ["my.read"]}, {"responsible": None}, {"account": token.responsible}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.filter(pk=token.pk).update(**wrong)


def test_who_answers_is_on_the_staff():
    with pytest.raises(ValueError, match="secretariat"):
        make_service_token(responsible=make_account())


def test_a_token_of_ones_own_is_no_service_token():
    token, _secret = make_token()

    with pytest.raises(NotAllowed):
        renew_token(token=token, days=9, actor=keeper(), now=LATER)
    assert not queries.visible_service_tokens(keeper()).exists()


class TestRenewing:
    def test_the_old_secret_holds_for_a_day_more(self):
        token, old = make_service_token("desk.read")
        new, secret = renew_token(token=token, days=180, actor=keeper(), now=LATER)

        assert (new.name, new.scopes, new.responsible, new.replaces) == (
            token.name, token.scopes, token.responsible, token,
        )  # fmt: skip
        assert queries.token_of(old, LATER + OVERLAP - timedelta(seconds=1)) == token
        assert queries.token_of(old, LATER + OVERLAP) is None
        assert queries.token_of(secret, LATER + timedelta(days=179)) == new
        assert told("service_token_renewed") == {token.responsible_id}
        assert Act.objects.get(verb="service_token_renewed").detail == {"replaces": str(token.pk)}

    def test_the_end_that_was_near_is_not_put_off(self):
        token, old = make_service_token(days=1)
        renew_token(token=token, days=9, actor=keeper(), now=NOW + timedelta(hours=23))

        assert queries.token_of(old, NOW + timedelta(days=1)) is None

    def test_it_is_renewed_once_and_not_after_its_end(self):
        token, _old = make_service_token()
        renew_token(token=token, days=9, actor=keeper(), now=LATER)
        ended, _secret = make_service_token()
        revoke_token(token=ended, actor=keeper(), now=LATER)
        expired, _secret = make_service_token(days=1)

        for each, now in ((token, LATER), (ended, LATER), (expired, NOW + timedelta(days=1))):
            with pytest.raises(WrongState):
                renew_token(token=each, days=9, actor=keeper(), now=now)


def test_handing_over_tells_the_next():
    token, _secret = make_service_token()
    before, after = token.responsible_id, make_staff()
    hand_over_token(token=token, responsible=after.pk, actor=keeper(), now=LATER)

    assert Token.objects.get().responsible == after
    assert told("service_token_given") == {after.pk}
    detail = Act.objects.get(verb="service_token_handed_over").detail
    assert detail == {"before": str(before), "answers": str(after.pk)}


@pytest.mark.parametrize("who", ["keeper", "responsible"])
def test_who_keeps_them_and_who_answers_may_end_one(who):
    token, secret = make_service_token()
    actor = keeper() if who == "keeper" else make_actor(account=token.responsible)
    revoke_token(token=queries.get_token_for(actor, token.pk), actor=actor, now=LATER)

    assert queries.token_of(secret, LATER) is None
    assert Act.objects.filter(verb="service_token_revoked", subject_id=token.pk).count() == 1


@pytest.mark.parametrize(
    ("right", "sees"),
    [
        ("system.administer", True), ("security.administer", True), ("audit.read", True), ("desk.run", False),
        ("desk.read", False),
    ],
)  # fmt: skip
def test_who_sees_them(right, sees):
    token, _secret = make_service_token()
    actor = make_actor(right, account=make_account())

    assert list(queries.visible_service_tokens(actor)) == ([token] if sees else [])


def test_i_see_what_i_answer_for(django_assert_num_queries):
    token, _secret = make_service_token()
    make_service_token()

    with django_assert_num_queries(1):
        assert queries.service_tokens_of(make_actor(account=token.responsible), LATER) == [token]
    assert queries.service_tokens_of(make_actor(), LATER) == []


def test_the_end_is_told_two_weeks_before_and_once():
    own, _secret = make_token(days=30)
    service, _secret = make_service_token(days=30)
    replaced, _secret = make_service_token(days=30)
    make_token(days=60)
    renew_token(token=replaced, days=90, actor=keeper(), now=NOW)
    at = NOW + timedelta(days=16)

    assert remind_of_expiry(now=at - timedelta(seconds=1)) == 0
    assert remind_of_expiry(now=at) == 2
    remind_of_expiry(now=at + timedelta(days=1))
    assert told("token_expires") == {own.account_id}
    assert told("service_token_expires") == {service.responsible_id}
    assert Notice.objects.filter(kind__endswith="token_expires").count() == 2


def test_the_trail_shows_the_token_and_who_answered(django_assert_num_queries):
    responsible = make_staff("desk.run")
    make_person("Ada", "Example", account=responsible)
    _token, secret = make_service_token("desk.run", responsible=responsible, name="Directory")
    actor = queries.actor_of_service(queries.token_of(secret, LATER))
    task = make_task(actor=actor)

    act = Act.objects.get(verb="task_set")
    assert (act.account_id, act.door) == (None, "api")
    assert act.detail == {"token": str(actor.token_id), "responsible": str(responsible.pk)}
    assert [event.who for event in timeline_of([task.pk])] == [
        "service token “Directory”, for which Ada Example answers"
    ]
    with audit.act("task_changed", actor=actor, now=LATER, subject=task):
        pass
    with django_assert_num_queries(3):
        timeline_of([task.pk])

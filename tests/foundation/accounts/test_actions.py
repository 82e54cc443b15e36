from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts import actions, queries
from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.accounts.models import Account, Assistance, Grant
from secretariat.foundation.audit.models import Act
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def give(account, actor=INSTALLER, right="desk.run", starts_on=TODAY, **kw):
    return actions.give_grant(
        account=account, right=right, starts_on=starts_on, reason="test", actor=actor, now=NOW, **kw
    )


def name(principal, assistant, tasks=("calls.apply",), ends_on=TODAY + DAY, **kw):
    return actions.name_assistant(
        assistant=assistant, tasks=tasks, starts_on=TODAY, ends_on=ends_on,
        actor=make_actor(account=principal, **kw), now=NOW,
    )  # fmt: skip


def test_an_account_is_made_without_a_password_and_stands_in_the_audit():
    account = actions.register_account(email="Ada@EXAMPLE.org", language="zh-hans", actor=INSTALLER, now=NOW)

    account = Account.objects.get(pk=account.pk)
    assert (account.email, account.language, account.has_usable_password()) == (
        "ada@example.org",
        "zh-hans",
        False,
    )
    act = Act.objects.get()
    assert (act.verb, act.subject_id, act.door) == ("account_registered", account.pk, "command")
    assert account.is_staff is False


def test_an_address_belongs_to_one_account():
    make_account("ada@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_account("ada@example.org")


# (right of who gives, door) -> whether a right may be given.
GIVING = [
    ("system.run", "page", True),
    ("security.administer", "page", True),
    ("system.administer", "page", False),
    ("desk.run", "page", False),
    ("audit.read", "api", False),
    ("desk.run", "command", True),
    ("desk.run", "task", False),
]


@pytest.mark.parametrize(("right", "door", "allowed"), GIVING)
def test_who_may_give_a_right(right, door, allowed):
    account, giver = make_account(), make_actor(right, door=door)

    if allowed:
        assert give(account, giver).right == "desk.run"
    else:
        with pytest.raises(NotAllowed):
            give(account, giver)
    assert Grant.objects.count() == allowed


def test_a_right_that_comes_from_the_record_is_not_given_by_hand():
    with pytest.raises(ValueError, match=r"'body\.chair' is not a right given by hand"):
        give(make_account(), right="body.chair")


def test_a_grant_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError, match="grant_ends_after_start"), transaction.atomic():
        give(make_account(), ends_on=TODAY - DAY)


def test_grants_hold_from_their_first_to_their_last_day():
    account = make_account()
    give(account, right="desk.read", ends_on=TODAY + DAY)
    give(account, right="desk.run", starts_on=TODAY + 2 * DAY)

    held = {
        day: {g.right for g in queries.grants_of([account.pk], TODAY + day * DAY)} for day in range(-1, 4)
    }

    assert held == {-1: set(), 0: {"desk.read"}, 1: {"desk.read"}, 2: {"desk.run"}, 3: {"desk.run"}}


@pytest.mark.parametrize("count", [1, 3])
def test_grants_are_asked_for_in_one_statement(count, django_assert_num_queries):
    accounts = [make_account() for _ in range(count)]
    for account in accounts:
        give(account)

    with django_assert_num_queries(1):
        assert len(queries.grants_of([account.pk for account in accounts], TODAY)) == count


def test_an_assistant_is_named_for_a_term_and_withdrawn_at_once():
    principal, assistant = make_account(), make_account()

    assistance = name(principal, assistant, tasks=["files.read", "calls.apply"])

    assert assistance.tasks == ["calls.apply", "files.read"]
    between = {
        day: queries.assistance_between(principal.pk, assistant.pk, TODAY + day * DAY)
        for day in (-1, 0, 1, 2)
    }
    assert between == {-1: None, 0: assistance, 1: assistance, 2: None}
    assert queries.assistance_between(assistant.pk, principal.pk, TODAY) is None
    actions.withdraw_assistant(assistance=assistance, actor=make_actor(account=principal), now=NOW)
    assert queries.assistance_between(principal.pk, assistant.pk, TODAY) is None
    assert set(Act.objects.filter(subject_id=assistance.pk).values_list("verb", "account_id")) == {
        ("assistant_named", principal.pk),
        ("assistant_withdrawn", principal.pk),
    }


def test_nobody_votes_for_another():
    principal, assistant = make_account(), make_account()

    with pytest.raises(ValueError, match=r"ballots\.cast"):
        name(principal, assistant, tasks=["calls.apply", "ballots.cast"])
    with pytest.raises(IntegrityError, match="assistance_never_for_ballots"), transaction.atomic():
        Assistance.objects.create(
            principal=principal, assistant=assistant, tasks=["ballots.cast"], starts_on=TODAY, ends_on=TODAY
        )


def test_only_who_signed_in_for_herself_names_an_assistant():
    principal, assistant = make_account(), make_account()

    with pytest.raises(NotAllowed):
        name(principal, assistant, acting_for_id=make_account().pk)
    with pytest.raises(NotAllowed):
        name(None, assistant)
    with pytest.raises(IntegrityError, match="assistance_of_another"), transaction.atomic():
        name(principal, principal)
    with pytest.raises(IntegrityError, match="assistance_has_term"), transaction.atomic():
        name(principal, assistant, ends_on=date(2020, 1, 1))


def test_only_the_two_of_them_end_an_assistance():
    principal, assistant = make_account(), make_account()
    assistance = name(principal, assistant)
    acting = make_actor(account=assistant, acting_for_id=principal.pk)

    for other in (Actor(), acting, make_actor("desk.run", account=make_account())):
        with pytest.raises(NotAllowed):
            actions.withdraw_assistant(assistance=assistance, actor=other, now=NOW)

    assistance.refresh_from_db()
    assert assistance.withdrawn_at is None
    actions.withdraw_assistant(assistance=assistance, actor=make_actor(account=assistant), now=NOW)
    assistance.refresh_from_db()
    assert assistance.withdrawn_at == NOW

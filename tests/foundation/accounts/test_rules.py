"""Who may what with accounts: right x act, and who is meant by herself."""

import pytest

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Account, Assistance
from tests.factories.accounts import make_actor

ME, OTHER = Account(email="me@example.org"), Account(email="other@example.org")

# right -> (administers security, reads accounts, invites)
TABLE = {
    "desk.run": (False, False, True),
    "desk.read": (False, False, False),
    "audit.read": (False, True, False),
    "security.administer": (True, True, True),
    "system.administer": (False, False, False),
    "system.run": (True, True, True),
    "body.chair": (False, False, False),
}


@pytest.mark.parametrize("right", TABLE)
def test_what_a_right_lets(right):
    actor = make_actor(right, account=ME)

    assert (
        rules.can_administer_security(actor),
        rules.can_read_accounts(actor),
        rules.can_invite(actor),
    ) == TABLE[right]


def test_the_command_line_may_and_a_stranger_may_not():
    assert rules.can_administer_security(Actor(door="command"))
    assert not any(
        rule(Actor())
        for rule in (
            rules.can_administer_security,
            rules.can_read_accounts,
            rules.can_invite,
            rules.can_name_assistant,
        )
    )


def test_nobody_gives_herself_a_right():
    actor = make_actor("security.administer", account=ME)

    assert (rules.can_give_grant(actor, ME), rules.can_give_grant(actor, OTHER)) == (False, True)


def test_how_an_account_signs_in_is_its_owners_own():
    me, assistant = make_actor(account=ME), make_actor(account=ME, acting_for_id=OTHER.pk)

    assert rules.is_herself(me, ME.pk)
    assert not any([rules.is_herself(me, OTHER.pk), rules.is_herself(assistant, ME.pk)])
    assert not rules.can_name_assistant(assistant)


def test_an_assistance_is_ended_from_either_side_in_person():
    assistance = Assistance(principal_id=ME.pk, assistant_id=OTHER.pk)
    ends = {
        "principal": make_actor(account=ME),
        "assistant": make_actor(account=OTHER),
        "assistant acting": make_actor(account=OTHER, acting_for_id=ME.pk),
        "desk": make_actor("desk.run", account=Account()),
        "stranger": Actor(),
    }

    allowed = {name for name, actor in ends.items() if rules.can_withdraw_assistant(actor, assistance)}
    assert allowed == {"principal", "assistant"}

import pytest

from secretariat.foundation.accounts.actor import Capacity
from secretariat.foundation.accounts.rules import can_administer_security, can_read_accounts
from secretariat.foundation.tokens.scopes import SCOPES, narrowed, scopes_open_to
from tests.factories.accounts import make_actor

SEAT = ("review.sit", "organisation.represent")
GIVEN = ("desk.run", "desk.read", "audit.read", "security.administer", "system.administer", "system.run")


@pytest.mark.parametrize(
    ("scopes", "left"),
    [
        ([], set()),
        (["public.read"], set()),
        (["my.read"], {*SEAT}),
        (["my.write"], {*SEAT}),
        (["desk.read"], {"desk.read"}),
        (["desk.run"], {"desk.run"}),
        (["accounts.read"], {"accounts.read"}),
        (list(SCOPES), {*SEAT, "desk.read", "desk.run", "accounts.read"}),
    ],
)
def test_scopes_leave_only_their_part(scopes, left):
    actor = narrowed(make_actor(*SEAT, *GIVEN), scopes)

    assert {capacity.right for capacity in actor.capacities} == left


@pytest.mark.parametrize(
    ("rights", "left"),
    [([], ()), (["desk.read"], ("desk.read",)), (["desk.run"], ("desk.read", "desk.run")), ([*SEAT], ())],
)
def test_a_scope_gives_nothing_its_owner_does_not_hold(rights, left):
    actor = narrowed(make_actor(*rights), ["desk.read", "desk.run"])

    assert tuple(capacity.right for capacity in actor.capacities) == left


def test_who_runs_the_desk_may_let_a_program_only_read():
    actor = narrowed(make_actor("desk.run"), ["desk.read"])

    assert actor.capacities == (Capacity("desk.read", "test"),)


@pytest.mark.parametrize(
    ("rights", "scopes"),
    [
        ([], ["public.read", "my.read", "my.write"]),
        (["desk.read"], ["public.read", "my.read", "my.write", "desk.read"]),
        (["desk.run"], ["public.read", "my.read", "my.write", "desk.read", "desk.run"]),
        (["security.administer"], ["public.read", "my.read", "my.write", "accounts.read"]),
        (["audit.read"], ["public.read", "my.read", "my.write", "accounts.read"]),
    ],
)
def test_whoever_makes_a_token_chooses_among_her_own(rights, scopes):
    assert scopes_open_to(make_actor(*rights)) == scopes


def test_a_scope_for_accounts_reads_them_and_no_more():
    actor = narrowed(make_actor("security.administer"), ["accounts.read"])

    assert can_read_accounts(actor) and not can_administer_security(actor) and not actor.has("audit.read")

"""Rights given by hand exclude each other, end with a reason and are told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actions import end_grant, give_grant
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.logic import APART, RIGHTS
from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.accounts.queries import grants_of
from secretariat.foundation.audit.models import Act
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def give(account, right, starts_on=TODAY, ends_on=None, actor=INSTALLER):
    return give_grant(
        account=account,
        right=right,
        starts_on=starts_on,
        ends_on=ends_on,
        reason="test",
        actor=actor,
        now=NOW,
    )


@pytest.mark.parametrize("first", APART)
@pytest.mark.parametrize("second", RIGHTS)
def test_nobody_holds_two_administrators_rights(first, second):
    account = make_account()
    give(account, first)

    if second in APART and second != first:
        with pytest.raises(ValueError, match="another administrator's right"):
            give(account, second)
    else:
        give(account, second)

    assert {grant.right for grant in grants_of([account.pk], TODAY)} <= {first, second}


def test_the_database_itself_refuses_two():
    account = make_account()
    give(account, "audit.read")

    with pytest.raises(IntegrityError, match="grant_administrators_apart"), transaction.atomic():
        Grant.objects.create(account=account, right="security.administer", starts_on=TODAY, reason="x")


def test_one_after_the_other_is_allowed_and_so_are_two_accounts():
    account, other = make_account(), make_account()
    give(account, "audit.read", ends_on=TODAY)

    give(account, "security.administer", starts_on=TODAY + DAY)
    give(other, "security.administer")

    with pytest.raises(ValueError, match="another administrator's right"):
        give(account, "system.administer", starts_on=TODAY - DAY, ends_on=TODAY)


def test_a_right_ends_at_once_and_makes_room_for_another():
    account = make_account()
    grant = give(account, "audit.read", starts_on=TODAY - DAY)

    end_grant(grant=grant, reason="moved on", actor=INSTALLER, now=NOW)

    held = [[g.right for g in grants_of([account.pk], TODAY + n * DAY)] for n in (-1, 0, 1)]
    assert held == [["audit.read"], [], []]
    give(account, "system.administer")
    act = Act.objects.get(verb="grant_ended")
    assert (act.subject_id, act.detail) == (grant.pk, {"right": "audit.read"})


def test_ending_needs_a_reason_and_happens_once():
    grant = give(make_account(), "desk.run")

    with pytest.raises(ValueError, match="Say why"):
        end_grant(grant=grant, reason=" ", actor=INSTALLER, now=NOW)
    end_grant(grant=grant, reason="x", actor=INSTALLER, now=NOW)
    with pytest.raises(WrongState):
        end_grant(grant=grant, reason="x", actor=INSTALLER, now=NOW)


def test_who_administers_security_gives_to_others_only():
    me = make_account()
    actor = make_actor("security.administer", account=me)

    give(make_account(), "desk.read", actor=actor)
    with pytest.raises(NotAllowed):
        give(me, "desk.read", actor=actor)
    with pytest.raises(NotAllowed):
        end_grant(grant=Grant.objects.get(), reason="x", actor=make_actor("desk.run", account=me), now=NOW)

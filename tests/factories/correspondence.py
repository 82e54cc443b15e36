from datetime import date

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.record.correspondence.actions import (
    To,
    draft_letter,
    put_up,
    register_incoming,
    send_letter,
    sign,
)
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.people import make_person

TO = To(name="Example Institute 001", email="office@example.org")


def make_staff(right="desk.run", **kw):
    """A person of the staff, with an account and the right that says so."""
    account = make_account()
    give_grant(account=account, right=right, starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    return make_person(account=account, **kw)


def as_staff(person, **kw):
    return Actor(
        account_id=person.account_id, person_id=person.pk, capacities=(Capacity("desk.run", "test"),), **kw
    )


def make_incoming(*, by=None, subject="A question", **kw):
    said = {"subject": subject, "sender": "Example Institute 001", "received_on": date(2022, 5, 30), **kw}
    return register_incoming(**said, actor=as_staff(by or make_staff()), now=NOW)


def make_letter(*, by=None, signer=None, recipients=(TO,), subject="An answer", text="We thank you.", **kw):
    by, signer = by or make_staff(), signer or make_staff()
    return draft_letter(
        subject=subject, text=text, recipients=recipients, signer=signer, actor=as_staff(by), now=NOW, **kw
    )


def make_letter_for_signature(**kw):
    letter = make_letter(**kw)
    return put_up(letter=letter, actor=as_staff(letter.drafter), now=NOW)


def make_signed_letter(**kw):
    letter = make_letter_for_signature(**kw)
    return sign(letter=letter, actor=as_staff(letter.signer), now=NOW)


def make_sent_letter(**kw):
    letter = make_signed_letter(**kw)
    return send_letter(letter=letter, actor=as_staff(letter.drafter), now=NOW)

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.record.correspondence import actions, queries
from secretariat.record.correspondence.models import Letter, Recipient, Wording
from secretariat.registry.refs.models import RefLink
from tests.factories.accounts import NOW, make_actor
from tests.factories.correspondence import (
    TO,
    as_staff,
    make_incoming,
    make_letter,
    make_letter_for_signature,
    make_staff,
)

pytestmark = pytest.mark.django_db


def test_a_letter_comes_in_and_is_answered_by_one_that_another_signs():
    drafter, signer = make_staff(), make_staff()
    came = make_incoming(owner=drafter)
    letter = make_letter(by=drafter, signer=signer, answers=came)

    actions.put_up(letter=letter, actor=as_staff(drafter), now=NOW)
    actions.sign(letter=letter, actor=as_staff(signer), now=NOW)
    actions.send_letter(letter=letter, actor=as_staff(drafter), now=NOW)

    letter.refresh_from_db()
    came.refresh_from_db()
    assert (letter.ref.number, letter.state, letter.signed_at, letter.sent_at) == (
        "OUT-2022-001",
        "sent",
        NOW,
        NOW,
    )
    assert (came.ref.number, came.state) == ("IN-2022-001", "answered")
    assert RefLink.objects.get().target_id == came.ref_id
    assert queries.still_as_signed(letter)
    assert list(Act.objects.filter(subject_id=letter.pk).order_by("id").values_list("verb", flat=True)) == [
        "letter_drafted", "letter_put_up", "letter_signed", "letter_sent",
    ]  # fmt: skip
    assert set(Notice.objects.filter(kind__startswith="letter").values_list("kind", "account_id")) == {
        ("letter_to_answer", drafter.account_id), ("letter_to_sign", signer.account_id),
    }  # fmt: skip


def test_nobody_signs_her_own_letter_nor_one_meant_for_another():
    drafter = make_staff()
    letter = make_letter_for_signature(by=drafter)

    for person in (drafter, make_staff()):
        with pytest.raises(NotAllowed):
            actions.sign(letter=letter, actor=as_staff(person), now=NOW)


def test_an_assistant_never_signs():
    signer = make_staff()
    letter = make_letter_for_signature(signer=signer)

    with pytest.raises(NotAllowed):
        actions.sign(letter=letter, actor=as_staff(signer, acting_for_id=signer.account_id), now=NOW)


def test_the_database_refuses_a_signature_of_the_drafter():
    letter = make_letter()

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(signer=letter.drafter)


@pytest.mark.parametrize("model", [Wording, Recipient])
def test_the_database_keeps_what_was_put_up_as_it_was(model):
    letter = make_letter_for_signature()
    column = {Wording: "text", Recipient: "name"}[model]

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(letter=letter).update(**{column: "Something else"})


def test_a_letter_is_sent_back_changed_and_put_up_again():
    letter = make_letter_for_signature()
    drafter, signer = letter.drafter, letter.signer

    actions.send_back(letter=letter, remark="Name the date.", actor=as_staff(signer), now=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.remark) == ("draft", "Name the date.")
    actions.change_letter(
        letter=letter, subject="An answer", text="On 3 June.", language="en", signer=signer, due_on=None,
        recipients=None, actor=as_staff(drafter), now=NOW,
    )  # fmt: skip
    actions.put_up(letter=letter, actor=as_staff(drafter), now=NOW)

    letter = queries.get_letter_for(as_staff(drafter), letter.ref.number)
    assert (letter.state, letter.remark, letter.wording.text) == ("for_signature", "", "On 3 June.")
    assert [r.name for r in letter.recipients.all()] == [TO.name]


@pytest.mark.parametrize(
    ("kw", "why"), [({"text": " "}, "needs a text"), ({"recipients": ()}, "a recipient")]
)
def test_an_unfinished_letter_is_not_put_up(kw, why):
    letter = make_letter(**kw)

    with pytest.raises(ValueError, match=why):
        actions.put_up(letter=letter, actor=as_staff(letter.drafter), now=NOW)


def test_only_a_signed_letter_goes_out():
    letter = make_letter_for_signature()

    with pytest.raises(WrongState):
        actions.send_letter(letter=letter, actor=as_staff(letter.drafter), now=NOW)


def test_a_dropped_draft_keeps_its_number():
    drafter = make_staff()
    letter = make_letter(by=drafter)

    actions.drop_letter(letter=letter, reason="Said by telephone", actor=as_staff(drafter), now=NOW)

    assert make_letter(by=drafter).ref.number == "OUT-2022-002"


def test_what_needs_no_answer_is_closed_with_a_reason():
    came = make_incoming()
    staff = as_staff(make_staff())

    with pytest.raises(ValueError, match="reason"):
        actions.close_incoming(letter=came, reason="", actor=staff, now=NOW)
    actions.close_incoming(letter=came, reason="Advertisement", actor=staff, now=NOW)

    came.refresh_from_db()
    assert came.state == "closed"


@pytest.mark.parametrize("rights", [(), ("desk.read",)])
def test_only_the_secretariat_writes(rights):
    actor = make_actor(*rights, person=make_staff())

    with pytest.raises(NotAllowed):
        actions.draft_letter(subject="x", text="x", recipients=[TO], actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.register_incoming(subject="x", sender="x", received_on=NOW.date(), actor=actor, now=NOW)

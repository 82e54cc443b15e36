import pytest

from secretariat.foundation.accounts.actor import SYSTEM, Actor
from secretariat.record.publications import rules
from secretariat.registry.refs.actions import Party, add_parties
from tests.factories.accounts import make_actor
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.publications import applicant_of, make_item, make_publication

pytestmark = pytest.mark.django_db


def everybody(item, organisation):
    person, honoured = applicant_of(item), make_person()
    add_parties(ref=item, parties=[Party("honoured", person_id=honoured.pk)])
    assisted = {"person_id": person.pk, "acting_for_id": person.account_id}
    return {
        "nobody": Actor(),
        "system": SYSTEM,
        "desk.read": make_actor("desk.read"),
        "desk.run": make_actor("desk.run"),
        "applicant": Actor(person_id=person.pk),
        "somebody else": Actor(person_id=make_person().pk),
        "a party with another part": Actor(person_id=honoured.pk),
        "representative": make_actor("organisation.represent", scope_id=organisation.pk),
        "representative of another": make_actor("organisation.represent", scope_id=make_organisation().pk),
        "assistant who may approve": Actor(tasks=frozenset({"publications.approve"}), **assisted),
        "assistant with another task": Actor(tasks=frozenset({"calls.apply"}), **assisted),
    }


ALLOWED = {
    "run": {"desk.run"},
    "lapse": {"desk.run", "system"},
    "answer": {"applicant", "representative", "assistant who may approve"},
}


def test_who_may_do_what():
    organisation = make_organisation()
    item = make_item(organisation=organisation)
    entry = make_publication([item]).entries.get()
    actors = everybody(item, organisation)
    asked = {
        "run": rules.can_run_publications,
        "lapse": rules.can_lapse_proofs,
        "answer": lambda actor: rules.can_answer_proof(actor, entry),
    }

    assert {
        act: {who for who, actor in actors.items() if may(actor)} for act, may in asked.items()
    } == ALLOWED

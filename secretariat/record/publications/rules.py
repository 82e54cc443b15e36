from secretariat.foundation.accounts.actor import SYSTEM, Actor
from secretariat.record.publications.models import PublicationEntry


def can_run_publications(actor: Actor) -> bool:
    return actor.has("desk.run")


def can_lapse_proofs(actor: Actor) -> bool:
    """The secretariat, or the platform itself when the announced day has come."""
    return can_run_publications(actor) or actor.door == SYSTEM.door


def can_answer_proof(actor: Actor, entry: PublicationEntry) -> bool:
    """Whoever has a part in the item as its applicant, or represents an organisation that has."""
    for party in entry.item.parties.all():
        if party.role != "applicant":
            continue
        if party.person_id is not None and party.person_id == actor.person_id:
            return actor.tasks is None or "publications.approve" in actor.tasks
        if party.organisation_id and actor.has("organisation.represent", party.organisation_id):
            return True
    return False

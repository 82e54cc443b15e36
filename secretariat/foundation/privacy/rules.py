from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.rules import can_administer_security
from secretariat.foundation.privacy.models import Erasure, Export


def can_ask(actor: Actor) -> bool:
    """Whoever is signed in, about herself and in person: an assistant is handed nothing of it."""
    return actor.account_id is not None and actor.acting_for_id is None and actor.door == "page"


def is_her_export(actor: Actor, export: Export) -> bool:
    """Her own copy, in person."""
    return can_ask(actor) and actor.account_id == export.account_id


def is_her_wish(actor: Actor, erasure: Erasure) -> bool:
    """Her own wish, in person."""
    return can_ask(actor) and actor.account_id == erasure.account_id


def can_enter_wish(actor: Actor) -> bool:
    """Who runs the desk enters what came by letter; who administers security too."""
    return actor.has("desk.run") or can_administer_security(actor)


def can_read_wishes(actor: Actor) -> bool:
    """Who keeps accounts, who works at the desk, and who reads the trail."""
    return can_enter_wish(actor) or actor.has("desk.read") or actor.has("audit.read")


def can_erase(actor: Actor, person_id: UUID | None, account_id: UUID | None) -> bool:
    """Who administers security, and nobody herself: two people see that somebody is forgotten."""
    herself = (account_id is not None and actor.account_id == account_id) or (
        person_id is not None and actor.person_id == person_id
    )
    return can_administer_security(actor) and not herself


def can_read_disclosures(actor: Actor) -> bool:
    """Everybody's: who reads the trail."""
    return actor.has("audit.read")


def can_apply_retention(actor: Actor) -> bool:
    """Whoever has a shell on the machine, and who administers security: she forgets people too."""
    return can_administer_security(actor)

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.preferences.models import SavedView


def can_save_view(actor: Actor) -> bool:
    """Whoever is signed in."""
    return actor.account_id is not None


def owns_view(actor: Actor, view: SavedView) -> bool:
    """The account that saved it, and nobody else."""
    return actor.account_id is not None and actor.account_id == view.account_id

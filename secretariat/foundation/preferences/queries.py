from uuid import UUID

from django.db.models import QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.preferences.models import SavedView


def visible_views(actor: Actor) -> QuerySet[SavedView]:
    """Return the actor's own views, list by list and by name."""
    if actor.account_id is None:
        return SavedView.objects.none()
    return SavedView.objects.filter(account=actor.account_id).order_by("table", "name")


def get_view_for(actor: Actor, key: UUID) -> SavedView | None:
    """Return one of the actor's views; None for what is not hers or not there."""
    return visible_views(actor).filter(pk=key).first()

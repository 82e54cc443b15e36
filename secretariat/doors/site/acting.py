"""Who comes in through the pages."""

from django.http import HttpRequest
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.capacities.queries import actor_for
from secretariat.registry.people.queries import people_of_accounts


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request: asked once, kept with it. A stranger costs no statement."""
    if not hasattr(request, "_actor"):
        request._actor = _find_actor(request)
    return request._actor


def _find_actor(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated:
        return Actor()
    person = people_of_accounts([account.pk]).get(account.pk)
    return actor_for(account_id=account.pk, person_id=person, on=timezone.now().date(), door="page")

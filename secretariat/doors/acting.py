"""Who comes in through the pages: kept with the request, asked for once and only when somebody wants to know."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.accounts.doors import ACTING_FOR
from secretariat.registry.capacities.queries import Principal, actor_for
from secretariat.registry.people.queries import people_of_accounts


def actor_middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request its ``actor``. A stranger costs no statement."""

    def give_actor(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: find_actor(request))
        return answer(request)

    return give_actor


def find_actor(request: HttpRequest) -> Actor:
    """Return who acts in this request: herself, or as an assistant for whoever she chose to act for."""
    account = request.user
    if not account.is_authenticated:
        return Actor()
    principal = request.session.get(ACTING_FOR)
    asked = [account.pk, UUID(principal)] if principal else [account.pk]
    people, on = people_of_accounts(asked), timezone.now().date()
    if principal:
        try:
            return actor_for(
                account_id=account.pk, person_id=people.get(account.pk), on=on, door="page",
                principal=Principal(UUID(principal), people.get(UUID(principal))),
            )  # fmt: skip
        except NotAllowed:  # the assistance ended meanwhile: she is herself again
            del request.session[ACTING_FOR]
    return actor_for(account_id=account.pk, person_id=people.get(account.pk), on=on, door="page")

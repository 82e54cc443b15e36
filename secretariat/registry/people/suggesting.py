from collections.abc import Iterator

from django.utils.timezone import localdate

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.people.queries import listed_people, named
from secretariat.registry.refs.suggesting import Suggestion


def people(actor: Actor, text: str, most: int) -> Iterator[Suggestion]:
    """People by number or name in any script, with where each is today. One statement."""
    rows = listed_people(actor, localdate())
    for word in text.split():
        rows = rows.filter(named(word))
    for person in rows.order_by("sort_key", "pk")[:most]:
        yield Suggestion(
            person.ref.number, str(person), person.organisation_name or str(person.country or "")
        )

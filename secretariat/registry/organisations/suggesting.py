from collections.abc import Iterator

from django.db.models import Q

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.organisations.logic import fold
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import visible_organisations
from secretariat.registry.refs.suggesting import Suggestion


def organisations(actor: Actor, text: str, most: int) -> Iterator[Suggestion]:
    """Organisations by number, acronym or a piece of a name, with their country. One statement."""
    named = Q(ref__number__istartswith=text) | Q(acronym__iexact=text) | Q(name_zh__contains=text)
    named |= Q(sort_key__contains=fold(text)) if fold(text) else Q(name_en__icontains=text)
    rows = visible_organisations(actor).filter(named, canonical=None).select_related("ref", "country")
    for row in rows.order_by("sort_key", "pk")[:most]:
        yield Suggestion(row.ref.number, str(row), _about(row))


def _about(row: Organisation) -> str:
    return str(row.country or row.get_kind_display())

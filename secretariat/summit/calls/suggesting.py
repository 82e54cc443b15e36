from collections.abc import Iterator

from django.db.models import Q

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import text as here
from secretariat.registry.refs.suggesting import Suggestion
from secretariat.summit.calls.queries import handed_in


def submissions(actor: Actor, text: str, most: int) -> Iterator[Suggestion]:
    """What was handed in, by number or a piece of its title, the latest first. One statement."""
    named = Q(ref__number__istartswith=text) | Q(title_en__icontains=text) | Q(title_zh__contains=text)
    for row in handed_in(actor).filter(named).order_by("-submitted_at", "pk")[:most]:
        yield Suggestion(row.ref.number, here(row, "title"), str(row.organisation or row.person))

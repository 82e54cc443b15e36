from collections.abc import Iterator

from django.db.models import Q

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.correspondence.queries import visible_incoming, visible_letters
from secretariat.registry.refs.suggesting import Suggestion


def letters(actor: Actor, text: str, most: int) -> Iterator[Suggestion]:
    """Letters in and out by number or subject, with their other side, the latest first. Two statements."""
    came_in = Q(ref__number__istartswith=text) | Q(subject__icontains=text) | Q(sender__icontains=text)
    goes_out = Q(ref__number__istartswith=text) | Q(wording__subject__icontains=text)
    for row in visible_incoming(actor).filter(came_in).order_by("-ref__number")[:most]:
        yield Suggestion(row.ref.number, row.subject, row.sender)
    for letter in visible_letters(actor).filter(goes_out)[:most]:
        yield Suggestion(letter.ref.number, letter.wording.subject, letter.first_recipient or "")

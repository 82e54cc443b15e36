from django import template

from secretariat.registry.refs.models import Ref
from secretariat.registry.refs.panels import address_of

register = template.Library()


@register.filter
def desk_path(ref: Ref) -> str:
    """Where a reference leads at the desk; empty where it has no page."""
    return address_of(ref.kind, ref.number)

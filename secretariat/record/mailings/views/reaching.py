from django.http import Http404, HttpRequest

from secretariat.record.mailings import queries
from secretariat.record.mailings.models import Mailing


def found_or_404(request: HttpRequest, number: str) -> Mailing:
    """The mailing with this number, or 404."""
    found = queries.get_mailing_for(request.actor, number)
    if found is None:
        raise Http404
    return found

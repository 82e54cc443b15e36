from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.governance.admissions.queries import certificate_by
from secretariat.governance.membership.queries import categories_by_key
from secretariat.governance.membership.standing import conditions_on, stands_of
from secretariat.governance.membership.states import Standing


@require_safe
@kept_for_strangers
def join(request: HttpRequest) -> HttpResponse:
    """How to become a member: what each category asks and gives today, and where to apply."""
    conditions = conditions_on(timezone.localdate())
    rows = [(category, conditions.get(category.pk)) for category in categories_by_key().values()]
    return render(request, "site/join.html", {"rows": rows})


@require_safe
def certificate(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """Whether a certificate is true, and how the member stands today."""
    found = certificate_by(number, digest)
    if found is None:
        raise Http404
    today = timezone.localdate()
    stands = stands_of([found.member_id], today)[found.member_id]
    context = {"certificate": found, "stands": stands, "standing": Standing(stands.standing), "today": today}
    return render(request, "site/certificate.html", context)

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.my.mine import capacities_in_words, my_notices, my_submissions
from secretariat.foundation.accounts.doors import signed_in
from secretariat.registry.people.models import Person
from secretariat.summit.review.queries import my_assignments

SHOWN = 50


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Who I am here, as what I act and from where that comes, and what waits for me."""
    actor = request.actor
    assignments = list(my_assignments(actor)[:SHOWN])
    context = {
        "person": Person.objects.filter(pk=actor.person_id).select_related("ref", "country").first(),
        "capacities": capacities_in_words(actor),
        "assignments": assignments,
        "waiting": sum(row.state == "assigned" for row in assignments),
        "submissions": my_submissions(actor)[:SHOWN],
        "notices": my_notices(actor, SHOWN),
    }
    return render(request, "my/home.html", context)

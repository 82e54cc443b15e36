from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.my.mine import duties_by_day, my_notices
from secretariat.foundation.accounts.doors import signed_in
from secretariat.record.tasks.duties import duties_of
from secretariat.registry.people.models import Person
from secretariat.summit.calls import queries as calls
from secretariat.summit.calls.following import with_next_step
from secretariat.summit.review.queries import my_assignments

SHOWN, NOTICES = 20, 5


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, by day; what I handed in and what follows; what I was told."""
    actor, now = request.actor, timezone.now()
    readings = list(my_assignments(actor).filter(state="assigned")[: SHOWN + 1])
    context = {
        "person": Person.objects.filter(pk=actor.person_id).select_related("ref", "country").first(),
        "groups": duties_by_day(duties_of(actor, "my", now), now),
        "readings": readings[:SHOWN],
        "has_more_readings": len(readings) > SHOWN,
        "submissions": with_next_step(
            calls.mine(actor).select_related("call__edition").defer("draft")[:SHOWN], now
        ),
        "notices": my_notices(actor, NOTICES),
        "calls": calls.open_calls(now),
        "now": now,
    }
    return render(request, "my/home.html", context)

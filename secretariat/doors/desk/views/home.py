from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.desk.cockpit import cockpits, late_milestones
from secretariat.doors.desk.signs import signs
from secretariat.foundation.accounts.doors import desk_only
from secretariat.record.tasks.duties import duties_of

SHOWN = 12


@require_safe
@desk_only
def home(request: HttpRequest) -> HttpResponse:
    """What needs me, by day; and how the edition in preparation stands."""
    now = timezone.now()
    duties, ahead = duties_of(request.actor, "desk", now), cockpits(now)
    context = {
        "duties": duties[:SHOWN], "more": duties[SHOWN:], "number": len(duties), "now": now, "cockpits": ahead,
        "late": {cockpit.edition.pk: late_milestones(cockpit, now.date()) for cockpit in ahead},
        "signs": list(signs(request.actor, ahead, now)), "today": now.date(),
    }  # fmt: skip
    return render(request, "desk/home.html", context)

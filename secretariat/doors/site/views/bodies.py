from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site import sitting
from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.governance.advice.queries import published_opinions
from secretariat.governance.ballots.procedures import rules_in_words
from secretariat.governance.ballots.queries import procedure_of
from secretariat.governance.bodies.composition import composition_of
from secretariat.governance.bodies.forms import AsOfForm
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import public_bodies
from secretariat.governance.bodies.sessions import line_of, sessions_of
from secretariat.governance.meetings.queries import public_meetings
from secretariat.governance.minutes.queries import published_resolutions
from secretariat.governance.powers.queries import powers_of, public_delegations

LATEST = 10


@require_safe
@kept_for_strangers
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies whose composition is public."""
    return render(request, "site/bodies.html", {"bodies": public_bodies(timezone.localdate())})


@require_safe
@kept_for_strangers
def body(request: HttpRequest, key: str) -> HttpResponse:
    """One body as it was composed on a day: who held its seats, which were vacant, who came before and after."""
    today = timezone.localdate()
    asked = AsOfForm(request.GET or None, today=today, last=today)
    found = public_bodies(today).filter(key=key).first()
    if found is None:
        raise Http404
    composed = composition_of(found, asked.day, known_by=today)
    context = {
        "body": found, "asked": asked, "composed": composed, "today": today,
        "lines": sitting.lines_of(composed, today), **_known_of(found, asked.day, today),
    }  # fmt: skip
    return render(request, "site/body.html", context)


def _known_of(found: Body, on: date, today: date) -> dict[str, Any]:
    """What everybody may know of a body on a day besides who sat in it. Its sessions are told as of today."""
    sessions = sessions_of([found.pk])[found.pk] if found.meets_every_years else ()
    procedure = procedure_of(found, on)
    return {
        "line": line_of(found, [each for each in sessions if each.is_public], today),
        "powers": powers_of(found.pk, on), "delegations": public_delegations(found.pk, on),
        "procedure": rules_in_words(procedure) if procedure else (),
        "opinions": published_opinions(found.pk)[:LATEST],
        "meetings": public_meetings().filter(body=found)[:LATEST],
        "resolutions": published_resolutions().filter(body=found)[:LATEST],
    }  # fmt: skip

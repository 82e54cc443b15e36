from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.calendars import TYPE, calendar_of
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.queries import public_meetings
from secretariat.governance.meetings.showing import agenda_rows
from secretariat.governance.meetings.views.agenda import file_of
from secretariat.governance.minutes.queries import published_resolutions

ANYBODY = Actor()
MOST = 200


@require_safe
@kept_for_strangers
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that everybody may know of: those to come, the next first, and those that were."""
    rows, over = list(public_meetings()[:MOST]), ("closed", "cancelled")
    context = {
        "coming": [row for row in reversed(rows) if row.state not in over],
        "past": [row for row in rows if row.state in over],
    }
    return render(request, "site/meetings.html", context)


@require_safe
@kept_for_strangers
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """A public meeting: what of its agenda and its papers everybody may see."""
    found = _get(number)
    context = {"meeting": found, "rows": agenda_rows(ANYBODY, found)}
    if found.state == "closed":
        context["resolutions"] = published_resolutions().filter(item__meeting=found.pk)
    return render(request, "site/meeting.html", context)


@require_safe
def calendar(request: HttpRequest, number: str) -> HttpResponse:
    """The meeting for the reader's own calendar."""
    found = _get(number)
    url = request.build_absolute_uri(reverse("site:meeting", args=[number]))
    made = calendar_of(found, url=url, language=get_language() or "en", now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{found.ref.number}.ics"'}
    return HttpResponse(made, content_type=TYPE, headers=headers)


@require_safe
def paper(request: HttpRequest, number: str, paper: int, language: str) -> HttpResponseBase:
    """A public paper as it reads in a language."""
    return file_of(ANYBODY, _get(number), paper, language)


def _get(number: str) -> Meeting:
    found = public_meetings().filter(ref__number=number).first()
    if found is None:
        raise Http404
    return found

"""What every view of minutes begins with: the thing the reader may see, or 404; and refusals told in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.files.queries import open_file
from secretariat.governance.meetings.views.agenda import kept as kept_file
from secretariat.governance.minutes import queries, rules
from secretariat.governance.minutes.actions import close_action
from secretariat.governance.minutes.forms import CloseForm
from secretariat.governance.minutes.models import Minutes, Paragraph, Resolution
from secretariat.record.tasks.models import Task

View = Callable[..., HttpResponse]


def minutes_for(request: HttpRequest, number: str) -> Minutes:
    """The minutes with this number, for whoever may see them."""
    try:
        return queries.get_minutes_for(request.actor, number)
    except Minutes.DoesNotExist:
        raise Http404 from None


def resolution_for(request: HttpRequest, number: str) -> Resolution:
    """The resolution with this number, for whoever may see it."""
    try:
        return queries.get_resolution_for(request.actor, number)
    except Resolution.DoesNotExist:
        raise Http404 from None


def paragraph_in(request: HttpRequest, minutes: Minutes, pk: UUID) -> Paragraph:
    """A paragraph of these minutes that the reader may see."""
    for row in queries.paragraphs_seen_by(request.actor, minutes):
        if row.pk == pk:
            row.minutes = minutes
            return row
    raise Http404


def kept(view: View) -> View:
    """Give the view the minutes that the reader keeps, or reads at the desk; for others there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **named: Any) -> HttpResponse:
        found = minutes_for(request, number)
        found.may_keep = rules.can_keep(request.actor, found.meeting.body)
        if not (found.may_keep or rules.reads_minutes_of(request.actor, found.meeting.body)):
            raise Http404
        return view(request, found, **named)

    return signed_in(guarded)


def registered(view: View) -> View:
    """Give the view the resolution whose register the reader keeps, or reads at the desk."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **named: Any) -> HttpResponse:
        found = resolution_for(request, number)
        found.may_keep = rules.can_keep(request.actor, found.body)
        if not (found.may_keep or rules.reads_minutes_of(request.actor, found.body)):
            raise Http404
        return view(request, found, **named)

    return signed_in(guarded)


def keeping(thing: Minutes | Resolution) -> None:
    """Answer that there is no such page to whoever only reads it."""
    if not thing.may_keep:
        raise Http404


def who(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": request.actor, "now": timezone.now()}


def doing(request: HttpRequest, act: Callable[[], Any], said: str = "") -> None:
    """Do something for a button, and tell what is refused."""
    try:
        act()
        messages.success(request, said or _("Done."))
    except REFUSALS as refused:
        messages.error(request, str(refused))


def closing(request: HttpRequest) -> CloseForm:
    """The form that closes an action."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return CloseForm(*sent, actor=request.actor)


def close(request: HttpRequest, found: Resolution, task: Task, form: CloseForm) -> None:
    """Close an action with what shows it; a file that came with the form is kept first, in the same act."""
    told, now = form.cleaned_data, timezone.now()
    with transaction.atomic():
        file = kept_file(told["file"], request) if told["file"] else None
        close_action(
            resolution=found, task=task, outcome=told["outcome"], shown_by=told["shown_by"], file=file,
            actor=request.actor, now=now,
        )  # fmt: skip


def evidence_of(request: HttpRequest, found: Resolution, pk: UUID) -> HttpResponseBase:
    """Answer with a file that shows an action; to whoever may not read it, there is no such page."""
    if (file := queries.evidence_file(request.actor, found, pk)) is None:
        raise Http404
    stream = open_file(request.actor, file)
    return FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.media_type)


def data_of(request: HttpRequest) -> Any:
    """What was sent, for a form; None where nothing was."""
    return request.POST if request.method == "POST" else None

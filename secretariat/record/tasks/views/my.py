from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import signed_in
from secretariat.record.tasks import actions, planning, queries
from secretariat.record.tasks.forms import EndForm

SHOWN = 100


@require_safe
@signed_in
def tasks(request: HttpRequest) -> HttpResponse:
    """What the secretariat has given me to do."""
    today = timezone.localdate()
    mine = queries.visible_tasks(request.actor).filter(owner=request.actor.person_id)
    waiting, ended = mine.filter(state="open")[:SHOWN], mine.exclude(state="open").order_by("-ended_at")[:20]
    context = {"groups": planning.by_day(waiting, today, ended=False), "ended": ended, "today": today}
    return render(request, "tasks/my_tasks.html", context)


@signed_in
def task(request: HttpRequest, number: str) -> HttpResponse:
    """One task of mine; saying that it is done."""
    found = queries.get_task_for(request.actor, number)
    if found is None or found.owner_id != request.actor.person_id:
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.finish_task(
            task=found, outcome=form.cleaned_data["outcome"], actor=request.actor, now=timezone.now()
        )
        messages.success(request, _("Done: %(title)s") % {"title": found.title})
        return redirect("my_tasks:tasks")
    return render(request, "tasks/my_task.html", {"task": found, "form": form, "today": timezone.localdate()})

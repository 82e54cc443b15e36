from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.record.tasks import actions, planning, queries
from secretariat.record.tasks.forms import EndForm, NewTaskForm, TaskForm
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.tables import TasksTable
from secretariat.registry.people.timeline import timeline_of
from secretariat.registry.refs.models import Ref


@require_safe
@desk_only
def tasks(request: HttpRequest) -> HttpResponse:
    """One queue: what is late first, then by day; filtered, ordered, taken out, and many at once."""
    today = timezone.localdate()
    counts = queries.count_open(request.actor, today)
    return TasksTable(request.actor, today).respond(request, "tasks/desk_tasks.html", {"counts": counts})


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Set a task; ``?from=NUMBER`` says what it comes from."""
    today = timezone.localdate()
    origin = Ref.objects.filter(number=request.GET.get("from", "")).first()
    form = NewTaskForm(request.POST or None, today=today, initial={"origin": origin})
    if request.method == "POST" and form.is_valid():
        task = actions.add_task(**form.cleaned_data, actor=request.actor, now=timezone.now())
        messages.success(request, _("%(number)s is set.") % {"number": task.ref.number})
        return redirect("desk_tasks:task", task.ref.number)
    return render(
        request, "tasks/desk_form.html", {"form": form, "origin": origin}, status=422 if form.errors else 200
    )


@require_safe
@desk_only
def task(request: HttpRequest, number: str) -> HttpResponse:
    """One task: what, whose, by when, from where, and what has happened to it."""
    found = _get(request, number)
    context = {
        "task": found,
        "events": timeline_of([found.pk]),
        "form": EndForm(),
        "today": timezone.localdate(),
    }
    return render(request, "tasks/desk_task.html", context)


@admitting("desk.run")
def change(request: HttpRequest, number: str) -> HttpResponse:
    found = _get(request, number)
    form = TaskForm(request.POST or None, instance=found, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        kept = _get(request, number)
        actions.change_task(task=kept, **form.cleaned_data, actor=request.actor, now=timezone.now())
        return redirect("desk_tasks:task", number)
    context = {"form": form, "task": found, "origin": found.origin}
    return render(request, "tasks/desk_form.html", context, status=422 if form.errors else 200)


@require_POST
@desk_only
def end(request: HttpRequest, number: str, state: str) -> HttpResponse:
    """Finish, drop or reopen a task."""
    found, outcome = _get(request, number), request.POST.get("outcome", "").strip()
    who = {"actor": request.actor, "now": timezone.now()}
    if state == "done":
        actions.finish_task(task=found, outcome=outcome, **who)
    elif state == "open":
        actions.reopen_task(task=found, **who)
    elif outcome:
        actions.drop_task(task=found, reason=outcome, **who)
    else:
        messages.error(request, _("Say why it is dropped."))
    return redirect("desk_tasks:task", number)


@require_safe
@desk_only
def plan(request: HttpRequest) -> HttpResponse:
    """The work plan of the editions ahead: milestones and tasks by month."""
    today = timezone.localdate()
    context = {"plans": planning.work_plans(request.actor, today), "today": today}
    return render(request, "tasks/desk_plan.html", context)


def _get(request: HttpRequest, number: str) -> Task:
    found = queries.get_task_for(request.actor, number)
    if found is None:
        raise Http404
    return found

"""What a reviewer does: declare, read, hand in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.queries import open_file
from secretariat.summit.calls.queries import content_for
from secretariat.summit.review import actions, queries
from secretariat.summit.review.forms import AsideForm, DeclarationForm, DeclineForm, ReviewForm
from secretariat.summit.review.models import Assignment
from secretariat.summit.review.views.answering import REFUSALS, attempt, found_or_404
from secretariat.summit.review.views.content import answers_of


@require_safe
@found_or_404
def queue(request: HttpRequest) -> HttpResponse:
    """What I have to read, call by call; what I have still to declare comes first."""
    queues = queries.my_queues(request.actor)
    calls = queries.calls_to_judge(request.actor)
    context = {
        "queues": [each for each in queues if not each.is_over],
        "past": [each for each in queues if each.is_over],
        "to_declare": [call for call in calls if not call.is_declared],
        "declared": [call for call in calls if call.is_declared],
        "now": timezone.now(),
    }  # fmt: skip
    return render(request, "review/my_queue.html", context)


@found_or_404
def declare(request: HttpRequest, key: str) -> HttpResponse:
    """Say once, for all items of a call, which of them I may not judge, and sign its undertaking."""
    call = queries.get_call_to_judge(request.actor, key)
    relations = queries.my_relations(request.actor, call)
    related = {relation.submission_id for relation in relations if relation.state != "cleared"}
    items = [item for item in queries.items_to_judge(call) if item.pk not in related]
    data = request.POST if request.method == "POST" else None
    form = DeclarationForm(data, items=items, undertaking=call.undertaking_digest)
    if form.is_bound and form.is_valid():
        reasons = form.reasons()
        told = ngettext(
            "Thank you. You stand aside from %(n)d item.", "Thank you. You stand aside from %(n)d items.", len(reasons)
        ) % {"n": len(reasons)}  # fmt: skip
        acting = {"call": call, "reasons": reasons, "signs": form.cleaned_data["undertaking"]}
        who = {"actor": request.actor, "now": timezone.now()}
        if attempt(request, lambda: actions.declare_conflicts(**acting, **who), told):
            return redirect("my_review:queue")
    context = {"call": call, "form": form, "relations": relations}
    return render(request, "review/my_declare.html", context, status=422 if form.errors else 200)


@found_or_404
def read(request: HttpRequest, key: str, stage: str, number: str) -> HttpResponse:
    """The item beside its review. What is kept is a draft of mine alone; what is handed in stands."""
    assignment = queries.get_reading(request.actor, key, stage, number)
    complete = request.POST.get("act") == "hand_in"
    form = review_form(request, assignment, complete=complete)
    if form.is_bound and form.is_valid() and keep(request, assignment, form, hand_in=complete):
        return onward(request, assignment) if complete else redirect(request.path)
    context = {
        "assignment": assignment, "item": assignment.submission, "call": assignment.stage.call, "form": form,
        "aside": AsideForm(), "declining": DeclineForm(), **position_of(request, assignment), "now": timezone.now(),
        "answers": answers_of(assignment.submission, content_of(request, assignment)),
    }  # fmt: skip
    return render(request, "review/my_read.html", context, status=422 if form.errors else 200)


def review_form(request: HttpRequest, assignment: Assignment, *, complete: bool) -> ReviewForm:
    criteria = list(assignment.stage.call.criterions.order_by("position"))
    draft = getattr(assignment, "draft", None)
    data = request.POST if request.method == "POST" and assignment.state == "assigned" else None
    return ReviewForm(data, criteria=criteria, complete=complete, draft=draft)


def keep(request: HttpRequest, assignment: Assignment, form: ReviewForm, *, hand_in: bool) -> bool:
    act = actions.hand_in_review if hand_in else actions.save_review_draft
    told = _("Your review of %(number)s is handed in.") if hand_in else _("Your draft on %(number)s is kept.")
    return attempt(
        request,
        lambda: act(
            assignment=assignment, **form.written(), actor=request.actor, now=timezone.now()
        ),
        told % {"number": assignment.submission.ref.number},
    )  # fmt: skip


def onward(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """To the next item at once, or to the page that says what comes next."""
    stage = assignment.stage
    queue = queries.my_queues(request.actor, stage)
    if not queue or queue[0].next is None:
        return redirect("my_review:done", stage.call.key, stage.key)
    return redirect("my_review:read", stage.call.key, stage.key, queue[0].next.submission.ref.number)


def position_of(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """Where this item stands in the queue, with its neighbours."""
    [queue] = queries.my_queues(request.actor, assignment.stage)
    order = [*queue.waiting, *queue.done]
    at = next(place for place, row in enumerate(order) if row.pk == assignment.pk)
    return {
        "queue": queue,
        "previous": order[at - 1] if at else None,
        "next": order[at + 1] if at + 1 < len(order) else None,
    }


def content_of(request: HttpRequest, assignment: Assignment) -> Any:
    """What a reviewer may read of the item; that she may read more elsewhere does not count here."""
    return content_for(
        Actor(request.actor.account_id), assignment.submission, now=timezone.now(), reviewer=True
    )


@require_POST
@found_or_404
def draft(request: HttpRequest, key: str, stage: str, number: str) -> HttpResponse:
    """Keep what is written so far, while it is being written."""
    try:
        assignment = queries.get_reading(request.actor, key, stage, number)
        form = review_form(request, assignment, complete=False)
        if not form.is_valid():
            return JsonResponse({"message": _("Not saved: a score is off the scale.")}, status=422)
        actions.save_review_draft(
            assignment=assignment, **form.written(), actor=request.actor, now=timezone.now()
        )
    except REFUSALS as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({})


@require_POST
@found_or_404
def step_aside(request: HttpRequest, key: str, stage: str, number: str) -> HttpResponse:
    """Declare a conflict while reading: the item leaves the queue at once."""
    assignment = queries.get_reading(request.actor, key, stage, number)
    form = AsideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you step aside."))
        return redirect("my_review:read", key, stage, number)
    told = _("You stand aside from %(number)s. It has left your queue.") % {"number": number}
    acting = {"submission": assignment.submission, "explanation": form.cleaned_data["reason"]}
    who = {"actor": request.actor, "now": timezone.now()}
    if attempt(request, lambda: actions.declare_conflict(**acting, **who), told):
        return onward(request, assignment)
    return redirect("my_review:read", key, stage, number)


@require_POST
@found_or_404
def accept(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Say that I shall read what I was given in a stage."""
    found = [q for q in queries.my_queues(request.actor) if (q.stage.call.key, q.stage.key) == (key, stage)]
    if found:
        acting = {"stage": found[0].stage, "actor": request.actor, "now": timezone.now()}
        attempt(
            request, lambda: actions.accept_readings(**acting), _("Thank you. The secretariat counts on you.")
        )
    return redirect("my_review:queue")


@require_POST
@found_or_404
def decline(request: HttpRequest, key: str, stage: str, number: str) -> HttpResponse:
    """Give an item back that no conflict keeps me from, but something else."""
    assignment = queries.get_reading(request.actor, key, stage, number)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you decline."))
        return redirect("my_review:read", key, stage, number)
    told = _("You have declined %(number)s. It has left your queue.") % {"number": number}
    acting = {"assignment": assignment, "reason": form.cleaned_data["reason"]}
    who = {"actor": request.actor, "now": timezone.now()}
    if attempt(request, lambda: actions.decline_reading(**acting, **who), told):
        return onward(request, assignment)
    return redirect("my_review:read", key, stage, number)


@require_safe
@found_or_404
def file(request: HttpRequest, key: str, stage: str, number: str, pk: UUID) -> FileResponse:
    """A file that was handed in with the item, as far as a reader of it may see it."""
    assignment = queries.get_reading(request.actor, key, stage, number)
    found = queries.get_file_of_item(request.actor, assignment.submission, pk)
    beside = found.media_type == "application/pdf"
    return FileResponse(open_file(request.actor, found), as_attachment=not beside, filename=found.name)


@require_safe
@found_or_404
def done(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """All is handed in: what comes next."""
    found = [q for q in queries.my_queues(request.actor) if (q.stage.call.key, q.stage.key) == (key, stage)]
    if not found or found[0].next is not None or found[0].sealed:
        return redirect("my_review:queue")
    queue = found[0]
    later = queue.stage.call.stages.filter(position__gt=queue.stage.position).select_related("authority")
    context = {
        "queue": queue,
        "call": queue.stage.call,
        "stage": queue.stage,
        "later": later.order_by("position"),
    }
    return render(request, "review/my_done.html", context)

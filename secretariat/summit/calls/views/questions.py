from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only, signed_in
from secretariat.foundation.files.actions import FileRefused, store_file
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import open_file
from secretariat.record.tasks.queries import end_of
from secretariat.summit.calls import actions, asking
from secretariat.summit.calls.forms import AnswerForm, QuestionForm
from secretariat.summit.calls.models import Question
from secretariat.summit.calls.states import QuestionState
from secretariat.summit.calls.views.desk import handed_in
from secretariat.summit.calls.views.reaching import own_submission, refusals_told


@signed_in
@refusals_told
def answer(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """A question to me, and my answer to it."""
    question = asking.own_question(request.actor, number, pk)
    if question is None:
        raise Http404
    form = AnswerForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid() and _kept(request, question, form):
        messages.success(request, _("Your answer is with the secretariat."))
        return redirect("my_calls:submission", number)
    context = {
        "question": question, "submission": question.submission, "call": question.submission.call, "form": form,
        "now": timezone.now(), "is_open": question.state != QuestionState.SETTLED,
        "thread": [one for one in asking.thread_of(question.submission) if one.pk == question.pk],
    }  # fmt: skip
    return render(request, "calls/answer.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, question: Question, form: AnswerForm) -> bool:
    now = timezone.now()
    try:
        files = [_stored(request, each) for each in form.handed_in()]
    except FileRefused as refused:
        form.add_error(None, str(refused))
        return False
    actions.answer_question(
        question=question, text=form.cleaned_data["text"], files=files, actor=request.actor, now=now
    )
    return True


def _stored(request: HttpRequest, sent: object) -> File:
    if isinstance(sent, File):
        return sent
    return store_file(
        stream=sent, name=sent.name, allowed_types=(), limit=settings.FILE_SIZE_LIMIT, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip


@require_safe
@signed_in
def file(request: HttpRequest, number: str, file: str) -> FileResponse:
    """A file I sent with an answer."""
    return _opened(request, asking.file_of_answer(own_submission(request, number), file))


@admitting("desk.run")
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the applicant something, with a day."""
    found = handed_in(number)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {
            "text": form.cleaned_data["text"],
            "due_at": end_of(form.cleaned_data["due_on"], found.call.zone),
        }
        try:
            actions.ask_applicant(submission=found, **given, actor=request.actor, now=timezone.now())
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The applicant is told."))
            return redirect("desk_calls:submission", number)
    context = {"submission": found, "call": found.call, "form": form}
    return render(request, "calls/desk_ask.html", context, status=422 if form.errors else 200)


@require_POST
@admitting("desk.run")
def settle(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """Close a question."""
    question = asking.question_at_desk(request.actor, number, pk)
    if question is None:
        raise Http404
    try:
        actions.settle_question(question=question, actor=request.actor, now=timezone.now())
    except REFUSALS as refused:
        messages.error(request, str(refused))
    return redirect("desk_calls:submission", number)


@require_safe
@desk_only
def desk_file(request: HttpRequest, number: str, file: str) -> FileResponse:
    """A file that came with an answer."""
    return _opened(request, asking.file_of_answer(handed_in(number), file))


def _opened(request: HttpRequest, named: File | None) -> FileResponse:
    if named is None:
        raise Http404
    return FileResponse(open_file(request.actor, named), as_attachment=True, filename=named.name)

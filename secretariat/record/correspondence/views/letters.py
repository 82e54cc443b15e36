from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.files.queries import open_file
from secretariat.foundation.privacy.actions import disclose
from secretariat.record.correspondence import actions, queries, rules, tabs
from secretariat.record.correspondence.deliveries import deliveries_of, with_deliveries
from secretariat.record.correspondence.forms import LetterForm, ReasonForm
from secretariat.record.correspondence.models import Letter
from secretariat.record.correspondence.setting import PDF, pdf_of
from secretariat.registry.people.timeline import timeline_of
from secretariat.registry.refs.panels import panels_of

PAGE = 50


@require_safe
@desk_only
def letters(request: HttpRequest) -> HttpResponse:
    """What goes out: what I am asked to sign, drafts, what is signed and what has gone."""
    which = request.GET.get("which", "all")
    chosen = queries.visible_letters(request.actor)
    if which == "to_sign":
        chosen = queries.to_sign(request.actor)
    elif which == "returned":
        chosen = queries.returned_letters(request.actor)
    elif which in tabs.OUTGOING:
        chosen = chosen.filter(state=which)
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "letters": with_deliveries(page.object_list),
        "tabs": tabs.of_letters(queries.count_letters(request.actor), which),
        "previous": page.has_previous() and f"?which={which}&page={page.previous_page_number()}",
        "next": page.has_next() and f"?which={which}&page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "correspondence/letters.html", context)


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Draft a letter; ``?answers=NUMBER`` answers one that came in."""
    answers = queries.get_incoming_for(request.actor, request.GET.get("answers", ""))
    begun = {"subject": f"Re: {answers.subject}", "recipients": answers.sender} if answers else None
    form = _form(request, begun)
    if request.method == "POST" and form.is_valid():
        letter = actions.draft_letter(
            **form.cleaned_data, answers=answers, actor=request.actor, now=timezone.now()
        )
        return redirect("desk_correspondence:letter", letter.ref.number)
    context = {"form": form, "answers": answers}
    return render(request, "correspondence/letter_form.html", context, status=422 if form.errors else 200)


@require_safe
@desk_only
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One letter: what it says, to whom, whose turn it is, and what has happened to it."""
    found = _get(request, number)
    _shown(request, found)
    context = {
        "letter": found, "deliveries": deliveries_of(found), "form": ReasonForm(),
        "may_sign": rules.can_sign(request.actor, found), "may_write": rules.can_write(request.actor),
        "as_signed": not found.digest or queries.still_as_signed(found), "events": timeline_of([found.pk]),
        "panels": panels_of("ref", found.ref_id, request.actor, timezone.localdate()),
    }  # fmt: skip
    return render(request, "correspondence/letter.html", context)


@admitting("desk.run")
def change(request: HttpRequest, number: str) -> HttpResponse:
    found = _get(request, number)
    if found.state != "draft":
        raise Http404
    form = _form(request, tabs.as_written(found))
    if request.method == "POST" and form.is_valid():
        actions.change_letter(letter=found, **form.cleaned_data, actor=request.actor, now=timezone.now())
        return redirect("desk_correspondence:letter", number)
    context = {"form": form, "letter": found}
    return render(request, "correspondence/letter_form.html", context, status=422 if form.errors else 200)


@require_safe
@desk_only
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The letter as it is printed and posted."""
    found = _get(request, number)
    _shown(request, found)
    return render(
        request, "correspondence/paper.html", {"letter": found, "recipients": found.recipients.all()[:200]}
    )


@require_safe
@desk_only
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The letter as PDF: as it went out, or as it would."""
    found = _get(request, number)
    _shown(request, found)
    if found.file_id:
        return FileResponse(
            open_file(request.actor, found.file), as_attachment=True, filename=found.file.name
        )
    made = pdf_of(found, list(found.recipients.order_by("name", "pk")))
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"'}
    return HttpResponse(made, content_type=PDF, headers=headers)


VERBS: dict[str, Callable[..., Letter]] = {
    "put-up": actions.put_up,
    "sign": actions.sign,
    "send": actions.send_letter,
}
WITH_REASON: dict[str, tuple[Callable[..., Letter], str]] = {
    "send-back": (actions.send_back, "remark"),
    "drop": (actions.drop_letter, "reason"),
}


@require_POST
@admitting("desk.run")
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Put up, sign, send back, send or drop; what is refused is said on the letter's page."""
    found, who = _get(request, number), {"actor": request.actor, "now": timezone.now()}
    if verb not in {*VERBS, *WITH_REASON}:
        raise Http404
    try:
        if verb in VERBS:
            VERBS[verb](letter=found, **who)
        else:
            action, word = WITH_REASON[verb]
            action(letter=found, **{word: request.POST.get("reason", "")}, **who)
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(number)s: kept.") % {"number": number})
    return redirect("desk_correspondence:letter", number)


def _form(request: HttpRequest, initial: dict | None) -> LetterForm:
    return LetterForm(
        request.POST or None, initial=initial, today=timezone.localdate(), drafter=request.actor.person_id
    )


def _get(request: HttpRequest, number: str) -> Letter:
    found = queries.get_letter_for(request.actor, number)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: Letter) -> None:
    """Those it goes to see who saw their names and addresses on it."""
    owners = list(found.recipients.filter(person__isnull=False).values_list("person", flat=True))
    disclose(
        owners=owners, what="correspondence.recipients", about=found.ref.number, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip

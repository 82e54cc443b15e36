"""Papers that go with a question: read by whoever sees it, brought by whoever could ask it."""

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import open_file
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.advice import actions, forms, queries, rules
from secretariat.governance.advice.models import AdviceRequest, Paper
from secretariat.governance.advice.views.my import find

LARGEST = 50 * 1024 * 1024  # bytes


@require_safe
@signed_in
def file(request: HttpRequest, number: str, paper: int, language: str) -> HttpResponseBase:
    """A paper as it reads in a language."""
    for row in queries.papers_of(find(request, number)):
        for version in row.read:
            if row.number == paper and version.language == language and not row.withdrawn:
                stream, kept = open_file(request.actor, version.file), version.file
                return FileResponse(
                    stream, as_attachment=True, filename=kept.name, content_type=kept.media_type
                )
    raise Http404


@signed_in
def new_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a paper for a question."""
    found = _asked(request, number)

    def save(form: forms.PaperForm) -> str:
        made = actions.add_paper(advice=found, **form.cleaned_data, **_who(request))
        return reverse("desk_advice:new_version", args=[number, made.number])

    form = forms.PaperForm(_sent(request))
    text = _("Next you hand it in, in one language or several.")
    return _change(request, found, form, save, heading=_("New paper"), text=text)


@signed_in
def new_version(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """Hand in a paper in a language, for the first time or anew."""
    found = _asked(request, number)
    row = _paper(found, paper)

    def save(form: forms.VersionForm) -> str:
        told = form.cleaned_data
        with transaction.atomic():
            file = _kept(told["file"], request)
            actions.hand_in_paper(paper=row, language=told["language"], file=file, **_who(request))
        return _path(found)

    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.VersionForm(*sent, actor=request.actor)
    return _change(request, found, form, save, heading=_("Hand in “%(paper)s”") % {"paper": row})


@signed_in
def withdraw_paper(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """Withdraw a paper, with a reason."""
    found = _asked(request, number)
    row = _paper(found, paper)

    def save(form: forms.WithdrawForm) -> str:
        actions.withdraw_paper(paper=row, **form.cleaned_data, **_who(request))
        return _path(found)

    heading = _("Withdraw “%(question)s”") % {"question": row}
    form = forms.WithdrawForm(_sent(request))
    return _change(request, found, form, save, heading=heading, button=_("Withdraw"))


def _asked(request: HttpRequest, number: str) -> AdviceRequest:
    """The request to which the reader may bring papers; for others there is no such page."""
    found = find(request, number)
    if not rules.can_bring_papers(request.actor, found):
        raise Http404
    return found


def _paper(found: AdviceRequest, number: int) -> Paper:
    row = Paper.objects.filter(request=found, number=number).first()
    if row is None:
        raise Http404
    row.request = found
    return row


def _kept(handed_in: Any, request: HttpRequest) -> File:
    """The file that was handed in, kept unless it was sent in pieces before."""
    if isinstance(handed_in, File):
        return handed_in
    return store_file(stream=handed_in, name=handed_in.name, allowed_types=(), limit=LARGEST, **_who(request))


def _change(request: HttpRequest, found: AdviceRequest, form: Any, save: Any, **page: Any) -> HttpResponse:
    crumbs = [
        {"label": _("Advice"), "path": reverse("desk_advice:requests")},
        {"label": found.ref.number, "path": _path(found)},
    ]  # fmt: skip
    return change_page(request, form, save, refusals=REFUSALS, back=_path(found), crumbs=crumbs, **page)


def _path(found: AdviceRequest) -> str:
    return reverse("desk_advice:request", args=[found.ref.number])


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}

"""Late codes: the desk gives them, and an applicant enters hers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.building import LateCodeForm
from secretariat.summit.calls.forms import LateForm
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.views.building import runs_call
from secretariat.summit.calls.views.reaching import own_submission, refusals_told, told, who


@runs_call
def codes(request: HttpRequest, found: Call) -> HttpResponse:
    """The late codes of a call, and a new one: it is shown on the page that follows, and nowhere again."""
    form, given = LateCodeForm(request.POST or None, zone=found.zone), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        terms = {name: said[name] for name in ("reason", "until", "uses")}
        try:
            _made, given = actions.give_late_code(call=found, **terms, **said["applicant"], **who(request))
            form = LateCodeForm(zone=found.zone)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
    context = {
        "call": found, "form": form, "given": given, "codes": queries.late_codes_of(found), "now": timezone.now(),
    }  # fmt: skip
    return render(request, "calls/desk_late.html", context, status=422 if form.errors else 200)


@require_POST
@runs_call
def end(request: HttpRequest, found: Call, pk: str) -> HttpResponse:
    """Call a code back."""
    code = get_object_or_404(found.late_codes, pk=pk)
    with told(request):
        actions.end_late_code(code=code, **who(request))
        messages.success(request, _("Called back."))
    return redirect("desk_calls:late", found.key)


@require_POST
@signed_in
@refusals_told
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """Let what I have begun in, by the code I was given."""
    form = LateForm(request.POST)
    found = own_submission(request, number)
    if not form.is_valid():
        messages.error(request, _("Please enter the code."))
        return redirect("my_calls:submission", number)
    actions.enter_late(submission=found, text=form.cleaned_data["code"], **who(request))
    messages.success(request, _("You are let in: write, and hand in before the code runs out."))
    return redirect("my_calls:write", number)

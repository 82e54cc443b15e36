"""An applicant names members of the committee who are tied to it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.forms import NamingForm
from secretariat.summit.calls.views.reaching import own_submission


@signed_in
def name_conflict(request: HttpRequest, number: str) -> HttpResponse:
    """Say who of the committee should not judge this, and why."""
    found = own_submission(request, number)
    members = queries.members_to_name(found.call, timezone.localdate())
    sent = request.POST if request.method == "POST" else None
    form = NamingForm(sent, people=[(str(each.pk), str(each)) for each in members])
    back = reverse("my_calls:submission", args=[number])

    def save(form: forms.Form) -> str:
        actions.name_conflict(submission=found, **form.cleaned_data, actor=request.actor, now=timezone.now())
        return f"{back}#named"

    crumbs = [
        {"label": _("Submissions"), "path": reverse("my_calls:submissions")},
        {"label": number, "path": back},
    ]
    text = _(
        "Family, money, a dispute, work together: whatever keeps somebody from judging you fairly. The chair of the "
        "committee reads what you write, and decides; the person named learns that there is something, not what."
    )
    page = {"heading": _("Who should not judge this"), "back": back, "crumbs": crumbs, "text": text}
    return change_page(request, form, save, refusals=REFUSALS, **page)

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.doors.my.colleagues import GIVEN, houses_of, spoken_for
from secretariat.doors.my.mine import capacities_in_words
from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.accounts.queries import in_force
from secretariat.registry.people.actions import add_affiliation, end_affiliation
from secretariat.registry.people.models import Affiliation
from secretariat.registry.people.queries import affiliations_of
from secretariat.summit.calls.queries import organisations_represented


@require_safe
@signed_in
def roles(request: HttpRequest) -> HttpResponse:
    """As what I act and where that is recorded, and who does what in the organisations I represent."""
    actor, today = request.actor, timezone.localdate()
    person = actor.person_id
    context = {
        "capacities": capacities_in_words(actor),
        "affiliations": affiliations_of([person], today).get(person, []) if person else [],
        "spoken_for": spoken_for(person, today) if person else [],
        "houses": houses_of(organisations_represented(actor), today),
    }
    return render(request, "my/roles.html", context)


@require_POST
@signed_in
def change(request: HttpRequest, organisation: str, person: str) -> HttpResponse:
    """Give a colleague a role in an organisation I represent, or end one."""
    now, today, role = timezone.now(), timezone.localdate(), request.POST.get("role", "")
    held = Affiliation.objects.filter(
        in_force(today), organisation__ref__number=organisation, person__ref__number=person
    )
    colleague = get_object_or_404(held.select_related("person", "organisation")[:1])
    if role not in GIVEN or not request.actor.has("organisation.represent", colleague.organisation_id):
        raise Http404
    try:
        if request.POST.get("do") == "end":
            ending = get_object_or_404(held, role=role)
            end_affiliation(affiliation=ending, ends_on=today, actor=request.actor, now=now)
            messages.success(request, _("The role ends today."))
        else:
            add_affiliation(
                person=colleague.person, organisation=colleague.organisation, starts_on=today, role=role,
                actor=request.actor, now=now,
            )  # fmt: skip
            messages.success(request, _("The role is given."))
    except (NotAllowed, ValueError) as refused:
        messages.error(request, str(refused))
    return redirect("my:roles")

"""For whoever applies, and for the members asked to stand for them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.admissions import actions, forms, queries
from secretariat.governance.admissions.certificates import path_of, pdf_of
from secretariat.governance.admissions.models import Application
from secretariat.governance.membership.directory import own_members
from secretariat.governance.membership.models import Category
from secretariat.governance.membership.standing import closed_to_applications
from secretariat.registry.people.models import Person


@require_safe
@signed_in
def applications(request: HttpRequest) -> HttpResponse:
    """The members I speak for, what I applied for, and who asks me to stand for it."""
    context = {
        "members": own_members(request.actor),
        "applications": queries.own_applications(request.actor)[:50],
        "sponsorships": queries.sponsorships_of(request.actor)[:50],
    }
    return render(request, "admissions/my_applications.html", context)


@in_person
def new(request: HttpRequest) -> HttpResponse:
    """Apply; ``?category=KEY`` says for what."""
    today = timezone.localdate()
    person = get_object_or_404(Person, pk=request.actor.person_id)

    def save(form: forms.ApplicationForm) -> str:
        made = actions.apply(person=person, **form.cleaned_data, **_who(request))
        return _path(made.ref.number)

    open_ones = Category.objects.exclude(pk__in=closed_to_applications(today))
    begun = {"category": open_ones.filter(key=request.GET.get("category", "")).first()}
    form = forms.ApplicationForm(
        request.POST if request.method == "POST" else None, initial=begun,
        categories=open_ones,
        organisations=queries.applies_for(request.actor, today), members=queries.possible_sponsors(today),
    )  # fmt: skip
    page = {
        "heading": _("Apply for membership"), "back": reverse("my_admissions:applications"),
        "button": pgettext("membership", "Apply"),
    }  # fmt: skip
    text = _("The secretariat looks at it, and the Council decides by ballot. You are told of every step.")
    return change_page(request, form, save, refusals=REFUSALS, text=text, **page)


@require_safe
@signed_in
def application(request: HttpRequest, number: str) -> HttpResponse:
    """How my application stands, and what I have to do."""
    found = _get(request, number)
    certified = getattr(found, "certificate", None)
    context = {
        "application": found, "certificate": certified, "check_path": path_of(certified) if certified else "",
        "may_withdraw": found.state in ("screening", "asked"),
    }  # fmt: skip
    return render(request, "admissions/my_application.html", context)


@in_person
def answer(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Answer what the desk wants to know."""
    found = _get(request, number)
    inquiry = get_object_or_404(found.inquiries.all(), pk=pk)

    def save(form: forms.AnswerForm) -> str:
        actions.answer_inquiry(inquiry=inquiry, **form.cleaned_data, **_who(request))
        return _path(number)

    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    page = {"heading": _("A question about your application"), "back": _path(number), "text": inquiry.text}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Answer"), **page)


@in_person
def ask_sponsor(request: HttpRequest, number: str) -> HttpResponse:
    """Name one more member that stands for me."""
    found = _get(request, number)

    def save(form: forms.AskSponsorForm) -> str:
        actions.ask_sponsor(application=found, **form.cleaned_data, **_who(request))
        return _path(number)

    members = queries.possible_sponsors(timezone.localdate())
    form = forms.AskSponsorForm(request.POST if request.method == "POST" else None, members=members)
    page = {"heading": _("Name a sponsor"), "back": _path(number)}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Ask"), **page)


@in_person
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw it, after a second thought: there is no way back."""
    found = _get(request, number)
    if request.method != "POST":
        return render(request, "admissions/withdraw.html", {"application": found})
    try:
        actions.withdraw(application=found, **_who(request))
        messages.success(request, _("The application is withdrawn."))
    except REFUSALS as refused:
        messages.error(request, str(refused))
    return redirect("my_admissions:application", number)


@in_person
def sponsor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether a member I speak for stands for an application."""
    asked = get_object_or_404(queries.sponsorships_of(request.actor), pk=pk)
    back = reverse("my_admissions:applications")

    def save(form: forms.SponsorForm) -> str:
        actions.answer_as_sponsor(sponsor=asked, **form.cleaned_data, **_who(request))
        return back

    form = forms.SponsorForm(request.POST if request.method == "POST" else None)
    told = {"applicant": asked.application, "category": asked.application.category, "member": asked.member}
    text = _("%(applicant)s applies as %(category)s and asks %(member)s to stand for it.") % told
    page = {"heading": _("Stand for %(applicant)s") % told, "back": back, "text": text}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Answer"), **page)


@require_safe
@signed_in
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """My certificate as PDF."""
    return certificate_of(request, _get(request, number))


def certificate_of(request: HttpRequest, found: Application) -> HttpResponse:
    """Answer with the certificate of an application as PDF; 404 without one."""
    certified = getattr(found, "certificate", None)
    if certified is None:
        raise Http404
    pdf = pdf_of(certified, request.build_absolute_uri("/").rstrip("/"))
    name = f'inline; filename="{certified.number}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def _get(request: HttpRequest, number: str) -> Application:
    try:
        return queries.get_own_application(request.actor, number)
    except Application.DoesNotExist:
        raise Http404 from None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(number: str) -> str:
    return reverse("my_admissions:application", args=[number])

"""The book of a call: proofs to the applicants, those not answered in time, and the setting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.record.publications.actions import lapse_proofs, set_publication
from secretariat.record.publications.models import Publication
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.honours import actions, queries, rules
from secretariat.summit.honours.book import book_of
from secretariat.summit.honours.forms import DayForm
from secretariat.summit.review.views.answering import attempt, found_or_404


@require_safe
@desk_only
@found_or_404
def book(request: HttpRequest, key: str) -> HttpResponse:
    """The book: each entry and what its applicant said."""
    standing = queries.get_call_with_honours(key)
    counts, entries = queries.proofs_of_book(standing.book) if standing.book else ({}, [])
    context = {
        "standing": standing, "call": standing.call, "book": standing.book, "counts": counts, "entries": entries,
        "answered": sum(counts.values()) - counts.get("proposed", 0), "day": DayForm(), "now": timezone.now(),
        "can_run": rules.can_run_honours(request.actor),
    }  # fmt: skip
    return render(request, "honours/desk_book.html", context)


@require_POST
@desk_only
@found_or_404
def prepare(request: HttpRequest, key: str) -> HttpResponse:
    """Send every applicant the proof of her entry."""
    standing, form = queries.get_call_with_honours(key), DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day until which proofs are read."))
        return redirect("desk_honours:book", key)
    acting = {"call": standing.call, "proof_until": form.end(standing.call)}
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: actions.prepare_book(**acting, **who), _("The proofs are with the applicants."))
    return redirect("desk_honours:book", key)


@require_POST
@desk_only
@found_or_404
def lapse(request: HttpRequest, key: str) -> HttpResponse:
    """Let those proofs lapse whose applicants were told and did not answer in time."""
    who = {"actor": request.actor, "now": timezone.now()}
    publication = prepared_book(key)
    attempt(
        request, lambda: lapse_proofs(publication=publication, **who), _("The silent proofs have lapsed.")
    )
    return redirect("desk_honours:book", key)


@require_POST
@desk_only
@found_or_404
def typeset(request: HttpRequest, key: str) -> HttpResponse:
    """Set the book, from what may be printed and nothing else."""
    standing, publication = queries.get_call_with_honours(key), prepared_book(key)
    now = timezone.now()
    text = book_of(standing.call, publication, published_on=now.date())
    acting = {"publication": publication, "book": text, "actor": request.actor, "now": now}
    attempt(request, lambda: set_publication(**acting), _("The book is set and public."))
    return redirect("desk_honours:book", key)


def prepared_book(key: str) -> Publication:
    publication = queries.get_call_with_honours(key).book
    if publication is None:
        raise NotFound(_("There is no book of this call yet."))
    return publication

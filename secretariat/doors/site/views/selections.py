import tempfile
from pathlib import Path

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site import entry as entries
from secretariat.doors.site import listing
from secretariat.doors.site.balance import balance_of
from secretariat.doors.site.books import books_of_lists
from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.doors.site.selections import Selection, public_call, public_calls, selections_of
from secretariat.engines.bundles.container import write_bundle
from secretariat.summit.honours.bundle import NothingToShow, selection_files

BUNDLE_SECONDS = 300  # a bundle is made at most this often; the head of the log inside says of when it is


@require_safe
@kept_for_strangers
def index(request: HttpRequest) -> HttpResponse:
    """Every call that was opened: open, being reviewed, decided."""
    return render(
        request, "site/selections.html", {"selections": selections_of(public_calls()), "now": timezone.now()}
    )


def _selection_or_404(key: str) -> Selection:
    call = public_call(key)
    if call is None:
        raise Http404
    return selections_of([call])[0]


@require_safe
@kept_for_strangers
def selection(request: HttpRequest, key: str) -> HttpResponse:
    """The funnel of one call: every cut with its rule, its number and its proof, and the lists themselves."""
    found = _selection_or_404(key)
    items = listing.named_items(found)
    first = next((step for step in found.steps if step.stage.kind == "eligibility"), None)
    digests = [found.named.digest] if found.named else []
    context = {
        "selection": found,
        "call": found.call,
        "now": timezone.now(),
        "simulated": found.call.edition.simulated,
        "criteria": found.call.criterions.order_by("position"),
        "levels": listing.by_level(found, items),
        "fields": listing.by_field(items),
        "reasons": listing.reasons_of(found.call, first),
        "places": listing.places_counted(found),
        "balance": balance_of(found),
        "book": books_of_lists(digests).get(digests[0]) if digests else None,
        "site_url": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "site/selection.html", context)


@require_safe
@kept_for_strangers
def entry(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Why one item is on the list. An item that was not recommended is not there."""
    found = _selection_or_404(key)
    submission = entries.get_named_submission(found, number)
    if submission is None:
        raise Http404
    honour = entries.honour_of(submission)
    silent = entries.refused_print(submission)
    context = {
        "selection": found, "call": found.call, "submission": submission, "honour": honour, "is_silent": silent,
        "answers": [] if silent else entries.answers_of(submission), "partners": entries.partners_of(submission),
        "outcomes": entries.outcomes_of(found, submission, honour), "simulated": found.call.edition.simulated,
    }  # fmt: skip
    return render(request, "site/entry.html", context)


@require_safe
def bundle(request: HttpRequest, key: str) -> HttpResponse:
    """Everything needed to recount a selection, once its last list is decided and no offer is in confidence."""
    found = _selection_or_404(key)
    if not found.is_complete:
        raise Http404
    name = f"bundle:{found.call.pk}"
    content = cache.get(name)
    if content is None:
        content = _bundled(found)
        cache.set(name, content, BUNDLE_SECONDS)
    disposition = f'attachment; filename="{key}.zip"'
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": disposition})


def _bundled(found: Selection) -> bytes:
    try:
        files = selection_files(found.call)
    except NothingToShow:
        raise Http404 from None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "selection.zip"
        write_bundle(path, files)
        return path.read_bytes()

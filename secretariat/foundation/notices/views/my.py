from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.notices import actions, queries
from secretariat.foundation.notices.forms import PreferencesForm
from secretariat.foundation.notices.kinds import find_kind
from secretariat.foundation.notices.models import Notice

PAGE = 50


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told, latest first: all, the unread, or one group."""
    unread, group = request.GET.get("show") == "unread", request.GET.get("group", "")
    rows = queries.my_notices(request.actor, unread=unread, group=group)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    asked = {"show": "unread" if unread else "", "group": group}
    chosen = {name: value for name, value in asked.items() if value}
    box = queries.postbox_of(request.actor)
    context = {
        "told": queries.in_words(list(page), request.actor, box), "unread": queries.unread_count(request.actor),
        "groups": queries.group_counts(request.actor), "group": group, "only_unread": unread, "page": page,
        "box": box, "chosen": urlencode(chosen),
    }  # fmt: skip
    return render(request, "notices/inbox.html", _with_tabs(context))


def _with_tabs(context: dict) -> dict:
    path = reverse("my_notices:inbox")
    unread, page = context["only_unread"], context["page"]
    tabs = [
        {"label": _("All"), "path": path, "is_current": not unread},
        {
            "label": _("Unread"),
            "path": f"{path}?show=unread",
            "is_current": unread,
            "count": context["unread"],
        },
    ]
    turn = f"{path}?{context['chosen']}&page=" if context["chosen"] else f"{path}?page="
    previous = turn + str(page.previous_page_number()) if page.has_previous() else ""
    following = turn + str(page.next_page_number()) if page.has_next() else ""
    return {**context, "tabs": tabs, "previous": previous, "next": following}


@require_safe
@signed_in
def count(request: HttpRequest) -> HttpResponse:
    """How many notices I have not read, for the head of every page, which asks for it by itself."""
    return render(request, "ui/unread.html", {"unread": queries.unread_count(request.actor)})


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """All that I was shown I have read."""
    try:
        shown = UUID(request.POST.get("shown", ""))
    except ValueError:
        raise Http404 from None
    actions.mark_all_read(shown=shown, actor=request.actor, now=timezone.now())
    return redirect("my_notices:inbox")


@require_safe
@signed_in
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice in full; to open it is to have read it."""
    found = _found(request, pk)
    [told] = queries.in_words([found], request.actor)
    return render(request, "notices/notice.html", {"told": told, "group": _group(found)})


@require_safe
@signed_in
def go(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a mail or the inbox straight to what the notice is about."""
    [told] = queries.in_words([_found(request, pk)], request.actor)
    return redirect(told.said.path or reverse("my_notices:notice", args=[pk]))


def _found(request: HttpRequest, pk: UUID) -> Notice:
    found = queries.get_notice_for(request.actor, pk)
    if found is None:
        raise Http404
    actions.mark_read(notice=found, actor=request.actor, now=timezone.now())
    return found


def _group(found: Notice) -> str:
    try:
        return queries.group_label(find_kind(found.kind))
    except LookupError:
        return ""


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """How I am told: by mail at once, once a day, or only here; and in which time zone I live."""
    box = queries.postbox_of(request.actor)
    initial = {"time_zone": box.time_zone, "digest_hour": box.digest_hour}
    form = PreferencesForm(request.POST or None, wanted=queries.wanted_by(request.actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        now, data = timezone.now(), form.cleaned_data
        actions.choose_deliveries(choices=form.choices(), actor=request.actor, now=now)
        actions.set_postbox(
            time_zone=data["time_zone"], digest_hour=data["digest_hour"], actor=request.actor, now=now
        )
        messages.success(request, _("Your choice is kept."))
        return redirect("my_notices:preferences")
    return render(request, "notices/preferences.html", {"form": form, "box": box})


@require_POST
@signed_in
def try_again(request: HttpRequest) -> HttpResponse:
    """Mail came back from my address, and now it works again."""
    actions.try_address_again(actor=request.actor, now=timezone.now())
    messages.success(request, _("Mail goes to your address again."))
    return redirect("my_notices:preferences")

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.preferences import actions, queries
from secretariat.foundation.preferences.forms import ViewForm
from secretariat.foundation.preferences.models import SavedView
from secretariat.foundation.ui.tables.table import label_of


@require_safe
@signed_in
def views(request: HttpRequest) -> HttpResponse:
    """Every view I saved, list by list."""
    found = [(label_of(view.table), view) for view in queries.visible_views(request.actor)]
    return render(request, "preferences/my_views.html", {"views": found})


@require_POST
@signed_in
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is now, and go back to it."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The view could not be saved: give it a short name of its own."))
        return redirect("my_preferences:views")
    view = actions.save_view(**form.cleaned_data, actor=request.actor, now=timezone.now())
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(f"{view.path}?{view.query or 'view=all'}")


@require_POST
@signed_in
def change_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a view the usual one, or no longer; or remove it."""
    view, who = _get(request, key), {"actor": request.actor, "now": timezone.now()}
    if request.POST.get("act") == "remove":
        actions.remove_view(view=view, **who)
        messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
    else:
        actions.choose_usual_view(view=view, is_default=request.POST.get("act") == "usual", **who)
    return redirect("my_preferences:views")


def _get(request: HttpRequest, key: UUID) -> SavedView:
    view = queries.get_view_for(request.actor, key)
    if view is None:
        raise Http404
    return view

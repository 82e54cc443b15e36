"""The categories at the desk: what each asks and gives, today and before, and what is laid down next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.membership import actions, forms, queries
from secretariat.governance.membership.models import Category


@require_safe
@desk_only
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with its conditions, latest first."""
    today, counts = timezone.localdate(), queries.count_by_category(timezone.localdate())
    laid_down = queries.conditions_of_categories()
    rows = [
        {
            "category": category, "count": counts.get(category.key, 0),
            "conditions": [row for row in laid_down if row.category_id == category.pk],
        }
        for category in queries.categories_by_key().values()
    ]  # fmt: skip
    return render(
        request, "membership/desk_categories.html", {"rows": rows, "today": today, "crumbs": _crumbs()}
    )


@admitting("desk.run")
def conditions(request: HttpRequest, key: str) -> HttpResponse:
    """Lay down what a category asks and gives from a day on; the form begins with what is in force."""
    category = get_object_or_404(Category, key=key)
    latest = next((row for row in queries.conditions_of_categories() if row.category_id == category.pk), None)
    begun = {name: getattr(latest, name) for name in actions.SAID} if latest else {}

    def save(form: forms.ConditionsForm) -> str:
        actions.lay_down_conditions(
            category=category, **form.cleaned_data, actor=request.actor, now=timezone.now()
        )
        return reverse("desk_membership:categories")

    form = forms.ConditionsForm(request.POST or None, initial={**begun, "starts_on": timezone.localdate()})
    back = reverse("desk_membership:categories")
    crumbs = [*_crumbs(), {"label": _("Categories"), "path": back}]
    page = {"heading": _("%(category)s: conditions") % {"category": category}, "back": back, "crumbs": crumbs}
    text = _("What is in force until then ends on the day before and stays on record.")
    return change_page(request, form, save, refusals=REFUSALS, text=text, button=_("Lay down"), **page)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Members"), "path": reverse("desk_membership:members")}]

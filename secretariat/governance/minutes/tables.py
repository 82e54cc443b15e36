from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from secretariat.foundation.ui.tables import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Table,
    TextFilter,
)
from secretariat.governance.bodies.models import Body
from secretariat.governance.minutes.models import Minutes, Resolution
from secretariat.governance.minutes.states import MinutesState, Way


def path_of(minutes: Minutes) -> str:
    return reverse("desk_minutes:one", args=[minutes.ref.number])


def resolution_path(resolution: Resolution) -> str:
    return reverse("desk_minutes:resolution", args=[resolution.ref.number])


def _in(language: str) -> str:
    return "zh" if (get_language() or "en").startswith("zh") else language


def waiting_of(minutes: Minutes) -> str:
    if not minutes.waiting:
        return ""
    words = ngettext("%(n)s correction waits", "%(n)s corrections wait", minutes.waiting)
    return words % {"n": minutes.waiting}


class MinutesTable(Table):
    key = "minutes.minutes"
    label = pgettext_lazy("of a meeting", "Minutes")
    columns = [
        Column("number", gettext_lazy("Number"), of="ref.number", order="ref__number", path=path_of),
        Column("meeting", gettext_lazy("Meeting"), of=str, path=path_of, heading=True,
               order=lambda: f"meeting__title_{_in('en')}"),
        Column("body", gettext_lazy("Body"), of="meeting.body", order="meeting__body__position"),
        Column("held", gettext_lazy("Held on"), of="meeting.day", order="meeting__starts_at"),
        Column("state", gettext_lazy("State"), of="state", order="state",
               tone=lambda row: "done" if row.state == "adopted" else ""),
        Column("waiting", gettext_lazy("Waits"), of=waiting_of, order="waiting",
               tone=lambda row: "urgent" if row.waiting else ""),
        Column("until", gettext_lazy("To be read until"), of="silence_ends_at", order="silence_ends_at"),
        Column("adopted", gettext_lazy("Adopted"), of="adopted_at", order="adopted_at", hidden=True),
        Column("how", gettext_lazy("Adopted how"), of="adopted_how", order="adopted_how", hidden=True),
    ]  # fmt: skip
    filters = [
        TextFilter("q", gettext_lazy("Search minutes"), hint=gettext_lazy("Title or number"),
                   fields=("meeting__title_en", "meeting__title_zh", "ref__number", "meeting__ref__number")),
        ChoiceFilter("state", gettext_lazy("State"), choices=MinutesState.choices),
        ChoiceFilter("how", gettext_lazy("Adopted how"), path="adopted_how", choices=Way.choices),
    ]  # fmt: skip
    order = "-held"
    empty_title = gettext_lazy("No minutes have been drafted yet.")
    empty_text = gettext_lazy("When a meeting is closed, its minutes are drafted from what was recorded.")


STANDING = [
    ("open", pgettext_lazy("resolution", "open")), ("done", pgettext_lazy("resolution", "carried out")),
    ("none", pgettext_lazy("resolution", "without actions")),
]  # fmt: skip
STANDS = {
    "open": Q(open_actions__gt=0), "done": Q(actions__gt=0, open_actions=0), "none": Q(actions=0),
}  # fmt: skip


def standing_of(resolution: Resolution) -> str:
    if not resolution.actions:
        return "none"
    return "open" if resolution.open_actions else "done"


def is_late(resolution: Resolution) -> bool:
    return resolution.next_due is not None and resolution.next_due < timezone.localdate()


def standing_words(resolution: Resolution) -> str:
    """Return where the actions of a resolution stand, in words."""
    return str(dict(STANDING)[standing_of(resolution)])


def actions_words(resolution: Resolution) -> str:
    if not resolution.actions:
        return ""
    told = {"done": resolution.actions - resolution.open_actions, "all": resolution.actions}
    return _("%(done)s of %(all)s done") % told


def decided_by(resolution: Resolution) -> str:
    return resolution.ballot.ref.number


class ResolutionsTable(Table):
    key = "minutes.resolutions"
    label = gettext_lazy("Resolutions")
    columns = [
        Column("code", gettext_lazy("Number"), of="code", order=("body__key", "year", "number"), path=resolution_path),
        Column("title", gettext_lazy("Title"), of=str, order=lambda: f"title_{_in('en')}", path=resolution_path,
               heading=True),
        Column("body", gettext_lazy("Body"), order="body__position"),
        Column("adopted", gettext_lazy("Adopted on"), of="adopted_on", order="adopted_on"),
        Column("standing", gettext_lazy("State"), of=standing_words, order="open_actions",
               tone=lambda row: "done" if standing_of(row) == "done" else ""),
        Column("actions", gettext_lazy("Actions"), of=actions_words, order="actions"),
        Column("due", gettext_lazy("Next due"), of="next_due", order="next_due",
               tone=lambda row: "urgent" if is_late(row) else ""),
        Column("ballot", gettext_lazy("Decided by"), of=decided_by, order="ballot__ref__number", hidden=True),
        Column("published", gettext_lazy("Published"), of="published_at", order="published_at"),
        Column("digest", gettext_lazy("Digest"), hidden=True),
    ]  # fmt: skip
    order = "-adopted"
    empty_title = gettext_lazy("No resolution is in the register yet.")
    empty_text = gettext_lazy(
        "A motion that is adopted enters by itself; what was decided without one is entered from the minutes."
    )

    def __init__(self, rows: QuerySet[Resolution]) -> None:
        super().__init__(rows)
        bodies, years = _choices(rows)
        self.filters = [
            TextFilter("q", gettext_lazy("Search resolutions"), hint=gettext_lazy("Title, text or number"),
                       fields=("title_en", "title_zh", "text_en", "text_zh", "ref__number")),
            ChoiceFilter("body", gettext_lazy("Body"), path="body__key", choices=bodies),
            ChoiceFilter("year", gettext_lazy("Year"), choices=years),
            ChoiceFilter("standing", gettext_lazy("State"), choices=STANDING, condition=lambda key: STANDS[key]),
            BooleanFilter("late", gettext_lazy("Overdue"),
                          condition=lambda _key: Q(next_due__isnull=False, next_due__lt=timezone.localdate())),
            DateFilter("adopted", gettext_lazy("Adopted on"), path="adopted_on"),
        ]  # fmt: skip


def _choices(rows: QuerySet[Resolution]) -> tuple[list[tuple[str, Any]], list[tuple[int, str]]]:
    """Return the bodies and years that stand in the register. Two statements."""
    found = rows.order_by()
    bodies = Body.objects.filter(pk__in=found.values("body")).order_by("position", "key")
    years = sorted(set(found.values_list("year", flat=True)), reverse=True)
    return [(body.key, str(body)) for body in bodies], [(year, str(year)) for year in years]

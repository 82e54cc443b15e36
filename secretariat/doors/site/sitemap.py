"""Every public page by its path, for search engines: what has no page of its own content is left out."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from secretariat.doors.site.directory import members_by_name
from secretariat.doors.site.editions import public_editions
from secretariat.doors.site.listing import named_submissions
from secretariat.doors.site.places import place_path
from secretariat.doors.site.selections import public_calls, selections_of
from secretariat.governance.bodies.queries import public_bodies
from secretariat.governance.meetings.queries import public_meetings
from secretariat.governance.membership.queries import count_by_place
from secretariat.governance.minutes.queries import published_resolutions
from secretariat.governance.motions.queries import published_motions
from secretariat.registry.topics.models import Topic

PAGES = (
    "front", "calls", "selections", "honours", "members", "figures", "bodies", "meetings", "motions", "resolutions",
    "places", "topics", "archive", "log",
)  # fmt: skip


def public_paths(on: date) -> list[str]:
    """Return the paths of all public pages. The statements do not depend on how many there are."""
    return [reverse(f"site:{name}") for name in PAGES] + list(_of_things(on))


def _of_things(on: date) -> Iterable[str]:
    selections = selections_of(public_calls())
    for selection in selections:
        yield reverse("site:call", args=[selection.call.key])
        yield reverse("site:selection", args=[selection.call.key])
    for call, number in named_submissions(selections):
        yield reverse("site:entry", args=[call, number])
    for edition in public_editions():
        yield reverse("site:edition", args=[edition.ref.number])
    for row in members_by_name(on):
        yield reverse("site:member", args=[row.member.ref.number])
    for key in public_bodies(on).values_list("key", flat=True):
        yield reverse("site:body", args=[key])
    for number in public_meetings().values_list("ref__number", flat=True):
        yield reverse("site:meeting", args=[number])
    for number in published_motions().values_list("ref__number", flat=True):
        yield reverse("site:motion", args=[number])
    for number in published_resolutions().values_list("ref__number", flat=True):
        yield reverse("site:resolution", args=[number])
    for code in sorted(filter(None, count_by_place(on))):
        yield place_path(code)
    for key in Topic.objects.values_list("key", flat=True):
        yield reverse("site:topic", args=[key])

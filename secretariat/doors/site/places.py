"""A country or region: its members, what was handed in from there and for use there, and its honours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from secretariat.doors.site.honoured import conferred_honours, in_places, with_items
from secretariat.foundation.ui.charts import TileMap
from secretariat.registry.places.models import Group, Place
from secretariat.registry.places.queries import continents_of, map_of
from secretariat.summit.calls.models import Call, SubmissionCountry
from secretariat.summit.honours.models import Honour


@dataclass(frozen=True)
class Counted:
    """What a call collected that names a place: of its applicants, and of its use. Each counts for itself."""

    call: Call
    applicants: int
    uses: int


def place_path(code: str) -> str:
    return reverse("site:place", args=[code.lower()])


def map_of_members(counts: dict[str | None, int]) -> TileMap:
    """Return the map with each place's members, a place with some leading to its page. One statement."""
    return map_of(counts, place_path)


def place_by_code(code: str) -> Place | None:
    return Place.objects.filter(alpha2=code.upper()).first()


def continent_of(place: Place) -> Group | None:
    return continents_of([place.pk]).get(place.pk)


def counted_of(place: Place) -> list[Counted]:
    """Return what each call collected that names a place, latest first; nothing while a call is open. Two statements.

    What was withdrawn does not count.
    """
    rows = SubmissionCountry.objects.filter(place=place, submission__call__state__in=["closed", "concluded"])
    rows = rows.exclude(submission__state__in=["draft", "withdrawn"])
    counts: dict[tuple[object, str], int] = {}
    for call, role, n in rows.values_list("submission__call", "role").annotate(n=Count("pk")):
        counts[call, role] = n
    calls = Call.objects.filter(pk__in={call for call, _role in counts}).select_related("edition")
    return [
        Counted(call, counts.get((call.pk, "applicant"), 0), counts.get((call.pk, "use"), 0))
        for call in calls.order_by("-opens_at", "key")
    ]


def honours_in(place: Place, role: str) -> Sequence[Honour]:
    """Return the honoured items that name a place in a role. One statement."""
    return list(with_items(conferred_honours().filter(in_places([place.alpha2], role))))

"""The honours that were conferred, over all editions: what the public may read of them, and by what it is narrowed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from secretariat.doors.site.asking import Choice, Listing, asked_choice, listing_of
from secretariat.doors.site.selections import PUBLIC_STATES
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.registry.places.queries import places_in_order
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.models import Applicant, SubmissionCountry
from secretariat.summit.honours.models import Honour


def conferred_honours() -> QuerySet[Honour]:
    """Return the honours that stand: conferred, not revoked, their items not withdrawn; latest edition first."""
    rows = Honour.objects.filter(state="conferred", submission__call__state__in=PUBLIC_STATES)
    return rows.exclude(submission__state="withdrawn").order_by(
        "-submission__call__edition__year", "submission__call__key", "position"
    )


def with_items(rows: QuerySet[Honour]) -> QuerySet[Honour]:
    """Return honours with what a line of a list shows of them; ``joint`` counts who applied along."""
    joint = Count("submission__applicants", distinct=True)
    return rows.annotate(joint=joint).select_related(
        "submission__ref", "submission__topic", "submission__organisation__country", "submission__call__edition"
    ).defer("submission__draft")  # fmt: skip


def in_places(codes: Sequence[str], *roles: str) -> Q:
    """The condition that an honoured item names one of these places, in one of these roles."""
    named = SubmissionCountry.objects.filter(
        submission=OuterRef("submission"), place__alpha2__in=codes, role__in=roles or ("applicant",)
    )
    return Q(Exists(named))


def of_organisation(organisation: UUID) -> Q:
    """The condition that an organisation applied for the honoured item, alone or with others."""
    along = Applicant.objects.filter(submission=OuterRef("submission"), organisation=organisation)
    return Q(submission__organisation=organisation) | Q(Exists(along))


def listed_honours(query: QueryDict) -> Listing:
    """Return the honours a query string asks for. Six statements."""
    choices = _choices(query)
    year, level, field, country = (choice.value for choice in choices)
    rows = conferred_honours()
    if year:
        rows = rows.filter(submission__call__edition__year=year)
    if level:
        rows = rows.filter(level=level)
    if field:
        rows = rows.filter(submission__topic__key=field)
    if country:
        rows = rows.filter(in_places([country]))
    return listing_of(with_items(rows), query, choices)


def _choices(query: QueryDict) -> list[Choice]:
    """What the conferred honours differ in. Three statements."""
    rows = conferred_honours().order_by()
    told = list(
        rows.values_list("submission__call__edition__year", "level", "level_en", "level_zh").distinct()
    )
    levels = {level: text({"level_en": en, "level_zh": zh}, "level") for _year, level, en, zh in told}
    years = sorted({str(year) for year, *_level in told}, reverse=True)
    topics = Topic.objects.filter(pk__in=rows.values("submission__topic"))
    named = SubmissionCountry.objects.filter(role="applicant", submission__in=rows.values("submission"))
    places = places_in_order().filter(pk__in=named.values("place"))
    return [
        asked_choice(query, "year", _("Year"), [(year, year) for year in years]),
        asked_choice(query, "level", _("Level"), list(levels.items())),
        asked_choice(query, "field", _("Field"), [(topic.key, str(topic)) for topic in topics]),
        asked_choice(query, "country", _("Country or region"), [(p.alpha2, str(p)) for p in places]),
    ]


def honours_by_topic() -> dict[Any, int]:
    """Return how many conferred honours each topic has. One statement."""
    rows = conferred_honours().order_by().values_list("submission__topic")
    return dict(rows.annotate(n=Count("pk")))

from collections.abc import Collection, Mapping
from contextlib import suppress
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.organisations.logic import clean_ror, fold
from secretariat.registry.organisations.models import Host, Organisation
from secretariat.registry.organisations.rules import reads_registry

# UNION, not UNION ALL: a circle of parents, should one ever arise, ends. Aliases count as what they stand for.
LINES = """
WITH RECURSIVE line (start, organisation, depth) AS (
    SELECT o.id, coalesce(o.canonical_id, o.id), 0 FROM organisations_organisation o WHERE {start}
    UNION
    SELECT line.start, coalesce(above.canonical_id, above.id), line.depth + 1
    FROM line
    JOIN organisations_organisation o ON o.id = line.organisation
    JOIN organisations_organisation above ON above.id = o.parent_id
    WHERE line.depth < 20
)
"""


def live_organisations() -> QuerySet[Organisation]:
    """Organisations that stand for themselves, in order of their names; aliases are left out."""
    return Organisation.objects.filter(canonical=None).order_by("sort_key", "pk")


def visible_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return what the desk lists: every organisation that stands for itself; nothing for anybody else."""
    rows = live_organisations().select_related("ref", "country", "parent__ref")
    return rows if reads_registry(actor) else rows.none()


def get_organisation_for(actor: Actor, number: str) -> Organisation:
    """Return the organisation with this number if the actor may see it; Organisation.DoesNotExist otherwise."""
    return visible_organisations(actor).get(ref__number=number)


def parts_of_organisation(organisation: UUID) -> list[Organisation]:
    """Return the organisations that belong to this one directly, in order of their names. One statement."""
    rows = live_organisations().filter(Q(parent=organisation) | Q(parent__canonical=organisation))
    return list(rows.select_related("ref"))


def named(word: str) -> Q:
    """The condition that a word stands in a name, or is the acronym, the number, the ROR id or an e-mail domain."""
    condition = Q(name_en__icontains=word) | Q(name_zh__icontains=word) | Q(acronym__iexact=word)
    condition |= Q(ref__number__iexact=word) | Q(email_domains__contains=[word.lower().removeprefix("@")])
    condition |= Q(sort_key__contains=fold(word)) if fold(word) else Q()
    with suppress(ValueError):  # not an id, so a name
        condition |= Q(ror=clean_ror(word))
    return condition


def canonical_ids(organisations: Collection[UUID]) -> dict[UUID, UUID]:
    """Return for each of these ids the organisation it stands for; itself unless it is an alias. One statement."""
    rows = Organisation.objects.filter(pk__in=organisations)
    return dict(rows.values_list("pk", Coalesce("canonical_id", F("pk"))))


def ancestors_of(organisations: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Return for each organisation what it belongs to, nearest first; its own id is not among them. One statement."""
    lines: dict[UUID, dict[UUID, None]] = {organisation: {} for organisation in organisations}
    with connection.cursor() as cursor:
        cursor.execute(
            LINES.format(start="o.id = ANY(%s)")
            + "SELECT start, organisation FROM line WHERE depth > 0 AND organisation <> start ORDER BY start, depth",
            [list(organisations)],
        )
        for start, above in cursor.fetchall():
            lines[start][above] = None
    return {start: tuple(line) for start, line in lines.items()}


def search_organisations(text: str, limit: int = 20) -> list[Organisation]:
    """Return live organisations by a piece of a name, an acronym, a ROR id or an e-mail domain; exact answers first."""
    words = fold(text)
    condition = Q(name_en__icontains=text) | Q(name_zh__icontains=text) | Q(acronym__iexact=text)
    condition |= Q(sort_key__contains=words) if words else Q()
    condition |= Q(email_domains__contains=[text.strip().lower().removeprefix("@")])
    with suppress(ValueError):  # not an id, so a name
        condition |= Q(ror=clean_ror(text)) if text.strip() else Q()
    exact = Case(When(sort_key=words, then=0), default=1)
    return list(live_organisations().filter(condition).order_by(exact, "sort_key", "pk")[:limit])


def organisations_called(text: str) -> list[Organisation]:
    """Return the live organisations with exactly this number, ROR id, name or acronym, two at most. One statement."""
    text = " ".join(text.split())
    condition = (
        Q(ref__number=text.upper()) | Q(name_en__iexact=text) | Q(name_zh=text) | Q(acronym__iexact=text)
    )
    with suppress(ValueError):  # not an id, so a name
        condition |= Q(ror=clean_ror(text)) if text else Q()
    return list(live_organisations().select_related("ref").filter(condition)[:2]) if text else []


def organisations_by_ref(numbers: Collection[str]) -> Mapping[str, Organisation]:
    """Return organisations by their numbers (``ORG-00041``). One statement."""
    rows = Organisation.objects.filter(ref__number__in=numbers).select_related("ref")
    return {organisation.ref.number: organisation for organisation in rows}


def host() -> Host | None:
    """Return the organisation this installation serves, with what it says of itself; None before it is named."""
    return Host.objects.select_related("organisation").first()

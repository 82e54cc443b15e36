from uuid import UUID

from django.db.models import Count, QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications.models import Publication, PublicationEntry
from secretariat.record.publications.states import PRINTED


def visible_publications(actor: Actor) -> QuerySet[Publication]:
    """Return the publications the actor may see: what is set is public, proofs are for the secretariat."""
    publications = Publication.objects.select_related("ref", "file").order_by("-created_at")
    return (
        publications if actor.has("desk.read") or actor.has("desk.run") else publications.filter(state="set")
    )


def entries_of(actor: Actor, item: UUID) -> QuerySet[PublicationEntry]:
    """Return the entries of an item in the publications the actor may see, the latest first."""
    seen = visible_publications(actor).order_by().values("pk")
    entries = PublicationEntry.objects.filter(item=item, publication__in=seen)
    return entries.select_related("publication__ref").order_by("-publication__created_at", "pk")


def printed_entries(publication: Publication) -> list[PublicationEntry]:
    """Return the entries that may be printed, in order: approved, or lapsed after notice."""
    entries = PublicationEntry.objects.filter(publication=publication, state__in=PRINTED)
    return list(entries.select_related("item").order_by("position"))


def proof_counts(publication: Publication) -> dict[str, int]:
    """Return how many entries are in each state. One statement."""
    rows = PublicationEntry.objects.filter(publication=publication).values_list("state")
    return dict(rows.annotate(n=Count("pk")))

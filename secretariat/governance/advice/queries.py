from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.advice import rules
from secretariat.governance.advice.models import AdviceRequest, Contribution, Paper, PaperVersion
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.states import Flag
from secretariat.registry.people.models import Person


def _requests() -> QuerySet[AdviceRequest]:
    return AdviceRequest.objects.select_related("ref", "committee__ref", "asked_by__ref", "adopted_by")


def visible_requests(actor: Actor) -> QuerySet[AdviceRequest]:
    """Return the requests an actor may see: those to her committees, and those of bodies she sits in or leads."""
    rows = _requests()
    if rules.reads_all(actor):
        return rows
    bodies = {c.body_id for c in actor.capacities if c.body_id} | rules.bodies_led(actor)
    return rows.filter(Q(committee__in=bodies) | Q(asked_by__in=bodies))


def get_request_for(actor: Actor, number: str) -> AdviceRequest:
    """Return the request with this number if the actor may see it; AdviceRequest.DoesNotExist otherwise."""
    return visible_requests(actor).get(ref__number=number)


def contributions_for(actor: Actor, advice: AdviceRequest) -> list[Contribution]:
    """Return what members said, for the committee itself and the desk; nothing for anybody else. One statement."""
    within = actor.holds_seat_in(advice.committee_id) or actor.has("body.serve", advice.committee_id)
    if not (within or rules.reads_all(actor)):
        return []
    rows = Contribution.objects.filter(request=advice).select_related("person__ref")
    return list(rows.order_by("said_at", "pk"))


def papers_of(advice: AdviceRequest) -> list[Paper]:
    """Return the papers of a request, each with ``read``: its latest version in each language. Three statements."""
    papers = list(Paper.objects.filter(request=advice).prefetch_related("versions__file"))
    for paper in papers:
        latest = {version.language: version for version in paper.versions.all()}
        paper.read = [latest[language] for language in sorted(latest)]
    return papers


def files_of_papers(actor: Actor, files: Collection[UUID]) -> Iterable[UUID]:
    """Return which of these files are papers of requests an actor sees: the reader of files this app registers."""
    seen = visible_requests(actor).order_by().values("pk")
    rows = PaperVersion.objects.filter(file__in=files, paper__withdrawn="", paper__request__in=seen)
    return rows.values_list("file", flat=True)


def published_opinions(committee: UUID | None = None) -> QuerySet[AdviceRequest]:
    """Return the opinions that everybody may read, the latest first."""
    rows = _requests().filter(published_at__isnull=False).order_by("-adopted_at", "-pk")
    return rows if committee is None else rows.filter(committee=committee)


def committees() -> QuerySet[Body]:
    """Return the bodies that advise."""
    return Body.objects.filter(flags__contains=[Flag.ADVISES], edition=None).order_by("position", "key")


def unanswered_by(person: UUID, committees: set[UUID]) -> QuerySet[AdviceRequest]:
    """Return the open questions to these committees on which a person has said nothing."""
    said = Contribution.objects.filter(request=OuterRef("pk"), person=person)
    return _requests().filter(~Exists(said), committee__in=committees, state="asked").order_by("due_on", "pk")


def open_requests() -> QuerySet[AdviceRequest]:
    """Return the questions whose opinion is still to come, the first due first."""
    return _requests().filter(state="asked").order_by("due_on", "pk")


def accounts_of(people: set[UUID]) -> list[UUID]:
    """Return the accounts of these people, in a fixed order."""
    rows = Person.objects.filter(pk__in=people, account__isnull=False).order_by("pk")
    return list(rows.values_list("account", flat=True))

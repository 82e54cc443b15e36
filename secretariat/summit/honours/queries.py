from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications.models import Publication, PublicationEntry
from secretariat.record.publications.queries import proof_counts
from secretariat.summit.calls.models import Call, Stage, Version
from secretariat.summit.calls.queries import NotFound, represented_by
from secretariat.summit.calls.rules import may_apply
from secretariat.summit.honours.logic import BOOK
from secretariat.summit.honours.models import Honour, Release
from secretariat.summit.review.models import StageList


def visible_honours(actor: Actor, call: Call) -> QuerySet[Honour]:
    """Return the honours of a call the actor may see, in the order of the list. Offers are in confidence."""
    honours = Honour.objects.filter(submission__call=call).select_related(
        "submission__ref", "submission__organisation", "submission__topic", "ref"
    )
    seen = Q(state__in=["conferred", "revoked"])
    if actor.has("desk.read") or actor.has("desk.run"):
        seen = Q()
    else:
        seen |= _own(actor)
    return honours.filter(seen).order_by("position")


def _own(actor: Actor) -> Q:
    own = Q(submission__organisation__in=represented_by(actor))
    if actor.person_id and may_apply(actor):
        own |= Q(submission__person=actor.person_id)
    return own


def my_honours(actor: Actor) -> QuerySet[Honour]:
    """Return what was offered to the actor or an organisation she represents, what waits first, then the latest."""
    if actor.account_id is None and actor.person_id is None:
        return Honour.objects.none()
    named = Honour.objects.filter(_own(actor)).select_related(
        "ref", "submission__ref", "submission__organisation", "submission__call__edition"
    )
    return named.annotate(is_waiting=Q(state="offered")).order_by("-is_waiting", "-offered_at", "position")


def get_my_honour(actor: Actor, number: str) -> Honour:
    """Return an honour offered to the actor, by its number. Raises NotFound."""
    honour = my_honours(actor).filter(ref__number=number).first()
    if honour is None:
        raise NotFound(_("There is no honour “%(number)s”.") % {"number": number})
    return honour


def my_entries(actor: Actor) -> QuerySet[PublicationEntry]:
    """Return the entries of books that the actor answers for as their applicant, what waits first."""
    # One join for both: the role and the party are those of one row.
    answering = Q(item__parties__role="applicant", item__parties__organisation_id__in=represented_by(actor))
    if actor.person_id and (actor.tasks is None or "publications.approve" in actor.tasks):
        answering |= Q(item__parties__role="applicant", item__parties__person_id=actor.person_id)
    entries = PublicationEntry.objects.filter(answering).select_related("publication", "item").distinct()
    return entries.annotate(is_waiting=Q(state="proposed")).order_by("-is_waiting", "-created_at", "position")


def get_my_entry(actor: Actor, key: str, number: str) -> PublicationEntry:
    """Return an entry the actor answers for, by its book and its item. Raises NotFound."""
    entry = my_entries(actor).filter(publication__key=key, item__number=number).first()
    if entry is None:
        raise NotFound(_("There is no entry “%(number)s”.") % {"number": number})
    return entry


def handed_in_for(entry: PublicationEntry) -> dict[str, Any]:
    """Return what was handed in last for the item of an entry."""
    version = Version.objects.filter(submission__ref=entry.item_id).order_by("-number").first()
    return dict(version.content) if version else {}


@dataclass
class HonoursOfCall:
    """Where the honours of a call stand: its list of levels, the offers by state, its book."""

    call: Call
    stage: Stage
    frozen: StageList | None = None
    counts: dict[str, int] = field(default_factory=dict)
    held: int = 0  # of those accepted, how many are conferred with the release
    book: Publication | None = None

    @property
    def to_confer(self) -> int:
        return self.counts.get("accepted", 0) - self.held

    @property
    def is_decided(self) -> bool:
        return self.frozen is not None and getattr(self.frozen, "decision", None) is not None

    @property
    def offered(self) -> int:
        return sum(self.counts.values())


def pending_release(call: Call) -> Release | None:
    """Return the moment that is set for what is decided in a call; None where things are told as they are decided."""
    return Release.objects.filter(call=call, released_at=None).first()


def is_held() -> Exists:
    """The condition that a list, as it was frozen or decided, is told to nobody outside before a release."""
    settled = Coalesce(OuterRef("decision__decided_at"), OuterRef("frozen_at"))
    return Exists(Release.objects.filter(call=OuterRef("stage__call"), released_at=None, set_at__lt=settled))


def is_list_held(frozen: StageList) -> bool:
    """Return whether what was decided on a list waits for its release. One statement."""
    return StageList.objects.filter(is_held(), pk=frozen.pk).exists()


def book_key(call: Call) -> str:
    """Return the key of the book of a call."""
    return f"{call.key}{BOOK}"


def calls_with_honours() -> list[HonoursOfCall]:
    """Return the calls that end in honours, latest first. Four statements."""
    stages = Stage.objects.filter(kind="levels").exclude(call__state__in=["draft", "cancelled"])
    last: dict[UUID, Stage] = {}
    for stage in stages.select_related("call__edition", "call__ref", "authority").order_by("position"):
        last[stage.call_id] = stage
    return standing_of(sorted(last.values(), key=lambda stage: stage.call.closes_at, reverse=True))


def standing_of(stages: Sequence[Stage]) -> list[HonoursOfCall]:
    """Return where the honours of these last stages stand. Three statements."""
    found = {stage.call_id: HonoursOfCall(stage.call, stage) for stage in stages}
    for frozen in StageList.objects.filter(stage__in=stages).select_related("stage", "decision"):
        found[frozen.stage.call_id].frozen = frozen
    rows = Honour.objects.filter(submission__call__in=found).values_list("submission__call", "state")
    for call, state, n, held in rows.annotate(n=Count("pk"), held=Count("pk", Q(is_held=True))):
        found[call].counts[state] = n
        found[call].held += held if state == "accepted" else 0
    books = {p.key: p for p in Publication.objects.filter(key__in=[book_key(s.call) for s in stages])}
    for standing in found.values():
        standing.book = books.get(book_key(standing.call))
    return list(found.values())


def get_call_with_honours(key: str) -> HonoursOfCall:
    """Return where the honours of a call stand. Raises NotFound."""
    for standing in calls_with_honours():
        if standing.call.key == key:
            return standing
    raise NotFound(_("There is no call “%(key)s”.") % {"key": key})


def get_honour(call: Call, number: str) -> Honour:
    """Return an honour of a call by its number. Raises NotFound."""
    honour = Honour.objects.filter(submission__call=call, ref__number=number).first()
    if honour is None:
        raise NotFound(_("There is no honour “%(number)s”.") % {"number": number})
    return honour


def proofs_of_book(book: Publication) -> tuple[dict[str, int], list[PublicationEntry]]:
    """Return how many proofs are in each state, and the entries in order. Two statements."""
    return proof_counts(book), list(book.entries.select_related("item").order_by("position"))


def honours_of(call: Call) -> list[dict[str, Any]]:
    """Return every honour of the call as honours.json of a bundle, in order of reference."""
    rows = Honour.objects.filter(submission__call=call).order_by("submission__ref__number")
    return [
        {"ref": ref, "level": level, "state": state}
        for ref, level, state in rows.values_list("submission__ref__number", "level", "state")
    ]

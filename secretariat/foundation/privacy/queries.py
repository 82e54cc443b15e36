from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.logic import GIVEN
from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.audit.holdings import Holding, Subject, Words
from secretariat.foundation.audit.models import Record
from secretariat.foundation.privacy import rules
from secretariat.foundation.privacy.declarations import declared, disclosures, holdings, model_of, running
from secretariat.foundation.privacy.models import Disclosure, Erasure, Export
from secretariat.foundation.privacy.states import ErasureState
from secretariat.foundation.privacy.subjects import owners_named, subject_of


@dataclass(frozen=True)
class Line:
    """A kind of rows in a dry run: how many are hers, and what becomes of them."""

    label: str
    count: int
    holding: Holding

    @property
    def goes(self) -> bool:
        return self.holding.at_end != "keep"

    @property
    def remains(self) -> Words:
        """What is left of a row whose values are erased, where its holding has no words of its own."""
        return _("a row without values")


@dataclass(frozen=True)
class RunOut:
    """Rows of a holding whose time is over."""

    app: str
    label: str
    kept: Words
    rows: QuerySet
    count: int
    oldest: datetime | None
    holding: Holding


def rows_of(holding: Holding, subject: Subject) -> QuerySet:
    """Return the rows of a holding that are this person's."""
    return model_of(holding)._default_manager.filter(holding.hers(subject)).distinct()


def plan_of(subject: Subject) -> list[Line]:
    """Return what an erasure would do, holding by holding, without what there is nothing of."""
    lines = []
    for holding in holdings():
        if count := rows_of(holding, subject).count():
            lines.append(Line(str(model_of(holding)._meta.verbose_name_plural), count, holding))
    return lines


def running_of(subject: Subject, now: datetime) -> list[tuple[Words, int]]:
    """Return what must end before this person can be forgotten, and how many there are of it."""
    found = []
    for row in running():
        if count := model_of(row)._default_manager.filter(row.hers(subject, now)).count():
            found.append((row.words, count))
    return found


def run_out(now: datetime) -> Iterator[RunOut]:
    """Yield the holdings of which something has run out. One statement for each that ends by time."""
    for app, told in declared().items():
        for holding in told.holdings:
            if holding.ended is None:
                continue
            model = model_of(holding)
            rows = model._default_manager.filter(holding.ended(now))
            # A session does not say since when it is there.
            since = {"oldest": Min("created_at")} if issubclass(model, Record) else {}
            found = rows.aggregate(count=Count("pk"), **since)
            if found["count"]:
                label = str(model._meta.verbose_name_plural)
                yield RunOut(app, label, holding.kept, rows, found["count"], found.get("oldest"), holding)


def visible_run_out(actor: Actor, now: datetime) -> list[RunOut]:
    """Return what has run out to whoever reads wishes to be forgotten; nobody else sees it at the desk."""
    return list(run_out(now)) if rules.can_read_wishes(actor) else []


def subject_behind(erasure: Erasure) -> Subject:
    """Return the whole person an erasure is about."""
    return subject_of(person=erasure.person_id, account=erasure.account_id)


def own_export(actor: Actor) -> Export | None:
    """Return the actor's latest copy, with how far it is."""
    rows = Export.objects.filter(account=actor.account_id).select_related("progress")
    return rows.order_by("-asked_at", "-pk").first()


def get_export_for(actor: Actor, pk: UUID, now: datetime) -> Export:
    """Return a copy of the actor's own that is still there; Export.DoesNotExist otherwise."""
    export = Export.objects.get(pk=pk, state="ready", expires_at__gt=now)
    if not rules.is_her_export(actor, export):
        raise Export.DoesNotExist
    return export


def own_wish(actor: Actor) -> Erasure | None:
    """Return the actor's latest wish to be forgotten."""
    return Erasure.objects.filter(account=actor.account_id).order_by("-asked_at", "-pk").first()


def open_wishes() -> QuerySet[Erasure]:
    """Return the wishes that nobody has answered, the one due first before the others."""
    return Erasure.objects.filter(state=ErasureState.ASKED).order_by("due_on", "pk")


def visible_wishes(actor: Actor) -> QuerySet[Erasure]:
    """Return every wish to whoever may read them, what is open first; nobody else sees one here."""
    if not rules.can_read_wishes(actor):
        return Erasure.objects.none()
    rows = Erasure.objects.select_related("account", "entered_by", "answered_by")
    return rows.order_by("answered_at", "due_on", "pk")


def disclosures_about(actor: Actor) -> QuerySet[Disclosure]:
    """Return who was shown what of the actor, latest first. Two statements."""
    subject = subject_of(person=actor.person_id, account=actor.account_id)
    owners = subject.people | subject.accounts
    return Disclosure.objects.filter(owner_id__in=owners).order_by("-at", "-pk")


def every_disclosure(actor: Actor) -> QuerySet[Disclosure]:
    """Return all of them to who reads the trail."""
    rows = Disclosure.objects.order_by("-at", "-pk")
    return rows if rules.can_read_disclosures(actor) else rows.none()


def in_words(rows: list[Disclosure], *, with_owners: bool = False) -> list[dict[str, object]]:
    """Return disclosures as they are read: by whom, for whom, of what. One statement, one more for whose it is."""
    owners = owners_named([row.owner_id for row in rows]) if with_owners else {}
    accounts = {row.reader_id for row in rows} | {row.acting_for_id for row in rows if row.acting_for_id}
    names, kinds = names_of(accounts), disclosures()
    return [
        {
            "row": row, "reader": names.get(row.reader_id, ""), "acting_for": names.get(row.acting_for_id, ""),
            "what": str(kinds.get(row.what, row.what)), "owner": owners.get(row.owner_id, ""),
            "why": str(GIVEN.get(row.why, "")),
        }
        for row in rows
    ]  # fmt: skip

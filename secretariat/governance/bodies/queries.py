from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.bodies.logic import PRIVATE, SITTING
from secretariat.governance.bodies.models import Body, CallIn, Seat, Term
from secretariat.governance.bodies.states import Role
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.rules import reads_registry

RANK = Case(
    *(
        When(role=role, then=Value(rank))
        for rank, role in enumerate((Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER))
    ),
    default=Value(3),
    output_field=IntegerField(),
)


def bodies_in_order(edition: Edition | None = None) -> QuerySet[Body]:
    """Return the lasting bodies in their order; with an edition, the bodies made for it."""
    return Body.objects.filter(edition=edition).select_related("ref").order_by("position", "key")


def body_by_key(key: str, edition: Edition | None = None) -> Body | None:
    """Return a lasting body by its key; with an edition, the body made for it. None where there is none."""
    return bodies_in_order(edition).filter(key=key).first()


def holders_of_seats(body: Body, on: date, roles: Collection[str] = SITTING) -> list[Term]:
    """Return the terms of a body that hold on a day, the chair first, then by seat: "the Council on 1 May 2024".

    Who sits, unless other roles are asked for. Seat, person and organisation are there: one statement.
    """
    terms = Term.objects.filter(in_force(on), seat__body=body, role__in=roles)
    return list(
        terms.select_related("seat", "person", "organisation").order_by(RANK, "seat__position", "seat__key")
    )


@dataclass(frozen=True)
class Acting:
    """Who acts for a seat: its holder, or in her stead the alternate who is called in. A vacant seat has no holder."""

    holder: Term | None
    alternate: Term | None = None

    @property
    def term(self) -> Term:
        """The term whose vote it is: the holder's, or of a vacant seat the alternate's."""
        return self.holder or self.alternate

    @property
    def by(self) -> Term:
        """The term of who acts."""
        return self.alternate or self.holder


def acting_in(body: Body, on: date, occasion: UUID | None = None) -> list[Acting]:
    """Return who acts for each seat of a body on a day, in the order of its holders; never both of a seat.

    With ``occasion``, the reference of a meeting, those called in for that alone act too. One statement.
    """
    called = calls_on(on, occasion).filter(term=OuterRef("pk"))
    terms = Term.objects.filter(in_force(on), seat__body=body).annotate(
        call_in=Subquery(called.values("pk")[:1])
    )
    rows = terms.filter(Q(role__in=SITTING) | Q(role=Role.ALTERNATE, call_in__isnull=False))
    rows = list(
        rows.select_related("seat", "person", "organisation").order_by(RANK, "seat__position", "seat__key")
    )
    alternates = {term.seat_id: term for term in rows if term.role == Role.ALTERNATE}
    held = [Acting(term, alternates.get(term.seat_id)) for term in rows if term.role != Role.ALTERNATE]
    seats = {acting.holder.seat_id for acting in held}
    return held + [Acting(None, term) for seat, term in alternates.items() if seat not in seats]


def calls_on(on: date, occasion: UUID | None = None) -> QuerySet[CallIn]:
    """Return the calls of alternates that hold on a day: those for a time, and those for one occasion."""
    return CallIn.objects.filter(in_force(on), Q(occasion=None) | Q(occasion=occasion), is_void=False)


def occasions_of(person: UUID) -> QuerySet[CallIn]:
    """Return the references of what a person is called in to alone, past and coming, as a subquery."""
    calls = CallIn.objects.filter(term__person=person, occasion__isnull=False, is_void=False)
    return calls.values("occasion")


def alternates_of(body: Body, on: date) -> list[Term]:
    """Return the alternates of a body on a day, seat by seat. One statement."""
    return holders_of_seats(body, on, (Role.ALTERNATE,))


def calls_of(body: Body) -> list[CallIn]:
    """Return every call of an alternate there has been in a body, the latest first. One statement."""
    rows = CallIn.objects.filter(term__seat__body=body).select_related(
        "term__seat", "term__person__ref", "term__organisation__ref", "occasion"
    )
    return list(rows.order_by("-starts_on", "-pk"))


def secretaries_of(bodies: Collection[UUID], on: date) -> dict[UUID, str]:
    """Return who serves these bodies on a day, by name. One statement."""
    terms = Term.objects.filter(
        in_force(on), seat__body__in=bodies, role=Role.SECRETARY, person__isnull=False
    )
    rows = terms.select_related("person", "seat").order_by("-seat__position", "-pk")
    return {term.seat.body_id: str(term.person) for term in rows}


def vacant_seats(body: Body, on: date) -> list[Seat]:
    """Return the seats of a body that nobody holds on a day."""
    held = Term.objects.filter(in_force(on), seat=OuterRef("pk"), role__in=SITTING)
    return list(Seat.objects.filter(~Exists(held), body=body))


def free_seat(body: Body, holder: str, role: str, on: date) -> Seat | None:
    """Return the first seat for this kind of holder that nobody holds in this role from a day on."""
    held = Term.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), seat=OuterRef("pk"), role=role)
    return Seat.objects.filter(~Exists(held), body=body, holder=holder).first()


def terms_of(people: Collection[UUID], on: date | None = None) -> dict[UUID, list[Term]]:
    """Return for each person her terms, those in force on a day or all there ever were, latest first. One statement."""
    found: dict[UUID, list[Term]] = {person: [] for person in people}
    terms = Term.objects.filter(person__in=people).select_related("seat__body__ref", "organisation")
    for term in (terms if on is None else terms.filter(in_force(on))).order_by(F("starts_on").desc(), "pk"):
        found[term.person_id].append(term)
    return found


def visible_bodies(actor: Actor, on: date) -> QuerySet[Body]:
    """Return what the desk lists: bodies with edition, and how many ``seats_there`` are and ``seats_held`` on a day.

    Nothing for anybody else.
    """
    if not reads_registry(actor):
        return Body.objects.none()
    return _with_seats(on).select_related("edition", "parent__ref")


def public_bodies(on: date) -> QuerySet[Body]:
    """Return the bodies whose composition everybody may see, with ``seats_there`` and ``seats_held``, in order."""
    rows = _with_seats(on).filter(edition=None).exclude(flags__overlap=PRIVATE)
    return rows.select_related("parent").order_by("position", "key")


def _with_seats(on: date) -> QuerySet[Body]:
    seats = Seat.objects.filter(body=OuterRef("pk")).order_by()
    held = seats.filter(Exists(Term.objects.filter(in_force(on), seat=OuterRef("pk"), role__in=SITTING)))
    return Body.objects.select_related("ref").annotate(
        seats_there=_number_of(seats), seats_held=_number_of(held)
    )


def _number_of(rows: QuerySet[Seat]) -> Coalesce:
    return Coalesce(Subquery(rows.values("body").annotate(n=Count("pk")).values("n")), 0)


def visible_terms(actor: Actor) -> QuerySet[Term]:
    """Return every term of every body, with its seat, body and holder; nothing for who does not read the registry."""
    rows = Term.objects.select_related("seat__body__ref", "person__ref", "organisation__ref")
    rows = rows.annotate(holder_sort=Coalesce("person__sort_key", "organisation__sort_key"))
    return rows if reads_registry(actor) else rows.none()


def get_body_for(actor: Actor, number: str, on: date) -> Body:
    """Return the body with this number if the actor may see it; Body.DoesNotExist otherwise."""
    return visible_bodies(actor, on).get(ref__number=number)


def every_term_of(body: Body) -> list[Term]:
    """Return every term there has been in a body, seat by seat, latest first. One statement."""
    rows = Term.objects.filter(seat__body=body).select_related("seat", "person__ref", "organisation__ref")
    return list(rows.order_by("seat__position", "seat__key", F("starts_on").desc(), "pk"))

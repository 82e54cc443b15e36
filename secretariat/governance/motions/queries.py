from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, When

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.electorate import bodies_of, electorate_of, in_words
from secretariat.governance.ballots.logic import Place
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import holders_of_seats
from secretariat.governance.bodies.states import Flag, Role
from secretariat.governance.motions import rules
from secretariat.governance.motions.logic import Paragraph, compete, consolidate, farthest_first
from secretariat.governance.motions.models import Amendment, Backing, Motion, Requirement, Version
from secretariat.governance.motions.states import TAKEN_IN, UNDECIDED, AmendmentState, Kind, Part

# What is asked of a change of the statutes where nothing is laid down.
STATUTES = Requirement(kind=Kind.STATUTES, majority="two_thirds", base="cast")


def requirement_of(body: Body, kind: str) -> Requirement:
    """Return what a kind of motion needs in a body. Without a majority, that of the rules of procedure is."""
    found = Requirement.objects.filter(body=body, kind=kind).first()
    return found or (STATUTES if kind == Kind.STATUTES else Requirement(body=body, kind=kind))


def places_held(actor: Actor, body: Body, on: date) -> list[Place]:
    """Return the places in a body for which the actor speaks on a day, by right and not by proxy."""
    if not rules.is_herself(actor):
        return []
    return [
        place
        for place in electorate_of(body, on)
        if place.voter == actor.person_id and not place.by_proxy and place.recusal is None
    ]


def place_for(actor: Actor, body: Body, on: date, holder: UUID | None = None) -> Place | None:
    """Return the place for which the actor speaks: that of a holder, or the first of hers; None where she has none."""
    held = places_held(actor, body, on)
    wanted = (p for p in held if holder is None or holder in (p.person, p.organisation))
    return next(wanted, None)


def bodies_belonging(actor: Actor, on: date) -> set[UUID]:
    """Return the bodies whose motions concern the actor: she sits in them, serves them, or has a vote in them."""
    if actor.person_id is None:
        return set()
    seated = {c.body_id for c in actor.capacities if c.body_id}
    return seated | rules.bodies_led(actor) | bodies_of(actor.person_id, on)


def bodies_to_ask(actor: Actor, on: date) -> QuerySet[Body]:
    """Return the bodies that decide in which the actor may have a place; whether she has is told by ``place_for``."""
    bodies = Body.objects.filter(pk__in=bodies_belonging(actor, on), flags__contains=[Flag.DECIDES])
    return bodies.select_related("ref").order_by("position", "key")


def visible_motions(actor: Actor, on: date) -> QuerySet[Motion]:
    """Return the motions an actor may see: those of bodies she belongs to, and her own; the desk all but drafts."""
    rows = Motion.objects.select_related("ref", "body__ref", "ballot__ref", "power")
    own = Exists(
        Backing.objects.filter(
            motion=OuterRef("pk"), amendment=None, by=actor.person_id, part=Part.MOVER, ended_at=None
        )
    )
    mine = own if rules.is_herself(actor) else Q(pk__in=[])
    if rules.sees_all(actor):
        return rows.filter(Q(submitted_at__isnull=False) | mine)
    if actor.person_id is None:
        return rows.none()
    return rows.filter(Q(submitted_at__isnull=False, body__in=bodies_belonging(actor, on)) | mine)


def get_motion_for(actor: Actor, number: str, on: date) -> Motion:
    """Return the motion with this number if the actor may see it; Motion.DoesNotExist otherwise."""
    return visible_motions(actor, on).get(ref__number=number)


def counted_motions(actor: Actor, on: date) -> QuerySet[Motion]:
    """Return what lists show: motions with how many ``amendments_there`` are, and whether one votes now."""
    voting = Ballot.objects.filter(subject=OuterRef("ref"), state="open")
    rows = visible_motions(actor, on).filter(submitted_at__isnull=False)
    return rows.annotate(amendments_there=Count("amendments"), is_voting=Exists(voting))


def own_motions(actor: Actor, on: date) -> QuerySet[Motion]:
    """Return the motions a person sees: drafts first, then what waits to be decided, then the latest."""
    rank = Case(
        When(state="draft", then=0), When(state__in=["submitted", "admitted"], then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip
    return visible_motions(actor, on).order_by(rank, "-saved_at", "pk")


def backings_of(motion: Motion) -> list[Backing]:
    """Return who moves and seconds a motion now, movers first. One statement."""
    rows = Backing.objects.filter(motion=motion, amendment=None, ended_at=None)
    return list(rows.select_related("person", "organisation", "by").order_by("part", "since", "pk"))


def amendments_of(motion: Motion) -> list[Amendment]:
    """Return the amendments of a motion by their number, with who moves each and what each met. Two statements."""
    backings = Backing.objects.filter(ended_at=None).select_related("person", "organisation")
    rows = Amendment.objects.filter(motion=motion).select_related("ref", "ballot__ref", "against")
    found = list(
        rows.prefetch_related(Prefetch("backings", backings.order_by("since", "pk"))).order_by("number")
    )
    for amendment in found:
        amendment.motion = motion
    return found


def undecided(motion: Motion) -> QuerySet[Amendment]:
    """Return the amendments nothing has become of yet, in the order of votes; those without a place come last."""
    rows = Amendment.objects.filter(motion=motion, state__in=UNDECIDED).select_related("ref", "motion__body")
    return rows.order_by(F("position").asc(nulls_last=True), "number")


def competing(amendment: Amendment) -> list[Amendment]:
    """Return the other undecided amendments that touch the same paragraph."""
    rows = undecided(amendment.motion).exclude(pk=amendment.pk)
    return [other for other in rows if compete(amendment.change, other.change)]


def suggested_order(motion: Motion) -> list[Amendment]:
    """Return the undecided amendments as they would be voted on: by paragraph, the most far-reaching first."""
    rows = list(undecided(motion).order_by("number"))
    return [rows[at] for at in farthest_first(motion.text, [row.change for row in rows])]


def text_as_amended(motion: Motion) -> tuple[Paragraph, ...]:
    """Return the text with what was adopted and accepted so far, in the order in which it was."""
    taken = Amendment.objects.filter(motion=motion, state__in=TAKEN_IN).order_by("turn")
    return consolidate(motion.text, [amendment.change for amendment in taken])


def open_ballot_about(ref_id: UUID) -> Ballot | None:
    """Return the ballot about a motion or an amendment that is open now."""
    return Ballot.objects.filter(subject=ref_id, state="open").select_related("ref").first()


def version_content(motion: Motion, text: Sequence[Paragraph]) -> dict[str, Any]:
    """Return a version as plain values: what its digest is taken of."""
    return {
        "scheme": "secretariat/motion/1", "motion": motion.ref.number, "number": motion.code,
        "title": {"en": motion.title_en, "zh": motion.title_zh},
        "paragraphs": [{"en": paragraph.en, "zh": paragraph.zh} for paragraph in text],
    }  # fmt: skip


def version_digest(motion: Motion, text: Sequence[Paragraph]) -> str:
    """Return the digest of a version."""
    return digest(version_content(motion, text))


def published_motions() -> QuerySet[Motion]:
    """Return the adopted motions everybody may read, latest first."""
    rows = Motion.objects.filter(published_at__isnull=False, state="adopted")
    return rows.select_related("ref", "body__ref", "ballot__ref", "ballot__result", "power").order_by(
        "-ended_at", "pk"
    )


def adopted_version(motion: Motion) -> Version | None:
    """Return the text of a motion as it was adopted."""
    return Version.objects.filter(motion=motion, stage="adopted").first()


def versions_of(motion: Motion) -> list[Version]:
    """Return every version there was, in order."""
    return list(Version.objects.filter(motion=motion).select_related("by").order_by("number"))


def motions_to_admit(actor: Actor) -> QuerySet[Motion]:
    """Return the submitted motions of the bodies an actor leads, the oldest first."""
    rows = (
        Motion.objects.filter(state="submitted").select_related("ref", "body").order_by("submitted_at", "pk")
    )
    if actor.has("desk.run"):
        return rows
    return rows.filter(body__in=rules.bodies_led(actor))


def questions_to_rule(actor: Actor) -> QuerySet[Amendment]:
    """Return the amendments that wait for a ruling in the bodies an actor leads."""
    rows = Amendment.objects.filter(state="questioned", motion__state="admitted")
    rows = rows.select_related("motion__ref", "motion__body", "ref").order_by("pk")
    return rows if actor.has("desk.run") else rows.filter(motion__body__in=rules.bodies_led(actor))


def amendments_to_answer(person: UUID) -> QuerySet[Amendment]:
    """Return the amendments to motions a person moves to which no mover has said anything."""
    moves = Backing.objects.filter(
        motion=OuterRef("motion"), amendment=None, by=person, part=Part.MOVER, ended_at=None
    )
    rows = Amendment.objects.filter(
        Exists(moves), state="proposed", declined_at=None, motion__state="admitted"
    )
    return rows.select_related("motion__ref", "motion__body", "ref").order_by("proposed_at", "pk")


def people_leading(body: Body, on: date) -> set[UUID]:
    """Return who chairs or serves a body on a day."""
    terms = holders_of_seats(body, on, (Role.CHAIR, Role.SECRETARY))
    return {term.person_id for term in terms if term.person_id}


def absent(places: Sequence[Place]) -> list[Place]:
    """Return the places of a vote for which nobody meets: who is there shows by voting."""
    return [replace(place, is_present=False) for place in places]


def in_words_of(amendment: Amendment) -> dict[str, str]:
    """Return what became of an amendment, in each language."""
    return in_words(lambda: str(AmendmentState(amendment.state).label))


def requirements_laid_down() -> QuerySet[Requirement]:
    """Return what was laid down for kinds of motions, by body. One statement."""
    return Requirement.objects.select_related("body").order_by("body__position", "body__key", "kind")

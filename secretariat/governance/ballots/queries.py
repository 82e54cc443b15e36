from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from secretariat.engines.sealed.canonical import digest
from secretariat.engines.tally.counting import Voter
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit.models import Act
from secretariat.foundation.audit.prepared import Given, Planned, prepared_cursor
from secretariat.governance.ballots.logic import Hands, Standing, standing
from secretariat.governance.ballots.models import Ballot, HandCount, Procedure, RollLine, Vote
from secretariat.governance.bodies.models import Body


def procedure_of(body: Body, on: Any) -> Procedure | None:
    """Return the rules of procedure of a body on a day; None where none are recorded."""
    until = Q(ends_on=None) | Q(ends_on__gte=on)
    return Procedure.objects.filter(until, body=body, starts_on__lte=on).first()


def procedures_on(asked: Collection[tuple[UUID, date]]) -> dict[tuple[UUID, date], Procedure]:
    """Return the rules of procedure of many bodies, each on a day; where none are recorded, none. One statement."""
    rows = list(Procedure.objects.filter(body__in={body for body, _day in asked}))
    return {
        (body, day): row
        for body, day in asked
        for row in rows
        if row.body_id == body and row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
    }


def visible_ballots(actor: Actor) -> QuerySet[Ballot]:
    """Return the ballots an actor may see: those of bodies she sits in or serves, those she votes in; the desk all.

    Of those that are ``is_kept`` from her, because she is recused, she sees that they are held, and nothing else.
    """
    ballots = Ballot.objects.select_related("ref", "body__ref", "subject", "power")
    if any(actor.has(right) for right in ("desk.read", "desk.run", "system.run", "audit.read")):
        return ballots.annotate(is_kept=Value(False))
    ballots = ballots.annotate(is_kept=_is_kept_from(actor.person_id))
    bodies = {c.body_id for c in actor.capacities if c.body_id}
    bodies |= {c.scope_id for c in actor.capacities if c.right in ("body.chair", "body.serve") and c.scope_id}
    own = Exists(RollLine.objects.filter(ballot=OuterRef("pk"), voter=actor.person_id))
    return ballots.filter(Q(body__in=bodies) | own) if actor.person_id else ballots.none()


def _is_kept_from(person: UUID | None) -> Q:
    """Whether a person is recused on a ballot, and casts no vote in it for anybody else."""
    hers = RollLine.objects.filter(ballot=OuterRef("pk"), voter=person)
    return Q(Exists(hers.filter(recusal__isnull=False))) & ~Q(Exists(hers.filter(recusal__isnull=True)))


def get_ballot_for(actor: Actor, number: str) -> Ballot:
    """Return the ballot with this number if the actor may see it; Ballot.DoesNotExist otherwise."""
    return visible_ballots(actor).get(ref__number=number)


def ballots_about(subject: UUID) -> QuerySet[Ballot]:
    """Return the ballots about a thing, in the order in which they were declared."""
    return Ballot.objects.filter(subject=subject).select_related("ref", "body").order_by("created_at")


def lines_of(ballot: Ballot, person: UUID) -> list[RollLine]:
    """Return the lines of a roll that a person casts: her own, an organisation's, those she holds proxies for."""
    lines = RollLine.objects.filter(ballot=ballot, voter=person).select_related("person", "organisation")
    return list(lines.order_by("position"))


def line_to_cast(actor: Actor, number: str, position: int) -> RollLine | None:
    """Return a line of a ballot's roll that is the actor's to cast. One statement."""
    if actor.person_id is None:
        return None
    lines = _lines_to_cast(number=number, position=position, voter=actor.person_id)
    return lines[0] if lines else None


_lines_to_cast = Planned(
    lambda: RollLine.objects.filter(
        ballot__ref__number=Given("number"), position=Given("position"), voter=Given("voter")
    )
)


def latest_votes(ballot: Ballot) -> QuerySet[Vote]:
    """Return the vote that counts for each line of a roll. One statement."""
    return Vote.objects.filter(ballot=ballot).order_by("line_id", "-turn").distinct("line_id")


def objections_to(ballot: Ballot) -> list[Vote]:
    """Return the votes against that say why, in the order of the roll. One statement."""
    said = latest_votes(ballot).select_related("line__person", "line__organisation")
    return sorted((vote for vote in said if vote.reason), key=lambda vote: vote.line.position)


def extensions_of(ballot: Ballot) -> list[dict[str, Any]]:
    """Return when a ballot was given more time, until when and why, in order. One statement."""
    acts = Act.objects.filter(subject_id=ballot.pk, verb="ballot_extended").order_by("pk")
    return [
        {"at": act.at, "until": datetime.fromisoformat(act.detail["later"]), "reason": act.detail["reason"]}
        for act in acts
    ]


def hands_of(ballot: Ballot) -> Hands:
    """Return the hands as they were last counted."""
    last = HandCount.objects.filter(ballot=ballot).order_by("-turn").first()
    return Hands(last.yes, last.no, last.abstain) if last else Hands()


def tally(ballot: Ballot, *, present: Iterable[UUID] | None = None, casting: Any = None) -> Standing:
    """Count a ballot as it stands. Two statements, and one more for hands.

    ``present`` are the lines whose voters are there by now, where that changed since it opened.
    """
    there = None if present is None else set(present)
    rows = RollLine.objects.filter(ballot=ballot).values_list("pk", "weight", "is_present", "recusal")
    roll = [
        Voter(str(key), Fraction(weight), was_there if there is None else key in there, recusal is not None)
        for key, weight, was_there, recusal in rows
    ]
    votes = {str(line): choice for line, choice in latest_votes(ballot).values_list("line", "choice")}
    hands = hands_of(ballot) if ballot.method == "hands" else Hands()
    return standing(ballot, roll, votes, hands=hands, silence=ballot.method == "silence", casting=casting)


# Who did the same, together: a page that watches an assembly of thousands need not carry every line.
TOGETHER = """
SELECT r.is_present, r.recusal IS NOT NULL, v.choice, sum(r.weight), count(*)
FROM ballots_rollline r LEFT JOIN (
    SELECT DISTINCT ON (line_id) line_id, choice FROM ballots_vote WHERE ballot_id = %(ballot)s
    ORDER BY line_id, turn DESC
) v ON v.line_id = r.id
WHERE r.ballot_id = %(ballot)s GROUP BY 1, 2, 3"""


def tally_so_far(ballot: Ballot) -> Standing:
    """Return what ``tally`` does, added up by the database. One statement, and one more for hands."""
    with prepared_cursor() as cursor:
        rows = cursor.execute(TOGETHER, {"ballot": ballot.pk}).fetchall()
    roll = [Voter(str(n), Fraction(row[3]), row[0], row[1]) for n, row in enumerate(rows)]
    return standing(
        ballot, roll, {str(n): row[2] for n, row in enumerate(rows) if row[2]},
        hands=hands_of(ballot) if ballot.method == "hands" else Hands(), silence=ballot.method == "silence",
        heads={str(n): row[4] for n, row in enumerate(rows)},
    )  # fmt: skip


def roll_call(ballot: Ballot) -> list[RollLine]:
    """Return the roll in its order with holders, each line with ``said``: the vote that counts, or None."""
    lines = RollLine.objects.filter(ballot=ballot).select_related("person", "organisation", "voter")
    said = {vote.line_id: vote for vote in latest_votes(ballot)}
    found = list(lines.order_by("position"))
    for line in found:
        line.said = said.get(line.pk)
    return found


def open_ballots_of(person: UUID) -> QuerySet[Ballot]:
    """Return the open ballots in which a person has not yet cast every vote that is hers."""
    unsaid = RollLine.objects.filter(ballot=OuterRef("pk"), voter=person, recusal__isnull=True).exclude(
        Exists(Vote.objects.filter(line=OuterRef("pk")))
    )
    return Ballot.objects.filter(Exists(unsaid), state="open").select_related("ref", "body")


def due_ballots(now: datetime) -> QuerySet[Ballot]:
    """Return the open ballots whose time is over."""
    return Ballot.objects.filter(state="open", closes_at__lte=now)


def roll_content(lines: Sequence[RollLine]) -> list[dict[str, Any]]:
    """Return a roll as plain values: what its digest is taken of."""
    return [
        {
            "position": line.position, "person": _text(line.person_id), "organisation": _text(line.organisation_id),
            "voter": _text(line.voter_id), "proxy": line.by_proxy, "weight": f"{line.weight:.6f}",
            "source": line.source, "present": line.is_present, "chair": line.is_chair, "recused": line.is_recused,
        }
        for line in lines
    ]  # fmt: skip


def roll_digest(lines: Sequence[RollLine]) -> str:
    """Return the digest of a roll."""
    return digest({"scheme": "secretariat/roll/1", "lines": roll_content(lines)})


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)


def roll_rows(ballot: Ballot) -> QuerySet[RollLine]:
    """Return the roll as a list of the desk shows it, each line with ``said_choice``, the vote that counts."""
    said = Vote.objects.filter(line=OuterRef("pk")).order_by("-turn").values("choice")[:1]
    lines = RollLine.objects.filter(ballot=ballot).select_related("person", "organisation", "voter")
    return lines.annotate(said_choice=Subquery(said))


def next_unsaid(ballot: Ballot, after: int) -> RollLine | None:
    """Return the next line that has not been called: after a place, or the first of those passed over."""
    unsaid = roll_rows(ballot).filter(said_choice=None, recusal__isnull=True).order_by("position")
    return unsaid.filter(position__gt=after).first() or unsaid.first()


def own_ballots(person: UUID) -> QuerySet[Ballot]:
    """Return the ballots on whose roll a person votes, open ones first, then the latest."""
    own = Exists(RollLine.objects.filter(ballot=OuterRef("pk"), voter=person))
    ballots = Ballot.objects.filter(own, state__in=["open", "closed"]).select_related("ref", "body", "result")
    ballots = ballots.annotate(is_kept=_is_kept_from(person))
    return ballots.order_by(Case(When(state="open", then=0), default=1), "-opened_at")

"""A motion as pages draw it: paragraph by paragraph, each with the amendments to it and what they would change."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.governance.ballots.logic import Place
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.motions.logic import Paragraph, before_and_after
from secretariat.governance.motions.models import Amendment, Motion
from secretariat.governance.motions.queries import adopted_version, amendments_of, text_as_amended
from secretariat.governance.powers.models import Power
from secretariat.governance.powers.queries import resting_on
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person


@dataclass(frozen=True)
class Amended:
    """An amendment with the paragraph before and after it, who moves it, and the ballot that is open on it."""

    amendment: Amendment
    before: Paragraph
    after: Paragraph
    voting: Ballot | None
    movers: list[Any]
    is_mine: bool


@dataclass
class Clause:
    """A paragraph with its number; number 0 is the place before the first, where there is no paragraph."""

    number: int
    paragraph: Paragraph | None
    amendments: list[Amended] = field(default_factory=list)


def clauses_of(motion: Motion, person: UUID | None = None) -> list[Clause]:
    """Return the text with its amendments; three statements, however many there are."""
    clauses = [Clause(0, None), *(Clause(n, p) for n, p in enumerate(motion.text, 1))]
    rows = amendments_of(motion)
    voting = {
        ballot.subject_id: ballot
        for ballot in Ballot.objects.filter(
            subject__in=[row.ref_id for row in rows], state="open"
        ).select_related("ref")
    }
    for row in rows:
        before, after = before_and_after(row.change, motion.text)
        backings = list(row.backings.all())
        mine = person is not None and any(backing.by_id == person for backing in backings)
        clauses[row.paragraph].amendments.append(
            Amended(row, before, after, voting.get(row.ref_id), [b.holder for b in backings], mine)
        )
    return clauses


def places_named(places: list[Place]) -> list[tuple[str, str]]:
    """Return places as choices: the id of whose they are, and the name. Two statements."""
    people = Person.objects.in_bulk([p.person for p in places if not p.organisation])
    organisations = Organisation.objects.in_bulk([p.organisation for p in places if p.organisation])
    named = []
    for place in places:
        holder = organisations.get(place.organisation) or people.get(place.person)
        named.append(
            (str(place.organisation or place.person), str(holder) if place.organisation else _("myself"))
        )
    return named


@dataclass(frozen=True)
class Resting:
    """The power under which a motion is decided, and what the body uses it by; nothing where it does not hold it."""

    power: Power
    on: str


def power_of(motion: Motion) -> Resting | None:
    """Return the power a motion names as its body held it on the day of the vote; today, while it is undecided."""
    if motion.power is None:
        return None
    on = timezone.localdate(motion.ballot.opened_at if motion.ballot else timezone.now())
    return Resting(motion.power, resting_on(motion.body, motion.power, on))


def reads_otherwise(motion: Motion) -> list[Paragraph] | None:
    """Return the text as adopted, or as it would read by now; None where it reads as it was moved."""
    if motion.state == "adopted":
        adopted = adopted_version(motion)
        text = adopted.text if adopted else motion.text
    else:
        text = list(text_as_amended(motion))
    return text if text != motion.text else None

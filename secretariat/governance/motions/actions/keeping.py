"""What every act on a motion does: hold it, move it on, freeze its text, tell who backs or follows it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require_state
from secretariat.foundation.notices.actions import tell
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.logic import Place
from secretariat.governance.motions import queries
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.models import Amendment, Backing, Follower, Motion, Version
from secretariat.registry.people.models import Person
from secretariat.registry.refs.actions import Party, add_parties, update_ref


def locked(motion: Motion, states: Sequence[str], what: str) -> Motion:
    """Hold the motion; everything about it and its amendments is done one after the other."""
    found = (
        Motion.objects.select_for_update(of=("self",))
        .select_related("ref", "body__ref", "power")
        .get(pk=motion.pk)
    )
    require_state(found.state, states, what)
    return found


def locked_amendment(amendment: Amendment, states: Sequence[str], what: str) -> Amendment:
    """Hold the motion, which must be admitted, and with it the amendment."""
    motion = locked(amendment.motion, ["admitted"], what)
    found = Amendment.objects.select_related("ref").get(pk=amendment.pk)
    found.motion = motion
    require_state(found.state, states, what)
    return found


def lead(row: Motion | Amendment, state: str, **changes: Any) -> None:
    """Move a motion or an amendment to a state, with what goes with it."""
    for name, value in {"state": state, **changes}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    update_ref(ref_id=row.ref_id, state=state)


def freeze(motion: Motion, text: Sequence[Paragraph], stage: str, actor: Actor, now: datetime) -> Version:
    """Keep a version of the text with its digest."""
    return Version.objects.create(
        motion=motion, number=Version.objects.filter(motion=motion).count() + 1, stage=stage,
        title_en=motion.title_en, title_zh=motion.title_zh,
        paragraphs=[{"en": paragraph.en, "zh": paragraph.zh} for paragraph in text],
        digest=queries.version_digest(motion, text), at=now, by_id=actor.person_id,
    )  # fmt: skip


def back(
    motion: Motion, place: Place, part: str, actor: Actor, now: datetime, amendment: Amendment | None = None
) -> Backing:
    """Keep that a place moves or seconds. ValueError where it does so already."""
    # A person's own place has no organisation; an organisation's is its, whoever speaks for it.
    person = None if place.organisation else place.person
    backing = Backing(
        motion=motion, amendment=amendment, part=part, person_id=person, organisation_id=place.organisation,
        by_id=actor.person_id, since=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            backing.save(force_insert=True)
    except IntegrityError as error:
        if "backing_once" not in str(error):
            raise
        raise ValueError(_("Whoever you speak for backs this already.")) from None
    # Who is tied to a mover of it is found by the parties of its reference.
    party = Party(part, organisation_id=place.organisation) if place.organisation else Party(part, person)
    add_parties(ref=amendment.ref if amendment else motion.ref, parties=[party])
    return backing


def tell_backers(motion: Motion, kind: str, now: datetime, about: object = None, **said: Any) -> None:
    """Tell who moves, seconds or follows a motion."""
    people = {
        *Backing.objects.filter(motion=motion, ended_at=None).values_list("by", flat=True),
        *Follower.objects.filter(motion=motion).values_list("person", flat=True),
    }
    tell_people(people, motion, kind, now, about, **said)


def tell_movers(motion: Motion, kind: str, now: datetime, about: object = None, **said: Any) -> None:
    """Tell who moves a motion."""
    rows = Backing.objects.filter(motion=motion, amendment=None, part="mover", ended_at=None)
    tell_people(set(rows.values_list("by", flat=True)), motion, kind, now, about, **said)


def tell_body(motion: Motion, kind: str, now: datetime) -> None:
    """Tell everybody who has a vote in the body."""
    voters = {place.voter for place in electorate_of(motion.body, now.date()) if place.voter}
    tell_people(voters, motion, kind, now)


def tell_people(
    people: Iterable[UUID], motion: Motion, kind: str, now: datetime, about: object = None, **said: Any
) -> None:
    """Tell these people something about a motion, each once; ``about`` tells two such things apart."""
    accounts = Person.objects.filter(pk__in=set(people), account__isnull=False)
    title = {"en": motion.title_en, "zh": motion.title_zh}
    tell(
        accounts=list(accounts.values_list("account", flat=True)), kind=kind,
        subject_id=uuid5(motion.pk, str(about)) if about else motion.pk, now=now, number=motion.ref.number,
        code=motion.code, title=title, **said,
    )  # fmt: skip

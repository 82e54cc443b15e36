"""What waits for movers and for who leads a body, and what a motion's reference leads to."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.motions import queries, rules
from secretariat.record.tasks.duties import Door, Duty

SHOWN = 50


def duties(actor: Actor, door: Door, _now: datetime) -> Iterator[Duty]:
    """Amendments to answer for oneself; motions to admit and competing amendments to rule on for who leads."""
    if door == "my":
        if rules.is_herself(actor):
            yield from _of_movers(actor)
            if not actor.has("desk.run") and rules.bodies_led(actor):
                yield from _of_leaders(actor)
        return
    if actor.has("desk.run"):
        yield from _of_leaders(actor)


def _of_movers(actor: Actor) -> Iterator[Duty]:
    for amendment in queries.amendments_to_answer(actor.person_id)[:SHOWN]:
        yield Duty(
            key=f"motions.amendment:{amendment.pk}",
            title=_("Answer amendment %(amendment)s to your motion") % {"amendment": amendment},
            path=reverse("my_motions:motion", args=[amendment.motion.ref.number]), about=str(amendment.motion),
        )  # fmt: skip


def _of_leaders(actor: Actor) -> Iterator[Duty]:
    for motion in queries.motions_to_admit(actor)[:SHOWN]:
        yield Duty(
            key=f"motions.motion:{motion.pk}", title=_("Admit or rule out: %(motion)s") % {"motion": motion},
            path=reverse("desk_motions:motion", args=[motion.ref.number]), about=motion.code,
        )  # fmt: skip
    for amendment in queries.questions_to_rule(actor)[:SHOWN]:
        yield Duty(
            key=f"motions.question:{amendment.pk}",
            title=_("Rule whether %(amendment)s falls or stays") % {"amendment": amendment},
            path=reverse("desk_motions:motion", args=[amendment.motion.ref.number]), about=str(amendment.motion),
        )  # fmt: skip

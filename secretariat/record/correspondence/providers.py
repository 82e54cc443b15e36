from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.correspondence import queries, rules
from secretariat.record.tasks.duties import Door, Duty
from secretariat.record.tasks.queries import end_of

SHOWN = 50


def letters_waiting(actor: Actor, door: Door, now: datetime) -> Iterable[Duty]:
    """What this person is asked to sign, what she wrote and may go out, what came in and waits for her or anybody."""
    if door != "desk" or actor.person_id is None or not rules.can_see_letters(actor):
        return
    for letter in queries.to_sign(actor)[:SHOWN]:
        yield Duty(
            key=f"letter:{letter.pk}", title=_("Sign “%(subject)s”") % {"subject": letter.wording.subject},
            path=reverse("desk_correspondence:letter", args=[letter.ref.number]),
            due=end_of(letter.due_on) if letter.due_on else None, about=letter.ref.number,
            owner=str(letter.signer),
        )  # fmt: skip
    for letter in queries.to_send(actor)[:SHOWN]:
        yield Duty(
            key=f"letter.send:{letter.pk}", title=_("Send “%(subject)s”") % {"subject": letter.wording.subject},
            path=reverse("desk_correspondence:letter", args=[letter.ref.number]),
            due=end_of(letter.due_on) if letter.due_on else None, about=letter.ref.number,
            owner=str(letter.drafter),
        )  # fmt: skip
    for came in queries.waiting_incoming(actor)[:SHOWN]:
        yield Duty(
            key=f"incoming:{came.pk}", title=_("Answer “%(subject)s”") % {"subject": came.subject},
            path=reverse("desk_correspondence:incoming", args=[came.ref.number]),
            due=end_of(came.answer_by) if came.answer_by else None, about=came.ref.number,
            owner=str(came.owner) if came.owner else "",
        )  # fmt: skip

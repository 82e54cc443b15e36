"""Letters on the pages of people, organisations and whatever a letter follows from."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.correspondence import queries
from secretariat.record.correspondence.models import Incoming, Letter
from secretariat.registry.refs.panels import Line, Panel, address_of

SHOWN = 50


def letters_of_person(person: UUID, actor: Actor, _on: date) -> Panel:
    """What came from a person and what went to her. Two statements."""
    return _letters(actor, Q(person=person), Q(recipients__person=person))


def letters_of_organisation(organisation: UUID, actor: Actor, _on: date) -> Panel:
    """What came from an organisation and what went to it. Two statements."""
    return _letters(actor, Q(organisation=organisation), Q(recipients__organisation=organisation))


def _letters(actor: Actor, came: Q, went: Q) -> Panel:
    incoming = queries.visible_incoming(actor).filter(came).order_by("-received_on")[:SHOWN]
    letters = queries.letters_about(actor, went)[:SHOWN]
    return Panel(_("Letters"), [*_incoming(incoming), *_outgoing(letters)])


def _incoming(letters: Iterable[Incoming]) -> list[Line]:
    return [
        Line(
            letter.subject, address_of("incoming_letter", letter.ref.number),
            _("came in · %(state)s") % {"state": letter.get_state_display()}, letter.ref.number,
            is_past=letter.state != "registered",
        )
        for letter in letters
    ]  # fmt: skip


def _outgoing(letters: Iterable[Letter]) -> list[Line]:
    return [
        Line(
            letter.wording.subject, address_of("letter", letter.ref.number),
            _("goes out · %(state)s") % {"state": letter.get_state_display()}, letter.ref.number,
            is_past=letter.state in ("sent", "dropped"),
        )
        for letter in letters
    ]  # fmt: skip

from datetime import date
from itertools import count

from secretariat.governance.bodies.actions import add_seat, appoint, call_in, establish_body
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.people import make_person

_numbers = count(1)


def make_body(key=None, *, flags=("decides",), actor=INSTALLER, now=NOW, **kw):
    key = key or f"body-{next(_numbers):03d}"
    names = {"name_en": key.capitalize(), "name_zh": f"机构{key}"}
    return establish_body(key=key, flags=flags, actor=actor, now=now, **{**names, **kw})


def make_seat(body=None, *, actor=INSTALLER, now=NOW, **kw):
    return add_seat(body=body or make_body(), actor=actor, now=now, **kw)


def make_term(body=None, person=None, *, organisation=None, seat=None, starts_on=date(2020, 1, 1), actor=INSTALLER,
              now=NOW, **kw):  # fmt: skip
    """A person on a seat of her own; with an organisation, its seat with the person as delegate, if any."""
    holder = "organisation" if organisation else "person"
    return appoint(
        seat=seat or make_seat(body, holder=holder),
        person=person or (None if organisation else make_person()),
        organisation=organisation,
        starts_on=starts_on,
        actor=actor,
        now=now,
        **kw,
    )


def make_call(alternate=None, *, seat=None, starts_on=date(2024, 5, 1), reason="She is away", actor=INSTALLER, now=NOW,
              **kw):  # fmt: skip
    """The alternate of a seat, called in; without a term given she is appointed first."""
    term = alternate or make_term(seat=seat or make_seat(), role="alternate", actor=actor, now=now)
    return call_in(term=term, starts_on=starts_on, reason=reason, actor=actor, now=now, **kw)

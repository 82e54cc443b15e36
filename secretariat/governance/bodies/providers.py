"""What terms say to three of the four questions. One statement for each, whatever the number of people.

An explanation is read by the person it concerns: it names bodies and organisations, never another person.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.ui.templatetags.ui import day
from secretariat.governance.bodies.logic import (
    SITTING,
    attends_summit,
    rights_in_body,
    rights_when_called_in,
    sits,
)
from secretariat.governance.bodies.models import Body, Term
from secretariat.governance.bodies.queries import secretaries_of
from secretariat.governance.bodies.sessions import Due, due_of, sessions_of
from secretariat.governance.bodies.states import Flag
from secretariat.record.tasks.duties import Door, Duty
from secretariat.registry.capacities.queries import Provider, Row
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, in_language, rows_of
from secretariat.registry.entitlements.queries import Entitlement

TERM = "bodies.term"
ATTEND = "summit.attend"

# Whoever is asked about and whoever is a party may be an alias: all are first resolved to what they stand for.
# Terms were re-pointed when the alias was left behind.
ASKED = """
WITH asked AS (
    SELECT a.id, coalesce(p.canonical_id, p.id) AS who
    FROM unnest(%(people)s::uuid[]) AS a (id) JOIN people_person p ON p.id = a.id
), partner AS (
    SELECT DISTINCT k.key, coalesce(p.canonical_id, p.id) AS who
    FROM unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS k (key, id)
    JOIN people_person p ON p.id = k.id
), party AS (
    SELECT DISTINCT k.key, coalesce(o.canonical_id, o.id) AS organisation
    FROM unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS k (key, id)
    JOIN organisations_organisation o ON o.id = k.id
), sat AS (
    SELECT t.id, t.person_id, t.organisation_id, s.body_id, b.name_en, b.name_zh, b.flags,
           t.starts_on, t.ends_on, daterange(t.starts_on, t.ends_on, '[]') AS days,
           t.ends_on IS NULL OR t.ends_on >= %(on)s AS current
    FROM bodies_term t JOIN bodies_seat s ON s.id = t.seat_id JOIN bodies_body b ON b.id = s.body_id
    WHERE t.starts_on <= %(on)s AND (t.ends_on IS NULL OR t.ends_on >= %(since)s)
)"""
DELEGATION = (
    ASKED
    + """
SELECT asked.id, party.key, sat.id, sat.current, sat.starts_on, sat.ends_on, o.name_en, o.name_zh
FROM asked
JOIN sat ON sat.person_id = asked.who
JOIN party ON party.organisation = sat.organisation_id
JOIN organisations_organisation o ON o.id = party.organisation"""
)
SHARED_SEAT = (
    ASKED
    + """, theirs AS (
    SELECT partner.key, partner.who, sat.* FROM sat JOIN partner ON partner.who = sat.person_id
    UNION ALL
    SELECT party.key, NULL, sat.* FROM sat JOIN party ON party.organisation = sat.organisation_id
)
SELECT DISTINCT asked.id, theirs.key, mine.id, mine.starts_on, mine.ends_on, mine.name_en, mine.name_zh
FROM asked
JOIN sat mine ON mine.person_id = asked.who AND NOT mine.flags @> ARRAY[%(supreme)s]::varchar[]
JOIN theirs ON theirs.body_id = mine.body_id AND theirs.id <> mine.id AND theirs.days && mine.days
WHERE theirs.who IS DISTINCT FROM asked.who"""
)

# A call of an alternate counts on its days, whatever it is for. One for a time leaves her holder without the seat's
# rights; one for a meeting takes her place there, and nothing else.
CALLED = """NOT c.is_void AND c.starts_on <= %(on)s AND (c.ends_on IS NULL OR c.ends_on >= %(on)s)"""
SEATS = f"""
SELECT t.person_id, t.id, b.id, NULL::uuid,
       CASE WHEN t.role = 'alternate' AND EXISTS (
           SELECT FROM bodies_callin c WHERE c.term_id = t.id AND {CALLED}
       ) THEN 'called_in' ELSE t.role::text END, b.flags::text[]
FROM asked JOIN bodies_term t ON t.person_id = asked.id
JOIN bodies_seat s ON s.id = t.seat_id JOIN bodies_body b ON b.id = s.body_id
WHERE t.starts_on <= %(on)s AND (t.ends_on IS NULL OR t.ends_on >= %(on)s)
AND NOT (t.role IN ('member', 'chair', 'vice_chair') AND EXISTS (
    SELECT FROM bodies_callin c JOIN bodies_term a ON a.id = c.term_id
    WHERE a.seat_id = t.seat_id AND c.occasion_id IS NULL AND {CALLED}
    AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(on)s)
))"""


def _rights_of_seat(row: Row) -> Iterator[Capacity]:
    """Only a capacity of who sits, or acts for who does, carries the body: it is what makes somebody its member."""
    called_in = row.word == "called_in"
    body = row.scope if called_in or sits(row.word) else None
    for right in rights_when_called_in(row.words) if called_in else rights_in_body(row.word, row.words):
        yield Capacity(right, f"{TERM}:{row.source}", scope_id=row.scope, body_id=body)


# What terms in force give.
seats = Provider(SEATS, _rights_of_seat)


def delegation(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person is the delegate of a party on a seat, which bars, or was so recently, which is disclosed."""
    for person, key, term, current, since, until, *name in rows_of(DELEGATION, people, parties, on, policy):
        text = (
            _("You hold a seat for %(organisation)s.")
            if current
            else _("You held a seat for %(organisation)s recently.")
        )
        yield Finding(
            person, key, "delegation", "bars" if current else "discloses", TERM, term,
            text % {"organisation": in_language(*name)}, starts_on=since, ends_on=until, direction="hers",
        )  # fmt: skip


def shared_seat(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person sits or sat in a body together with a party. In a supreme body everybody sits, so it says nothing."""
    for person, key, term, since, until, *name in rows_of(
        SHARED_SEAT, people, parties, on, policy, supreme=Flag.SUPREME.value
    ):
        yield Finding(
            person, key, "shared_seat", "discloses", TERM, term,
            _("You sit or sat in the body “%(body)s” together with one of those this is about.")
            % {"body": in_language(*name)}, starts_on=since, ends_on=until,
        )  # fmt: skip


def summit_seats(people: Collection[UUID] | None, right: str | None, on: date) -> Iterator[Entitlement]:
    """Whose seat brings them to the summit."""
    if right not in (None, ATTEND):
        return
    terms = Term.objects.filter(in_force(on), person__isnull=False, role__in=SITTING)
    if people is not None:
        terms = terms.filter(person__in=people)
    for term in terms.select_related("seat__body"):
        if attends_summit(term.role, term.seat.body.flags):
            reason = _("You hold a seat in the body “%(body)s”.") % {"body": term.seat.body}
            yield Entitlement(ATTEND, term.person_id, TERM, term.pk, reason)


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """Bodies that must meet again before long and have no session planned in time. Three statements.

    They wait for the desk and for the secretary of the body, who is named as the one whose duty it is.
    """
    if door != "desk":
        return
    today, bodies = timezone.localdate(now), Body.objects.filter(meets_every_years__isnull=False)
    if not actor.has("desk.run"):
        bodies = bodies.filter(pk__in={c.scope_id for c in actor.capacities if c.right == "body.serve"})
    found = {body.pk: body for body in bodies.select_related("ref").order_by("position", "key")}
    if not found:
        return
    due = [due_of(body, each, today) for body, each in ((found[k], v) for k, v in sessions_of(found).items())]
    near = [one for one in due if one.is_near(today)]
    serving = secretaries_of([one.body.pk for one in near], today) if near else {}
    for one in near:
        yield Duty(
            key=f"bodies.session:{one.body.pk}", title=_("Plan the next session: %(body)s") % {"body": one.body},
            path=reverse("desk_bodies:body", args=[one.body.ref.number]), about=_said(one),
            due=datetime.combine(one.due, time(12), timezone.get_current_timezone()),
            owner=serving.get(one.body.pk, ""),
        )  # fmt: skip


def _said(one: Due) -> str:
    if one.planned is not None:
        return _("The one planned for %(day)s comes too late.") % {"day": day(one.planned.day)}
    return _("The last one was held on %(day)s.") % {"day": day(one.last.day)} if one.last else ""

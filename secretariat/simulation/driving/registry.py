"""A small registry from a file: an edition, organisations, people with accounts, and bodies with their seats.

Whoever runs the installation from its command line keeps the registry; every row goes through its action.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from secretariat.foundation.accounts.actions import RIGHTS, give_grant, register_account
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Account
from secretariat.governance.bodies.actions import add_seat, appoint, establish_body
from secretariat.registry.editions.actions import announce_edition, open_edition, register_series
from secretariat.registry.editions.models import Series
from secretariat.registry.organisations.actions import register_organisation
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.actions import add_affiliation, register_person
from secretariat.registry.people.models import Person
from secretariat.registry.places.actions import load_places
from secretariat.registry.places.models import Place
from secretariat.registry.topics.actions import load_topics
from secretariat.registry.topics.models import Topic
from secretariat.simulation.driving.answers import table
from secretariat.simulation.profile import load_profile
from secretariat.simulation.profile.organisation import FLAGS, ORGANISATION_KINDS
from secretariat.simulation.profile.reading import ProfileError, Table, read_toml
from secretariat.simulation.registering import INSTALLER
from secretariat.summit.review.actions import state_expertise

KINDS = ("summit", "regional_meeting", "webinar", "briefing", "release", "competition", "expo")


@dataclass
class Registry:
    """What was entered so far, by the keys of the file; people by their addresses."""

    now: datetime
    since: date
    is_simulated: bool
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rows: list[tuple[str, str, str]] = field(default_factory=list)  # what, key, number

    def told(self, what: str, key: str, number: str) -> None:
        self.rows.append((what, key, number))


def register(file: str, *, now: datetime) -> Iterator[str]:
    """Enter what a file says and tell the numbers. Places and topics come from the profile, if none are there yet.

    Raises ProfileError with file, key and reason; then nothing was entered.
    """
    path = Path(file).resolve()
    whole = read_toml(path.parent, path.name)
    with transaction.atomic():
        _furnish(now)
        entered = Registry(now, whole.get("since", date), whole.get("simulated", bool, False))
        for name, enter in (
            ("organisations", _organisation), ("people", _person), ("bodies", _body), ("editions", _edition),
        ):  # fmt: skip
            for row in whole.tables(name, []):
                _enter(row, enter, entered)
        whole.done()
    yield from table(("what", "key", "number"), entered.rows)


def _furnish(now: datetime) -> None:
    if not Place.objects.exists() or not Topic.objects.exists():
        profile = load_profile(settings.PROFILE)
        load_places(profile=profile.places, actor=INSTALLER, now=now)
        load_topics(schemes=profile.schemes, topics=profile.topics, actor=INSTALLER, now=now)


def _enter(row: Table, enter: Callable[[Table, Registry], None], entered: Registry) -> None:
    """Enter one row; what its action refuses is told with the row's place in the file."""
    try:
        enter(row, entered)
    except ProfileError:
        raise
    except ValueError as error:
        raise row.fail("", str(error)) from None
    row.done()


def _organisation(row: Table, entered: Registry) -> None:
    key, name = row.get("key", str), row.text()
    made = register_organisation(
        name_en=name.en, name_zh=name.zh, kind=row.one_of("kind", ORGANISATION_KINDS), country=_country(row),
        simulated=entered.is_simulated, actor=INSTALLER, now=entered.now,
    )  # fmt: skip
    entered.organisations[key] = made
    entered.told("organisation", key, made.ref.number)


def _country(row: Table) -> Place:
    code = row.get("country", str)
    place = Place.objects.filter(alpha2=code).first()
    if place is None:
        raise row.fail("country", f"{code!r} is no country or region")
    return place


def _person(row: Table, entered: Registry) -> None:
    email = row.get("email", str)
    if Account.objects.filter(email__iexact=email).exists():
        raise row.fail("email", f"{email} has an account already")
    account = register_account(email=email, actor=INSTALLER, now=entered.now)
    for right in row.strings("rights", ()):
        if right not in RIGHTS:
            raise row.fail("rights", f"{right!r} is none of {', '.join(RIGHTS)}")
        give_grant(
            account=account, right=right, starts_on=entered.since, reason="Registered from a file", actor=INSTALLER,
            now=entered.now,
        )  # fmt: skip
    person = register_person(
        given_name=row.get("given", str), family_name=row.get("family", str), name_zh=row.optional("zh", str) or "",
        account=account, simulated=entered.is_simulated, actor=INSTALLER, now=entered.now,
    )  # fmt: skip
    _affiliate(row, person, entered)
    if keys := row.strings("expertise", ()):
        herself = Actor(account.pk, person.pk, door=INSTALLER.door)
        state_expertise(person=person, topics=_topics(row, keys), actor=herself, now=entered.now)
    entered.people[email] = person
    entered.told("person", email, person.ref.number)


def _affiliate(row: Table, person: Person, entered: Registry) -> None:
    """Where a person belongs, and where she belonged until the day before the registry begins."""
    for name in ("organisation", "formerly"):
        key = row.optional(name, str)
        if key is None:
            continue
        if key not in entered.organisations:
            raise row.fail(name, f"{key!r} is none of the organisations above")
        begun, ended = (entered.since, None) if name == "organisation" else _year_before(entered.since)
        add_affiliation(
            person=person, organisation=entered.organisations[key], starts_on=begun, ends_on=ended,
            source="Registered from a file", actor=INSTALLER, now=entered.now,
        )  # fmt: skip


def _year_before(day: date) -> tuple[date, date]:
    return day - timedelta(days=365), day - timedelta(days=1)


def _topics(row: Table, keys: Sequence[str]) -> list[Topic]:
    found = {topic.key: topic for topic in Topic.objects.filter(key__in=keys)}
    for key in keys:
        if key not in found:
            raise row.fail("expertise", f"{key!r} is no topic")
    return list(found.values())


def _body(row: Table, entered: Registry) -> None:
    key, name, flags = row.get("key", str), row.text(), row.strings("flags")
    if unknown := set(flags) - FLAGS:
        raise row.fail("flags", f"{min(unknown)!r} is none of {', '.join(sorted(FLAGS))}")
    body = establish_body(
        key=key, name_en=name.en, name_zh=name.zh, flags=flags, actor=INSTALLER, now=entered.now
    )
    for role, emails in (("chair", [row.get("chair", str)]), ("member", row.strings("members", ()))):
        for email in emails:
            if email not in entered.people:
                raise row.fail(role, f"{email!r} is none of the people above")
            seat = add_seat(body=body, actor=INSTALLER, now=entered.now)
            appoint(
                seat=seat, person=entered.people[email], role=role, starts_on=entered.since, actor=INSTALLER,
                now=entered.now,
            )  # fmt: skip
    entered.told("body", key, body.ref.number)


def _edition(row: Table, entered: Registry) -> None:
    """An edition of a series, which is made where there is none of that key, opened at once."""
    key, kind, name = row.get("series", str), row.one_of("kind", KINDS), row.text()
    series = Series.objects.filter(key=key).first() or register_series(
        key=key, kind=kind, name_en=name.en, name_zh=name.zh, actor=INSTALLER, now=entered.now
    )
    year = row.get("year", int)
    edition = announce_edition(
        series=series, year=year, title_en=f"{name.en} {year}", title_zh=f"{year}年{name.zh}",
        starts_on=row.optional("starts_on", date), ends_on=row.optional("ends_on", date), parts=["calls"],
        simulated=entered.is_simulated, actor=INSTALLER, now=entered.now,
    )  # fmt: skip
    open_edition(edition=edition, actor=INSTALLER, now=entered.now)
    entered.told("edition", f"{key} {year}", edition.ref.number)

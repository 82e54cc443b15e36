"""The profile and its invented members, committees and applicants, put into the registry through its actions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from secretariat.foundation.accounts.actions import give_grant, register_account
from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.governance.bodies.actions import add_seat, appoint, establish_body
from secretariat.governance.membership.actions import admit_member, load_categories, name_representative
from secretariat.registry.organisations.actions import name_host, register_organisation
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.actions import add_affiliation, register_person
from secretariat.registry.people.models import Person
from secretariat.registry.places.actions import load_places
from secretariat.registry.topics.actions import load_topics
from secretariat.registry.topics.models import Topic
from secretariat.simulation.names import SimulatedMember, SimulatedOrganisation, SimulatedPerson
from secretariat.simulation.profile.kinds import Body, Profile
from secretariat.simulation.standing import Terms, lay_down
from secretariat.simulation.world import DOOR, World
from secretariat.summit.review.actions import state_expertise

INSTALLER = Actor(door=DOOR, capacities=(Capacity("system.run", "installation"),))
STAFF_EMAIL = "staff@example.org"
SINCE = date(2022, 7, 12)
COUNCIL, SECRETARIAT = "council", "secretariat"


def register_profile(profile: Profile, now: datetime) -> World:
    """Load places, topics and the host organisation, and make the account of the desk."""
    places = load_places(profile=profile.places, actor=INSTALLER, now=now)
    load_topics(schemes=profile.schemes, topics=profile.topics, actor=INSTALLER, now=now)
    account = register_account(email=STAFF_EMAIL, actor=INSTALLER, now=now)
    for right in ("desk.run", "desk.read"):
        give_grant(
            account=account,
            right=right,
            starts_on=SINCE,
            reason="Runs the demo's desk",
            actor=INSTALLER,
            now=now,
        )
    person = register_person(
        given_name="Staff", family_name="Example", name_zh="示例职员", languages=["en", "zh"], account=account,
        simulated=True, actor=INSTALLER, now=now,
    )  # fmt: skip
    rights = (Capacity("desk.run", "accounts.grant"), Capacity("desk.read", "accounts.grant"))
    world = World(Actor(account.pk, person.pk, rights, door=DOOR), places)
    world.people[0] = person
    _register_host(profile, world, now)
    return world


def _register_host(profile: Profile, world: World, now: datetime) -> None:
    told = profile.organisation
    for initiator in told.initiators:
        code = initiator.country.value
        register_organisation(
            name_en=initiator.name.en, name_zh=initiator.name.zh, acronym=initiator.short,
            kind=initiator.kind.value or "enterprise", country=world.places.get(code) if code else None,
            actor=INSTALLER, now=now,
        )  # fmt: skip
    served = register_organisation(
        name_en=told.name.en, name_zh=told.name.zh, acronym=told.short, kind="intergovernmental",
        country=world.places.get("CN"), actor=INSTALLER, now=now,
    )  # fmt: skip
    name_host(
        organisation=served, disclaimer={"en": told.affiliation.en, "zh": told.affiliation.zh},
        simulated={"en": told.simulated.en, "zh": told.simulated.zh}, actor=INSTALLER, now=now,
    )  # fmt: skip


def register_organisations(world: World, rows: Sequence[SimulatedOrganisation], now: datetime) -> None:
    for row in rows:
        world.organisations[row.number] = register_organisation(
            name_en=row.name.en, name_zh=row.name.zh, kind=row.kind, country=world.places[row.country],
            website=row.website, simulated=True, actor=INSTALLER, now=now,
        )  # fmt: skip


def register_people(world: World, rows: Sequence[SimulatedPerson], now: datetime) -> None:
    """Register invented people with an account and, where they work somewhere, an affiliation."""
    for row in rows:
        account = register_account(
            email=row.email,
            language="zh-hans" if row.languages[0] == "zh" else "en",
            actor=INSTALLER,
            now=now,
        )
        world.people[row.number] = register_person(
            given_name=row.given, family_name=row.family, name_order=row.name_order, name_zh=row.name_zh,
            honorific=row.honorific, languages=row.languages, country=world.places[row.country],
            account=account, simulated=True, actor=INSTALLER, now=now,
        )  # fmt: skip
        if row.organisation:
            add_affiliation(
                person=world.people[row.number], organisation=world.organisations[row.organisation.number],
                starts_on=SINCE - timedelta(days=365), title_en=row.title.en, title_zh=row.title.zh,
                source="Simulated", actor=INSTALLER, now=now,
            )  # fmt: skip


def register_past_work(
    world: World, people: Sequence[Person], until: date, rng: Random, now: datetime
) -> None:
    """Let each of these people have worked for some organisation until a day, for two years."""
    organisations = list(world.organisations.values())
    for person in people:
        add_affiliation(
            person=person, organisation=rng.choice(organisations), starts_on=until - timedelta(days=730),
            ends_on=until, title_en="Adviser", title_zh="顾问", source="Simulated", actor=INSTALLER, now=now,
        )  # fmt: skip


def register_members(
    world: World, profile: Profile, members: Sequence[SimulatedMember], people: Sequence[SimulatedPerson],
    terms: Terms, today: date, now: datetime,
) -> None:  # fmt: skip
    """Admit the invented members; the first person of a member organisation represents it and has its vote."""
    declared = {
        row.key: {"name_en": row.name.en, "name_zh": row.name.zh, "position": row.order, "holder": row.holder}
        for row in profile.categories
    }
    categories = load_categories(categories=declared, actor=INSTALLER, now=now)
    lay_down(terms, categories, INSTALLER, now)
    first: dict[int, Person] = {}
    for row in people:
        if row.organisation:
            first.setdefault(row.organisation.number, world.people[row.number])
    for row in members:
        holder: Organisation | Person = (
            world.organisations[row.organisation.number]
            if row.organisation
            else world.people[row.person.number]
        )
        named = {"organisation": holder} if row.organisation else {"person": holder}
        member = admit_member(
            category=categories[row.category],
            starts_on=row.joined_on,
            actor=INSTALLER,
            now=now,
            **named,
            paid_until=terms.paid_until(row.number, today),
        )
        if row.organisation and row.organisation.number in first:
            name_representative(
                member=member, person=first[row.organisation.number], starts_on=row.joined_on, is_voting=True,
                actor=INSTALLER, now=now,
            )  # fmt: skip


def register_bodies(world: World, profile: Profile, sitting: dict[str, Sequence[Any]], now: datetime) -> None:
    """Establish the profile's bodies and seat the given simulated people; the first of each takes the chair."""
    for body in profile.bodies:
        if body.is_plural:
            continue
        facts = body.facts
        world.bodies[body.key] = establish_body(
            key=body.key, name_en=body.name.en, name_zh=body.name.zh, flags=sorted(body.flags),
            position=body.order, meets_every_years=_value(body, "meets_every_years"),
            term_years=facts["term_years"].value if "term_years" in facts else None, actor=INSTALLER, now=now,
        )  # fmt: skip
        for number, person in enumerate(sitting.get(body.key, ()), 1):
            seat = add_seat(body=world.bodies[body.key], actor=INSTALLER, now=now)
            appoint(
                seat=seat, person=person, role="chair" if number == 1 else "member", starts_on=SINCE,
                actor=INSTALLER, now=now,
            )  # fmt: skip


def _value(body: Body, key: str) -> Any:
    return body.facts[key].value if key in body.facts else None


def size_of(body: Body) -> int:
    """Return how many seats the simulation gives a body: the published number where there is one, else an invented."""
    fact = body.facts.get("size")
    return 0 if fact is None else fact.simulated or fact.value or 0


def register_expertise(
    world: World, profile: Profile, scheme: str, committee: Sequence[Person], rng: Random, now: datetime
) -> None:
    """Let each member of a committee name two to four of the call's fields, so that every field is known to some."""
    topics = {topic.key: topic for topic in Topic.objects.all()}
    fields = [topics[topic.key] for topic in profile.topics_in(scheme)]
    for number, person in enumerate(committee):
        own = fields[number % len(fields)]
        others = rng.sample(
            [field for field in fields if field != own], min(len(fields) - 1, rng.randint(1, 3))
        )
        state_expertise(person=person, topics=[own, *others], actor=world.staff, now=now)

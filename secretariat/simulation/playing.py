"""The whole demo: the profile, a finished edition with both selections, and a second one in flight."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.utils.timezone import localdate

from secretariat.foundation.audit import actions as audit
from secretariat.foundation.audit.sealer import seal
from secretariat.record.search.actions import refresh
from secretariat.record.search.receivers import not_followed
from secretariat.registry.editions.actions import announce_edition, next_edition_from, open_edition
from secretariat.registry.editions.models import Series
from secretariat.registry.people.models import Person
from secretariat.simulation import flight, registering
from secretariat.simulation.archive import SUMMIT, record_archive
from secretariat.simulation.content import make_submissions
from secretariat.simulation.funnel import Funnel
from secretariat.simulation.governing import govern
from secretariat.simulation.names import (
    SimulatedOrganisation,
    SimulatedPerson,
    make_members,
    make_organisations,
    make_people,
)
from secretariat.simulation.office import open_office
from secretariat.simulation.phrases import Simulation, load_simulation
from secretariat.simulation.processes import Players, Progress, in_turn
from secretariat.simulation.profile import load_profile
from secretariat.simulation.profile.kinds import Call, Profile
from secretariat.simulation.scores import make_readers
from secretariat.simulation.standing import count_standings, read_terms
from secretariat.simulation.world import World

BEGUN, LOADED = "demo_begun", "demo_loaded"
SEED = 2022
APPLICANTS, PEOPLE = 130, 440
IN_FLIGHT = {"achievements": 80, "cases": 150}  # invented
READ_SO_FAR, UNRESOLVED = 0.6, 3


def play(*, now: datetime, progress: Progress, players: Players = in_turn) -> None:
    """Load and play everything. How many seconds each finished call took stands in the act that ends it.

    What does not wait for one another is played as ``players`` says: in turn, or at once.
    """
    with _hurried():
        _play(now, Stage(progress, players))


@contextmanager
def _hurried() -> Iterator[None]:
    """A demo that is interrupted begins anew: its small transactions need not wait for the disk."""
    connection_created.connect(_hurry)
    _hurry(connection)
    try:
        yield
    finally:
        connection_created.disconnect(_hurry)


def _hurry(connection: Any, **_signal: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _play(now: datetime, stage: "Stage") -> None:
    with audit.act(BEGUN, actor=registering.INSTALLER, now=now):
        pass
    # Thousands of acts: what they made is put into the index of the search at once, not by a job for each.
    with not_followed():
        stage.furnish(localdate(now))
        stage.finished_edition()
        stage.edition_in_flight(now)
    stage.progress("the search", 0, 1)
    refresh(now=now)
    stage.progress("the search", 1, 1)
    with audit.act(LOADED, actor=registering.INSTALLER, now=now, seconds=stage.seconds):
        pass
    seal(now=now)


class Stage:
    """What the demo is played on, set up step by step."""

    def __init__(self, progress: Progress, players: Players = in_turn) -> None:
        self.progress, self.players, self.rng = progress, players, Random(SEED)
        self.profile: Profile = load_profile(settings.PROFILE)
        self.simulation: Simulation = load_simulation(settings.PROFILE, self.profile)
        self.seconds: dict[str, float] = {}
        self.committees: dict[str, list[Person]] = {}
        self.opening = datetime(2022, 7, 12, tzinfo=UTC)
        self.world: World
        self.organisations: list[SimulatedOrganisation]
        self.people: list[SimulatedPerson]
        self.series: dict[str, Series]

    def furnish(self, today: date) -> None:
        """Put the profile, the members and everybody who plays a part into the registry."""
        self.progress("the profile", 0, 1)
        # The calls of 2022 opened before the organisation was founded in July: the registry was there by then.
        start = datetime(2022, 1, 1, tzinfo=UTC)
        self.world = registering.register_profile(self.profile, start)
        self.series = record_archive(self.profile.archive, actor=registering.INSTALLER, now=start)
        self.progress("the profile", 1, 1)
        members = make_members(self.simulation.members, self.rng)
        own = [row.organisation for row in members if row.organisation]
        individuals = [row.person for row in members if row.person]
        weights = self._applicant_countries()
        others = make_organisations(APPLICANTS, self.rng, countries=weights, start=len(own) + 1)
        self.organisations = [*own, *others]
        self.people = list(make_people(PEOPLE, self.organisations, self.rng, start=len(individuals) + 1))
        self._register(members, individuals, today, start)

    def _applicant_countries(self) -> dict[str, int]:
        weights: dict[str, int] = {}
        for spread in self.simulation.applicants.values():
            for code, weight in spread.items():
                weights[code] = weights.get(code, 0) + weight
        return weights

    def _register(
        self, members: Sequence[Any], individuals: list[SimulatedPerson], today: date, now: datetime
    ) -> None:
        registering.register_organisations(self.world, self.organisations, now)
        everybody = [*individuals, *self.people]
        for begin in range(0, len(everybody), 40):
            registering.register_people(self.world, everybody[begin : begin + 40], now)
            self.progress("people and organisations", min(begin + 40, len(everybody)), len(everybody))
        terms = read_terms(settings.PROFILE)
        registering.register_members(self.world, self.profile, members, self.people, terms, today, now)
        sitting = self._sitting()
        registering.register_bodies(self.world, self.profile, sitting, now)
        for call in self.profile.calls.values():
            committee = self.committees[call.committee] = sitting[call.committee]
            registering.register_expertise(self.world, self.profile, call.scheme, committee, self.rng, now)
            # Recent enough to be disclosed; the chair decides whether it bars.
            registering.register_past_work(self.world, committee, date(2021, 3, 31), self.rng, now)
        self.world.learn(date(2022, 9, 1))
        if "owner" in connections:
            # Thousands of new rows at once: the planner must not go by what it knew of the empty tables.
            with connections["owner"].cursor() as cursor:
                cursor.execute("ANALYZE")

    def _sitting(self) -> dict[str, list[Person]]:
        """Deal people out to the bodies; nobody sits in two. Colleagues of applicants do sit in committees.

        The first of each organisation is left out: she is the one who applies in its name.
        """
        others = self.people[len(self.organisations) :]
        waiting = self.rng.sample(others, len(others))
        sitting: dict[str, list[Person]] = {}
        for body in self.profile.bodies:
            size = registering.size_of(body)
            chosen, waiting = waiting[:size], waiting[size:]
            sitting[body.key] = [self.world.people[row.number] for row in chosen]
        return sitting

    def finished_edition(self) -> None:
        """The simulated summit of 2022, from the calls to the books."""
        self.world.edition = announce_edition(
            series=self.series[SUMMIT], year=2022, title_en="Simulated summit 2022", title_zh="2022年模拟峰会",
            starts_on=date(2022, 11, 9), ends_on=date(2022, 11, 11), parts=["calls", "ceremony"], simulated=True,
            actor=registering.INSTALLER, now=self.opening,
        )  # fmt: skip
        open_edition(edition=self.world.edition, actor=registering.INSTALLER, now=self.opening)
        calls = self.profile.calls
        seconds = self.players([partial(self._finished, call) for call in calls.values()])
        self.seconds = dict(zip(calls, seconds, strict=True))

    def _finished(self, call: Call) -> Generator[None, None, float]:
        begun = time.monotonic()
        yield from self._funnel(call, call.simulation.submissions).run()
        return round(time.monotonic() - begun, 2)

    def _funnel(self, call: Call, submissions: int) -> Funnel:
        # Of its own: what is drawn for one call does not hang on how far another is.
        rng = Random(f"{SEED} {call.key}")

        def progress(step: str, done: int, total: int) -> None:
            self.progress(f"{call.key}: {step}", done, total)

        made = make_submissions(
            call, submissions, self.organisations, self.people, self.profile, self.simulation, rng
        )
        readers = make_readers(call.simulation.reviewers, rng)
        return Funnel(self.world, call, self.simulation, made, readers, rng, progress, call.opens_at)

    def edition_in_flight(self, now: datetime) -> None:
        """A second edition: one call open, one 60 % reviewed with three conflicts waiting for the chair."""
        today = now.date()
        starts_on, _ends_on = flight.summit_days(today)
        self.world.edition = next_edition_from(
            previous=self.world.edition,
            starts_on=starts_on,
            simulated=True,
            actor=registering.INSTALLER,
            now=now,
        )
        open_edition(edition=self.world.edition, actor=registering.INSTALLER, now=now)
        self.world.learn(today)
        cases = flight.open_call_of(self.profile.calls["cases-2022"], today)
        achievements = flight.reviewed_call_of(self.profile.calls["achievements-2022"], today)
        registering.register_past_work(
            self.world, self.committees[achievements.committee], today - timedelta(days=300), self.rng, now
        )
        self.players([partial(self._half_reviewed, achievements), partial(self._today, cases, now)])

    def _today(self, call: Call, now: datetime) -> Iterator[None]:
        """What has come in to a call that is open, what lies on the desks, and what the Council is at."""
        open_now = self._funnel(call, IN_FLIGHT["cases"])
        open_now.submissions = sorted(open_now.submissions, key=lambda row: row.submitted_at)
        open_now.declare()
        open_now.collect(sum(row.submitted_at < now for row in open_now.submissions))
        yield
        open_office(self.world, now)
        count_standings(now)
        self.progress("the Council", 0, 1)
        govern(self.world, now)
        self.progress("the Council", 1, 1)

    def _half_reviewed(self, call: Call) -> Iterator[None]:
        funnel = self._funnel(call, IN_FLIGHT["achievements"])
        funnel.declare()
        funnel.collect(len(funnel.submissions))
        yield
        funnel.close()
        funnel.resolve(leave=UNRESOLVED)
        eligible, recommended, *_rest = funnel.call.stages.order_by("position")
        funnel.cut(eligible)
        funnel.assign(recommended)
        funnel.read(recommended, share=READ_SO_FAR)

"""Invented submissions: titles and summaries put together from a topic's phrases, and everything a form asks for.

The same seed gives the same submissions. Every title begins with words that say it is simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from secretariat.simulation.names import SimulatedOrganisation, SimulatedPerson, spread
from secretariat.simulation.phrases import Simulation, Subject, TopicPhrases
from secretariat.simulation.profile.kinds import Call, EligibilityRule, Profile, Text

WORDS_EN = (60, 110)  # words of an English summary
EARLIEST = date(2016, 1, 1)


@dataclass(frozen=True, slots=True)
class Contribution:
    person: SimulatedPerson
    role: Text


@dataclass(frozen=True, slots=True)
class SimulatedSubmission:
    """`values` answers the call's form by field key; texts are {"en": ..., "zh": ...}.

    `quality` and `strengths` (by criterion) are latent: no page may show them. `flaw` is the key of the eligibility
    rule that the submission breaks, or empty.
    """

    number: int
    call: str
    topic: str
    applicants: tuple[SimulatedOrganisation, ...]  # the first one leads
    contributors: tuple[Contribution, ...]  # the first one submits
    countries: tuple[str, ...]
    countries_of_use: tuple[str, ...]
    values: dict[str, Any]
    submitted_at: datetime
    quality: float
    strengths: dict[str, float]
    flaw: str

    @property
    def title(self) -> Text:
        return Text(self.values["title"]["en"], self.values["title"]["zh"])

    @property
    def summary(self) -> Text:
        return Text(self.values["summary"]["en"], self.values["summary"]["zh"])


def make_submissions(
    call: Call,
    n: int,
    organisations: Sequence[SimulatedOrganisation],
    people: Sequence[SimulatedPerson],
    profile: Profile,
    simulation: Simulation,
    rng: Random,
) -> tuple[SimulatedSubmission, ...]:
    """`n` submissions to a call in the order of receipt, of which the call's `ineligible` share break a rule.

    Applicants are drawn from `organisations` (each leads once before any leads twice), contributors from `people`,
    those of the applicants first.
    """
    topics = spread({topic.key: rng.randint(5, 6) for topic in profile.topics_in(call.scheme)}, n, rng)
    pairs = {key: cycle(_pairs(simulation.topics[key], rng)) for key in sorted(set(topics))}
    flaws = _flaws(call, n, rng)
    leads = _leads(organisations, n, rng)
    uses = _countries_of_use(n, profile, simulation, rng)
    staff = _by_organisation(people)
    fields = [field.key for field in call.form if field.kind != "file"]
    submissions = []
    for number, moment in enumerate(_moments(call, n, rng), start=1):
        applicants = _applicants(leads[number - 1], organisations, rng)
        contributors = _contributors(applicants, staff, people, call, simulation, rng)
        countries = tuple(dict.fromkeys(row.country for row in applicants))
        used_in = tuple(sorted({*uses[number - 1], countries[0]})) if "countries_of_use" in fields else ()
        subject, setting = next(pairs[topics[number - 1]])
        writer = _Writer(call, subject, setting, simulation, profile, len(used_in), rng)
        values = writer.values(number, joint=len(applicants) > 1)
        values |= _plain_values(call, number, topics[number - 1], contributors, countries, used_in, rng)
        submission = SimulatedSubmission(
            number, call.key, topics[number - 1], applicants, contributors, countries, used_in,
            {key: values.get(key) for key in fields}, moment, rng.gauss(0, 1),
            {row.key: rng.gauss(0, 0.4) for row in call.criteria}, flaws.get(number, ""),
        )  # fmt: skip
        _break_rule(submission, call, rng)
        submissions.append(submission)
    return tuple(submissions)


class _Writer:
    """Writes the texts of one submission in both languages from the same choices."""

    def __init__(
        self,
        call: Call,
        subject: Subject,
        setting: Text,
        simulation: Simulation,
        profile: Profile,
        count: int,
        rng: Random,
    ) -> None:
        self.call, self.subject, self.setting, self.simulation = call, subject, setting, simulation
        self.rng, self.places, self.count = rng, profile.places.many, count

    def values(self, number: int, *, joint: bool) -> dict[str, Any]:
        """Title, summary and the other long texts; no method and no result is told twice."""
        prefix, name = self.simulation.prefixes[self.call.series], self.subject.name
        methods = self.rng.sample(self.subject.methods, 2)
        results = [self._filled(pattern) for pattern in self.rng.sample(self.subject.results, 2)]
        values = {
            "title": {
                "en": f"{prefix.en} {number:03}: {_capital(_bare(name.en))} for {self.setting.en}",
                "zh": f"{prefix.zh}{number:03}：面向{self.setting.zh}的{name.zh}",
            },
            "summary": self._summary(methods[0], results[0]),
        }
        values |= {
            field.key: _joined([methods[1], self._frame("details"), results[1]])
            for field in self.call.form
            if field.kind == "long_text" and field.key not in ("summary", "partnership")
        }
        if joint:
            values["partnership"] = _joined([self.rng.choice(self.simulation.frames["partnerships"]["all"])])
        return values

    def _summary(self, method: Text, result: Text) -> dict[str, str]:
        """Five sentences: what and why, how, with what result, tried where, and what remains."""
        for _ in range(50):
            text = _joined([self._opening(), method, result, self._trial(), self._frame("closings")])
            if WORDS_EN[0] <= len(text["en"].split()) <= WORDS_EN[1]:
                break
        return text

    def _opening(self) -> Text:
        pattern, problem = self._frame("openings"), self.rng.choice(self.subject.problems)
        name, setting = self.subject.name, self.setting
        return Text(
            pattern.en.format(
                subject=name.en, Subject=_capital(name.en), setting=setting.en, problem=problem.en
            ),
            pattern.zh.format(subject=name.zh, Subject=name.zh, setting=setting.zh, problem=problem.zh),
        )

    def _filled(self, pattern: Text) -> Text:
        rng = self.rng
        numbers = {
            "p": rng.randint(12, 68),
            "f": rng.randint(2, 9),
            "k": f"{rng.randint(12, 960) * 100:,}",
            "d": rng.randint(11, 28),
            "m": rng.randint(6, 30),
        }
        return Text(pattern.en.format(**numbers), pattern.zh.format(**numbers))

    def _trial(self) -> Text:
        pattern = self._frame("trials")
        numbers = {"count": self.count, "number": self.rng.randint(3, 24), "months": self.rng.randint(5, 30)}
        return Text(
            pattern.en.format(places=self.places.en, **numbers),
            pattern.zh.format(places=self.places.zh, **numbers),
        )

    def _frame(self, name: str) -> Text:
        return self.rng.choice(self.simulation.frames[name][self.call.series])


def _joined(sentences: list[Text]) -> dict[str, str]:
    english = " ".join(_capital(sentence.en) for sentence in sentences)
    return {"en": english, "zh": "".join(sentence.zh for sentence in sentences)}


def _bare(phrase: str) -> str:
    """Without its article: `an address plan generator` -> `address plan generator`."""
    article, _, rest = phrase.partition(" ")
    return rest if article in ("a", "an", "the") else phrase


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _pairs(subjects: TopicPhrases, rng: Random) -> list[tuple[Subject, Text]]:
    """Every subject with every setting that suits it, once, in random order."""
    pairs = [(subject, setting) for subject in subjects for setting in subject.settings]
    rng.shuffle(pairs)
    return pairs


def _moments(call: Call, n: int, rng: Random) -> list[datetime]:
    """Times of receipt within the call, crowded towards its end, in order and whole seconds."""
    span = (call.closes_at - call.opens_at).total_seconds()
    seconds = sorted(int((span - 60) * rng.random() ** 0.35) for _ in range(n))
    return [call.opens_at + timedelta(seconds=second) for second in seconds]


def _leads(
    organisations: Sequence[SimulatedOrganisation], n: int, rng: Random
) -> list[SimulatedOrganisation]:
    leads: list[SimulatedOrganisation] = []
    while len(leads) < n:
        leads += rng.sample(organisations, len(organisations))
    return leads[:n]


def _applicants(
    lead: SimulatedOrganisation, organisations: Sequence[SimulatedOrganisation], rng: Random
) -> tuple[SimulatedOrganisation, ...]:
    """The lead, and for about one in four submissions up to three partners."""
    if rng.random() >= 0.25:
        return (lead,)
    others = rng.sample(organisations, min(len(organisations), rng.randint(2, 4)))
    return (lead, *(row for row in others if row != lead))[:4]


def _by_organisation(people: Sequence[SimulatedPerson]) -> dict[int, list[SimulatedPerson]]:
    staff: dict[int, list[SimulatedPerson]] = {}
    for person in people:
        if person.organisation:
            staff.setdefault(person.organisation.number, []).append(person)
    return staff


def _contributors(
    applicants: Sequence[SimulatedOrganisation],
    staff: dict[int, list[SimulatedPerson]],
    people: Sequence[SimulatedPerson],
    call: Call,
    simulation: Simulation,
    rng: Random,
) -> tuple[Contribution, ...]:
    """From 1 to the form's most: mostly few, one in twenty-five at the limit. Staff of the applicants come first."""
    most = next(field.maximum for field in call.form if field.kind == "contributors") or 20
    size = most if rng.random() < 0.04 else min(most, 1 + int(rng.expovariate(0.28)))
    own = [person for row in applicants for person in staff.get(row.number, [])]
    chosen = own[:size]
    while len(chosen) < min(size, len(people)):
        person = rng.choice(people)
        if person not in chosen:
            chosen.append(person)
    lead, *roles = simulation.frames["roles"]["all"]
    return tuple(
        Contribution(person, lead if index == 0 else rng.choice(roles)) for index, person in enumerate(chosen)
    )


def _countries_of_use(n: int, profile: Profile, simulation: Simulation, rng: Random) -> list[list[str]]:
    """Places for each submission; together they reach the planned number of distinct ones if n allows."""
    inhabited = sorted(profile.places.codes - simulation.uninhabited)
    dealt = cycle(rng.sample(inhabited, simulation.distinct_countries_of_use))
    return [[next(dealt) for _ in range(min(24, 2 + int(rng.expovariate(0.22))))] for _ in range(n)]


def _plain_values(
    call: Call,
    number: int,
    topic: str,
    contributors: Sequence[Contribution],
    countries: Sequence[str],
    used_in: Sequence[str],
    rng: Random,
) -> dict[str, Any]:
    """Everything that is not a long text; all addresses are under example.org."""
    submitter = contributors[0].person
    latest = min((rule.params["before"] for rule in _date_rules(call)), default=call.opens_at.date())
    days = (latest - EARLIEST).days - 1
    return {
        "topic": topic,
        "contributors": list(contributors),
        "countries": list(countries),
        "countries_of_use": list(used_in),
        "started_on": EARLIEST + timedelta(days=rng.randint(0, days)),
        "users": rng.randint(5, 400) * 25,
        "reached": rng.randint(12, 4000) * 50,
        "website": f"https://{call.key}-{number:03}.example.org/",
        "contact": {
            "en": f"{submitter.name_en}, {submitter.email}",
            "zh": f"{submitter.name_zh}，{submitter.email}",
        },
    }


def _date_rules(call: Call) -> list[EligibilityRule]:
    return [rule for rule in call.eligibility if rule.kind == "date_before"]


def _flaws(call: Call, n: int, rng: Random) -> dict[int, str]:
    """Number of submission -> key of the rule it breaks, among the rules that a valid form can break."""
    required = {field.key for field in call.form if field.required}
    rules = [
        rule.key
        for rule in call.eligibility
        if rule.kind != "count_between" or rule.params["field"] not in required
    ]
    if not rules:
        return {}
    wanted = round(n * call.simulation.ineligible / call.simulation.submissions)
    return dict(zip(sorted(rng.sample(range(1, n + 1), wanted)), cycle(rules), strict=False))


def _break_rule(submission: SimulatedSubmission, call: Call, rng: Random) -> None:
    """Make the submission break the rule its `flaw` names, and no other."""
    rule = next((row for row in call.eligibility if row.key == submission.flaw), None)
    if rule is None:
        return
    if rule.kind == "languages_filled":
        submission.values[rule.params["fields"][-1]]["zh"] = ""
    elif rule.kind == "date_before":
        submission.values[rule.params["field"]] = rule.params["before"] + timedelta(days=rng.randint(0, 45))
    else:
        submission.values[rule.params["field"]] = []

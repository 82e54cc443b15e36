"""Invented organisations, people and members. Every name says that it is an example; nobody real is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from secretariat.simulation.phrases import MemberPlan
from secretariat.simulation.profile.kinds import Text

WORDS: dict[str, tuple[Text, ...]] = {
    "government": (Text("Example Ministry", "示例部委"), Text("Example Agency", "示例管理局")),
    "intergovernmental": (
        Text("Example Union", "示例联盟"),
        Text("Example Regional Commission", "示例区域委员会"),
    ),
    "enterprise": (
        Text("Example Company", "示例公司"),
        Text("Example Technologies", "示例科技"),
        Text("Example Networks", "示例网络"),
    ),
    "association": (Text("Example Association", "示例协会"), Text("Example Federation", "示例联合会")),
    "academia": (
        Text("Example Institute", "示例研究院"),
        Text("Example University", "示例大学"),
        Text("Example Laboratory", "示例实验室"),
    ),
    "technical_community": (
        Text("Example Network Information Centre", "示例网络信息中心"),
        Text("Example Response Team", "示例应急响应组"),
    ),
    "civil_society": (Text("Example Foundation", "示例基金会"), Text("Example Initiative", "示例公益行动")),
    "media": (Text("Example Broadcaster", "示例广播台"), Text("Example Press", "示例报社")),
}

# Weights of the kinds of applicants; invented.
APPLICANT_KINDS = {
    "enterprise": 9, "academia": 8, "association": 2, "technical_community": 2, "civil_society": 2,
    "government": 2, "intergovernmental": 1, "media": 1,
}  # fmt: skip

FAMILY_FIRST = frozenset({"CN", "HK", "MO", "TW", "JP", "KR", "VN", "HU"})
LANGUAGES = {
    "CN": "zh", "HK": "zh", "MO": "zh", "TW": "zh", "SG": "zh", "JP": "ja", "KR": "ko", "FR": "fr", "SN": "fr",
    "DE": "de", "CH": "de", "RU": "ru", "KZ": "ru", "BR": "pt", "PT": "pt", "ES": "es", "MX": "es", "AR": "es",
    "CL": "es", "PE": "es", "CO": "es", "EG": "ar", "SA": "ar", "AE": "ar", "SE": "sv", "FI": "fi", "HU": "hu",
    "TH": "th", "ID": "id", "MY": "ms", "VN": "vi", "IN": "hi", "TR": "tr", "IT": "it", "KE": "sw", "TZ": "sw",
}  # fmt: skip
TITLES = (
    Text("Director", "主任"),
    Text("Senior researcher", "高级研究员"),
    Text("Chief engineer", "总工程师"),
    Text("Programme lead", "项目负责人"),
    Text("Head of international affairs", "国际事务负责人"),
    Text("Analyst", "分析师"),
)
HONORIFICS = ("", "", "", "Dr", "Dr", "Professor")


@dataclass(frozen=True, slots=True)
class SimulatedOrganisation:
    number: int
    kind: str
    name: Text
    country: str  # ISO 3166-1 alpha-2

    @property
    def website(self) -> str:
        return f"https://org{self.number:03}.example.org/"


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """`name_order` is `given_first` or `family_first`; `name_zh` is written as one word, family name first."""

    number: int
    given: str
    family: str
    name_zh: str
    name_order: str
    honorific: str
    languages: tuple[str, ...]  # first language first
    country: str
    organisation: SimulatedOrganisation | None
    title: Text

    @property
    def name_en(self) -> str:
        parts = (self.given, self.family)
        return " ".join(parts if self.name_order == "given_first" else parts[::-1])

    @property
    def email(self) -> str:
        return f"person{self.number:03}@example.org"


@dataclass(frozen=True, slots=True)
class SimulatedMember:
    """Either an organisation or a person, in one category since one day."""

    number: int
    category: str
    country: str
    organisation: SimulatedOrganisation | None
    person: SimulatedPerson | None
    joined_on: date


def spread(weights: Mapping[str, int], n: int, rng: Random) -> list[str]:
    """`n` keys in random order, in proportion to the weights by largest remainder; all appear if n allows."""
    total = sum(weights.values())
    exact = {key: n * weight / total for key, weight in weights.items()}
    counts = {key: int(share) for key, share in exact.items()}
    if n >= len(weights):
        counts = {key: max(1, count) for key, count in counts.items()}
    by_remainder = sorted(weights, key=lambda key: (counts[key] - exact[key], key))
    while sum(counts.values()) < n:
        counts[by_remainder.pop(0)] += 1
    while sum(counts.values()) > n:
        spare = [key for key, count in counts.items() if count > 1]
        counts[max(spare, key=lambda key: (counts[key] - exact[key], key))] -= 1
    keys = [key for key, count in counts.items() for _ in range(count)]
    rng.shuffle(keys)
    return keys


def make_organisations(
    n: int,
    rng: Random,
    *,
    countries: Mapping[str, int],
    kinds: Mapping[str, int] = APPLICANT_KINDS,
    start: int = 1,
) -> tuple[SimulatedOrganisation, ...]:
    """`n` organisations numbered from `start`, spread over countries and kinds by weight."""
    where, what = spread(countries, n, rng), spread(kinds, n, rng)
    return tuple(
        _organisation(start + offset, kind, country, rng)
        for offset, (kind, country) in enumerate(zip(what, where, strict=True))
    )


def _organisation(number: int, kind: str, country: str, rng: Random) -> SimulatedOrganisation:
    word = rng.choice(WORDS[kind])
    return SimulatedOrganisation(
        number, kind, Text(f"{word.en} {number:03}", f"{word.zh}{number:03}"), country
    )


def make_people(
    n: int, organisations: Sequence[SimulatedOrganisation], rng: Random, *, start: int = 1
) -> tuple[SimulatedPerson, ...]:
    """`n` people numbered from `start`, dealt out to the organisations in a random order."""
    order = list(organisations)
    rng.shuffle(order)
    people = []
    for offset in range(n):
        organisation = order[offset % len(order)]
        people.append(_person(start + offset, organisation.country, organisation, rng))
    return tuple(people)


def _person(
    number: int, country: str, organisation: SimulatedOrganisation | None, rng: Random
) -> SimulatedPerson:
    first = LANGUAGES.get(country, "en")
    return SimulatedPerson(
        number=number,
        given=f"Person {number:03}",
        family="Example",
        name_zh=f"示例{number:03}",
        name_order="family_first" if country in FAMILY_FIRST else "given_first",
        honorific=rng.choice(HONORIFICS),
        languages=(first,) if first == "en" else (first, "en"),
        country=country,
        organisation=organisation,
        title=rng.choice(TITLES),
    )


def make_members(plan: MemberPlan, rng: Random) -> tuple[SimulatedMember, ...]:
    """The invented members: exactly the plan's counts by category and by country, numbered from 1.

    Organisations and persons are numbered on their own, each from 1. Initiating members join on the first day.
    """
    countries = [code for code, count in plan.countries.items() for _ in range(count)]
    rng.shuffle(countries)
    days = (plan.joined_until - plan.joined_from).days
    members: list[SimulatedMember] = []
    organisations = people = 0
    for category, share in plan.categories.items():
        kinds: list[str | None] = list(spread(share.kinds, share.count, rng)) if share.kinds else []
        for kind in kinds or [None] * share.count:
            country = countries[len(members)]
            organisation = person = None
            if kind:
                organisations += 1
                organisation = _organisation(organisations, kind, country, rng)
            else:
                people += 1
                person = _person(people, country, None, rng)
            offset = 0 if category == "initiating" else rng.randint(0, days)
            joined_on = plan.joined_from + timedelta(days=offset)
            members.append(
                SimulatedMember(len(members) + 1, category, country, organisation, person, joined_on)
            )
    return tuple(members)

"""What strangers read: editions, calls, places, topics, members, honours."""

from datetime import date, datetime
from typing import Any, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Named, OrganisationName, Words
from secretariat.doors.site.calls import CallPage
from secretariat.doors.site.directory import MemberPage
from secretariat.doors.site.editions import EditionPage
from secretariat.governance.membership.models import Membership
from secretariat.registry.editions.models import Edition
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.models import Call, Criterion
from secretariat.summit.honours.models import Honour


class EditionLine(Schema):
    """One holding of a series. Dates that were not recorded are missing."""

    number: str
    series: str
    year: int
    title: Words
    starts_on: date | None
    ends_on: date | None
    venue: Words
    state: str
    simulated: bool = Field(description="Made up for the demonstration.")

    @classmethod
    def of(cls, edition: Edition) -> Self:
        return cls(
            number=edition.ref.number, series=edition.series.key, year=edition.year, title=Words.of(edition, "title"),
            starts_on=edition.starts_on, ends_on=edition.ends_on, venue=Words.of(edition, "venue"),
            state=edition.state, simulated=edition.simulated,
        )  # fmt: skip


class EditionWhole(EditionLine):
    """An edition with its calls."""

    place: Named | None
    consecutive_years: int
    calls: list[str] = Field(description="Keys of its calls that were opened.")

    @classmethod
    def of_page(cls, page: EditionPage) -> Self:
        return cls(
            **EditionLine.of(page.edition).dict(), place=Named.of(page.edition.place, "alpha2"),
            consecutive_years=page.consecutive, calls=[each.call.key for each in page.selections],
        )  # fmt: skip


class CallLine(Schema):
    """A call that was opened."""

    key: str
    number: str
    edition: str
    title: Words
    state: str
    opens_at: datetime
    closes_at: datetime
    languages: list[str]
    simulated: bool
    rules_digest: str = Field(description="The SHA-256 of its rules, as sealed at opening.")
    inputs_digest: str = Field(description="The SHA-256 of what was handed in, as sealed at closing.")

    @classmethod
    def of(cls, call: Call) -> Self:
        return cls(
            key=call.key, number=call.ref.number, edition=call.edition.ref.number, title=Words.of(call, "title"),
            state=call.state, opens_at=call.opens_at, closes_at=call.closes_at, languages=call.languages,
            simulated=call.edition.simulated, rules_digest=call.rules_digest, inputs_digest=call.inputs_digest,
        )  # fmt: skip


class Question(Schema):
    """A question of the form. `limits` are characters by language; `confidentiality` says who reads the answer."""

    key: str
    kind: str
    label: Words
    required: bool
    confidentiality: str
    limits: dict[str, int]
    params: dict[str, Any]


class CriterionShape(Schema):
    """What reviews score."""

    key: str
    label: Words
    weight: int
    minimum: int
    maximum: int
    anchors: dict[str, Words] = Field(description="What some of the scores mean, by the score.")

    @classmethod
    def of(cls, row: Criterion) -> Self:
        said = {score: Words(en=words["en"], zh=words["zh"]) for score, words in row.anchors.items()}
        return cls(
            anchors=said,
            key=row.key,
            label=Words.of(row, "label"),
            weight=row.weight,
            minimum=row.minimum,
            maximum=row.maximum,
        )


class CallWhole(CallLine):
    """A call with its form and criteria. `topics` are what a question of a scheme may be answered with."""

    questions: list[Question]
    criteria: list[CriterionShape]
    topics: list[Named]

    @classmethod
    def of_page(cls, page: CallPage) -> Self:
        questions = [
            Question(
                key=s.key, kind=s.kind, label=Words(en=s.label_en, zh=s.label_zh), required=s.required,
                confidentiality=s.confidentiality, limits=dict(s.limits), params=dict(s.params),
            )
            for q in page.questions
            for s in [q.spec]
        ]  # fmt: skip
        return cls(
            **CallLine.of(page.call).dict(), questions=questions,
            criteria=[CriterionShape.of(row) for row in page.criteria], topics=[Named.of(t) for t in page.topics],
        )  # fmt: skip


class TopicShape(Named):
    """A topic, and the topic it is a part of."""

    broader: str | None = None
    schemes: list[str] = []

    @classmethod
    def of(cls, topic: Topic) -> Self:
        return cls(
            key=topic.key, name=Words.of(topic, "name"), broader=topic.broader.key if topic.broader else None,
            schemes=sorted(scheme.key for scheme in topic.schemes.all()),
        )  # fmt: skip


class PlaceShape(Schema):
    """A country or region, as the organisation words and orders it."""

    code: str = Field(description="Two letters, as in ISO 3166-1.")
    m49: str = Field(description="The code of the United Nations.")
    name: Words
    continent: str | None


class MemberLine(Schema):
    """A member today. Of people the name is told and nothing else."""

    number: str
    kind: str = Field(description="`organisation` or `person`.")
    name: Words
    country: str | None
    category: Named

    @classmethod
    def of(cls, row: Membership) -> Self:
        member, category = row.member, row.category
        holder = member.organisation or member.person
        english = holder.name_en if member.organisation else holder.name_in("en")
        return cls(
            number=member.ref.number, kind="organisation" if member.organisation else "person",
            name=Words(en=english, zh=holder.name_zh or ""),
            country=holder.country.alpha2 if holder.country else None, category=Named.of(category),
        )  # fmt: skip


class MembershipPart(Schema):
    """A category a member has or had, the days both included."""

    category: Named
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Membership) -> Self:
        return cls(category=Named.of(row.category), starts_on=row.starts_on, ends_on=row.ends_on)


class MemberWhole(MemberLine):
    """A member with every category it has had, and what it chose to show of itself; what it did not is empty."""

    history: list[MembershipPart]
    description: Words
    website: str
    contact: str
    accounts: list[str]
    representatives: list[Words] = Field(description="Those who agreed to be named, the one who votes first.")

    @classmethod
    def of_page(cls, page: MemberPage) -> Self:
        parts = [MembershipPart.of(row) for row in page.history]
        shown = page.shown
        return cls(
            **MemberLine.of(page.current).dict(), history=parts, description=Words.of(shown, "description"),
            website=shown.website, contact=shown.contact, accounts=list(shown.accounts),
            representatives=[Words(en=each.name_in("en"), zh=each.name_zh or "") for each in shown.representatives],
        )  # fmt: skip


class HonourShape(Schema):
    """An honour that was conferred and stands."""

    submission: str
    call: str
    year: int
    title: Words
    level: str
    label: Words
    applicant: OrganisationName | None
    topic: str | None
    conferred_at: datetime

    @classmethod
    def of(cls, honour: Honour) -> Self:
        item = honour.submission
        return cls(
            submission=item.ref.number, call=item.call.key, year=item.call.edition.year,
            title=Words.of(item, "title"), level=honour.level, label=Words.of(honour, "level"),
            applicant=OrganisationName.of(item.organisation), topic=item.topic.key if item.topic else None,
            conferred_at=honour.conferred_at,
        )  # fmt: skip

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from secretariat.engines.affinity import compare, make_bridge, shipped_pairs
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.logic import TEXT_KINDS
from secretariat.summit.calls.models import Call, Submission, Version
from secretariat.summit.calls.queries import field_specs
from secretariat.summit.review.models import Expertise, Review
from secretariat.summit.review.queries.reading import items_to_judge
from secretariat.summit.review.queries.standing import barred_pairs, committee_members


def text_affinities(call: Call, on: date) -> dict[tuple[str, UUID], float]:
    """Return how near each item of a call is to what each member of its committee writes, by number and person.

    A member's works are the fields she states and her reviews in other calls, each with the title of what she read;
    who has neither is at nought from everything. What an item says to named persons alone is not looked at. Pairs
    that a conflict bars are not there: nobody reads about herself how near she would be.
    """
    items = {item.ref.number: item for item in items_to_judge(call)}
    members = {str(person): person for person in committee_members(call, on)}
    works: dict[str, list[str]] = {name: [] for name in members}
    for person, text in (*_stated(members.values()), *_reviewed(call, members.values())):
        works[str(person)].append(text)
    texts = _texts_of(call, items.values())
    bridge = make_bridge((*shipped_pairs(), *_vocabulary()))
    found = {(number, person): 0.0 for number in items for person in members.values()}
    said = compare({number: texts[item.pk] for number, item in items.items()}, works, bridge)
    found |= {(number, members[name]): score for number, name, score in said}
    barred = {(c.submission.ref.number, c.person_id) for c in barred_pairs(call)}
    return {pair: score for pair, score in found.items() if pair not in barred}


def _stated(people: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The fields that each person states, in both languages, as one text. One statement."""
    rows = Expertise.objects.filter(person__in=people).order_by("person", "topic__key")
    names: dict[UUID, list[str]] = {}
    for person, english, chinese in rows.values_list("person", "topic__name_en", "topic__name_zh"):
        names.setdefault(person, []).append(f"{english} / {chinese}")
    return [(person, "; ".join(held)) for person, held in names.items()]


def _reviewed(call: Call, people: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """What each person reviewed in other calls: the titles of the item and her words. One statement."""
    rows = Review.objects.filter(assignment__reviewer__in=people, assignment__state="done")
    rows = rows.exclude(assignment__submission__call=call).order_by("pk")
    item = "assignment__submission__title"
    named = rows.values_list("assignment__reviewer", f"{item}_en", f"{item}_zh", "comment")
    return [(reviewer, " / ".join(filter(None, said))) for reviewer, *said in named]


def _texts_of(call: Call, items: Iterable[Submission]) -> dict[UUID, str]:
    """The words of each item's latest version that its readers read, and its field. Two statements at most."""
    asked = [s.key for s in field_specs(call) if s.kind in TEXT_KINDS and s.confidentiality != "named"]
    texts: dict[UUID, str] = {}
    fields = {item.pk: f"{item.topic.name_en} / {item.topic.name_zh}" if item.topic else "" for item in items}
    for version in Version.objects.filter(submission__in=fields).order_by("number"):
        answers = (version.content.get(key) or {} for key in asked)
        said = [text for answer in answers for _, text in sorted(answer.items())]
        texts[version.submission_id] = " / ".join([*said, fields[version.submission_id]])
    return {pk: texts.get(pk, name) for pk, name in fields.items()}


def _vocabulary() -> list[tuple[str, str]]:
    """The names of all topics in both languages. One statement."""
    names = Topic.objects.exclude(name_en="").exclude(name_zh="").order_by("key")
    return list(names.values_list("name_zh", "name_en"))

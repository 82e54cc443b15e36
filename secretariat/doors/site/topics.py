"""The topics as the public reads them: what belongs to what, where each is a field, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from secretariat.doors.site.honoured import conferred_honours, honours_by_topic, with_items
from secretariat.doors.site.selections import PUBLIC_STATES
from secretariat.registry.topics.models import Scheme, Topic
from secretariat.registry.topics.queries import with_narrower
from secretariat.summit.calls.models import Call, FormField
from secretariat.summit.honours.models import Honour


@dataclass(frozen=True)
class Listed:
    """A topic in a list, with how many conferred honours it has."""

    topic: Topic
    honours: int


@dataclass(frozen=True)
class SchemePart:
    """The topics of a scheme, in the order of the vocabulary."""

    scheme: Scheme
    topics: Sequence[Listed]


@dataclass(frozen=True)
class TopicPage:
    """A topic among others. ``honours`` are its own and those of the topics below it."""

    topic: Topic
    narrower: Sequence[Topic]
    schemes: Sequence[Scheme]
    calls: Sequence[Call]
    honours: Sequence[Honour]


def topics_by_scheme() -> list[SchemePart]:
    """Return every scheme with its topics. Three statements."""
    counts = honours_by_topic()
    schemes = Scheme.objects.prefetch_related("topics").order_by("key")
    return [
        SchemePart(scheme, [Listed(topic, counts.get(topic.pk, 0)) for topic in scheme.topics.all()])
        for scheme in schemes
    ]


def topic_page(key: str) -> TopicPage | None:
    """Return a topic by its key; None where there is none. Six statements."""
    topic = Topic.objects.select_related("broader").filter(key=key).first()
    if topic is None:
        return None
    schemes = list(topic.schemes.order_by("key"))
    inside = with_narrower([topic.pk])[topic.pk]
    asking = FormField.objects.filter(kind="choice", params__scheme__in=[scheme.key for scheme in schemes])
    calls = Call.objects.filter(state__in=PUBLIC_STATES, pk__in=asking.values("call"))
    return TopicPage(
        topic,
        list(topic.narrower.all()),
        schemes,
        list(calls.select_related("edition").order_by("-opens_at", "key")),
        list(with_items(conferred_honours().filter(submission__topic__in=inside))),
    )

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.topics.models import Scheme, Topic
from secretariat.registry.topics.rules import reads_topics


def topics_by_key() -> dict[str, Topic]:
    """Return every topic by its key, in the order of the vocabulary. One statement."""
    return {topic.key: topic for topic in Topic.objects.all()}


def topics_in(scheme: str) -> list[Topic]:
    """Return the topics of a scheme in the order of the vocabulary. One statement; empty for an unknown scheme."""
    return list(Topic.objects.filter(schemes__key=scheme))


def schemes_by_key() -> dict[str, Scheme]:
    """Return every scheme by its key. One statement."""
    return {scheme.key: scheme for scheme in Scheme.objects.order_by("key")}


def with_narrower(topics: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return for each of these topics itself and every topic below it, at any depth. One statement."""
    below: dict[UUID, list[UUID]] = {}
    for topic, broader in Topic.objects.exclude(broader=None).values_list("pk", "broader"):
        below.setdefault(broader, []).append(topic)

    def reached(start: UUID) -> frozenset[UUID]:
        found, waiting = {start}, [start]
        while waiting:
            new = [topic for topic in below.get(waiting.pop(), ()) if topic not in found]
            found.update(new)
            waiting += new
        return frozenset(found)

    return {topic: reached(topic) for topic in topics}


def visible_topics(actor: Actor) -> QuerySet[Topic]:
    """Return what the desk lists: every topic with its broader one and the names of its schemes; nothing otherwise."""
    if not reads_topics(actor):
        return Topic.objects.none()
    return Topic.objects.select_related("broader").prefetch_related("schemes")

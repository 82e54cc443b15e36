from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.registry.places.loading import keep_in_line
from secretariat.registry.places.profile import Text
from secretariat.registry.places.rules import keeps_registry
from secretariat.registry.topics import profile as shapes
from secretariat.registry.topics.logic import circle
from secretariat.registry.topics.models import Listing, Scheme, Topic


def register_topic(
    *, key: str, name_en: str, name_zh: str, names: Mapping[str, str] | None = None, broader: Topic | None = None,
    schemes: Collection[Scheme] = (), actor: Actor, now: datetime,
) -> Topic:  # fmt: skip
    """Add a topic at the end of the vocabulary."""
    require(keeps_registry(actor), _("add a topic"))
    if not (name_en.strip() and name_zh.strip()):
        raise ValueError(_("A topic needs a name in English and in Chinese."))
    with audit.act("topic_registered", actor=actor, now=now) as act:
        last = Topic.objects.aggregate(last=Max("position"))["last"]
        topic = Topic.objects.create(
            key=key, name_en=name_en.strip(), name_zh=name_zh.strip(), names=dict(names or {}), broader=broader,
            position=0 if last is None else last + 1,
        )  # fmt: skip
        Listing.objects.bulk_create([Listing(scheme=scheme, topic=topic) for scheme in schemes])
        act.on(topic)
    return topic


def rename_topic(
    *, topic: Topic, name_en: str, name_zh: str, names: Mapping[str, str], actor: Actor, now: datetime
) -> Topic:
    """Give a topic other names; its key stays."""
    require(keeps_registry(actor), _("rename a topic"))
    if not (name_en.strip() and name_zh.strip()):
        raise ValueError(_("A topic needs a name in English and in Chinese."))
    with audit.act("topic_renamed", actor=actor, now=now) as act:
        topic = Topic.objects.select_for_update().get(pk=topic.pk)
        topic.name_en, topic.name_zh, topic.names = name_en.strip(), name_zh.strip(), dict(names)
        topic.save(update_fields=["name_en", "name_zh", "names"])
        act.on(topic)
    return topic


def list_topic(*, topic: Topic, schemes: Collection[Scheme], actor: Actor, now: datetime) -> Topic:
    """Say in which schemes a topic stands; it leaves the others."""
    require(keeps_registry(actor), _("put a topic into schemes"))
    wanted = {scheme.pk for scheme in schemes}
    with audit.act("topic_listed", actor=actor, now=now) as act:
        topic = Topic.objects.select_for_update().get(pk=topic.pk)
        there = set(Listing.objects.filter(topic=topic).values_list("scheme", flat=True))
        Listing.objects.filter(topic=topic).exclude(scheme__in=wanted).delete()
        Listing.objects.bulk_create(Listing(scheme_id=key, topic=topic) for key in sorted(wanted - there))
        act.on(topic)
    return topic


def move_topic(*, topic: Topic, broader: Topic | None, actor: Actor, now: datetime) -> Topic:
    """Put a topic below another one, or at the top; ValueError where that would close a circle."""
    require(keeps_registry(actor), _("move a topic"))
    with audit.act("topic_moved", actor=actor, now=now) as act:
        rows = {
            row.pk: row for row in Topic.objects.select_for_update()
        }  # all: two moves could close a circle
        row = rows[topic.pk]
        row.broader_id = broader.pk if broader else None
        _refuse_circle({r.key: rows[r.broader_id].key for r in rows.values() if r.broader_id})
        row.save(update_fields=["broader"])
        act.on(row)
    return row


def load_topics(
    *, schemes: Mapping[str, Text], topics: Mapping[str, shapes.Topic], actor: Actor, now: datetime
) -> dict[str, Topic]:
    """Bring schemes and topics in line with a profile, in its order; return all topics by key.

    Topics the profile does not name stay. ValueError for an unknown scheme or broader topic, or a circle.
    """
    require(keeps_registry(actor), _("load topics"))
    for key, topic in topics.items():
        if missing := set(topic.schemes) - set(schemes):
            raise ValueError(f"The topic '{key}' is in the scheme '{min(missing)}', which there is not.")
        if topic.broader and topic.broader not in topics:
            raise ValueError(f"The topic '{key}' is below '{topic.broader}', which there is not.")
    with audit.act("topics_loaded", actor=actor, now=now):
        _load(schemes, topics)
        rows = {row.key: row for row in Topic.objects.select_related("broader")}
        _refuse_circle({key: row.broader.key for key, row in rows.items() if row.broader})
    return rows


def _load(schemes: Mapping[str, Text], topics: Mapping[str, shapes.Topic]) -> None:
    lists = keep_in_line(
        Scheme.objects.all(),
        "key",
        {k: {"name_en": name.en, "name_zh": name.zh} for k, name in schemes.items()},
    )
    rows = keep_in_line(
        Topic.objects.all(),
        "key",
        {
            key: {"name_en": topic.name.en, "name_zh": topic.name.zh, "position": position}
            for position, (key, topic) in enumerate(topics.items())
        },
    )
    # Only now does every topic have an id to point to.
    above = {key: rows[t.broader].pk if t.broader else None for key, t in topics.items()}
    keep_in_line(Topic.objects.all(), "key", {key: {"broader_id": broader} for key, broader in above.items()})
    wanted = {(lists[scheme].pk, rows[key].pk) for key, topic in topics.items() for scheme in topic.schemes}
    listed = Listing.objects.filter(topic__in=[rows[key] for key in topics])
    for listing in listed:
        if (listing.scheme_id, listing.topic_id) not in wanted:
            listing.delete()
    new = wanted - {(listing.scheme_id, listing.topic_id) for listing in listed}
    Listing.objects.bulk_create(Listing(scheme_id=scheme, topic_id=topic) for scheme, topic in sorted(new))


def _refuse_circle(broader: Mapping[str, str]) -> None:
    if found := circle(broader):
        raise ValueError(
            _("These topics would each be a part of the next one, in a circle: %(topics)s.")
            % {"topics": ", ".join(found)}
        )

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.audit.models import Change
from secretariat.registry.topics.actions import load_topics, move_topic, register_topic
from secretariat.registry.topics.models import Listing, Topic
from secretariat.simulation.profile import load_profile
from tests.factories.accounts import NOW, make_actor
from tests.factories.places import WIC
from tests.factories.topics import load_wic_topics, make_scheme, make_topic

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")


def listed():
    return set(Listing.objects.values_list("scheme__key", "topic__key"))


def test_the_vocabulary_is_the_profiles_in_its_order():
    topics = load_wic_topics()
    profile = load_profile(WIC)

    assert list(Topic.objects.values_list("key", "name_en", "name_zh")) == [
        (key, topic.name.en, topic.name.zh) for key, topic in profile.topics.items()
    ]
    assert {key: row.broader.key if row.broader else "" for key, row in topics.items()} == {
        key: topic.broader for key, topic in profile.topics.items()
    }
    assert listed() == {(scheme, key) for key, topic in profile.topics.items() for scheme in topic.schemes}


def test_loading_again_changes_nothing():
    load_wic_topics()
    before = Change.objects.count()

    load_wic_topics()

    assert Change.objects.count() == before


def test_loading_takes_a_topic_out_of_a_scheme_and_keeps_those_it_does_not_name():
    load_wic_topics()
    own = make_topic("own", schemes=[make_scheme("ours")])
    profile = load_profile(WIC)
    key, topic = next((k, t) for k, t in profile.topics.items() if "cases" in t.schemes)
    before = listed()

    changed = {**profile.topics, key: replace(topic, schemes=())}
    load_topics(schemes=profile.schemes, topics=changed, actor=DESK, now=NOW)

    assert before - listed() == {(scheme, key) for scheme in topic.schemes}
    assert listed() - before == set()
    assert Topic.objects.get(key="own") == own


@pytest.mark.parametrize(
    ("change", "message"),
    [({"schemes": ("nowhere",)}, "scheme 'nowhere'"), ({"broader": "nothing"}, "below 'nothing'")],
)
def test_a_vocabulary_that_names_what_there_is_not_is_refused_whole(change, message):
    profile = load_profile(WIC)
    key = next(iter(profile.topics))
    topics = {**profile.topics, key: replace(profile.topics[key], **change)}

    with pytest.raises(ValueError, match=message):
        load_topics(schemes=profile.schemes, topics=topics, actor=DESK, now=NOW)
    assert not Topic.objects.exists()


def test_a_vocabulary_with_a_circle_is_refused_whole():
    profile = load_profile(WIC)
    first, second = list(profile.topics)[:2]
    topics = {
        **profile.topics,
        first: replace(profile.topics[first], broader=second),
        second: replace(profile.topics[second], broader=first),
    }

    with pytest.raises(ValueError, match="in a circle"):
        load_topics(schemes=profile.schemes, topics=topics, actor=DESK, now=NOW)
    assert not Topic.objects.exists()


def test_a_new_topic_stands_last_and_in_its_schemes():
    make_topic("first")
    scheme, above = make_scheme("fields"), make_topic("above")

    topic = register_topic(
        key="new", name_en=" New ", name_zh="新", broader=above, schemes=[scheme], actor=DESK, now=NOW
    )

    assert (topic.name_en, topic.position, topic.broader) == ("New", 2, above)
    assert listed() == {("fields", "new")}


def test_a_topic_needs_both_names():
    with pytest.raises(ValueError, match="English and in Chinese"):
        register_topic(key="new", name_en="New", name_zh=" ", actor=DESK, now=NOW)


def test_a_topic_moves_but_never_below_itself():
    top, middle, low = make_topic("top"), make_topic("middle"), make_topic("low")
    move_topic(topic=middle, broader=top, actor=DESK, now=NOW)
    move_topic(topic=low, broader=middle, actor=DESK, now=NOW)

    with pytest.raises(ValueError, match=r"in a circle: low, middle, top\."):
        move_topic(topic=top, broader=low, actor=DESK, now=NOW)
    assert move_topic(topic=low, broader=None, actor=DESK, now=NOW).broader is None
    assert set(Topic.objects.values_list("key", "broader__key")) == {
        ("top", None),
        ("middle", "top"),
        ("low", None),
    }


def test_the_database_refuses_a_topic_below_itself():
    topic = make_topic()
    with pytest.raises(IntegrityError, match="topic_not_broader_than_itself"), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(broader=topic)


@pytest.mark.parametrize(
    ("rights", "allowed"), [(["desk.run"], True), (["system.run"], True), (["desk.read"], False), ([], False)]
)
def test_who_keeps_topics(rights, allowed):
    actor, topic = make_actor(*rights), make_topic()
    attempts = (
        lambda: register_topic(key="k", name_en="K", name_zh="K", actor=actor, now=NOW),
        lambda: move_topic(topic=topic, broader=None, actor=actor, now=NOW),
        lambda: load_topics(schemes={}, topics={}, actor=actor, now=NOW),
    )
    for attempt in attempts:
        if allowed:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.actions import close_call, screen_submissions
from secretariat.summit.review import actions, queries
from tests.factories.accounts import NOW
from tests.factories.bodies import make_body
from tests.factories.calls import AFTER, CLOSES, CONTENT, STAFF, make_open_call, make_submission
from tests.factories.people import make_person
from tests.factories.review import (
    assignments_of,
    make_committee,
    make_conflict,
    make_matching,
    make_review,
    stages,
)
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db
ON = AFTER.date()
TEXTS = [
    {
        "title": {"en": "Reefs", "zh": "珊瑚礁"},
        "summary": {"en": "Cameras watch coral reefs.", "zh": "相机监测珊瑚。"},
    },
    {
        "title": {"en": "Cipher", "zh": "密码"},
        "summary": {"en": "Quantum-safe keys.", "zh": "后量子密码保护密钥。"},
    },
]


def make_judged_call(*, contents=TEXTS, committee=None, members=2):
    """A call whose committee may judge one item for each of the contents. Returns it, its items, its members."""
    committee, people = (committee, []) if committee else make_committee(members)
    rules = stages(committee, make_body(flags=("decides",)))
    call = make_open_call(committee=committee, stages=rules)
    items = [make_submission(call, content={**CONTENT, **content}) for content in contents]
    call = close_call(call=call, actor=STAFF, now=CLOSES)
    screen_submissions(call=call, actor=STAFF, now=AFTER)
    actions.freeze_list(stage=call.stages.get(key="eligible"), actor=STAFF, now=AFTER)
    return call, [item.ref.number for item in items], people


def state(person, *topics):
    actions.state_expertise(person=person, topics=topics, actor=STAFF, now=NOW)


def test_a_stated_field_is_near_to_what_is_about_it_in_either_language():
    call, (reefs, cipher), (marine, crypto) = make_judged_call()
    state(marine, make_topic("m", name_en="Coral reefs", name_zh="海洋生态"))
    state(crypto, make_topic("c", name_en="Cryptography", name_zh="密码学"))

    found = queries.text_affinities(call, ON)

    assert set(found) == {(item, person.pk) for item in (reefs, cipher) for person in (marine, crypto)}
    assert found[reefs, marine.pk] > found[reefs, crypto.pk]
    assert found[cipher, crypto.pk] > found[cipher, marine.pk]
    assert all(0 <= score <= 1 for score in found.values())


def test_the_vocabulary_of_topics_is_a_bridge_of_its_own():
    english = {"title": {"en": "Zorble", "zh": "甲"}, "summary": {"en": "A zorble mill.", "zh": "乙。"}}
    call, [item], [person] = make_judged_call(contents=[english], members=1)
    topic = make_topic("z", name_en="Zorble", name_zh="左布磨")
    state(person, topic)
    before = queries.text_affinities(call, ON)[item, person.pk]
    Topic.objects.filter(pk=topic.pk).update(name_en="")

    assert before > 0 == queries.text_affinities(call, ON)[item, person.pk]


def test_past_reviews_count_and_those_of_this_call_do_not():
    call, (reefs, _), (reviewer, other) = make_judged_call()
    assert set(queries.text_affinities(call, ON).values()) == {0.0}
    make_matching(call)
    [reading] = [
        a for a in assignments_of(call) if a.reviewer == reviewer and a.submission.ref.number == reefs
    ]
    make_review(reading, comment="Good on coral reefs.")
    assert set(queries.text_affinities(call, ON).values()) == {0.0}

    later, (reefs_again, cipher), _ = make_judged_call(committee=call.committee)
    found = queries.text_affinities(later, ON)

    assert found[reefs_again, reviewer.pk] > found[cipher, reviewer.pk]
    assert found[reefs_again, other.pk] == 0


def test_answers_for_named_persons_are_not_looked_at():
    secret = {**TEXTS[1], "contact": {"en": "coral reefs", "zh": "珊瑚礁"}}
    call, [item], [person] = make_judged_call(contents=[secret], members=1)
    state(person, make_topic("m", name_en="Coral reefs", name_zh="珊瑚礁"))

    assert queries.text_affinities(call, ON)[item, person.pk] == 0


def test_pairs_that_a_conflict_bars_are_not_there():
    call, (reefs, cipher), (one, two) = make_judged_call()
    make_conflict(one, call.submissions.get(ref__number=reefs))

    assert set(queries.text_affinities(call, ON)) == {(cipher, one.pk), (reefs, two.pk), (cipher, two.pk)}


def test_who_sits_in_the_committee_on_the_day_is_compared():
    call, _, members = make_judged_call()
    make_person()

    assert {person for _, person in queries.text_affinities(call, ON)} == {member.pk for member in members}


def test_the_number_of_statements_does_not_grow():
    counted = []
    for number in (1, 3):
        call, _, people = make_judged_call(contents=TEXTS[:1] * number, members=number)
        for person in people:
            state(person, make_topic())
        queries.text_affinities(call, ON)
        with CaptureQueriesContext(connection) as captured:
            queries.text_affinities(call, ON)
        counted.append(len(captured))

    assert counted == [17, 17]

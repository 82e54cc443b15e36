import pytest

from secretariat.registry.topics.queries import schemes_by_key, topics_by_key, topics_in, with_narrower
from tests.factories.topics import make_scheme, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_topics_of_a_scheme_come_in_order_and_cost_one_statement(count, django_assert_num_queries):
    scheme = make_scheme("fields")
    topics = [make_topic(f"z{count - n}", schemes=[scheme, make_scheme()]) for n in range(count)]
    make_topic("elsewhere", schemes=[make_scheme("others")])

    with django_assert_num_queries(1):
        assert topics_in("fields") == topics
    with django_assert_num_queries(1):
        assert list(topics_by_key()) == [*(topic.key for topic in topics), "elsewhere"]
    assert topics_in("unknown") == []
    assert schemes_by_key()["fields"] == scheme


@pytest.mark.parametrize("count", [1, 3])
def test_narrower_topics_are_found_at_any_depth_in_one_statement(count, django_assert_num_queries):
    top = make_topic("top")
    middle = make_topic("middle", broader=top)
    low = [make_topic(f"low{n}", broader=middle) for n in range(count)]

    with django_assert_num_queries(1):
        found = with_narrower([top.pk, low[0].pk])
    assert found == {
        top.pk: frozenset(topic.pk for topic in (top, middle, *low)),
        low[0].pk: frozenset({low[0].pk}),
    }


def test_a_topic_has_its_name_in_the_readers_language_or_else_in_english():
    topic = make_topic(name_en="Health", name_zh="健康", names={"fr": "Santé"})

    assert [topic.name_in(language) for language in ("en", "zh-hans", "fr", "de")] == [
        "Health",
        "健康",
        "Santé",
        "Health",
    ]

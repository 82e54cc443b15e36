"""The vocabulary at the desk: listed, added to, renamed and moved."""

import pytest

from secretariat.foundation.audit.models import Act
from secretariat.registry.topics.models import Topic
from tests.factories.staff import sign_in_with
from tests.factories.topics import make_scheme, make_topic

pytestmark = pytest.mark.django_db
LIST = "/desk/topics/"
QUERIES = 13


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, rows, django_assert_num_queries):
    sign_in_with(client, "desk.read")
    for _ in range(rows):
        make_topic(schemes=[make_scheme()])
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        page = client.get(LIST).content.decode()
    assert page.count("<tr>") == rows + 1


def test_a_topic_has_a_page_with_its_names_and_its_place(client):
    sign_in_with(client, "desk.read")
    above = make_topic("water")
    make_topic("rivers", broader=above, names={"fr": "Fleuves"})

    page = client.get(f"{LIST}rivers/").content.decode()

    assert "Fleuves" in page and f'href="{LIST}water/"' in page and "Topic registered" in page
    assert f'href="{LIST}rivers/"' in client.get(f"{LIST}water/").content.decode()
    assert f"{LIST}rivers/change/" not in page


def test_a_topic_is_added_with_a_key_of_its_own(client):
    sign_in_with(client, "desk.run")
    scheme, typed = (
        make_scheme(),
        {"key": "rivers", "name_en": "Rivers", "name_zh": "河流", "names": "fr: Fleuves"},
    )

    client.post(f"{LIST}new/", typed | {"schemes": [scheme.pk]})
    again = client.post(f"{LIST}new/", typed)

    topic = Topic.objects.get()
    assert (topic.names, [*topic.schemes.all()]) == ({"fr": "Fleuves"}, [scheme])
    assert list(again.context["form"].errors) == ["key"]


def test_a_change_is_told_by_what_it_does(client):
    sign_in_with(client, "desk.run")
    above, scheme = make_topic("water"), make_scheme()
    topic = make_topic("rivers")
    same = {"name_en": topic.name_en, "name_zh": topic.name_zh}

    client.post(f"{LIST}rivers/change/", same)
    assert Act.objects.filter(subject_id=topic.pk).count() == 1
    client.post(
        f"{LIST}rivers/change/", same | {"name_zh": "河", "broader": above.pk, "schemes": [scheme.pk]}
    )

    topic.refresh_from_db()
    assert (topic.name_zh, topic.broader, [*topic.schemes.all()]) == ("河", above, [scheme])
    verbs = set(Act.objects.filter(subject_id=topic.pk).values_list("verb", flat=True))
    assert verbs == {"topic_registered", "topic_renamed", "topic_moved", "topic_listed"}


def test_a_circle_is_refused_and_nothing_of_it_stays(client):
    sign_in_with(client, "desk.run")
    above = make_topic("water")
    below = make_topic("rivers", broader=above)

    answer = client.post(f"{LIST}water/change/", {"name_en": "New", "name_zh": "新", "broader": below.pk})

    above.refresh_from_db()
    assert answer.status_code == 422 and above.name_en == "Water" and above.broader is None


def test_who_comes_in(client):
    make_topic("water")
    paths = [LIST, f"{LIST}water/", f"{LIST}new/", f"{LIST}water/change/"]
    for rights, statuses in (
        ([], [404] * 4),
        (["desk.read"], [200, 200, 404, 404]),
        (["desk.run"], [200] * 4),
    ):
        sign_in_with(client, *rights)
        assert [client.get(path).status_code for path in paths] == statuses

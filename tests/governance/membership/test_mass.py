"""The same act on many members: asked once more, one action for each, all or none."""

import re

import pytest

from secretariat.foundation.audit.models import Act
from secretariat.governance.membership.models import Member
from tests.factories.membership import make_category, make_member
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
LIST = "/desk/members/"


def chosen(members, **more):
    return {"row": [str(member.pk) for member in members], "next": f"{LIST}?q=x", **more}


def sent(client, act, asked):
    """Send a form on from the page that asks, with what it asks for."""
    page = client.post(f"{LIST}many/{act}/", asked).content.decode()
    return {**asked, "step": "do", "seen": re.search(r'name="seen" value="(\w+)"', page)[1]}


def states():
    return sorted(Member.objects.values_list("state", flat=True))


def test_the_list_offers_acts_to_who_may_run_the_desk_and_to_nobody_else(client):
    make_member()
    sign_in_with(client, "desk.read")
    assert "many/suspend/" not in client.get(LIST).content.decode()
    sign_in_with(client, "desk.run")
    page = client.get(LIST).content.decode()
    assert all(f"{LIST}many/{act}/" in page for act in ("suspend", "reinstate", "end"))
    assert 'name="row"' in page


def test_asking_names_the_rows_and_does_nothing(client):
    sign_in_with(client, "desk.run")
    members, other = [make_member(), make_member()], make_member()

    page = client.post(f"{LIST}many/suspend/", chosen(members)).content.decode()

    assert all(member.ref.number in page for member in members) and other.ref.number not in page
    assert 'name="reason"' in page and "2 rows" in page
    assert states() == ["active"] * 3


def test_each_row_is_one_act_and_the_list_comes_back(client):
    sign_in_with(client, "desk.run")
    members, _other = [make_member(), make_member()], make_member()
    asked = sent(client, "suspend", chosen(members))

    answer = client.post(f"{LIST}many/suspend/", asked | {"reason": "Dues"})

    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?q=x")
    assert states() == ["active", "suspended", "suspended"]
    acts = Act.objects.filter(verb="member_suspended")
    assert {act.subject_id for act in acts} == {member.pk for member in members}
    assert {act.detail["reason"] for act in acts} == {"Dues"}


def test_all_that_the_filters_leave(client):
    sign_in_with(client, "desk.run")
    category = make_category()
    for _ in range(2):
        make_member(category)
    make_member()
    asked = sent(client, "suspend", {"all": "1", "query": f"category={category.key}", "next": LIST})

    client.post(f"{LIST}many/suspend/", asked | {"reason": "Dues"})

    assert states() == ["active", "suspended", "suspended"]


def test_one_refusal_leaves_all_as_they_are_until_it_is_left_out(client):
    sign_in_with(client, "desk.run")
    members = [make_member(), make_member()]
    Member.objects.filter(pk=members[0].pk).update(state="suspended")
    asked = sent(client, "suspend", chosen(members)) | {"reason": "Dues"}

    answer = client.post(f"{LIST}many/suspend/", asked)
    assert answer.status_code == 422 and "nothing was done" in answer.content.decode()
    assert states() == ["active", "suspended"]
    assert not Act.objects.filter(verb="member_suspended").exists()

    report = client.post(f"{LIST}many/suspend/", asked | {"skip": "1"})
    assert report.status_code == 200 and members[0].ref.number in report.content.decode()
    assert states() == ["suspended", "suspended"]


def test_a_list_that_has_changed_since_is_shown_again(client):
    sign_in_with(client, "desk.run")
    make_member()
    asked = sent(client, "suspend", {"all": "1", "query": "", "next": LIST})
    make_member()

    answer = client.post(f"{LIST}many/suspend/", asked | {"reason": "Dues"})

    assert "has changed since" in answer.content.decode() and states() == ["active", "active"]


def test_what_the_act_needs_to_know_is_asked_at_its_field(client):
    sign_in_with(client, "desk.run")
    asked = sent(client, "end", chosen([make_member()]))

    answer = client.post(f"{LIST}many/end/", asked | {"ends_on": "", "reason": "Wish"})

    assert answer.status_code == 422 and 'href="#id_ends_on"' in answer.content.decode()
    assert states() == ["active"]


@pytest.mark.parametrize(
    "asked", [{}, {"row": ["nothing"]}, {"row": ["00000000-0000-0000-0000-000000000000"]}]
)
def test_nothing_chosen_is_said(client, asked):
    sign_in_with(client, "desk.run")
    answer = client.post(f"{LIST}many/end/", asked | {"next": "https://elsewhere.example/"}, follow=True)
    assert "Choose the rows first." in answer.content.decode()
    assert answer.redirect_chain[0][0] == "/desk/"


def test_who_only_reads_does_nothing(client):
    sign_in_with(client, "desk.read")
    assert client.post(f"{LIST}many/end/", chosen([make_member()])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_costs_the_same_for_any_number(client, rows, django_assert_num_queries):
    sign_in_with(client, "desk.run")
    members = [make_member(person=make_person()) for _ in range(rows)]
    client.post(f"{LIST}many/suspend/", chosen(members))
    with django_assert_num_queries(8):
        client.post(f"{LIST}many/suspend/", chosen(members))

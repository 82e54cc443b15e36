"""Whoever speaks for a member organisation names further representatives, ends them, and hands over its vote."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.membership.actions import name_representative
from secretariat.governance.membership.models import Representative
from secretariat.registry.capacities.queries import actor_for
from tests.factories.accounts import make_account
from tests.factories.membership import make_member, make_representative
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def signed_in(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def at(name, member, *more):
    return reverse(f"my_membership:{name}", args=[member.ref.number, *more])


@pytest.fixture
def house():
    """A member organisation, who casts its vote, and a colleague who does not speak for it."""
    member = make_member()
    first = make_representative(member, make_person(account=make_account()), is_voting=True)
    colleague = make_person("Lin", account=make_account())
    make_affiliation(colleague, member.organisation, starts_on=TODAY - 9 * DAY)
    return member, first, colleague


def test_a_representative_names_a_colleague_who_then_has_the_page_too(house):
    member, first, colleague = house
    client = signed_in(first.person)
    assert at("name", member) in client.get(at("member", member)).content.decode()
    sent = {"person": str(colleague.pk), "starts_on": TODAY.isoformat()}
    assert client.post(at("name", member), sent).headers["Location"] == at("member", member)

    row = Representative.objects.get(person=colleague)
    assert (row.member, row.starts_on, row.ends_on, row.is_voting) == (member, TODAY, None, False)
    assert at("name", member) in signed_in(colleague).get(at("member", member)).content.decode()


def test_she_chooses_among_those_who_have_a_place_in_the_organisation_today(house):
    member, first, colleague = house
    gone, stranger = make_person("Gone"), make_person("Stranger")
    make_affiliation(gone, member.organisation, starts_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)
    client = signed_in(first.person)
    offered = client.get(at("name", member)).context["form"].fields["person"].queryset
    assert set(offered) == {colleague}
    for person in (gone, stranger):
        sent = {"person": str(person.pk), "starts_on": TODAY.isoformat()}
        assert client.post(at("name", member), sent).status_code == 422
        with pytest.raises(ValueError, match="belonging to the organisation"):
            name_representative(
                member=member, person=person, starts_on=TODAY, now=timezone.now(),
                actor=actor_for(account_id=first.person.account_id, person_id=first.person.pk, on=TODAY, door="page"),
            )  # fmt: skip
    assert Representative.objects.count() == 1


def test_what_is_refused_is_said_in_words(house):
    member, first, colleague = house
    client = signed_in(first.person)
    sent = {"person": str(colleague.pk), "starts_on": TODAY.isoformat()}
    two = client.post(at("name", member), {**sent, "is_voting": "on"})
    assert two.status_code == 422 and "Somebody else casts the vote" in two.content.decode()
    client.post(at("name", member), sent)
    again = client.post(at("name", member), sent)
    assert again.status_code == 422 and "represents the member already" in again.content.decode()
    mine = client.post(at("hand_vote", member, first.pk), {"starts_on": TODAY.isoformat()})
    assert mine.status_code == 422 and "casts the vote of this member already" in mine.content.decode()


def test_the_vote_is_handed_over_and_one_alone_has_it(house):
    member, first, colleague = house
    second = make_representative(member, colleague, starts_on=TODAY - 5 * DAY)
    client = signed_in(first.person)
    client.post(at("hand_vote", member, second.pk), {"starts_on": (TODAY + DAY).isoformat()})

    rows = Representative.objects.filter(member=member, is_voting=True).order_by("starts_on")
    assert [(row.person, row.starts_on, row.ends_on) for row in rows] == [
        (first.person, first.starts_on, TODAY), (colleague, TODAY + DAY, None),
    ]  # fmt: skip


def test_a_term_is_ended_and_who_ends_her_own_is_led_away(house):
    member, first, colleague = house
    second = make_representative(member, colleague, starts_on=TODAY - 5 * DAY)
    client = signed_in(first.person)
    client.post(at("end", member, second.pk), {"ends_on": TODAY.isoformat()})
    second.refresh_from_db()
    assert second.ends_on == TODAY

    assert "see this page no more" in client.get(at("end", member, first.pk)).content.decode()
    answer = client.post(at("end", member, first.pk), {"ends_on": (TODAY - DAY).isoformat()})
    assert answer.headers["Location"] == reverse("my_admissions:applications")
    assert client.get(at("member", member)).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "of another member", "herself a member"])
def test_nobody_else_has_these_pages(house, who):
    member, first, colleague = house
    if who == "of another member":
        make_representative(make_member(), colleague)
    elif who == "herself a member":
        member = make_member(person=colleague)
    client = signed_in(colleague)
    for path in (at("name", member), at("end", member, first.pk), at("hand_vote", member, first.pk)):
        assert client.get(path).status_code == 404 and client.post(path).status_code == 404
    assert "Name one more" not in client.get(at("member", member)).content.decode()


def test_who_spoke_once_and_who_speaks_for_another_are_not_reached(house):
    member, first, _colleague = house
    past = make_representative(member, ends_on=TODAY - DAY)
    client, elsewhere = signed_in(first.person), make_representative()
    assert [client.get(at("end", member, row.pk)).status_code for row in (past, elsewhere, first)] == [
        404,
        404,
        200,
    ]


def test_the_api_does_the_same_by_the_same_act(house):
    member, first, colleague = house
    client, path = signed_in(first.person), f"/api/v1/my/members/{member.ref.number}/representatives"
    said = {"person": colleague.ref.number, "starts_on": TODAY.isoformat()}
    made = client.post(path, said, content_type="application/json")
    assert (made.status_code, made.json()["casts_vote"]) == (201, False)
    stranger = client.post(
        path, {**said, "person": make_person().ref.number}, content_type="application/json"
    )
    assert stranger.status_code == 422

    one = f"{path}/{made.json()['id']}"
    told = client.post(f"{one}/vote", {"on": TODAY.isoformat()}, content_type="application/json").json()[
        "items"
    ]
    assert [row["person"]["number"] for row in told if row["casts_vote"] and row["ends_on"] is None] == [
        colleague.ref.number
    ]
    client.post(f"{one}/end", {"on": TODAY.isoformat()}, content_type="application/json")
    rows = client.get(path).json()["items"]
    assert {row["ends_on"] for row in rows if row["person"]["number"] == colleague.ref.number} == {
        TODAY.isoformat()
    }

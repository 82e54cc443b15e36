"""The public bodies, for programs: as of a day, and nothing of what pages keep to themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.governance.advice.actions import publish_opinion
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.advice import make_contribution, make_opinion, make_request
from tests.factories.bodies import make_body, make_call, make_seat, make_term
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.powers import make_delegation, make_power

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def council(db):
    today, body = timezone.localdate(), make_body("council")
    seat = make_term(body, make_person("Ana", "Example")).seat
    ada = make_term(seat=seat, person=make_person("Ada", "Alternate"), role="alternate")
    make_call(ada, starts_on=today - 5 * DAY, ends_on=today - DAY, reason="Her illness")
    make_call(ada, starts_on=today + DAY)
    firm = make_organisation("Example Group")
    theirs = make_term(body, make_person("Del", "Hidden"), organisation=firm).seat
    make_call(
        make_term(seat=theirs, person=make_person("Bob", "Unnamed"), organisation=firm, role="alternate")
    )
    make_seat(body)
    return body


def test_who_sits_and_acts_on_a_day(api, council):
    today = timezone.localdate()
    told = api("/bodies/council").json()
    before = api(f"/bodies/council?on={(today - DAY).isoformat()}").json()

    rows = [
        (s["holder"] and s["holder"]["en"], s["alternate_acts"], s["alternate"]) for s in told["composition"]
    ]
    assert rows == [("Ana Example", False, None), ("Example Group", True, None), (None, False, None)]
    assert before["composition"][0]["alternate"]["en"] == "Ada Alternate"
    assert (before["on"], told["on"]) == ((today - DAY).isoformat(), today.isoformat())
    assert api(f"/bodies/council?on={(today + DAY).isoformat()}").json() == told
    assert [w for w in ("Hidden", "Unnamed", "illness") if w in f"{told}{before}"] == []


def test_powers_and_published_delegations(api, council):
    assembly = make_body("assembly", flags=["supreme"])
    make_delegation(make_power(assembly, name="Admit members"), council)
    make_delegation(make_power(assembly, name="A quiet matter"), council, is_public=False)

    assert [each["name"]["en"] for each in api("/bodies/assembly").json()["powers"]] == [
        "A quiet matter",
        "Admit members",
    ]
    given = api("/bodies/council").json()["delegations"]
    assert [(g["power"]["en"], g["of_body"], g["to_body"], g["rests_on"]) for g in given] == [
        ("Admit members", "assembly", "council", "Resolution 7")
    ]
    assert given == api("/bodies/assembly").json()["delegations"]


def test_only_public_bodies_are_told_of(api, council):
    make_body("judges", flags=["reviews"])
    assert [row["key"] for row in api("/bodies").json()["items"]] == ["council"]
    assert [api(f"/bodies/{key}").status_code for key in ("judges", "none")] == [404, 404]


@pytest.mark.parametrize("size", [1, 3])
def test_a_body_costs_the_same_for_many(api, django_assert_num_queries, size):
    body = make_body("council")
    for n in range(size):
        make_call(seat=make_term(body).seat, starts_on=timezone.localdate())
        make_delegation(make_power(make_body(), name=f"Power {n}"), body)
    api("/bodies/council")
    with django_assert_num_queries(7):
        assert len(api("/bodies/council").json()["delegations"]) == size


def test_everybody_reads_what_is_published_and_nothing_of_its_making(api):
    asked = make_request(background="It grew out of the last session.")
    chair = asked.committee.seats.get(terms__role="chair").terms.get().person
    make_contribution(asked, chair, text="Unheard words")
    make_request()
    opinion = make_opinion(asked, dissent_en="One objects.", dissent_zh="一人反对。")
    assert api("/opinions").json()["items"] == []
    publish_opinion(advice=opinion, actor=INSTALLER, now=NOW)

    assert [row["number"] for row in api("/opinions").json()["items"]] == [asked.ref.number]
    told = api(f"/opinions/{asked.ref.number}").json()
    assert (told["opinion"]["en"], told["dissent"]["zh"]) == ("By hearings of regions.", "一人反对。")
    assert "Unheard" not in f"{told}" and str(chair) not in f"{told}"
    assert api("/opinions/ADV-0000-001").status_code == 404

"""Members admitted, moved, suspended and ended at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from secretariat.foundation.audit.models import Act
from secretariat.governance.membership.models import Member, Membership, Representative
from tests.factories.membership import make_category, make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
ADMIT = "/desk/members/admit/"


def address(name, member, *more):
    return reverse(f"desk_membership:{name}", args=[member.ref.number, *more])


@pytest.fixture
def desk(client):
    sign_in_with(client, "desk.run")
    return client


def test_an_organisation_is_admitted(desk):
    category, organisation = make_category(), make_organisation("Example Group")

    desk.post(ADMIT, {"category": category.pk, "organisation": "Example Group", "starts_on": "2024-03-01"})

    held = Membership.objects.get()
    assert (held.member.organisation, held.category, held.starts_on) == (
        organisation,
        category,
        date(2024, 3, 1),
    )


@pytest.mark.parametrize(("holder", "field"), [("organisation", "organisation"), ("person", "person")])
def test_the_category_says_who_can_hold_it(desk, holder, field):
    category = make_category(holder=holder)

    answer = desk.post(ADMIT, {"category": category.pk, "starts_on": "2024-03-01"})

    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]


def test_the_category_changes_from_a_day_on(desk):
    member, other = make_member(), make_category()

    desk.post(
        address("act", member, "category"),
        {"category": other.pk, "starts_on": "2025-01-01", "reason": "Grown"},
    )

    assert list(Membership.objects.order_by("starts_on").values_list("ends_on", flat=True)) == [
        date(2024, 12, 31),
        None,
    ]


def test_suspension_and_end_want_a_reason_and_the_timeline_keeps_it(desk):
    member = make_member()

    assert desk.post(address("act", member, "suspend"), {"reason": " "}).status_code == 422
    desk.post(address("act", member, "suspend"), {"reason": "Dues"})
    desk.post(address("act", member, "reinstate"), {})
    desk.post(address("act", member, "end"), {"ends_on": "2025-06-30", "reason": "Wish"})

    assert Member.objects.get().state == "ended"
    assert [act.detail.get("reason") for act in Act.objects.filter(subject_id=member.pk).order_by("id")][1:] == [
        "Dues", None, "Wish",
    ]  # fmt: skip
    assert "Dues" in desk.get(address("member", member)).content.decode()


def test_what_its_state_forbids_is_said(desk):
    member = make_member()

    answer = desk.post(address("act", member, "reinstate"), {})

    assert answer.status_code == 422 and "not possible in the state" in answer.content.decode()


def test_representatives_come_and_go(desk):
    member, person = make_member(), make_person("Ana", "Example")

    desk.post(address("add_representative", member), {"person": "Ana Example", "starts_on": "2024-01-01"})
    row = Representative.objects.get()
    desk.post(address("end_representative", member, row.pk), {"ends_on": "2024-12-31"})

    row.refresh_from_db()
    assert (row.person, row.ends_on) == (person, date(2024, 12, 31))


def test_only_who_runs_the_desk_comes_in(client):
    row = make_representative()
    paths = [
        ADMIT, address("act", row.member, "end"), address("add_representative", row.member),
        address("end_representative", row.member, row.pk),
    ]  # fmt: skip
    for right, status in (("desk.read", 404), ("desk.run", 200)):
        sign_in_with(client, right)
        assert {client.get(path).status_code for path in paths} == {status}
        page = client.get(address("member", row.member)).content.decode()
        assert {path in page for path in paths[1:]} == {status == 200}


def test_an_act_nobody_knows_is_not_found(desk):
    assert desk.get(address("act", make_member(), "sell")).status_code == 404

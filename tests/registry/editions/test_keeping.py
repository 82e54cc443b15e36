"""Editions announced, made from earlier ones and led on at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from secretariat.registry.editions.models import Edition, Milestone
from tests.factories.editions import make_edition, make_milestone, make_series
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
TITLES = {"title_en": "Example Summit 2024", "title_zh": "2024年示例峰会"}


def address(name, edition, *more):
    return reverse(f"desk_editions:{name}", args=[edition.ref.number, *more])


@pytest.fixture
def desk(client):
    sign_in_with(client, "desk.run")
    return client


@pytest.fixture
def last():
    edition = make_edition(
        make_series("summit"), 2023, title_en="Summit 2023", title_zh="2023年峰会", starts_on=date(2023, 11, 8),
        ends_on=date(2023, 11, 10), parts=["calls", "expo"],
    )  # fmt: skip
    make_milestone(edition, "papers", date(2023, 5, 1))
    return edition


def test_an_edition_is_announced(desk):
    series = make_series()

    desk.post(
        "/desk/editions/new/", TITLES | {"series": series.pk, "year": "2024", "parts": ["expo", "calls"]}
    )

    made = Edition.objects.get()
    assert (made.series, made.year, made.parts, made.simulated) == (series, 2024, ["calls", "expo"], False)


def test_days_the_wrong_way_round_are_refused_at_their_field(desk):
    typed = TITLES | {"series": make_series().pk, "year": "2024", "ends_on": "2024-11-02"}

    assert list(desk.post("/desk/editions/new/", typed).context["form"].errors) == ["ends_on"]
    late = desk.post("/desk/editions/new/", typed | {"starts_on": "2024-11-03"})
    assert list(late.context["form"].errors) == ["ends_on"] and not Edition.objects.exists()


def test_the_next_one_is_shown_before_it_comes(desk, last):
    path = address("following", last)
    assert desk.get(path).context["form"].initial == {"starts_on": date(2024, 11, 6)}

    shown = desk.post(path, {"starts_on": "2024-11-06", "look": "1"}).content.decode()
    assert "Summit 2024" in shown and "29 April 2024" in shown and "SUMMIT-2024" in shown
    assert Edition.objects.count() == 1

    desk.post(path, {"starts_on": "2024-11-06", "make": "1"})
    made = Edition.objects.get(year=2024)
    assert (made.title_zh, made.ends_on, made.parts) == ("2024年峰会", date(2024, 11, 8), ["calls", "expo"])
    assert Milestone.objects.get(edition=made).due_on == date(2024, 4, 29)


def test_parts_are_switched_and_fixed_by_the_end(desk, last):
    desk.post(address("parts", last), {"parts": ["calls", "ceremony"]})
    last.refresh_from_db()
    assert last.parts == ["calls", "ceremony"]

    desk.post(address("act", last, "cancel"))
    refused = desk.post(address("parts", last), {"parts": []})
    assert refused.status_code == 422 and "not possible in the state" in refused.content.decode()


def test_it_is_led_on_by_the_ways_its_state_has(desk, last):
    def ways():
        return [way["path"].split("/")[-2] for way in desk.get(address("edition", last)).context["ways"]]

    assert ways() == ["open", "archive", "cancel"]
    desk.post(address("act", last, "open"))
    assert ways() == ["close", "cancel"]
    assert desk.get(address("act", last, "sell")).status_code == 404


def test_a_change_moves_no_milestone(desk, last):
    typed = {"title_en": "Summit", "title_zh": "峰会", "starts_on": "2023-12-01", "ends_on": "2023-12-03"}

    desk.post(address("change", last), typed)

    last.refresh_from_db()
    assert (last.title_en, last.starts_on, last.ref.title["en"]) == ("Summit", date(2023, 12, 1), "Summit")
    assert Milestone.objects.get().due_on == date(2023, 5, 1)


def test_milestones_are_set_moved_and_reached(desk, last):
    titles = {"title_en": "Papers", "title_zh": "论文"}
    desk.post(address("add_milestone", last), titles | {"key": "halls", "due_on": "2023-06-01"})
    desk.post(address("milestone", last, "halls"), titles | {"due_on": "2023-06-15"})
    desk.post(
        address("milestone", last, "halls"), titles | {"due_on": "2023-06-15", "reached_on": "2022-06-14"}
    )

    row = Milestone.objects.get(key="halls")
    assert (row.due_on, row.reached_on) == (date(2023, 6, 15), date(2022, 6, 14))


def test_only_who_runs_the_desk_comes_in(client, last):
    paths = [address(name, last) for name in ("change", "following", "parts", "add_milestone")]
    for right, status in (("desk.read", 404), ("desk.run", 200)):
        sign_in_with(client, right)
        assert {client.get(path).status_code for path in paths} == {status}
        page = client.get(address("edition", last)).content.decode()
        assert {path in page for path in paths} == {status == 200}

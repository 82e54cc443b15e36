"""The members in figures: every picture counts all of them, and each of its parts leads to those it counts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.doors.site.membership import figures_of_members, members_in_numbers
from secretariat.governance.membership.actions import admit_member, end_membership
from secretariat.governance.membership.queries import count_through_years, memberships_on
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.membership import make_category, make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(host):
    """Seven members of two categories from two places, admitted in three years; one has no place, two have left."""
    senior, alone = make_category("senior"), make_category("alone", holder="person")
    places = [make_place("SE"), make_place("KE")]
    for year, place in ((2022, 0), (2022, 1), (2023, 0), (2024, 0)):
        organisation = make_organisation(country=places[place])
        make_member(senior, organisation=organisation, starts_on=date(year, 3, 1))
    make_member(alone, person=make_person(country=None), starts_on=date(2023, 6, 1))
    gone = make_member(senior, starts_on=date(2022, 5, 1))
    end_membership(member=gone, ends_on=date(2023, 12, 31), reason="x", actor=INSTALLER, now=NOW)
    back = make_member(senior, starts_on=date(2022, 5, 1), organisation=make_organisation(country=places[1]))
    end_membership(member=back, ends_on=date(2023, 12, 30), reason="x", actor=INSTALLER, now=NOW)
    admit_member(
        category=senior, organisation=back.organisation, starts_on=date(2025, 1, 1), actor=INSTALLER, now=NOW
    )


def test_every_picture_counts_all_members(members):
    today = timezone.localdate()
    numbers, figures = members_in_numbers(today), figures_of_members(today)

    placed = sum(tile.count for tile in figures.places.tiles)
    totals = {
        sum(bar.value for bar in bars.bars)
        for bars in (figures.categories, figures.continents, figures.since)
    }

    assert totals | {placed + figures.unplaced, figures.through.bars[-1].value} == {numbers.count} == {6}


def test_each_figure_leads_to_those_it_counts(client, members):
    figures = figures_of_members(timezone.localdate())
    drawn = [*figures.categories.bars, *figures.continents.bars, *figures.since.bars]
    led = [(bar.path, bar.value) for bar in drawn if bar.path]
    led += [(tile.path, tile.count) for tile in figures.places.tiles if tile.count]

    found = {path: client.get(path).context["listing"].count for path, _count in led}

    assert found == dict(led)
    assert {path.partition("?")[2].partition("=")[0] for path in found} == {"category", "country", "since"}


def test_the_years_count_who_was_a_member_on_their_last_day(members):
    on = date(2026, 2, 1)

    counts = count_through_years(on)

    days = {year: date(year, 12, 31) for year in range(2022, 2026)} | {2026: on}
    assert counts == {year: memberships_on(day).count() for year, day in days.items()}
    assert counts == {2022: 4, 2023: 5, 2024: 5, 2025: 6, 2026: 6}
    assert count_through_years(on - timedelta(days=9000)) == {}


def test_the_page_says_so_where_there_is_nobody(client, host):
    assert "Nobody has been admitted yet." in client.get(reverse("site:figures")).content.decode()


def test_a_year_nobody_knows_is_none(client, members):
    assert client.get(f"{reverse('site:members')}?since=19x9").context["listing"].count == 6

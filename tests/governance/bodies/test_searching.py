"""Alternates called in and powers, as they are found by those who may see them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from secretariat.governance.bodies.actions import call_off
from secretariat.governance.bodies.searching import calls
from secretariat.governance.powers.searching import powers
from secretariat.record.search.sources import READERS, registered_sources
from tests.factories.accounts import INSTALLER, NOW, TODAY
from tests.factories.bodies import make_body, make_call, make_seat, make_term
from tests.factories.people import make_person
from tests.factories.powers import make_delegation, make_power

pytestmark = pytest.mark.django_db
WHO = {"actor": INSTALLER, "now": NOW}


@pytest.mark.parametrize("size", [1, 3])
def test_the_desk_finds_who_acts_for_a_seat_and_nobody_else_does(django_assert_num_queries, size):
    body = make_body("council")
    made = [
        make_call(make_term(seat=make_seat(body), person=make_person("Lin"), role="alternate"), reason="Ill")
        for _each in range(size)
    ]
    call_off(call=make_call(), reason="Not needed", **WHO)
    with django_assert_num_queries(1):
        found = list(calls(TODAY, None))
    assert {entry.key for entry in found} == {call.pk for call in made}
    assert {(entry.title_en, entry.rights, entry.is_public, entry.my_path) for entry in found} == {
        ("Lin", READERS, False, "")
    }
    assert {entry.desk_path for entry in found} == {reverse("desk_bodies:body", args=[body.ref.number])}
    assert not any("Ill" in f"{entry.about_en}{entry.words}{entry.text}" for entry in found)


@pytest.mark.parametrize("size", [1, 3])
def test_everybody_finds_the_powers_of_a_body_they_may_see(django_assert_num_queries, size):
    body = make_body("council", flags=["decides"])
    held = [make_power(body, name=f"Power {n}") for n in range(size)]
    with django_assert_num_queries(2):
        found = list(powers(TODAY, None))
    assert {(entry.key, entry.is_public) for entry in found} == {(row.pk, True) for row in held}
    assert {entry.public_path for entry in found} == {reverse("site:body", args=["council"])}


def test_what_only_the_desk_finds_of_powers():
    past = make_power(make_body(), ends_on=TODAY - timedelta(days=1))
    judging = make_power(make_body(flags=["reviews"]))
    shown = make_delegation(
        make_power(make_body()), make_body(), scope_en="Up to a limit", scope_zh="限额以内"
    )
    make_delegation(shown.power, make_body(), is_public=False, scope_en="Quietly", scope_zh="不公开")

    found = {entry.key: entry for entry in powers(TODAY, None)}
    assert {key: (entry.is_public, entry.rights) for key, entry in found.items()} == {
        past.pk: (False, READERS), judging.pk: (False, READERS), shown.power_id: (True, READERS),
    }  # fmt: skip
    text = found[shown.power_id].text
    assert "Up to a limit" in text and "Quietly" not in text


def test_what_changes_makes_them_anew():
    delegation, call = make_delegation(), make_call()
    watched = registered_sources()["power"].watches["powers.delegation"]
    assert list(watched([str(delegation.pk)])) == [delegation.power_id]
    assert [entry.key for entry in calls(TODAY, [call.pk])] == [call.pk]

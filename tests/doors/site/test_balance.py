import pytest
from django.urls import reverse

from secretariat.doors.site.balance import kept_apart, lines_of, told_steps
from secretariat.doors.site.selections import selections_of
from tests.factories.selections import make_selection


def test_small_groups_are_counted_together():
    groups = {"a": {"1", "2", "3"}, "b": {"4", "5"}, "c": {"6"}}

    assert kept_apart(groups) == ({"a": {"1", "2", "3"}}, {"4", "5", "6"})


def test_a_rest_that_is_still_small_takes_the_next_smallest_group_with_it():
    groups = {"a": set("1234"), "b": set("567"), "c": {"8"}}

    assert kept_apart(groups) == ({"a": set("1234")}, set("5678"))


def test_a_rest_that_stays_small_is_not_told():
    assert lines_of([("a", "1"), ("b", "2")], [{"1", "2"}]) == []


def test_a_line_tells_counts_shares_and_success():
    pairs = [("a", str(n)) for n in range(4)] + [("b", str(n)) for n in range(4, 8)]

    first, second = lines_of(pairs, [{str(n) for n in range(8)}, {"0", "1", "4"}])

    assert (first.thing, [p.count for p in first.parts]) == ("a", [4, 2])
    assert [(p.percent, p.of_list) for p in first.parts] == [("100%", "50%"), ("50%", "67%")]
    assert [(p.percent, p.of_list) for p in second.parts] == [("100%", "50%"), ("25%", "33%")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("assigned", ["eligible"]),
        ("offered", ["eligible", "recommended"]),
        ("conferred", ["eligible", "recommended", "shortlist", "honours"]),
    ],
)
def test_what_is_in_confidence_is_not_broken_down(until, told):
    (selection,) = selections_of([make_selection(until).call])

    assert [step.key for step in told_steps(selection)] == told


@pytest.mark.django_db
def test_the_page_shows_the_fields_beside_the_intake(client):
    play = make_selection()

    response = client.get(reverse("site:selection", args=[play.call.key]))

    balance = response.context["balance"]
    fields = next(panel for panel in balance.panels if panel.key == "fields")
    # Two of the seven collected have no field.
    assert [[part.count for part in line.parts] for line in fields.lines] == [[5, 5, 3, 2, 2]]
    assert 'id="balance"' in response.content.decode()


@pytest.mark.django_db
def test_an_open_call_has_no_balance(client):
    play = make_selection("open")

    assert client.get(reverse("site:selection", args=[play.call.key])).context["balance"] is None

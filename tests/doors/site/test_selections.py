import pytest
from django.urls import reverse

from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def page(client, play):
    return client.get(reverse("site:selection", args=[play.call.key]))


def test_the_page_of_a_complete_selection_shows_every_cut(client):
    play = make_selection()

    response = page(client, play)

    assert response.status_code == 200
    selection = response.context["selection"]
    assert selection.is_complete
    assert selection.collected == 7
    assert [(s.key, s.count, s.is_public) for s in selection.steps] == [
        ("eligible", 5, True), ("recommended", 3, True), ("shortlist", 2, True), ("honours", 2, True),
    ]  # fmt: skip

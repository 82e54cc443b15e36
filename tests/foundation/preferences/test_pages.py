import pytest
from django.urls import reverse

from secretariat.foundation.preferences.models import SavedView
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
SAVE = {
    "table": "people.people",
    "path": "/desk/people/",
    "name": "Kenya",
    "query": "country=KE&after=x&export=csv",
}


@pytest.fixture
def account(client):
    account = make_account()
    client.force_login(account)
    return account


def test_saving_comes_back_to_the_list_as_it_was(client, account):
    response = client.post(reverse("my_preferences:save_view"), SAVE)

    assert (response.status_code, response.url) == (302, "/desk/people/?country=KE")
    assert list(SavedView.objects.values_list("account", "name", "query", "is_default")) == [
        (account.pk, "Kenya", "country=KE", False)
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"path": "https://elsewhere.example/"},
        {"path": "//elsewhere.example/"},
        {"name": "x" * 61},
    ],
)
def test_what_is_no_view_is_not_saved(client, account, wrong):
    response = client.post(reverse("my_preferences:save_view"), {**SAVE, **wrong})

    assert response.url == reverse("my_preferences:views")
    assert not SavedView.objects.exists()


def test_my_views_can_be_made_usual_and_removed(client, account):
    client.post(reverse("my_preferences:save_view"), SAVE)
    change = reverse("my_preferences:change_view", args=[SavedView.objects.get().pk])

    client.post(change, {"act": "usual"})
    assert SavedView.objects.get().is_default
    page = client.get(reverse("my_preferences:views")).content.decode()
    assert 'href="/desk/people/?country=KE"' in page and "People" in page

    client.post(change, {"act": "unusual"})
    assert not SavedView.objects.get().is_default
    client.post(change, {"act": "remove"})
    assert not SavedView.objects.exists()


def test_a_view_of_another_is_not_there(client, account):
    client.post(reverse("my_preferences:save_view"), SAVE)
    view = SavedView.objects.get()
    client.force_login(make_account())

    for act in ("usual", "remove"):
        assert (
            client.post(reverse("my_preferences:change_view", args=[view.pk]), {"act": act}).status_code
            == 404
        )
    assert str(view.pk) not in client.get(reverse("my_preferences:views")).content.decode()


def test_a_stranger_is_sent_to_sign_in(client):
    for name in ("views", "save_view"):
        answer = client.get if name == "views" else client.post
        response = answer(reverse(f"my_preferences:{name}"))
        assert response.status_code == 302 and "/sign-in/" in response.url

"""The decorators around views of ``my`` and the desk."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.doors import admitting, desk_only, signed_in
from tests.factories.accounts import make_actor


class Holder:
    """An account that is there only as a key."""

    pk = "019a0000-0000-7000-8000-000000000001"


def inside(request, number="", **_):
    return HttpResponse(f"inside {number}")


def ask(view, actor, path="/my/papers/?page=2", method="get", headers=None, **named):
    request = getattr(RequestFactory(), method)(path, headers=headers or {})
    request.actor = actor
    return view(request, **named)


def test_who_is_signed_in_comes_in_and_the_page_is_kept_nowhere():
    response = ask(signed_in(inside), make_actor(account=Holder), number="7")

    assert response.content == b"inside 7"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("door", [signed_in, desk_only, admitting("audit.read")])
def test_a_stranger_is_sent_to_sign_in_and_back(door):
    response = ask(door(inside), Actor())

    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in/?next=%2Fmy%2Fpapers%2F%3Fpage%3D2"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_stranger_who_sends_something_does_not_come_back_to_an_address_that_only_takes():
    response = ask(signed_in(inside), Actor(), path="/my/papers/withdraw/", method="post")

    assert response.headers["Location"] == "/sign-in/?next=%2Fmy%2F"


# (headers beside HX-Request) -> where one comes back to.
PARTS = [
    ({"HX-Current-URL": "http://testserver/desk/queue/?mine=1"}, "%2Fdesk%2Fqueue%2F%3Fmine%3D1"),
    ({"HX-Current-URL": "http://elsewhere.example/desk/queue/"}, "%2Fmy%2Frows%2F"),
    ({}, "%2Fmy%2Frows%2F"),
]


@pytest.mark.parametrize(("headers", "back"), PARTS)
def test_a_part_of_a_page_takes_the_whole_page_to_sign_in(headers, back):
    response = ask(signed_in(inside), Actor(), path="/my/rows/", headers={"HX-Request": "true", **headers})

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == f"/sign-in/?next={back}"
    assert response.content == b""


def test_a_page_that_was_followed_by_htmx_is_a_page():
    response = ask(
        signed_in(inside), Actor(), headers={"HX-Request": "true", "HX-Boosted": "true"}, path="/my/"
    )

    assert response.headers["Location"] == "/sign-in/?next=%2Fmy%2F"


# (right) -> whether the desk lets one in.
DESK = [
    ("desk.run", True),
    ("desk.read", True),
    ("audit.read", False),
    ("system.run", False),
    ("body.chair", False),
    ("calls.apply", False),
]


@pytest.mark.parametrize(("right", "allowed"), DESK)
def test_who_comes_to_the_desk(right, allowed):
    actor = make_actor(right, account=Holder)

    if allowed:
        assert ask(desk_only(inside), actor).status_code == 200
    else:
        with pytest.raises(Http404):
            ask(desk_only(inside), actor)


def test_an_assistant_comes_to_the_desk_only_with_that_task():
    with pytest.raises(Http404):
        ask(desk_only(inside), make_actor("desk.run", account=Holder, tasks=frozenset({"calls.apply"})))
    assert (
        ask(desk_only(inside), make_actor("desk.run", account=Holder, tasks=frozenset({"desk.run"}))).content
        == b"inside "
    )


def test_any_of_the_named_rights_lets_in():
    door = admitting("audit.read", "security.administer")

    assert ask(door(inside), make_actor("security.administer", account=Holder)).status_code == 200
    with pytest.raises(Http404):
        ask(door(inside), make_actor("desk.run", account=Holder))

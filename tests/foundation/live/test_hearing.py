"""Who may hear what, and the address where a page gets its ticket."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.live import queries, tickets
from tests.factories.accounts import NOW, make_account, make_actor

ME, OTHER = UUID("abcdef00-0000-7000-8000-000000000001"), UUID("abcdef00-0000-7000-8000-000000000002")


def actor(*rights, **kw):
    return Actor(account_id=ME, capacities=make_actor(*rights).capacities, **kw)


HEARS = [
    # (who, channel, hears)
    (Actor(), "desk", False),
    (Actor(), f"account:{ME}", False),
    (Actor(capacities=make_actor("desk.read").capacities), "desk", False),  # nobody without an account
    (actor(), "desk", False),
    (actor("desk.read"), "desk", True),
    (actor("desk.run"), "desk", True),
    (actor("desk.run", tasks=frozenset({"calls.apply"})), "desk", False),  # an assistant for something else
    (actor("desk.run"), f"desk:{ME}", False),
    (actor(), f"account:{ME}", True),
    (actor(), f"account:{str(ME).upper()}", False),
    (actor("desk.run"), f"account:{OTHER}", False),
    (actor(), "account", False),
    (actor(), "account:", False),
    (actor(), "unheard-of", False),
    (actor("desk.run"), "", False),
]


@pytest.mark.parametrize(("who", "channel", "hears"), HEARS)
def test_who_hears_what(who, channel, hears):
    assert (queries.audible(who, [channel]) == [channel]) is hears


def test_what_may_be_heard_is_taken_from_what_was_asked():
    asked = ["desk", f"account:{OTHER}", f"account:{ME}", "desk"]

    assert queries.audible(actor("desk.read"), asked) == ["desk", f"account:{ME}"]


def test_a_kind_is_registered_once_by_each():
    with pytest.raises(ValueError, match="twice"):
        queries.register_channel("desk", queries.hears_desk)


@pytest.mark.django_db
def test_a_page_gets_a_ticket_for_what_its_reader_may_hear(settings):
    account, client = make_account(), Client()
    client.force_login(account)
    mine, foreign = f"account:{account.pk}", f"account:{make_account().pk}"

    answer = client.get(reverse("live:ticket"), {"channels": f"{mine},{foreign},desk"})

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    told = answer.json()
    ticket = tickets.read(told["ticket"], key=tickets.derive_key(settings.SECRET_KEY), now=0)
    assert told["url"] == "/events"
    assert (ticket.account, ticket.channels) == (str(account.pk), {mine})


@pytest.mark.django_db
@pytest.mark.parametrize("channels", ["", "desk", f"account:{OTHER}"])
def test_what_may_not_be_heard_is_not_there(client, channels):
    assert client.get(reverse("live:ticket"), {"channels": channels}).status_code == 404
    client.force_login(make_account())
    assert client.get(reverse("live:ticket"), {"channels": channels}).status_code == 404


@pytest.mark.django_db
def test_a_ticket_is_asked_for_and_not_posted(client):
    assert client.post(reverse("live:ticket")).status_code == 405


def test_a_ticket_is_short(settings):
    text = queries.ticket_for(actor(), ["desk"], NOW)
    key = tickets.derive_key(settings.SECRET_KEY)

    assert tickets.read(text, key=key, now=NOW.timestamp() + 299)
    assert tickets.read(text, key=key, now=NOW.timestamp() + 300) is None

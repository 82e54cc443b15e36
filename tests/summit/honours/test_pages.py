"""Offers in confidence, entries in proof, and the desk that runs them: who reaches what, and what each act does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications.models import Publication, PublicationEntry
from secretariat.record.tasks.duties import duties_of
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.honours import queries
from secretariat.summit.honours.models import Honour
from tests.factories.accounts import make_account, make_actor
from tests.factories.people import make_person
from tests.factories.review import actor_of, make_desk
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db
DAY = {"day": (timezone.localdate() + timedelta(days=9)).isoformat()}


def client_of(person=None):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if person is not None:
        client.force_login(person.account)
    return client


def said(response):
    return response.content.decode()


def states():
    return sorted(Honour.objects.values_list("state", flat=True))


@pytest.fixture
def play():
    return make_selection("offered")


def people_of(play):
    first = play.honours[0].submission
    return {
        "stranger": None, "anybody": make_person(account=make_account()), "applicant": first.person,
        "another": play.honours[1].submission.person, "reviewer": play.reviewers[0],
        "desk": make_desk("desk.read"), "staff": make_desk("desk.run"),
    }  # fmt: skip


def test_an_offer_is_seen_by_its_applicant_alone(play):
    path = reverse("my_honours:offer", args=[play.honours[0].ref.number])
    answers = {role: client_of(p).get(path).status_code for role, p in people_of(play).items()}
    assert answers == {
        "stranger": 302, "anybody": 404, "applicant": 200, "another": 404, "reviewer": 404, "desk": 404, "staff": 404,
    }  # fmt: skip


DESK_PAGES = ["desk_honours:calls", "desk_honours:call", "desk_honours:book"]


@pytest.mark.parametrize("name", DESK_PAGES)
def test_the_desk_is_for_the_desk(play, name):
    path = reverse(name, args=[] if name.endswith("calls") else [play.call.key])
    answers = {role: client_of(p).get(path).status_code for role, p in people_of(play).items()}
    assert answers == {
        "stranger": 302, "anybody": 404, "applicant": 404, "another": 404, "reviewer": 404, "desk": 200, "staff": 200,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["offer", "confer", "prepare"])
def test_whoever_reads_the_desk_may_not_therefore_act(play, name):
    path = reverse(f"desk_honours:{name}", args=[play.call.key])
    before, people = states(), people_of(play)

    assert "You may not do this" in said(client_of(people["desk"]).post(path, DAY, follow=True))
    others = ("anybody", "applicant", "another", "reviewer")
    assert {client_of(people[role]).post(path, DAY).status_code for role in others} == {404}
    assert client_of().post(path, DAY).status_code == 302
    assert (states(), Publication.objects.count()) == (before, 0)


def test_an_answer_counts_after_a_second_look_and_once(play):
    honour = play.honours[0]
    client, path = client_of(honour.submission.person), reverse("my_honours:offer", args=[honour.ref.number])

    assert client.post(path, {"answer": "perhaps"}).status_code == 422
    assert "You are about to accept." in said(client.post(path, {"answer": "yes"}))
    honour.refresh_from_db()
    assert honour.state == "offered"
    client.post(path, {"answer": "yes", "confirmed": "yes"})
    honour.refresh_from_db()
    assert honour.state == "accepted"
    again = said(client.post(path, {"answer": "no", "confirmed": "yes"}, follow=True))
    assert "not possible in the state" in again
    honour.refresh_from_db()
    assert honour.state == "accepted"


def test_the_secretariat_offers_confers_and_revokes():
    play = make_selection("decided")
    client, at = client_of(make_desk("desk.run")), [play.call.key]

    page = client.post(reverse("desk_honours:offer", args=at), {"day": ""}, follow=True)
    assert "Give the day" in said(page)
    client.post(reverse("desk_honours:offer", args=at), DAY)
    assert states() == ["offered", "offered"]
    assert all(h.answer_until > timezone.now() + timedelta(days=8) for h in Honour.objects.all())
    assert "No honour is accepted" in said(client.post(reverse("desk_honours:confer", args=at), follow=True))

    first = Honour.objects.order_by("position").first()
    path = reverse("my_honours:offer", args=[first.ref.number])
    client_of(first.submission.person).post(path, {"answer": "yes", "confirmed": "yes"})
    client.post(reverse("desk_honours:confer", args=at))
    assert states() == ["conferred", "offered"]
    revoke = reverse("desk_honours:revoke", args=[play.call.key, first.ref.number])
    assert "with a reason" in said(client.post(revoke, {"reason": " "}, follow=True))
    client.post(revoke, {"reason": "It was not theirs."})
    first.refresh_from_db()
    assert (first.state, first.revoked_reason) == ("revoked", "It was not theirs.")


def test_before_the_decision_nothing_is_offered():
    play = make_selection("recommended")
    page = client_of(make_desk("desk.run")).get(reverse("desk_honours:call", args=[play.call.key]))
    assert "There is nothing to offer yet." in said(page)


def test_the_book_from_its_proofs_to_its_setting():
    play = make_selection("recommended")
    client, at = client_of(make_desk("desk.run")), [play.call.key]
    book = reverse("desk_honours:book", args=at)

    assert "has not been begun" in said(client.get(book))
    client.post(reverse("desk_honours:prepare", args=at), DAY)
    assert Publication.objects.get().key == f"{play.call.key}-book"
    twice = client.post(reverse("desk_honours:prepare", args=at), DAY, follow=True)
    assert "not possible in the state" in said(twice)
    early = client.post(reverse("desk_honours:lapse", args=at), follow=True)
    assert "Proofs may be answered until" in said(early)
    waiting = client.post(reverse("desk_honours:typeset", args=at), follow=True)
    assert "proofs have not been answered" in said(waiting)

    entries = list(PublicationEntry.objects.select_related("item"))
    applicants = {s.ref_id: s.person for s in play.submissions}
    for place, entry in enumerate(entries):
        path = reverse("my_honours:entry", args=[f"{play.call.key}-book", entry.item.number])
        client_of(applicants[entry.item_id]).post(path, {"answer": "yes" if place else "no"})
    assert sorted(PublicationEntry.objects.values_list("state", flat=True)) == [
        "approved",
        "approved",
        "refused",
    ]
    client.post(reverse("desk_honours:typeset", args=at))
    assert Publication.objects.get().state == "set"


def test_an_entry_is_shown_beside_what_was_handed_in_to_its_applicant_alone():
    play = make_selection("recommended")
    client_of(make_desk("desk.run")).post(reverse("desk_honours:prepare", args=[play.call.key]), DAY)
    item = play.submissions[0]
    path = reverse("my_honours:entry", args=[f"{play.call.key}-book", item.ref.number])

    page = said(client_of(item.person).get(path))
    assert "As it will be printed" in page and item.title_en in page
    assert "named-only" not in page and "for the committee" not in page
    others = [play.submissions[1].person, play.reviewers[0], make_desk("desk.run")]
    assert [client_of(p).get(path).status_code for p in others] == [404, 404, 404]


def test_whoever_represents_the_organisation_answers_too(play):
    honour = play.honours[0]
    organisation = honour.submission.organisation_id
    actor = make_actor("organisation.represent", scope_id=organisation)
    stranger = make_actor("organisation.represent", scope_id=play.honours[1].submission.organisation_id)

    assert (
        queries.get_my_honour(Actor(make_account().pk, None, actor.capacities), honour.ref.number).pk
        == honour.pk
    )
    with pytest.raises(NotFound):
        queries.get_my_honour(Actor(make_account().pk, None, stranger.capacities), honour.ref.number)
    assert not queries.my_honours(Actor()).exists()


def test_an_assistant_without_the_task_sees_neither_offers_nor_entries():
    play = make_selection("offered")
    person = play.honours[0].submission.person
    assistant = actor_of(person, acting_for_id=person.account_id, tasks=frozenset({"correspondence"}))
    assert not queries.my_honours(assistant).exists()
    assert not queries.my_entries(assistant).exists()


def test_what_waits_is_told_to_whom_it_concerns(play):
    now = timezone.now()
    person = play.honours[0].submission.person

    def keys(actor, door="my"):
        return {d.key for d in duties_of(actor, door, now) if d.key.startswith("honours.")}

    assert keys(actor_of(person)) == {f"honours.offer:{play.honours[0].pk}"}
    assert keys(actor_of(make_person())) == set()
    assert keys(make_actor("desk.run"), "desk") == set()
    client_of(person).post(
        reverse("my_honours:offer", args=[play.honours[0].ref.number]), {"answer": "yes", "confirmed": "1"}
    )
    assert keys(make_actor("desk.run"), "desk") == {f"honours.to_confer:{play.call.key}"}
    assert keys(make_actor("desk.read"), "desk") == set()


def test_the_lists_cost_the_same_for_one_and_three():
    staff = make_desk("desk.run")

    def cost():
        pages = {
            "calls": reverse("desk_honours:calls"),
            "mine": reverse("my_honours:honours"),
        }
        found = {}
        for name, path in pages.items():
            client = client_of(staff)
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            found[name] = len(asked)
        return found

    make_selection("offered")
    one = cost()
    make_selection("offered"), make_selection("decided")
    assert cost() == one

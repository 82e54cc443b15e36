"""Mailings through the API: to whom, in which words, and from the draft to its end."""

import json

import pytest
from django.utils import timezone

from secretariat.foundation.privacy.models import Disclosure
from secretariat.record.mailings.models import Copy, Mailing
from tests.doors.api.test_desk import items
from tests.doors.api.test_letters import staff  # noqa: F401
from tests.doors.api.test_problems import problem
from tests.factories.mailings import make_mailing, make_reader, make_sent_mailing
from tests.factories.tokens import make_service_token

pytestmark = pytest.mark.django_db
WORDS = {"subject_en": "News", "text_en": "Dear {name}"}


def begin(api, secret, audience="people", query=""):
    return api("/desk/mailings", secret, "post", json.dumps({"audience": audience, "query": query}))


def act(api, secret, number, verb, reason=""):
    return api(f"/desk/mailings/{number}/{verb}", secret, "post", json.dumps({"reason": reason}))


def test_whom_it_would_go_to_is_seen_before_it_goes(api, staff):  # noqa: F811
    (_person, hers), reader = staff(), make_reader("Ana")
    make_reader("Bo")
    number = begin(api, hers, query="q=ana").json()["number"]
    written = api(f"/desk/mailings/{number}", hers, "put", json.dumps(WORDS)).json()
    [copy] = api(f"/desk/mailings/{number}/copies", hers).json()["items"]

    assert (written["copies"], written["going"], written["state"]) == (1, 1, "draft")
    assert (copy["name"], copy["text"], copy["skipped"]) == ("Ana Example", "Dear Ana Example", "")
    assert Disclosure.objects.filter(what="mailings.copies", owner_id=reader.pk, door="api").exists()
    assert not Copy.objects.exists()


def test_a_second_person_approves_and_it_goes(api, staff):  # noqa: F811
    (_drafter, hers), (approver, theirs) = staff(), staff()
    make_reader("Ana")
    number = begin(api, hers, query="q=ana").json()["number"]
    api(f"/desk/mailings/{number}", hers, "put", json.dumps({**WORDS, "approver": approver.ref.number}))
    up, own = act(api, hers, number, "put-up").json(), act(api, hers, number, "approve")
    approved, sending = act(api, theirs, number, "approve").json(), act(api, hers, number, "start").json()

    assert (up["state"], approved["state"], sending["state"]) == ("for_approval", "approved", "sending")
    assert problem(own)[0] == "not-allowed" and approved["digest"]
    assert items(api(f"/desk/mailings/{number}/copies", hers), "outcome") == ["unsent"]
    assert items(api("/desk/mailings?state=sending", hers)) == [number]
    assert "people" in items(api("/desk/audiences", hers), "key")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text_en": "Dear {nobody}"}, "text"), ({"approver": "PER-0"}, "approver"), ({"kind": "spam"}, "kind"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named(api, staff, change, field):  # noqa: F811
    person, hers = staff()
    number = make_mailing(by=person, people=[]).ref.number
    answer = api(f"/desk/mailings/{number}", hers, "put", json.dumps({**WORDS, **change}))

    assert problem(answer)[1]["errors"][0]["field"] == field
    assert problem(begin(api, hers, audience="nobody"))[1]["errors"][0]["field"] == "audience"


def test_a_program_of_nobodys_own_reads_and_writes_none(api):
    service = make_service_token("desk.read", "desk.run", now=timezone.now())[1]
    number = make_mailing().ref.number

    assert problem(begin(api, service))[0] == problem(act(api, service, number, "drop"))[0] == "in-person"
    words = api(f"/desk/mailings/{number}", service, "put", json.dumps(WORDS))
    assert problem(words)[0] == "in-person"
    assert items(api(f"/desk/mailings/{number}/copies", service), "name") == ["Ana Example"]
    assert set(Mailing.objects.values_list("state", flat=True)) == {"draft"}


def test_more_copies_cost_no_more_statements(api, asked, staff):  # noqa: F811
    person, hers = staff()
    number = make_sent_mailing(by=person, people=[make_reader() for _ in range(3)]).ref.number
    paths = [f"/desk/mailings/{number}/copies?limit={limit}" for limit in (1, 3)]
    api(paths[1], hers)

    assert len({asked(lambda path=path: api(path, hers)) for path in paths}) == 1

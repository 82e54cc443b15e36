"""Letters through the API: written in somebody's name, signed by a second person, sent."""

import json

import pytest
from django.utils import timezone

from secretariat.foundation.privacy.models import Disclosure
from secretariat.record.correspondence.models import Letter
from tests.doors.api.test_problems import problem
from tests.factories.correspondence import make_incoming, make_letter, make_staff
from tests.factories.tokens import make_service_token

pytestmark = pytest.mark.django_db
TO = {"name": "Example Institute 001", "email": "office@example.org"}


@pytest.fixture
def staff(secret_of):
    """Make somebody who runs the desk: her person and the secret of her token."""

    def make():
        person = make_staff()
        return person, secret_of("desk.read", "desk.run", account=person.account, rights=["desk.run"])

    return make


def act(api, secret, number, verb, reason=""):
    return api(f"/desk/letters/out/{number}/{verb}", secret, "post", json.dumps({"reason": reason}))


def draft(api, secret, **said):
    body = {"subject": "An answer", "text": "We thank you.", "to": [TO], **said}
    return api("/desk/letters/out", secret, "post", json.dumps(body))


def test_from_the_draft_to_the_sending(api, staff):
    (_drafter, hers), (signer, theirs) = staff(), staff()
    came_in = make_incoming().ref.number
    made = draft(api, hers, signer=signer.ref.number, answers=came_in)
    number = made.json()["number"]
    up, own = act(api, hers, number, "put-up").json(), act(api, hers, number, "sign")
    signed, sent = act(api, theirs, number, "sign").json(), act(api, hers, number, "send").json()

    assert made.status_code == 201 and made.json()["answers"] == came_in
    assert (up["state"], signed["state"], sent["state"]) == ("for_signature", "signed", "sent")
    assert signed["digest"] and problem(own)[0] == "not-allowed"
    assert api(f"/desk/letters/in/{came_in}", hers).json()["state"] == "answered"
    assert [to["email"] for to in sent["to"]] == [TO["email"]]


def test_it_is_sent_back_changed_and_dropped(api, staff):
    (_drafter, hers), (signer, theirs) = staff(), staff()
    number = draft(api, hers, signer=signer.ref.number).json()["number"]
    act(api, hers, number, "put-up")
    silent, back = act(api, theirs, number, "send-back"), act(api, theirs, number, "send-back", "Shorter.")
    body = json.dumps({"subject": "Shorter", "text": "Thanks.", "to": [TO], "language": "zh-hans"})
    changed = api(f"/desk/letters/out/{number}", hers, "put", body).json()

    assert problem(silent)[1]["errors"][0]["field"] == "reason" and back.json()["remark"] == "Shorter."
    assert (changed["subject"], changed["language"], changed["signer"]) == ("Shorter", "zh-hans", None)
    assert act(api, hers, number, "drop", "Not needed").json()["state"] == "dropped"
    assert problem(act(api, hers, number, "put-up"))[0] == "wrong-state"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"signer": "PER-0"}, "signer"), ({"answers": "IN-0"}, "answers"), ({"subject": ""}, "subject"),
        ({"to": [TO, {"name": "A", "email": "nowhere"}]}, "to.1.email"), ({"language": "fr"}, "language"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named(api, staff, wrong, field):
    answer = draft(api, staff()[1], **wrong)

    assert problem(answer)[1]["errors"][0]["field"] == field
    assert not Letter.objects.exists()


def test_nobody_signs_what_she_wrote(api, staff):
    person, secret = staff()

    assert problem(draft(api, secret, signer=person.ref.number))[1]["errors"][0]["field"] == "signer"


def test_a_program_of_nobodys_own_writes_and_signs_nothing(api):
    service = make_service_token("desk.read", "desk.run", now=timezone.now())[1]
    number = make_letter().ref.number

    assert problem(draft(api, service))[0] == "in-person"
    for verb in ("put-up", "sign", "send-back", "send", "drop"):
        assert problem(act(api, service, number, verb, "x"))[0] == "in-person"
    assert api(f"/desk/letters/out/{number}", service).json()["state"] == "draft"


def test_a_letter_is_begun_once_for_a_key(api, staff):
    secret, body = staff()[1], json.dumps({"subject": "Once"})
    both = [api("/desk/letters/out", secret, "post", body, HTTP_IDEMPOTENCY_KEY="k") for _ in range(2)]

    assert both[0].json() == both[1].json() and Letter.objects.count() == 1
    assert not Disclosure.objects.exists()  # it goes to nobody yet

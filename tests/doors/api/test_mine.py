"""My submissions through the API: the way from beginning to withdrawing, and what is refused on it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.foundation.audit.models import Act
from secretariat.foundation.tokens.scopes import SCOPES
from secretariat.summit.calls.actions import Seen, open_call, save_draft
from secretariat.summit.calls.models import Submission, Version
from tests.doors.api.test_problems import problem
from tests.factories.calls import CONTENT, STAFF, make_applicant, make_call, make_submission
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    """A call that is open at this moment."""
    now = timezone.now()
    made = make_call(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return open_call(call=made, actor=STAFF, now=now - timedelta(hours=12))


@pytest.fixture
def applicant():
    make_place("SE")
    return make_applicant()


@pytest.fixture
def secret(applicant, secret_of):
    return secret_of("my.read", "my.write", account=applicant[0].account)


def begin(api, secret, call, **headers):
    body = json.dumps({"call": call.key})
    return api("/my/submissions", secret, "post", body, **headers)


def save(api, secret, number, content=CONTENT, **headers):
    return api(f"/my/submissions/{number}/draft", secret, "put", json.dumps({"content": content}), **headers)


def test_the_way_from_beginning_to_withdrawing(api, call, applicant, secret):
    begun = begin(api, secret, call)
    number = begun.json()["number"]
    saved = save(api, secret, number)
    receipt = api(f"/my/submissions/{number}/submit", secret, "post")
    read = api(f"/my/submissions/{number}", secret).json()
    back = api(f"/my/submissions/{number}/withdraw", secret, "post", json.dumps({"reason": "Enough"}))

    assert (begun.status_code, saved.status_code, receipt.status_code, back.status_code) == (
        201,
        200,
        200,
        200,
    )
    assert (begun.json()["state"], read["state"], back.json()["state"]) == ("draft", "submitted", "withdrawn")
    assert read["draft"] == CONTENT and read["title"] == CONTENT["title"]
    assert read["receipts"] == [receipt.json()]
    assert receipt.json()["commitment"] == Version.objects.get().commitment
    verbs = ["submission_started", "draft_saved", "submission_submitted", "submission_withdrawn"]
    acts = Act.objects.filter(verb__in=verbs).order_by("id")
    assert [(act.verb, act.door, act.account_id) for act in acts] == [
        (verb, "api", applicant[0].account_id) for verb in verbs
    ]


def test_for_an_organisation_of_mine_and_for_no_other(api, call, applicant, secret):
    mine, other = make_organisation(), make_organisation()
    make_affiliation(applicant[0], mine)
    told = {
        organisation: api(
            "/my/submissions", secret, "post",
            json.dumps({"call": call.key, "organisation": organisation.ref.number}),
        )
        for organisation in (mine, other)
    }  # fmt: skip

    assert told[mine].json()["organisation"]["en"] == mine.name_en
    assert problem(told[other])[0] == "invalid"
    assert Submission.objects.get().organisation == mine


OPERATIONS = {
    ("get", "/my/submissions"): "my.read",
    ("get", "/my/submissions/{}"): "my.read",
    ("post", "/my/submissions"): "my.write",
    ("put", "/my/submissions/{}/draft"): "my.write",
    ("post", "/my/submissions/{}/submit"): "my.write",
    ("post", "/my/submissions/{}/withdraw"): "my.write",
}
BODIES = {"draft": {"content": {}}, "withdraw": {"reason": "x"}}


def body_of(path, call):
    return json.dumps(BODIES.get(path.rpartition("/")[2], {"call": call.key}))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_each_needs_a_token_with_its_scope(api, call, applicant, secret_of, method, path):
    number = make_submission(call, applicant=applicant, now=timezone.now(), hand_in=False).ref.number
    scope, body = OPERATIONS[method, path], None if method == "get" else body_of(path, call)
    others = [each for each in SCOPES if not each.startswith(("desk", "accounts", scope))]
    account = applicant[0].account

    assert problem(api(path.format(number), None, method, body))[0] == "unauthenticated"
    kind, told = problem(api(path.format(number), secret_of(*others, account=account), method, body))
    assert (kind, told["errors"][0]["rule"]) == ("scope-missing", scope)
    answer = api(path.format(number), secret_of(scope, account=account), method, body)
    assert answer.status_code in (200, 201, 422), answer.content


@pytest.mark.parametrize(("method", "path"), [key for key in OPERATIONS if "{}" in key[1]])
def test_what_is_anothers_is_not_there(api, call, applicant, secret_of, method, path):
    number = make_submission(call, applicant=applicant, now=timezone.now(), hand_in=False).ref.number
    other = secret_of("my.read", "my.write", account=make_applicant()[0].account)
    before = Act.objects.count()

    body = None if method == "get" else body_of(path, call)
    assert problem(api(path.format(number), other, method, body))[0] == "not-found"
    assert Act.objects.count() == before


def test_my_list_is_mine(api, call, applicant, secret):
    mine = make_submission(call, applicant=applicant, now=timezone.now())
    make_submission(call, now=timezone.now())

    assert [row["number"] for row in api("/my/submissions", secret).json()["items"]] == [mine.ref.number]


def test_what_cannot_be_handed_in_names_each_field(api, call, secret):
    number = begin(api, secret, call).json()["number"]
    save(api, secret, number, {"title": {"en": "x" * 21}})
    kind, told = problem(api(f"/my/submissions/{number}/submit", secret, "post"))

    assert kind == "invalid"
    assert {error["field"] for error in told["errors"]} == {"title", "summary", "countries"}


def test_a_state_that_does_not_allow_it_is_a_conflict(api, call, applicant, secret):
    number = make_submission(call, applicant=applicant, now=timezone.now()).ref.number
    body = json.dumps({"reason": "Enough"})
    api(f"/my/submissions/{number}/withdraw", secret, "post", body)

    assert problem(api(f"/my/submissions/{number}/withdraw", secret, "post", body))[0] == "wrong-state"
    assert problem(save(api, secret, number))[0] == "wrong-state"


def test_nobody_writes_over_what_she_has_not_read(api, call, applicant, secret):
    read = begin(api, secret, call)
    number, tag = read.json()["number"], read.headers["ETag"]
    first = save(api, secret, number, {"contact": {"en": "A"}}, HTTP_IF_MATCH=tag)
    second = save(api, secret, number, {"contact": {"en": "B"}}, HTTP_IF_MATCH=tag)
    third = save(api, secret, number, {"contact": {"en": "C"}}, HTTP_IF_MATCH=first.headers["ETag"])

    assert (first.status_code, third.status_code) == (200, 200)
    assert problem(second)[0] == "changed-meanwhile"
    assert problem(save(api, secret, number, HTTP_IF_MATCH='"x"'))[0] == "changed-meanwhile"
    assert Submission.objects.get().draft == {"contact": {"en": "C"}}


def test_what_i_read_and_is_unchanged_is_not_sent_again(api, call, applicant, secret):
    number = begin(api, secret, call).json()["number"]
    tag = api(f"/my/submissions/{number}", secret).headers["ETag"]
    path = f"/my/submissions/{number}"

    assert api(path, secret, HTTP_IF_NONE_MATCH=tag).status_code == 304
    row, now = Submission.objects.get(), timezone.now()
    save_draft(submission=row, content={}, actor=applicant[1], now=now, seen=Seen(0, row.pk))
    assert api(path, secret, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_my_list_costs_the_same_whatever_its_length(api, asked, call, applicant, secret):
    now = timezone.now()
    api("/my/submissions", secret)  # the day of use is written once
    make_submission(call, applicant=applicant, now=now)
    one = asked(lambda: api("/my/submissions", secret))
    for _ in range(2):
        make_submission(call, applicant=applicant, now=now)

    assert asked(lambda: api("/my/submissions", secret)) == one


class TestKey:
    def test_the_same_request_is_done_once(self, api, call, applicant, secret):
        number = make_submission(call, applicant=applicant, now=timezone.now(), hand_in=False).ref.number
        body, path = json.dumps({"reason": "Enough"}), f"/my/submissions/{number}/withdraw"
        first = api(path, secret, "post", body, HTTP_IDEMPOTENCY_KEY="a")
        again = api(path, secret, "post", body, HTTP_IDEMPOTENCY_KEY="a")

        assert (first.status_code, again.status_code) == (200, 200)
        assert again.json() == first.json()
        assert again.headers["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first.headers
        assert Act.objects.filter(verb="submission_withdrawn").count() == 1
        other = api(path, secret, "post", body, HTTP_IDEMPOTENCY_KEY="b")
        assert problem(other)[0] == "wrong-state"

    def test_with_another_body_it_is_refused(self, api, call, secret):
        begin(api, secret, call, HTTP_IDEMPOTENCY_KEY="a")
        body = json.dumps({"call": "another"})

        assert (
            problem(api("/my/submissions", secret, "post", body, HTTP_IDEMPOTENCY_KEY="a"))[0] == "key-used"
        )

    def test_it_belongs_to_its_token(self, api, call, secret, secret_of):
        other = secret_of("my.write", account=make_applicant()[0].account)
        numbers = {
            begin(api, token, call, HTTP_IDEMPOTENCY_KEY="a").json()["number"] for token in (secret, other)
        }

        assert len(numbers) == 2

    def test_a_refusal_leaves_it_free(self, api, call, secret):
        body = json.dumps({"call": "no-such-call"})
        refused = api("/my/submissions", secret, "post", body, HTTP_IDEMPOTENCY_KEY="a")

        assert problem(refused)[0] == "not-found"
        assert begin(api, secret, call, HTTP_IDEMPOTENCY_KEY="a").status_code == 201

    def test_too_long_a_key_is_refused(self, api, call, secret):
        assert problem(begin(api, secret, call, HTTP_IDEMPOTENCY_KEY="a" * 101))[0] == "invalid"
        assert not Submission.objects.exists()

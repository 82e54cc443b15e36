"""A reviewer's work through the API: declaring, reading, keeping a draft, handing in, stepping aside."""

import json

import pytest

from secretariat.foundation.audit.models import Act
from secretariat.summit.review.models import Assignment, Conflict, Review, ReviewDraft
from tests.doors.api.test_problems import problem
from tests.factories.review import assignments_of, declare_all, make_call_in_review, make_matching

pytestmark = pytest.mark.django_db
SCORES = {"depth": 7, "benefit": 5}


@pytest.fixture
def play():
    """A call whose readers read; the rows of the first of them."""
    call, members = make_call_in_review(3, members=3)
    make_matching(call, signed=False)
    rows = assignments_of(call)
    # The first has something to read, and has not said what she may not: a matching may leave a member out.
    members.sort(key=lambda member: member != rows[0].reviewer)
    declare_all(call, members[1:])
    reader = next(row.reviewer for row in rows if row.reviewer in members[1:])
    return call, members, [row for row in rows if row.reviewer == reader]


@pytest.fixture
def secret(play, secret_of):
    return secret_of("my.read", "my.write", account=play[2][0].reviewer.account)


def path_of(row, rest=""):
    return f"/my/readings/{row.submission.call.key}/{row.stage.key}/{row.submission.ref.number}{rest}"


def send(api, secret, row, rest, method="put", scores=SCORES, comment="Sound.", confidence=None, **headers):
    body = json.dumps({"scores": scores, "comment": comment, "confidence": confidence})
    return api(path_of(row, rest), secret, method, body, **headers)


def test_the_way_from_the_queue_to_the_review(api, play, secret):
    _call, _members, rows = play
    listed = api("/my/readings", secret).json()["items"]
    draft = send(api, secret, rows[0], "/draft", scores={"depth": 7}, comment="", confidence=3)
    done = send(api, secret, rows[0], "/hand-in", "post")

    assert {row["number"] for row in listed} == {row.submission.ref.number for row in rows}
    assert {row["state"] for row in listed} == {"assigned"} and not any(row["is_begun"] for row in listed)
    written = {"scores": {"depth": 7}, "comment": "", "confidence": 3}
    assert (draft.json()["draft"], draft.json()["review"]) == (written, None)
    assert (done.status_code, done.json()["state"], done.json()["review"]["scores"]) == (200, "done", SCORES)
    assert done.json()["review"]["confidence"] is None
    assert Review.objects.get().comment == "Sound." and not ReviewDraft.objects.exists()
    act = Act.objects.get(verb="review_handed_in")
    assert (act.door, act.account_id) == ("api", rows[0].reviewer.account_id)
    assert act.detail["token"] and "responsible" not in act.detail
    left = api("/my/readings?state=assigned", secret).json()["items"]
    assert len(left) == len(rows) - 1
    assert problem(send(api, secret, rows[0], "/hand-in", "post"))[0] == "wrong-state"


def test_a_reader_sees_what_readers_see_and_the_scales(api, play, secret):
    told = api(path_of(play[2][0]), secret).json()

    assert "contact" not in told["content"] and "title" in told["content"]
    assert [(each["key"], each["minimum"], each["maximum"]) for each in told["criteria"]] == [
        (c.key, c.minimum, c.maximum) for c in play[0].criterions.order_by("position")
    ]


@pytest.mark.parametrize(
    "scores",
    [{"depth": 99, "benefit": 5}, {"depth": 7}, {**SCORES, "other": 1}],
    ids=["off the scale", "missing", "unknown"],
)
def test_a_score_that_does_not_fit_is_named(api, play, secret, scores):
    kind, told = problem(send(api, secret, play[2][0], "/hand-in", "post", scores=scores))

    assert (kind, [(e["field"], e["rule"]) for e in told["errors"]]) == ("invalid", [("scores", "scale")])
    assert not Review.objects.exists()


def test_a_draft_written_elsewhere_meanwhile_is_not_written_over(api, play, secret):
    row = play[2][0]
    tag = api(path_of(row), secret).headers["ETag"]
    first = send(api, secret, row, "/draft", comment="A", HTTP_IF_MATCH=tag)
    second = send(api, secret, row, "/draft", comment="B", HTTP_IF_MATCH=tag)
    third = send(api, secret, row, "/draft", comment="C", HTTP_IF_MATCH=first.headers["ETag"])

    assert (first.status_code, problem(second)[0], third.status_code) == (200, "changed-meanwhile", 200)
    assert problem(send(api, secret, row, "/draft", HTTP_IF_MATCH='"x"'))[0] == "changed-meanwhile"
    assert ReviewDraft.objects.get().comment == "C"


def test_what_is_anothers_to_read_is_not_there(api, play, secret_of):
    _call, members, rows = play
    another = next(m for m in members[1:] if m != rows[0].reviewer)
    hers = set(Assignment.objects.filter(reviewer=another).values_list("submission", flat=True))
    foreign = next((row for row in rows if row.submission_id not in hers), None)
    secret = secret_of("my.read", "my.write", account=another.account)

    assert foreign is not None
    assert problem(api(path_of(foreign), secret))[0] == "not-found"
    assert problem(send(api, secret, foreign, "/draft"))[0] == "not-found"
    assert not ReviewDraft.objects.exists()


class TestDeclaring:
    def test_nobody_reads_before_she_has_gone_through_all_items(self, api, play, secret_of):
        call, members, _rows = play
        secret = secret_of("my.read", "my.write", account=members[0].account)
        row = next(row for row in assignments_of(call) if row.reviewer == members[0])
        listed = api("/my/declarations", secret).json()["items"]
        whole = api(f"/my/declarations/{call.key}", secret).json()

        assert [(each["call"], each["is_declared"]) for each in listed] == [(call.key, False)]
        assert len(whole["items"]) == 3 and whole["relations"] == []
        assert problem(api(path_of(row), secret))[0] == "wrong-state"
        assert whole["undertaking"] == call.undertaking
        assert problem(send(api, secret, row, "/hand-in", "post"))[0] == "wrong-state"
        assert problem(send(api, secret, row, "/draft"))[0] == "wrong-state"
        aside = {row.submission.ref.number: "We wrote a paper together."}
        another = json.dumps({"aside": aside, "undertaking": "0" * 64})
        assert problem(api(f"/my/declarations/{call.key}", secret, "post", another))[0] == "wrong-state"
        assert api("/my/readings", secret).json()["items"] == []
        body = json.dumps({"aside": aside, "undertaking": whole["undertaking_digest"]})
        declared = api(f"/my/declarations/{call.key}", secret, "post", body).json()
        assert declared["is_declared"]
        assert [(r["number"], r["state"]) for r in declared["relations"]] == [
            (row.submission.ref.number, "barred")
        ]
        assert problem(api(path_of(row), secret))[0] == "not-found"

    @pytest.mark.parametrize("aside", [{"ACH-0000-001": "x"}, None], ids=["unknown", "bare"])
    def test_what_is_no_reason_is_named(self, api, play, secret, aside):
        number = play[2][0].submission.ref.number
        aside = aside or {number: " "}
        body = json.dumps({"aside": aside, "undertaking": play[0].undertaking_digest})
        kind, told = problem(api(f"/my/declarations/{play[0].key}", secret, "post", body))

        assert (kind, told["errors"][0]["field"]) == ("invalid", "aside")
        assert not Conflict.objects.exists()

    def test_stepping_aside_while_reading(self, api, play, secret):
        row = play[2][0]
        body = json.dumps({"reason": "My former student."})
        told = api(path_of(row, "/step-aside"), secret, "post", body).json()

        assert (told["number"], told["is_declared"]) == (row.submission.ref.number, True)
        assert problem(api(path_of(row), secret))[0] == "not-found"


def test_my_queue_costs_the_same_whatever_its_length(api, asked, play, secret):
    _call, _members, rows = play
    api("/my/readings", secret)
    several = asked(lambda: api("/my/readings", secret))
    Assignment.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(state="withdrawn")

    assert len(rows) > 1 and len(api("/my/readings", secret).json()["items"]) == 1
    assert asked(lambda: api("/my/readings", secret)) == several

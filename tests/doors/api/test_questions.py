"""Questions to applicants through the API: asked by the desk, answered by whoever applies, settled."""

import json

import pytest
from django.utils import timezone

from secretariat.foundation.notices.models import Notice
from secretariat.summit.calls.models import Question
from tests.doors.api.test_desk import items
from tests.doors.api.test_mine import call  # noqa: F401
from tests.doors.api.test_problems import problem
from tests.factories.calls import make_applicant, make_submission
from tests.factories.correspondence import make_staff
from tests.factories.tokens import make_service_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def hers(applicant, secret_of):
    return secret_of("my.read", "my.write", account=applicant[0].account)


@pytest.fixture
def desk(secret_of):
    return secret_of("desk.read", "desk.run", account=make_staff().account, rights=["desk.run"])


@pytest.fixture
def number(call, applicant):  # noqa: F811
    return make_submission(call, applicant=applicant, now=timezone.now()).ref.number


def ask(api, secret, number, text="Since when?", due="2099-01-01"):
    body = json.dumps({"text": text, "due_on": due})
    return api(f"/desk/submissions/{number}/questions", secret, "post", body)


def test_it_is_asked_answered_and_settled(api, desk, hers, number):
    asked = ask(api, desk, number).json()
    mine, thread = f"/my/submissions/{number}/questions", f"/desk/submissions/{number}/questions"
    waiting = items(api("/my/questions", hers), "id")
    body = json.dumps({"text": "Since 2020."})
    answered = api(f"{mine}/{asked['id']}/answers", hers, "post", body)
    settled = api(f"{thread}/{asked['id']}/settle", desk, "post").json()
    late = api(f"{mine}/{asked['id']}/answers", hers, "post", body)

    assert (asked["submission"], asked["state"], waiting) == (number, "asked", [asked["id"]])
    assert answered.status_code == 201 and answered.json()["state"] == "answered"
    assert [(a["text"], a["is_late"]) for a in answered.json()["answers"]] == [("Since 2020.", False)]
    assert settled["state"] == "settled" and problem(late)[0] == "wrong-state"
    assert items(api("/my/questions", hers), "id") == []
    assert items(api(mine, hers), "id") == items(api(thread, desk), "id") == [asked["id"]]
    assert items(api("/desk/questions?state=settled", desk), "id") == [asked["id"]]
    assert set(Notice.objects.filter(kind__startswith="question").values_list("kind", flat=True)) == {
        "question_asked", "question_answered",
    }  # fmt: skip


def test_nobody_else_sees_or_answers_it(api, desk, secret_of, number):
    asked, stranger = ask(api, desk, number).json(), secret_of("my.read", "my.write")
    mine = f"/my/submissions/{number}/questions"

    assert problem(api(mine, stranger))[0] == "not-found"
    answer = api(f"{mine}/{asked['id']}/answers", stranger, "post", json.dumps({"text": "x"}))
    assert problem(answer)[0] == "not-found"
    assert items(api("/my/questions", stranger), "id") == []
    assert not Question.objects.get().answers.exists()


@pytest.mark.parametrize(
    ("text", "due", "field"),
    [("  ", "2099-01-01", "text"), ("x", "2020-01-01", "due_on"), ("x", "y", "due_on")],
)
def test_a_value_that_does_not_fit_is_named(api, desk, number, text, due, field):
    assert problem(ask(api, desk, number, text, due))[1]["errors"][0]["field"] == field
    assert not Question.objects.exists()


def test_a_program_of_nobodys_own_reads_and_does_not_ask(api, number):
    service = make_service_token("desk.read", "desk.run", now=timezone.now())[1]

    assert problem(ask(api, service, number))[0] == "in-person"
    assert items(api(f"/desk/submissions/{number}/questions", service), "id") == []


def test_a_foreign_file_goes_with_no_answer(api, desk, hers, number):
    asked = ask(api, desk, number).json()
    body = json.dumps({"text": "x", "files": ["00000000-0000-7000-8000-000000000000"]})
    answer = api(f"/my/submissions/{number}/questions/{asked['id']}/answers", hers, "post", body)

    assert [(e["field"], e["rule"]) for e in problem(answer)[1]["errors"]] == [("files", "yours")]


def test_a_longer_thread_costs_no_more_statements(api, asked, desk, number):
    ask(api, desk, number)
    path = f"/desk/submissions/{number}/questions"
    one = asked(lambda: api(path, desk))
    ask(api, desk, number), ask(api, desk, number)

    assert asked(lambda: api(path, desk)) == one

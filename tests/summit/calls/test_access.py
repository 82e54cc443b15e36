"""Who reaches what: a table of every page of calls by who asks. Foreign things are as if they were not there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actions import give_grant
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.calls import make_applicant, make_submission
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation
from tests.journeys.test_apply import open_now

pytestmark = pytest.mark.django_db
MY = ["submission", "write", "preview", "partners", "withdraw"]
DESK = ["calls", "call", "form", "submissions", "submission"]


@pytest.fixture
def submission():
    organisation = make_organisation()
    submission = make_submission(open_now(), organisation=organisation, now=timezone.now())
    representative, _ = make_applicant()
    make_affiliation(representative, organisation, role="representative")
    submission.representative = representative
    return submission


def account_of(who, submission):
    if who == "applicant":
        return submission.person.account
    if who == "representative":
        return submission.representative.account
    if who == "colleague":
        colleague, _ = make_applicant()
        make_affiliation(colleague, submission.organisation)
        return colleague.account
    account = make_account()
    if who in ("desk.run", "desk.read"):
        give_grant(account=account, right=who, starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    return account


def my_paths(submission):
    number = submission.ref.number
    paths = {name: reverse(f"my_calls:{name}", args=[number]) for name in MY}
    return paths | {
        name: reverse(f"my_calls:{name}", args=[number, 1]) for name in ("receipt", "receipt_text", "version")
    }


def desk_paths(submission):
    key, number = submission.call.key, submission.ref.number
    return {
        "calls": reverse("desk_calls:calls"), "call": reverse("desk_calls:call", args=[key]),
        "form": reverse("desk_calls:form", args=[key]), "submissions": reverse("desk_calls:submissions", args=[key]),
        "submission": reverse("desk_calls:submission", args=[number]),
        "version": reverse("desk_calls:version", args=[number, 1]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "my", "desk"),
    [
        ("applicant", 200, 404),
        ("representative", 200, 404),
        ("colleague", 404, 404),
        ("somebody", 404, 404),
        ("desk.run", 404, 200),
        ("desk.read", 404, 200),
    ],
)
def test_who_reaches_the_pages_of_a_submission(client, submission, who, my, desk):
    client.force_login(account_of(who, submission))

    assert {
        name: client.get(path).status_code for name, path in my_paths(submission).items()
    } == dict.fromkeys(my_paths(submission), my)
    assert {
        name: client.get(path).status_code for name, path in desk_paths(submission).items()
    } == dict.fromkeys(desk_paths(submission), desk)


def test_a_stranger_is_sent_to_sign_in(client, submission):
    paths = {*my_paths(submission).values(), *desk_paths(submission).values()}

    assert {client.get(path)["Location"].partition("?")[0] for path in paths} == {"/sign-in/"}


@pytest.mark.parametrize("name", ["hand_in", "withdraw", "write", "autosave"])
def test_nobody_else_changes_a_submission(client, submission, name):
    client.force_login(account_of("somebody", submission))

    path = reverse(f"my_calls:{name}", args=[submission.ref.number])

    assert client.post(path, {"do": "submit", "reason": "x", "sure": "on"}).status_code == 404


def test_the_desk_does_not_read_what_is_still_being_written(client):
    draft = make_submission(open_now(), now=timezone.now(), hand_in=False)
    client.force_login(account_of("desk.run", draft))

    assert client.get(reverse("desk_calls:submission", args=[draft.ref.number])).status_code == 404
    listed = client.get(reverse("desk_calls:submissions", args=[draft.call.key])).content.decode()
    assert draft.ref.number not in listed


@pytest.mark.parametrize(("who", "status"), [("desk.run", 302), ("desk.read", 404), ("applicant", 404)])
def test_only_who_runs_the_desk_closes_a_call(client, submission, who, status):
    client.force_login(account_of(who, submission))
    path = reverse("desk_calls:confirm", args=[submission.call.key, "close"])

    assert client.post(path).status_code == status
    submission.call.refresh_from_db()
    assert submission.call.state == "open"  # before its time nobody does

"""What the desk reads and does through the API, with a token of its own or of the organisation."""

import json

import pytest
from django.utils import timezone

from secretariat.foundation.audit.models import Act
from secretariat.foundation.privacy.models import Disclosure
from secretariat.record.tasks.models import Task
from tests.doors.api.test_problems import problem
from tests.factories.accounts import make_account
from tests.factories.bodies import make_body, make_term
from tests.factories.correspondence import make_incoming, make_letter, make_staff
from tests.factories.membership import make_member
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place
from tests.factories.review import make_conflict
from tests.factories.selections import make_selection
from tests.factories.tasks import make_task
from tests.factories.tokens import make_service_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(secret_of):
    return secret_of("desk.read", rights=["desk.read"])


@pytest.fixture
def service():
    return make_service_token("desk.read", "desk.run", now=timezone.now())[1]


def items(answer, name="number"):
    assert answer.status_code == 200, answer.content
    return [item[name] for item in answer.json()["items"]]


def make_people(_number):
    make_affiliation(make_person(country=make_place("SE"), account=make_account()), make_organisation())


def make_parts(_number):
    make_organisation(country=make_place("SE"), parent=make_organisation())


@pytest.mark.parametrize(
    ("path", "make", "scope"),
    [
        ("/desk/people", make_people, "desk.read"),
        ("/desk/organisations", make_parts, "desk.read"),
        ("/desk/members", lambda _n: make_member(organisation=make_organisation()), "desk.read"),
        ("/desk/bodies", lambda _n: make_term(make_body(parent=make_body()), make_person()), "desk.read"),
        ("/desk/tasks", lambda _n: make_task(owner=make_staff()), "desk.read"),
        ("/desk/letters/in", lambda _n: make_incoming(owner=make_staff()), "desk.read"),
        ("/desk/letters/out", lambda _n: make_letter(), "desk.read"),
        ("/desk/accounts", lambda _n: make_staff(), "accounts.read"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_a_longer_list_costs_no_more_statements(api, asked, secret_of, path, make, scope):
    secret = secret_of(scope, rights=["audit.read" if scope == "accounts.read" else scope])
    make(1)
    one = asked(lambda: api(path, secret))  # the day of use is written once
    one = asked(lambda: api(path, secret))
    before = len(api(path, secret).json()["items"])
    make(2), make(3)

    assert asked(lambda: api(path, secret)) == one
    assert len(api(path, secret).json()["items"]) >= before + 2


def test_people_and_organisations_are_found_and_read(api, desk):
    sweden = make_place("SE")
    ada, birch = make_person("Ada", "Example", country=sweden), make_organisation("Birch", country=sweden)
    make_person("Eve", "Elsewhere")
    make_affiliation(ada, birch)

    assert items(api("/desk/people?q=ada&country=se", desk)) == [ada.ref.number]
    assert items(api("/desk/organisations?q=birch", desk)) == [birch.ref.number]
    person = api(f"/desk/people/{ada.ref.number}", desk).json()
    assert (person["name"]["en"], person["country"], person["organisation"]) == ("Ada Example", "SE", "Birch")
    assert [part["number"] for part in person["affiliations"]] == [birch.ref.number]
    inside = api(f"/desk/organisations/{birch.ref.number}", desk).json()["people"]
    assert [each["person"]["number"] for each in inside] == [ada.ref.number]


def test_members_and_bodies_are_read_with_their_terms(api, desk):
    member, body, chair = make_member(organisation=make_organisation()), make_body(), make_person()
    make_term(body, chair, role="chair")

    whole = api(f"/desk/members/{member.ref.number}", desk).json()
    assert (whole["state"], len(whole["history"])) == ("active", 1)
    terms = api(f"/desk/bodies/{body.ref.number}", desk).json()["terms"]
    assert [(term["person"]["number"], term["role"]) for term in terms] == [(chair.ref.number, "chair")]


def test_accounts_are_read_with_their_rights_and_not_by_the_desk(api, desk, secret_of):
    staff = make_staff()
    keeper = secret_of("accounts.read", rights=["security.administer"])
    told = api(f"/desk/accounts/{staff.account_id}", keeper).json()

    assert (told["person"]["number"], told["rights"]) == (staff.ref.number, ["desk.run"])
    assert [grant["reason"] for grant in told["grants"]] == ["test"]
    assert items(api(f"/desk/accounts?q={staff.account.email}", keeper), "id") == [str(staff.account_id)]
    assert problem(api("/desk/accounts", desk))[0] == "scope-missing"


def test_letters_are_read_whole(api, desk):
    letter, incoming = make_letter(text="We thank you."), make_incoming(subject="A question")

    told = api(f"/desk/letters/out/{letter.ref.number}", desk).json()
    assert (told["text"], told["recipients"], len(told["to"])) == ("We thank you.", 1, 1)
    assert api(f"/desk/letters/in/{incoming.ref.number}", desk).json()["subject"] == "A question"
    assert items(api("/desk/letters/out?state=sent", desk)) == []


class TestTasks:
    def test_a_program_sets_and_ends_a_task_under_its_own_name(self, api, service):
        owner = make_staff()
        body = {"title": "Renew the certificate", "owner": owner.ref.number, "due_on": "2030-01-02"}
        headers = {"HTTP_IDEMPOTENCY_KEY": "ticket-7"}
        first, again = (api("/desk/tasks", service, "post", json.dumps(body), **headers) for _ in range(2))
        number = first.json()["number"]
        done = api(f"/desk/tasks/{number}/finish", service, "post", json.dumps({"outcome": "Renewed"})).json()

        assert (first.status_code, again.json()) == (201, first.json())
        assert first.json()["owner"]["number"] == owner.ref.number
        assert (done["state"], done["outcome"], Task.objects.count()) == ("done", "Renewed", 1)
        act = Act.objects.get(verb="task_set")
        assert act.account_id is None and set(act.detail) == {"token", "responsible"}
        answer = api(f"/desk/tasks/{number}/drop", service, "post", json.dumps({"reason": "x"}))
        assert problem(answer)[0] == "wrong-state"

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"title": ""}, "title"), ({"owner": "PER-0"}, "owner"), ({"origin": "X"}, "origin")],
    )
    def test_a_value_that_does_not_fit_is_named(self, api, service, wrong, field):
        answer = api("/desk/tasks", service, "post", json.dumps({"title": "A", **wrong}))

        assert problem(answer)[1]["errors"][0]["field"] == field
        assert not Task.objects.exists()

    def test_reading_is_not_running(self, api, desk):
        number = make_task().ref.number

        assert problem(api("/desk/tasks", desk, "post", json.dumps({"title": "A"})))[0] == "scope-missing"
        body = json.dumps({"outcome": ""})
        assert problem(api(f"/desk/tasks/{number}/finish", desk, "post", body))[0] == "scope-missing"
        assert items(api("/desk/tasks?state=open", desk)) == [number]

    def test_it_is_dropped_with_a_reason(self, api, service):
        number = make_task().ref.number
        answer = api(f"/desk/tasks/{number}/drop", service, "post", json.dumps({"reason": " "}))

        assert problem(answer)[1]["errors"][0]["field"] == "reason"


class TestCalls:
    @pytest.fixture
    def play(self):
        return make_selection(until="recommended", refuse={1: "Not new."})

    def test_what_was_handed_in_and_how_it_is_judged(self, api, asked, desk, play):
        key = play.call.key
        handed_in = [*play.submissions, play.ineligible, play.withdrawn]
        numbers = items(api(f"/desk/calls/{key}/submissions", desk))
        assert numbers == sorted(row.ref.number for row in handed_in)
        assert play.draft.ref.number not in json.dumps(numbers)
        assert problem(api(f"/desk/submissions/{play.draft.ref.number}", desk))[0] == "not-found"
        whole = api(f"/desk/submissions/{play.ineligible.ref.number}", desk).json()
        assert whole["content"]["contact"]["zh"] == "保密" and whole["failed"] and len(whole["receipts"]) == 1
        [told] = api("/desk/calls", desk).json()["items"]
        assert (told["key"], told["handed_in"], told["withdrawn"], told["writing"]) == (key, 6, 1, 1)

        stages = api(f"/desk/calls/{key}/stages", desk).json()["items"]
        assert [s["key"] for s in stages] == ["eligible", "recommended", "shortlist", "honours"]
        assert stages[1]["done"] == stages[1]["readings"] > 0 and stages[1]["decided_at"]
        places = api(f"/desk/calls/{key}/stages/recommended/list", desk).json()["places"]
        refused = play.submissions[1].ref.number
        assert {place["number"]: place["refusal"] for place in places}[refused] == "Not new."
        assert problem(api(f"/desk/calls/{key}/stages/honours/list", desk))[0] == "not-found"
        readings = api(f"/desk/calls/{key}/stages/recommended/readings?limit=2", desk).json()
        assert len(readings["items"]) == 2 and readings["next"]
        assert readings["items"][0]["comment"] == "For the committee only."

        make_conflict(play.reviewers[0], play.submissions[2])
        waiting = api(f"/desk/calls/{key}/conflicts?waiting=true", desk).json()["items"]
        assert [(c["number"], c["state"]) for c in waiting] == [(play.submissions[2].ref.number, "open")]
        for path in (f"/desk/calls/{key}/submissions", f"/desk/calls/{key}/stages/recommended/readings"):
            counts = {
                asked(lambda limit=limit, path=path: api(f"{path}?limit={limit}", desk)) for limit in (1, 3)
            }
            assert len(counts) == 1

    def test_a_call_that_is_not_there(self, api, desk):
        for path in ("submissions", "stages", "stages/x/readings", "stages/x/list", "conflicts"):
            assert problem(api(f"/desk/calls/none/{path}", desk))[0] == "not-found"


class TestFields:
    def test_a_reader_gets_the_fields_she_asks_for(self, api, desk):
        task = make_task(title="Book the hall")

        listed = api("/desk/tasks?fields=number,title", desk).json()
        assert listed == {"items": [{"number": task.ref.number, "title": "Book the hall"}], "next": ""}
        assert api(f"/desk/tasks/{task.ref.number}?fields=state", desk).json() == {"state": "open"}
        assert api("/places?fields=", desk).status_code == 200

    def test_a_field_that_is_not_there_is_named(self, api):
        kind, told = problem(api("/editions?fields=number,secret"))

        assert kind == "invalid"
        assert [(e["field"], e["rule"]) for e in told["errors"]] == [("fields", "unknown")]
        assert "secret" in told["errors"][0]["message"]

    def test_another_choice_has_another_tag(self, api):
        make_place("SE")
        whole, some = api("/places"), api("/places?fields=code")

        assert whole.headers["ETag"] != some.headers["ETag"]
        assert api("/places?fields=code", HTTP_IF_NONE_MATCH=some.headers["ETag"]).status_code == 304


class TestDisclosing:
    """Whoever a thing is about sees who took it away, from the API as from the pages."""

    def kept(self):
        return set(Disclosure.objects.values_list("what", "owner_id", "reader", "door"))

    def test_what_is_shown_of_people_is_kept(self, api, secret_of):
        person, account = make_person(), make_account()
        secret = secret_of("desk.read", account=account, rights=["desk.read"])
        api("/desk/people", secret)

        assert ("people.list", person.pk, account.pk, "api") in self.kept()

    def test_for_a_program_stands_who_answers_for_it(self, api):
        person = make_person()
        token, secret = make_service_token("desk.read", now=timezone.now())
        api("/desk/people", secret)

        assert self.kept() == {("people.list", person.pk, token.responsible_id, "api")}

    def test_an_account_is_told_who_read_it(self, api, secret_of):
        read, reader = make_account(), make_account()
        api(f"/desk/accounts/{read.pk}", secret_of("accounts.read", account=reader, rights=["audit.read"]))

        assert self.kept() == {("accounts.address", read.pk, reader.pk, "api")}

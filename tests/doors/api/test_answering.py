"""What waits for my word, through the API: a text to approve, an honour offered, a proof."""

import json

import pytest
from django.utils import timezone

from secretariat.summit.calls.models import Approval, ApprovalRule
from secretariat.summit.honours.models import Honour
from tests.doors.api.test_desk import items
from tests.doors.api.test_mine import call  # noqa: F401
from tests.doors.api.test_problems import problem
from tests.factories.accounts import make_account
from tests.factories.calls import make_submission
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.publications import applicant_of, make_item, make_publication
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db
MINE = ("my.read", "my.write")


class TestApproval:
    @pytest.fixture
    def organisation(self):
        return make_organisation()

    @pytest.fixture
    def two(self, organisation, secret_of):
        """The secrets of two representatives of the organisation."""
        people = [make_person(account=make_account()) for _ in range(2)]
        for person in people:
            make_affiliation(person, organisation, role="representative")
        return [secret_of(*MINE, account=person.account) for person in people]

    @pytest.fixture
    def draft(self, call, organisation):  # noqa: F811
        return make_submission(call, organisation=organisation, now=timezone.now(), hand_in=False)

    def test_one_asks_and_another_approves(self, api, two, draft, organisation):
        first, second = two
        number, own = organisation.ref.number, f"/my/submissions/{draft.ref.number}/approval"
        wanted = api(f"/my/organisations/{number}/approval", first, "put", json.dumps({"wanted": True}))
        refused = api(f"/my/submissions/{draft.ref.number}/submit", first, "post")
        early = api(f"{own}/give", second, "post")
        asked = api(f"{own}/ask", first, "post").json()
        herself = api(f"{own}/give", first, "post")
        given = api(f"{own}/give", second, "post").json()

        assert wanted.json()["wants_approval"] and ApprovalRule.objects.get().is_wanted
        assert [problem(each)[0] for each in (refused, early, herself)] == [
            "wrong-state", "wrong-state", "not-allowed",
        ]  # fmt: skip
        assert (asked["is_wanted"], asked["approved_at"], asked["may_approve"]) == (True, None, False)
        assert given["approved_by"]["number"] != given["asked_by"]["number"] and given["approved_at"]
        assert Approval.objects.get().approved_by.ref.number == given["approved_by"]["number"]
        assert items(api("/my/organisations", second)) == [number]
        assert api(f"/my/submissions/{draft.ref.number}/submit", first, "post").status_code == 200

    def test_a_stranger_finds_neither(self, api, secret_of, draft, organisation):
        stranger = secret_of(*MINE)
        number, body = organisation.ref.number, json.dumps({"wanted": True})

        assert (
            problem(api(f"/my/submissions/{draft.ref.number}/approval", stranger))[0]
            == problem(api(f"/my/organisations/{number}/approval", stranger, "put", body))[0]
            == "not-found"
        )
        assert items(api("/my/organisations", stranger)) == [] and not ApprovalRule.objects.exists()


class TestOffers:
    @pytest.fixture
    def play(self):
        return make_selection(until="offered")

    def test_it_is_read_and_accepted_once(self, api, secret_of, play):
        honour = play.honours[0]
        person, item = honour.submission.person, honour.submission.ref.number
        secret = secret_of(*MINE, account=person.account)
        path, body = f"/my/honours/{honour.ref.number}", json.dumps({"accept": True})
        offered = api(path, secret).json()
        first, again = (api(f"{path}/answer", secret, "post", body, HTTP_IDEMPOTENCY_KEY="a") for _ in "12")
        late = api(f"{path}/answer", secret, "post", json.dumps({"accept": False}))

        assert (offered["submission"], offered["state"], offered["level"]) == (item, "offered", "leading")
        assert first.json()["state"] == "accepted" and again.json() == first.json()
        assert problem(late)[0] == "wrong-state"
        assert Honour.objects.get(pk=honour.pk).state == "accepted"
        assert items(api("/my/honours", secret)) == [honour.ref.number]

    def test_another_applicant_finds_nothing(self, api, secret_of, play):
        honour, other = play.honours[0], play.honours[1].submission.person
        secret = secret_of(*MINE, account=other.account)
        path, body = f"/my/honours/{honour.ref.number}", json.dumps({"accept": True})

        assert problem(api(path, secret))[0] == problem(api(f"{path}/answer", secret, "post", body))[0]
        assert items(api("/my/honours", secret)) == [play.honours[1].ref.number]
        assert Honour.objects.get(pk=honour.pk).state == "offered"


class TestProofs:
    @pytest.mark.parametrize(("approve", "state"), [(True, "approved"), (False, "refused")])
    def test_it_is_read_and_answered_once(self, api, secret_of, approve, state):
        item, other = make_item(), make_item()
        book = make_publication([item, other])
        secret = secret_of(*MINE, account=applicant_of(item).account)
        path, body = f"/my/entries/{book.key}/{item.number}", json.dumps({"approve": approve})
        read = api(path, secret).json()
        answered = api(f"{path}/answer", secret, "post", body).json()

        assert (read["state"], read["content"]) == ("proposed", {"title": {"en": item.number}})
        assert (answered["state"], book.entries.get(item=item).state) == (state, state)
        assert problem(api(f"{path}/answer", secret, "post", body))[0] == "wrong-state"
        assert items(api("/my/entries", secret)) == [item.number]
        foreign = f"/my/entries/{book.key}/{other.number}"
        assert problem(api(foreign, secret))[0] == "not-found"
        assert problem(api(f"{foreign}/answer", secret, "post", body))[0] == "not-found"
        assert book.entries.get(item=other).state == "proposed"

    def test_a_longer_list_costs_no_more_statements(self, api, asked, secret_of):
        items_ = [make_item() for _ in range(3)]
        person = applicant_of(items_[0])
        for item in items_[1:]:
            item.parties.filter(role="applicant").update(person_id=person.pk)
        make_publication(items_)
        secret = secret_of(*MINE, account=person.account)
        api("/my/entries", secret)

        counts = {asked(lambda limit=limit: api(f"/my/entries?limit={limit}", secret)) for limit in (1, 3)}
        assert len(counts) == 1

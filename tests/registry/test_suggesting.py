"""What may be meant while somebody writes a number or a name."""

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.correspondence.models import Incoming
from secretariat.record.tasks.models import Task
from secretariat.registry.refs.forms import number_in
from secretariat.registry.refs.suggesting import register_suggester, suggested_kinds, suggestions
from tests.factories.accounts import make_actor
from tests.factories.calls import make_open_call, make_submission
from tests.factories.correspondence import make_incoming, make_letter, make_staff
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.read")


def numbers(kind, text, actor=DESK):
    return {each.number for each in suggestions(actor, kind, text)}


@pytest.fixture
def staff(client):
    person = make_staff()
    client.force_login(person.account)
    return person


class TestMeaning:
    def test_people_by_number_and_name_with_where_they_are(self):
        ada, birch = make_person("Ada", "Example", country=make_place("SE")), make_organisation("Birch")
        make_affiliation(ada, birch), make_person("Bo", "Other")

        assert numbers("person", "exam ada") == numbers("person", ada.ref.number) == {ada.ref.number}
        [found] = suggestions(DESK, "person", "Ada")
        assert (found.name, found.about) == ("Ada Example", "Birch")

    def test_organisations_by_number_acronym_and_name(self):
        birch = make_organisation("Birch Institute", acronym="BI", country=make_place("SE"))
        make_organisation("Oak")

        for text in (birch.ref.number, birch.ref.number.lower(), "BI", "institute"):
            assert numbers("organisation", text) == {birch.ref.number}, text

    def test_letters_in_and_out(self):
        came_in, out = make_incoming(subject="A visit"), make_letter(subject="Your visit")

        assert numbers("letter", "visit") == {came_in.ref.number, out.ref.number}
        assert numbers("letter", out.ref.number) == {out.ref.number}

    def test_what_was_handed_in_and_never_a_draft(self):
        call = make_open_call()
        handed_in, draft = make_submission(call), make_submission(call, hand_in=False)

        assert numbers("submission", "Example") == {handed_in.ref.number}
        assert numbers("submission", draft.ref.number) == set()

    def test_anything(self):
        letter, person = make_letter(subject="Example"), make_person("Ada", "Example")

        assert {letter.ref.number, person.ref.number} <= numbers("record", "Example")

    def test_few_letters_and_nonsense_mean_nothing(self):
        person = make_person("Ada", "Example", name_zh="李示例")

        assert numbers("person", "A") == numbers("person", " ") == numbers("person", "\0") == set()
        assert numbers("person", "李") == {person.ref.number}
        with pytest.raises(LookupError):
            suggestions(DESK, "none", "Ada")

    @pytest.mark.parametrize("kind", ["person", "organisation", "letter", "submission", "record"])
    def test_nothing_for_who_may_not_read_it(self, kind):
        make_person("Ada", "Example"), make_organisation("Example"), make_letter(subject="Example")
        make_submission(make_open_call())

        assert numbers(kind, "Example", Actor()) == set()
        assert numbers(kind, "Example", make_actor("audit.read")) == set()
        assert numbers(kind, "Example")

    @pytest.mark.parametrize("kind", sorted(suggested_kinds() - {"record"}) or ["person"])
    def test_many_cost_no_more_than_one_and_are_not_all_told(self, kind, django_assert_max_num_queries):
        call = make_open_call()
        for _ in range(10):
            make_person("Ada", "Example"), make_organisation("Example"), make_incoming(subject="Example")
            make_submission(call)

        with django_assert_max_num_queries(2):
            assert len(suggestions(DESK, kind, "Example")) == 8

    def test_a_kind_is_named_once(self):
        with pytest.raises(ValueError, match="twice"):
            register_suggester("record", lambda *_: ())

    @pytest.mark.parametrize(("text", "number"), [(" per-1 Ada ", "PER-1"), ("", ""), ("ORG-2", "ORG-2")])
    def test_the_number_stands_before_the_name(self, text, number):
        assert number_in(text) == number


class TestDoor:
    def test_it_answers_what_the_box_shows(self, client, staff):
        person = make_person("Ada", "Example", country=make_place("SE", name_en="Sweden"))
        answer = client.get("/desk/suggest/person/?q=ada")

        assert answer.json() == {
            "items": [{"number": person.ref.number, "name": "Ada Example", "about": "Sweden"}],
            "told": "1 may be meant",
        }
        assert "no-store" in answer.headers["Cache-Control"]
        assert client.get("/desk/suggest/none/?q=ada").status_code == 404

    def test_without_scripts_a_box_takes_a_number_or_a_name(self, client, staff):
        birch = make_organisation("Birch")
        said = {"subject": "A", "sender": "B", "received_on": "2022-05-30", "medium": "post"}
        make_organisation("Oak One"), make_organisation("Oak Two")

        wrong = client.post("/desk/letters/in/new/", {**said, "organisation": "Oak"})
        assert wrong.status_code == 422 and "Several may be meant" in wrong.content.decode()
        client.post("/desk/letters/in/new/", {**said, "organisation": "birch"})
        assert Incoming.objects.get().organisation == birch

    def test_a_task_comes_from_whatever_has_a_number(self, client, staff):
        letter = make_letter(subject="Example")
        page = client.get(f"/desk/tasks/new/?from={letter.ref.number}").content.decode()
        assert f'value="{letter.ref.number}"' in page and 'data-suggests="/desk/suggest/record/"' in page

        client.post("/desk/tasks/new/", {"title": "Answer", "origin": f"{letter.ref.number} Example"})
        assert Task.objects.get().origin_id == letter.ref_id
        wrong = client.post("/desk/tasks/new/", {"title": "Answer", "origin": "X-1"})
        assert wrong.status_code == 422 and Task.objects.count() == 1

    def test_two_records_are_compared_by_what_was_chosen(self, client, staff):
        one, other = make_person("Ada", "Example"), make_person("Ada", "Exampel")
        chosen = {"one": f"{one.ref.number} Ada Example", "other": f"{other.ref.number} Ada Exampel"}
        answer = client.get("/desk/duplicates/compare/", chosen)

        assert answer.status_code == 302 and one.ref.number in answer.headers["Location"]

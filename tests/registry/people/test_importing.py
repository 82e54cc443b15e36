"""People from a file: who is meant, what is changed, what is refused and at which column."""

from datetime import date

import pytest

from secretariat.registry.imports.importers import Refused
from secretariat.registry.people.importing import IMPORTER
from secretariat.registry.people.models import Affiliation, Person
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def actor():
    return make_actor("desk.run", account=make_account())


def bring(actor, **row):
    return IMPORTER.bring(row, actor=actor, now=NOW)


def test_somebody_new_with_where_she_works(actor):
    place, work = make_place("KE"), make_organisation("Example University")

    done = bring(actor, given_name="Ana", family_name="Example", country="Kenya", organisation="example university",
                 title_en="Engineer", starts_on=date(2021, 1, 1), languages=["en"])  # fmt: skip

    person, row = Person.objects.get(), Affiliation.objects.get()
    assert (done.outcome, done.subject_id, person.country, person.languages) == (
        "new",
        person.pk,
        place,
        ["en"],
    )
    assert (row.organisation, row.title_en, row.starts_on, row.role) == (
        work,
        "Engineer",
        date(2021, 1, 1),
        "staff",
    )


def test_who_is_there_is_found_by_number_orcid_or_name_and_place(actor):
    person = make_person("Ana", "Example", orcid=ORCID)
    work = make_affiliation(person).organisation
    rows = [
        {"number": person.ref.number.lower()}, {"given_name": "Ana", "orcid": ORCID, "number": ""},
        {"given_name": "ana", "family_name": "example", "organisation": work.ref.number},
    ]  # fmt: skip

    found = [bring(actor, **row) for row in rows]

    assert {done.subject_id for done in found} == {person.pk}
    assert [done.outcome for done in found] == ["same", "same", "same"]


def test_empty_cells_change_nothing_and_what_differs_is_told(actor):
    person = make_person("Ana", "Example", honorific="Dr", orcid=ORCID)

    done = bring(actor, number=person.ref.number, honorific="Prof.", given_name="", orcid="")

    assert list(done.changes) == [("Honorific", "Dr", "Prof.")]
    person.refresh_from_db()
    assert (person.given_name, person.honorific, person.orcid) == ("Ana", "Prof.", ORCID)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"given_name": "Ana", "orcid": "0000"}, "orcid"), ({"given_name": "Ana", "country": "Nowhere"}, "country"),
        ({"given_name": "Ana", "organisation": "Nobody"}, "organisation"), ({"number": "PER-99999"}, "number"),
        ({"given_name": "Twin", "family_name": "Example"}, "given_name"), ({"name_zh": "孪生"}, "name_zh"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_of_its_column(actor, row, key):
    for _ in range(2):
        make_person("Twin", "Example", name_zh="孪生")

    with pytest.raises(Refused) as refused:
        bring(actor, **row)
    assert refused.value.key == key


def test_somebody_of_the_same_name_elsewhere_is_nobody_known(actor):
    known = make_affiliation(make_person("Ana", "Example")).person
    elsewhere = make_organisation("Elsewhere")
    row = {"given_name": "Ana", "family_name": "Example", "organisation": "Elsewhere"}

    with pytest.raises(Refused, match=known.ref.number):
        bring(actor, **row)
    done = bring(actor, **row, number="new")

    assert (
        done.outcome == "new" and Affiliation.objects.get(organisation=elsewhere).person_id == done.subject_id
    )


def undo(actor, done):
    IMPORTER.undo(done.subject_id, done.outcome, done.memory, actor=actor, now=NOW)


def test_taking_back_removes_who_was_new_and_restores_who_was_changed(actor):
    make_organisation("Example University")
    person = make_person("Bo", "Example", honorific="Dr")
    new = bring(actor, given_name="Ana", organisation="Example University")
    changed = bring(actor, number=person.ref.number, honorific="Prof.", organisation="Example University")

    undo(actor, changed), undo(actor, new)

    person.refresh_from_db()
    assert (
        person.honorific == "Dr"
        and list(Person.objects.all()) == [person]
        and not Affiliation.objects.exists()
    )


def test_taking_back_refuses_where_something_was_built(actor):
    make_organisation("Example University")
    new = bring(actor, given_name="Ana")
    make_affiliation(Person.objects.get())
    with pytest.raises(ValueError, match="something was built"):
        undo(actor, new)

    done = bring(actor, number=Person.objects.get().ref.number, honorific="Dr")
    Person.objects.update(honorific="Prof.")
    with pytest.raises(ValueError, match="changed since"):
        undo(actor, done)

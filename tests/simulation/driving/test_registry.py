"""``secretariat register``: a file is entered whole or not at all."""

import pytest
from django.core.management import call_command

from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.audit.models import Act
from secretariat.registry.editions.models import Edition
from secretariat.registry.people.models import Affiliation, Person
from secretariat.simulation.driving.answers import Refused
from tests.factories.places import load_wic_places
from tests.factories.topics import load_wic_topics

FILE = """
since = 2022-01-01
simulated = true
organisations = [{ key = "north", en = "Example North", zh = "示例北", kind = "academia", country = "SE" }]
people = [
    { email = "a@example.org", given = "Ann", family = "Example", organisation = "north", rights = ["desk.run"] },
    { email = "b@example.org", given = "Bo", family = "Example", formerly = "north", expertise = ["ipv6"] },
]
bodies = [{ key = "jury", en = "Jury", zh = "评委会", flags = ["reviews"], chair = "b@example.org", members = [] }]
editions = [{ series = "meeting", kind = "summit", en = "Meeting", zh = "会议", year = 2022 }]
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(tmp_path):
    """Enter the file with one text in it replaced by another."""

    def run(old="", new=""):
        assert old in FILE
        (tmp_path / "registry.toml").write_text(FILE.replace(old, new) if old else FILE, encoding="utf-8")
        call_command("register", str(tmp_path / "registry.toml"))

    return run


def test_a_registry_is_entered_through_its_actions(enter, capsys):
    enter()

    ann, bo = Person.objects.order_by("ref__number").select_related("account")
    assert capsys.readouterr().out.split() == [
        "what", "key", "number", "organisation", "north", "ORG-00001", "person", "a@example.org", "PER-00001", "person",
        "b@example.org", "PER-00002", "body", "jury", "BOD-001", "edition", "meeting", "2022", "SIM-MEETING-2022",
    ]  # fmt: skip
    assert (ann.simulated, bo.account.email) == (True, "b@example.org")
    assert list(Grant.objects.values_list("account", "right")) == [(ann.account_id, "desk.run")]
    assert dict(Affiliation.objects.values_list("person__given_name", "ends_on"))["Ann"] is None
    assert Edition.objects.get().state == "open"
    assert set(Act.objects.values_list("door", flat=True)) == {"command"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "academia"', 'kind = "club"', "organisations[0].kind: 'club' is none of government"),
        ('country = "SE"', 'country = "XX"', "organisations[0].country: 'XX' is no country or region"),
        ('organisation = "north"', 'organisation = "west"', "people[0].organisation: 'west' is none of"),
        ('["desk.run"]', '["desk.rule"]', "people[0].rights: 'desk.rule' is none of desk.run"),
        ('["ipv6"]', '["ipv7"]', "people[1].expertise: 'ipv7' is no topic"),
        ('email = "b@', 'email = "a@', "people[1].email: a@example.org has an account already"),
        ('chair = "b@', 'chair = "c@', "bodies[0].chair: 'c@example.org' is none of the people above"),
        ('["reviews"]', '["judges"]', "bodies[0].flags: 'judges' is none of advises"),
        ("year = 2022", 'year = "2022"', "editions[0].year: expected a whole number, got '2022'"),
        ("year = 2022", "year = 2022, starts_on = 2022-05-02, ends_on = 2022-05-01", "An edition cannot end before"),
        ('given = "Ann", ', 'given = "Ann", age = 40, ', "people[0].age: unknown key"),
        ("since = 2022-01-01", "", "since: missing"),
        ("simulated = true", "simulated = true\nvenue = 1", "venue: unknown key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_entered(old, new, told, enter):
    load_wic_places()
    load_wic_topics()
    before = Act.objects.count()

    with pytest.raises(Refused) as caught:
        enter(old, new)

    assert "registry.toml: " in str(caught.value) and told in str(caught.value)
    assert caught.value.returncode == 2
    assert Person.objects.count() == Edition.objects.count() == 0
    assert Act.objects.count() == before

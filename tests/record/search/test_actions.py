from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone

from secretariat.foundation.audit.models import Act
from secretariat.record.search import sources
from secretariat.record.search.actions import follow, refresh, reindex
from secretariat.record.search.models import SearchRow
from secretariat.record.search.receivers import follow_act, not_followed
from secretariat.record.search.sources import Source, narrowed
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import live_organisations
from tests.factories.accounts import NOW
from tests.factories.jobs import waiting, work_off
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.search import index, make_entry

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (UUID(int=number) for number in (1001, 1002, 1003))


def kept():
    return set(SearchRow.objects.values_list("kind", "key", "title_en"))


def test_the_index_becomes_what_it_should_be(monkeypatch):
    first, second = make_entry("First", key=ONE), make_entry("Second", key=TWO)
    assert index(monkeypatch, first, second) == {"thing": 2}
    before = dict(SearchRow.objects.values_list("key", "pk"))

    index(
        monkeypatch,
        make_entry("Changed", key=ONE, public_path=first.public_path),
        make_entry("Third", key=THREE),
    )

    assert kept() == {("thing", ONE, "Changed"), ("thing", THREE, "Third")}
    assert SearchRow.objects.get(key=ONE).pk == before[ONE]


def test_what_nobody_registers_any_more_is_gone(monkeypatch):
    index(monkeypatch, make_entry(), kind="old")
    index(monkeypatch, make_entry(), kind="new")

    assert set(SearchRow.objects.values_list("kind", flat=True)) == {"new"}


def test_what_did_not_change_is_not_written(monkeypatch, django_assert_num_queries):
    entry = make_entry()
    index(monkeypatch, entry)

    with django_assert_num_queries(
        5
    ):  # kinds nobody registers, the lock, the known rows, and around them a savepoint
        index(monkeypatch, entry)


def test_only_kinds_that_watch_what_changed_are_made_anew(monkeypatch):
    made = []

    def source(kind, label):
        return Source(kind, kind, lambda on, only: made.append(kind) or [make_entry()], watches={label: None})

    monkeypatch.setattr(
        sources,
        "_SOURCES",
        {"a": source("a", "organisations.organisation"), "b": source("b", "publications.publication")},
    )
    assert set(refresh(now=NOW)) == {"a", "b"}
    later = timezone.now() + timedelta(minutes=1)
    refresh(now=later)
    made.clear()
    make_organisation("Institute")

    assert set(refresh(now=later)) == {"a"}
    assert made == ["a"]
    assert refresh(now=later + timedelta(hours=2)) == {"a": 1}  # seen a last time: it might have come late
    assert refresh(now=later + timedelta(hours=4)) == {}


def test_an_act_brings_a_job_that_makes_found_what_it_changed_and_nothing_else(monkeypatch):
    first, asked = make_organisation("Institute of Things"), []
    watched = {"organisations.organisation": "pk"}

    def entries(on, only):
        asked.append(only)
        return [make_entry(row.name_en, key=row.pk) for row in narrowed(live_organisations(), only)]

    source = Source("organisation", "Organisations", entries, Organisation, watched)
    monkeypatch.setattr(sources, "_SOURCES", {"organisation": source})
    reindex(now=NOW)
    waiting_before = len(waiting("search.follow"))
    second = make_organisation("Academy of Things")

    assert {title for _kind, _key, title in kept()} == {"Institute of Things"}
    assert len(waiting("search.follow")) == waiting_before + 1
    asked.clear()
    follow(act=Act.objects.latest("id").pk, now=NOW)
    assert asked == [{second.pk}]
    assert kept() == {
        ("organisation", first.pk, "Institute of Things"),
        ("organisation", second.pk, "Academy of Things"),
    }


def test_what_an_act_ended_is_found_no_more(monkeypatch):
    made = make_organisation("Institute of Things")
    there = [make_entry("Institute of Things", key=made.pk)]
    source = Source(
        "organisation",
        "Organisations",
        lambda on, only: there,
        Organisation,
        {"organisations.organisation": "pk"},
    )
    monkeypatch.setattr(sources, "_SOURCES", {"organisation": source})
    reindex(now=NOW)
    there.clear()

    assert follow(act=Act.objects.latest("id").pk, now=NOW) == {"organisation": 0}
    assert kept() == set()


def test_a_thing_is_made_anew_when_what_it_is_named_by_changes():
    institute, person = make_organisation("Institute of Things"), make_person("Ada", "Example")
    make_affiliation(person, institute)
    reindex(now=NOW)
    Organisation.objects.filter(pk=institute.pk).update(name_en="Academy of Things")

    refresh(now=timezone.now())

    assert SearchRow.objects.get(key=person.pk).about_en.endswith("Academy of Things")


@pytest.mark.parametrize("verb", ["draft_saved", "thing_done"])
def test_acts_that_change_nothing_that_is_found_bring_no_job(monkeypatch, verb):
    source = Source(
        "thing", "Things", lambda on, only: (), Organisation, {"organisations.organisation": "pk"},
        silent=frozenset({"draft_saved"}),
    )  # fmt: skip
    monkeypatch.setattr(sources, "_SOURCES", {"thing": source})
    made, person = make_organisation("Institute"), make_person()
    before = len(waiting("search.follow"))
    follow_act(verb=verb, subject=made, act=1)
    follow_act(verb=verb, subject=person, act=2)
    follow_act(verb=verb, subject=None, act=3)
    with not_followed():
        follow_act(verb=verb, subject=made, act=4)

    told = [job["act"] for job in waiting("search.follow")[before:]]
    assert told == ([] if verb == "draft_saved" else [1])


def test_the_command_makes_the_index(capsys):
    make_organisation("Institute of Things")

    call_command("reindex", "--kind", "organisation")

    assert capsys.readouterr().out.splitlines() == ["organisation: 1", "1 rows."]
    assert {title for _kind, _key, title in kept()} == {"Institute of Things"}
    assert reindex(now=NOW, kinds=["organisation"]) == {"organisation": 1}


def test_jobs_keep_the_index():
    make_organisation("Institute of Things")

    assert work_off() == [("search.follow", "done")]
    assert {kind for kind, _key, _title in kept()} == {"organisation"}

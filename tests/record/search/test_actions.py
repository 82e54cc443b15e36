from datetime import timedelta

import pytest
from django.core.management import call_command

from secretariat.record.search import sources
from secretariat.record.search.actions import refresh, reindex
from secretariat.record.search.models import SearchRow
from secretariat.record.search.sources import Source
from tests.factories.accounts import NOW
from tests.factories.jobs import work_off
from tests.factories.organisations import make_organisation
from tests.factories.search import index, make_entry

pytestmark = pytest.mark.django_db


def kept():
    return set(SearchRow.objects.values_list("kind", "key", "title_en"))


def test_the_index_becomes_what_it_should_be(monkeypatch):
    first, second = make_entry("First", key="1"), make_entry("Second", key="2")
    assert index(monkeypatch, first, second) == {"thing": 2}
    before = dict(SearchRow.objects.values_list("key", "pk"))

    index(
        monkeypatch,
        make_entry("Changed", key="1", public_path=first.public_path),
        make_entry("Third", key="3"),
    )

    assert kept() == {("thing", "1", "Changed"), ("thing", "3", "Third")}
    assert SearchRow.objects.get(key="1").pk == before["1"]


def test_what_nobody_registers_any_more_is_gone(monkeypatch):
    index(monkeypatch, make_entry(), kind="old")
    index(monkeypatch, make_entry(), kind="new")

    assert set(SearchRow.objects.values_list("kind", flat=True)) == {"new"}


def test_what_did_not_change_is_not_written(monkeypatch, django_assert_num_queries):
    entry = make_entry()
    index(monkeypatch, entry)

    with django_assert_num_queries(4):  # kinds nobody registers, the known rows, and around them a savepoint
        index(monkeypatch, entry)


def test_only_kinds_that_watch_what_changed_are_made_anew(monkeypatch):
    made = []

    def source(kind, app):
        return Source(kind, kind, lambda on: made.append(kind) or [make_entry()], frozenset({app}))

    monkeypatch.setattr(
        sources, "_SOURCES", {"a": source("a", "organisations"), "b": source("b", "publications")}
    )
    assert set(refresh(now=NOW)) == {"a", "b"}
    later = now_of_the_database() + timedelta(minutes=1)
    refresh(now=later)
    made.clear()
    make_organisation("Institute")

    assert set(refresh(now=later)) == {"a"}
    assert made == ["a"]
    assert refresh(now=later + timedelta(hours=2)) == {"a": 1}  # seen a last time: it might have come late
    assert refresh(now=later + timedelta(hours=4)) == {}


def now_of_the_database():
    from django.utils import timezone

    return timezone.now()


def test_the_command_makes_the_index(capsys):
    make_organisation("Institute of Things")

    call_command("reindex", "--kind", "organisation")

    assert capsys.readouterr().out.splitlines() == ["organisation: 1", "1 rows."]
    assert {title for _kind, _key, title in kept()} == {"Institute of Things"}
    assert reindex(now=NOW, kinds=["organisation"]) == {"organisation": 1}


def test_jobs_keep_the_index(monkeypatch):
    from secretariat.foundation.jobs.actions import defer

    make_organisation("Institute of Things")
    defer("search.refresh")
    assert work_off() == [("search.refresh", "done")]

    assert {kind for kind, _key, _title in kept()} == {"organisation"}

import io

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files import queries
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.rules import reads_by_default
from tests.factories.accounts import NOW, make_account, make_actor

pytestmark = pytest.mark.django_db


def make_file(account=None, **kw):
    return store_file(
        stream=io.BytesIO(b"words"), name="words.txt", allowed_types=(), limit=10, actor=make_actor(account=account),
        now=NOW, **kw,
    )  # fmt: skip


@pytest.fixture
def readers(monkeypatch):
    """The registry of readers, empty for this test."""
    registry = {}
    monkeypatch.setattr(queries, "_READERS", registry)
    return registry


# Who -> which of: a private file of hers, of another, of nobody; a public file of another.
READS = {
    "herself": [True, False, False, True],
    "her assistant": [True, False, False, True],
    "a stranger": [False, False, False, True],
    "nobody": [False, False, False, True],
    "desk.read": [True, True, True, True],
    "desk.run": [True, True, True, True],
    "audit.read": [False, False, False, True],
}


@pytest.mark.parametrize("role", READS)
def test_who_reads_which_file_by_default(role):
    she, another = make_account(), make_account()
    files = [make_file(she), make_file(another), make_file(), make_file(another, is_private=False)]
    actors = {
        "herself": make_actor(account=she),
        "her assistant": make_actor(account=make_account(), acting_for_id=she.pk),
        "a stranger": make_actor(account=make_account()),
        "nobody": Actor(),
    }
    actor = actors.get(role) or make_actor(role, account=make_account())

    assert [reads_by_default(actor, file) for file in files] == READS[role]


def test_an_owning_app_admits_further_readers(readers):
    files = [make_file(make_account()) for _ in range(3)]
    reviewer = make_actor(account=make_account())
    queries.register_reader("reviews", lambda actor, asked: [files[2].pk] if actor is reviewer else [])

    assert queries.readable_files(reviewer, files) == [files[2]]
    assert queries.readable_files(make_actor(account=make_account()), files) == []


def test_a_provider_admits_only_to_what_was_asked_about(readers):
    mine, hers = make_file(make_account()), make_file(make_account())
    queries.register_reader("careless", lambda actor, asked: [mine.pk, hers.pk])

    assert queries.readable_files(Actor(), [mine]) == [mine]


@pytest.mark.parametrize("count", [1, 3])
def test_each_provider_is_asked_once(readers, count, django_assert_num_queries):
    files, asked = [make_file(make_account()) for _ in range(count)], []
    queries.register_reader("first", lambda actor, ids: asked.append(set(ids)) or ids)
    queries.register_reader("second", lambda actor, ids: asked.append(set(ids)) or [])

    with django_assert_num_queries(0):
        assert queries.readable_files(Actor(), files) == files

    assert asked == [{file.pk for file in files}]


def test_a_name_is_registered_once(readers):
    queries.register_reader("reviews", lambda actor, asked: [])

    with pytest.raises(ValueError, match="'reviews' are registered twice"):
        queries.register_reader("reviews", lambda actor, asked: [])

"""Every address, channel, reader of files, export and command says who may come in, and docs/reference/access.md too.

Whether it is so, ``tests/journeys/test_access.py`` finds out by walking.
"""

import importlib

import pytest
from django.apps import apps
from django.core.management import get_commands

from secretariat.config.access import PAGE, access_page, addresses, declared
from secretariat.doors.api.describing import description
from secretariat.foundation.audit.admission import EVERYBODY, NOBODY, ROLES, Entry, admitting
from secretariat.foundation.files import queries as files
from secretariat.foundation.files.models import File
from secretariat.foundation.live.queries import channel_kinds
from secretariat.foundation.ui.tables import Table


def test_every_address_says_who_may_come_in():
    assert set(declared("ADDRESSES")) == set(addresses())


def test_every_operation_of_the_api_says_who_may_come_in_with_which_scope():
    told = {
        name: about["x-scope"]
        for methods in description()["paths"].values()
        for about in methods.values()
        for name in [about["operationId"]]
    }

    assert {name: operation.scope for name, operation in declared("OPERATIONS").items()} == told


def test_every_channel_says_who_hears_it():
    assert set(declared("CHANNELS")) == channel_kinds()


def test_every_reader_of_files_says_whom_it_admits():
    assert set(declared("READERS")) == set(files._READERS)


def test_every_kind_of_file_says_who_reads_it():
    kinds = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is File and model._meta.app_label != "files"
    }

    assert set(declared("FILES")) == kinds


def test_every_command_says_who_runs_it():
    ours = {command for command, app in get_commands().items() if app.startswith("secretariat.")}

    assert set(declared("COMMANDS")) == ours


def test_every_list_that_is_taken_out_says_where():
    for app in apps.get_app_configs():
        if app.name.startswith("secretariat.") and (importlib.util.find_spec(f"{app.name}.tables")):
            importlib.import_module(f"{app.name}.tables")
    lists = {found.key for found in below(Table) if found.__module__.startswith("secretariat.")}

    assert set(declared("EXPORTS")) == lists
    assert set(declared("EXPORTS").values()) <= set(addresses())


def below(kind):
    for found in kind.__subclasses__():
        yield found
        yield from below(found)


def test_the_page_is_what_is_declared():
    assert PAGE.read_text(encoding="utf-8") == access_page(), (
        "run: .venv/bin/python -m secretariat.config.access"
    )


def test_an_address_nobody_declared_would_be_seen(monkeypatch):
    monkeypatch.setitem(
        importlib.import_module("secretariat.doors.my.access").ADDRESSES, "my:other", Entry("x", NOBODY)
    )

    assert set(declared("ADDRESSES")) - set(addresses()) == {"my:other"}


def test_nothing_is_declared_twice(monkeypatch):
    there = importlib.import_module("secretariat.doors.my.access").ADDRESSES
    monkeypatch.setitem(there, "desk:home", Entry("x", NOBODY))

    with pytest.raises(ValueError, match="desk:home"):
        declared("ADDRESSES")


def test_a_role_must_exist():
    with pytest.raises(ValueError, match="a ghost"):
        admitting("nobody we know", "a ghost")


@pytest.mark.parametrize(
    ("role", "method", "answer"),
    [
        ("desk runs", "POST", 302), ("desk reads", "POST", 302), ("auditor", "POST", 404),
        ("stranger", "POST", "sign in"),
    ],
)  # fmt: skip
def test_an_entry_says_what_is_answered(role, method, answer):
    who, told = admitting("runs", "desk runs"), admitting("desk", "desk runs", "desk reads")
    entry = Entry("x", who, get=None, post=302, told=told)

    assert entry.answer(role, method) == answer
    assert {Entry("x", EVERYBODY).answer(each, "GET") for each in ROLES} == {200}

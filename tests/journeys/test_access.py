"""Addresses as every role: what is answered is what the features declare, and docs/reference/access.md says."""

import re
from collections import defaultdict
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from secretariat.config.access import declared
from secretariat.doors.api.offered import operations
from secretariat.doors.api.reading import chapters
from secretariat.foundation.audit.admission import ROLES
from secretariat.foundation.tokens.scopes import SCOPES
from tests.factories.roles import make_roles
from tests.factories.walking import Walk, remember_actors

pytestmark = pytest.mark.django_db
SPACES = defaultdict(list)
for _name in sorted(declared("ADDRESSES")):
    SPACES[_name.rpartition(":")[0]].append(_name)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Played once; every request is undone after it, and in the end all of it."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as monkeypatch:
        remember_actors(monkeypatch)
        yield Walk(make_roles())
        transaction.set_rollback(True)
    translation.deactivate()


def methods(entry):
    return [method for method, answer in (("GET", entry.get), ("POST", entry.post)) if answer is not None]


def walked(entry):
    """Every role; of those that a page is the same for, some: nobody, somebody, an assistant, the desk."""
    return (
        ("stranger", "signed in", "assistant", "desk runs")
        if len(entry.who.roles) >= len(ROLES) - 2
        else ROLES
    )


@pytest.mark.parametrize("space", SPACES)
def test_every_role_is_answered_as_declared(world, space):
    entries, wrong = declared("ADDRESSES"), defaultdict(list)
    for name in SPACES[space]:
        for method in methods(entries[name]):
            for role in walked(entries[name]):
                found, acts = world.ask(role, name, method)
                if found != (told := entries[name].answer(role, method)):
                    wrong[f"{name} {method}: {found}, declared {told}"].append(role)
                if role not in entries[name].who.roles and method == "POST" and acts:
                    wrong[f"{name} {method}: {acts} acts of who is not let in"].append(role)

    assert wrong == {}, "\n".join(f"{what}: {', '.join(roles)}" for what, roles in wrong.items())


def refused_page(world, role, path):
    """The page of a refusal as a role sees it, without what differs at every request."""
    with transaction.atomic():
        response = world.roles.clients[role].get(path)
        transaction.set_rollback(True)
    text = response.content.decode()
    for told in (path, quote(path, safe=""), quote(path)):
        text = text.replace(told, "/there/")
    return response.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "stranger"])
@pytest.mark.parametrize("name", ["desk_people:person", "my_calls:submission"])
def test_what_is_not_hers_looks_like_what_is_not_there(world, role, name):
    if role in declared("ADDRESSES")[name].who.roles:
        return
    path = world.path(name)
    nothing = refused_page(world, role, f"/{path.split('/')[1]}/there-is-no-such-page/")

    assert refused_page(world, role, path) == nothing
    assert nothing[0] == 404


def needing_more():
    """Every operation of the API that needs more than to read what is public."""
    rows = [row for _title, rows in chapters() for row in rows if row.scope != "public.read"]
    return [(row.method, re.sub(r"{.*?}", "1", row.path)) for row in rows]


def test_a_stranger_uses_no_operation_that_needs_a_scope():
    asked = {(method, path): Client().generic(method, path).status_code for method, path in needing_more()}

    assert asked == dict.fromkeys(needing_more(), 401)
    assert asked


def test_every_operation_says_which_scope_it_needs():
    rows = [row for _title, rows in chapters() for row in rows]

    assert len(rows) == len(operations())
    assert {row.scope for row in rows} <= set(SCOPES)
    assert {row.method for row in rows if row.scope == "public.read"} == {"GET"}

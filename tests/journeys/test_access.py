"""Addresses as every role: what is answered is what the features declare, and docs/reference/access.md says."""

import re
from collections import defaultdict
from urllib.parse import quote

import pytest
from django.db import transaction
from django.db.models import CharField, Func, Value
from django.db.models.functions import Cast
from django.utils import translation

from secretariat.config.access import declared
from secretariat.doors.api.describing import description
from secretariat.doors.api.offered import operations
from secretariat.doors.api.reading import chapters
from secretariat.foundation.audit.admission import EVERYBODY, PROGRAMS, ROLES
from secretariat.foundation.audit.models import Act
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.scopes import SCOPES
from tests.factories.programs import make_programs
from tests.factories.roles import make_roles
from tests.factories.walking import Walk, remember_actors, remember_owners

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


@pytest.mark.parametrize("listed", sorted(declared("EXPORTS")))
def test_who_sees_a_list_takes_it_out_and_nobody_else(world, listed):
    name = declared("EXPORTS")[listed]
    entry = declared("ADDRESSES")[name]

    found = {role: world.ask(role, name, query="?export=csv")[0] for role in ROLES}
    assert found == {role: entry.answer(role, "GET") for role in ROLES}
    inside = next(role for role in ROLES if role in entry.who.roles and role != "stranger")
    for kind in ("csv", "xlsx"):
        with transaction.atomic():
            answer = world.roles.clients[inside].get(world.path(name), {"export": kind})
            assert b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert f".{kind}" in answer.headers["Content-Disposition"]


def channels(world):
    """A channel of each kind, and a foreign one: nobody hears what is not there."""
    return {
        "account": f"account:{world.roles.people['applicant'].account_id}", "desk": "desk",
        "call": f"call:{world.roles.play.call.pk}", "ballot": f"ballot:{world.roles.ballot.pk}",
        "meeting": f"meeting:{world.roles.meeting.pk}",
    }  # fmt: skip


def test_who_hears_a_channel_and_nobody_else(world):
    rules, known = declared("CHANNELS"), channels(world)

    assert set(known) == set(rules)
    for kind, channel in known.items():
        heard = {
            role for role in ROLES if world.ask(role, "live:ticket", query=f"?channels={channel}")[0] == 200
        }
        assert heard == rules[kind].roles, kind


@pytest.fixture(scope="module")
def programs(world, django_db_blocker):
    """Played after the pages were walked: a token for each role, and what each operation is asked about."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch:
        remember_owners(monkeypatch)
        yield make_programs(world.roles)


OPERATIONS = [
    (about["operationId"], method.upper(), path, about["x-scope"])
    for path, methods in description()["paths"].items()
    for method, about in methods.items()
]


class ArrayRemove(Func):
    function = "array_remove"


def downloaded(world, secret, door, file):
    """What a token is answered that asks for the content of a file at a door."""
    with transaction.atomic():
        status = world.send("GET", f"/api/v1/{door}/files/{file}/content", "", secret)
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("kind", sorted(declared("FILES")))
def test_who_reads_a_kind_of_file_and_nobody_else(world, programs, kind):
    rule, file = declared("FILES")[kind], programs.files[kind]
    desk = {"desk reads", "desk runs"}
    own = {role: downloaded(world, programs.secrets.get(role), "my", file) for role in PROGRAMS}
    at_desk = {role: downloaded(world, programs.secrets.get(role), "desk", file) for role in PROGRAMS}

    refused = {"stranger": 401, "service": 403}  # a service token has nothing of its own
    assert own == {role: refused.get(role, 200 if role in rule.roles else 404) for role in PROGRAMS} | {
        "lapsed": 200 if rule == EVERYBODY else 404
    }
    assert at_desk == {
        role: 401 if role == "stranger" else 200 if role in {*desk, "service"} else 403 for role in PROGRAMS
    }


SEEN = declared("OPERATIONS")
SOME = ("stranger", "signed in", "service")  # of the roles that an operation is the same for


def call(world, programs, role, name, method, path):
    """What a role is answered, and how many acts that left of who is not let in; nothing of it stays."""
    secret, body = programs.secrets.get(role), programs.bodies.get(name, "")
    with transaction.atomic():
        before = Act.objects.count() if method != "GET" else 0
        status = world.send(method, programs.path(name, path), body, secret)
        acts = Act.objects.count() - before if method != "GET" else 0
        transaction.set_rollback(True)
    return status, acts if role not in SEEN[name].who.roles else 0


@pytest.mark.parametrize("scope", SCOPES)
def test_every_role_is_answered_through_the_api_as_declared(world, programs, scope):
    told, wrong = declared("OPERATIONS"), defaultdict(list)
    for name, method, path, needed in OPERATIONS:
        if needed != scope:
            continue
        for role in SOME if scope == "public.read" else PROGRAMS:
            found, acts = call(world, programs, role, name, method, path)
            if found != (answer := told[name].answer(role)):
                wrong[f"{name}: {found}, declared {answer}"].append(role)
            if acts and role not in told[name].who.roles:
                wrong[f"{name}: {acts} acts of who is not let in"].append(role)

    assert wrong == {}, "\n".join(f"{what}: {', '.join(roles)}" for what, roles in wrong.items())


def test_without_its_scope_a_token_lets_nobody_in(world, programs):
    told, found = declared("OPERATIONS"), {}
    for name, method, path, scope in OPERATIONS:
        if scope != "public.read":
            role = next(role for role in PROGRAMS if role in told[name].who.roles)
            with transaction.atomic():
                lacking = ArrayRemove("scopes", Cast(Value(scope), CharField(max_length=20)))
                Token.objects.exclude(scopes=[scope]).update(scopes=lacking)
                found[name] = call(world, programs, role, name, method, path)
                transaction.set_rollback(True)

    assert found and set(found.values()) == {(403, 0)}


def test_every_operation_says_which_scope_it_needs():
    rows = [row for _title, rows in chapters() for row in rows]

    assert len(rows) == len(operations())
    assert {row.scope for row in rows} <= set(SCOPES)
    assert {row.method for row in rows if row.scope == "public.read"} == {"GET"}

"""What is never told to who may not judge a case, role by door: secrets are planted first, then every door is tried."""

import io
import json
import zipfile
from collections import defaultdict

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from secretariat.config.access import declared
from secretariat.doors.api.describing import description
from secretariat.foundation.accounts.actor import SYSTEM, Actor
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.privacy.actions import ask_export, make_export
from secretariat.foundation.tokens.actions import make_token
from secretariat.foundation.tokens.scopes import scopes_open_to
from secretariat.registry.capacities.queries import actor_for
from tests.factories.review import make_desk
from tests.factories.secrets import PRIVATE, SECRETS, make_case

pytestmark = pytest.mark.django_db
ROLES = ("chair", "member", "secretary", "applicant", "stranger")
# What speaks of something else altogether, where it needs an argument. A new space is put here or is tried.
ELSEWHERE = {
    "", "accounts", "desk", "desk_accounts", "desk_admissions", "desk_advice", "desk_correspondence", "desk_editions",
    "desk_identity", "desk_imports", "desk_mailings", "desk_membership", "desk_motions", "desk_notices",
    "desk_organisations", "desk_people", "desk_places", "desk_powers", "desk_privacy", "desk_refs", "desk_tasks",
    "desk_tokens", "desk_topics", "mailings", "my", "my_accounts", "my_admissions", "my_advice", "my_files",
    "my_honours", "desk_honours", "my_membership", "my_motions", "my_notices", "my_preferences", "my_privacy",
    "my_tasks", "my_tokens", "notices", "ui", "api", "live", "my_relations", "desk_relations",
}  # fmt: skip


@pytest.fixture(scope="module")
def case(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_case()
        transaction.set_rollback(True)


def arguments_of(case, space):
    """What stands in an address of a space that speaks of the case, its call, its meeting or its ballot."""
    paragraph = case.minutes.paragraphs.get(item=case.agenda, language="en")
    known = {
        "key": case.call.key, "stage": "recommended", "number": case.item.ref.number, "paper": 1, "version": 1,
        "pk": case.readings[0].matching_id, "file": case.paper.file_id, "body": case.call.committee_id, "position": 1,
        "language": "en", "code": "en", "verb": "adopt", "act": "ask",
        "part": "fields", "row": "title", **dict.fromkeys(("task", "token", "digest"), "none"),
    }  # fmt: skip
    held = {"number": case.meeting.ref.number, "pk": case.agenda.pk}
    minuted = {"number": case.minutes.ref.number, "pk": paragraph.pk}
    spaces = {"meetings": held, "ballots": {"number": case.ballot.ref.number}, "minutes": minuted}
    return known | spaces.get(space.partition("_")[2], {})


def converters():
    """The arguments of every named address."""
    found = defaultdict(set)

    def walk(patterns, spaces=(), outer=frozenset()):
        for pattern in patterns:
            taken = outer | set(pattern.pattern.converters)
            if hasattr(pattern, "url_patterns"):
                walk(
                    pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces, taken
                )
            elif pattern.name:
                found[":".join([*spaces, pattern.name])] |= taken

    walk(get_resolver().url_patterns)
    return found


def addresses(case):
    """Every address that is read and can speak of the case, filled in with what the case is."""
    wanted = converters()
    for name, entry in sorted(declared("ADDRESSES").items()):
        space = name.rpartition(":")[0]
        if entry.get is None or (wanted[name] and space in ELSEWHERE):
            continue
        known = arguments_of(case, space)
        try:
            yield name, reverse(name, kwargs={key: known[key] for key in wanted[name]} or None)
        except NoReverseMatch:
            assert space in ELSEWHERE, name  # an address of a library, with an argument it names nowhere


def words_of(response):
    """Everything that an answer says."""
    return unpacked(b"".join(response.streaming_content) if response.streaming else response.content)


def unpacked(content):
    """The words of a content; of an archive, such as a Word file or a sheet, those of its parts."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return content.decode("utf-8", "replace")


def told(case, words):
    return sorted(secret for secret in SECRETS if secret in words)


def client_of(case, role):
    client = Client()
    client.force_login(case.people[role].account)
    return client


def read(client, path):
    """What is answered there; nothing of it stays."""
    with transaction.atomic():
        response = client.get(path)
        words = words_of(response) if response.status_code == 200 else ""
        transaction.set_rollback(True)
    return words


def test_who_may_judge_it_finds_every_secret(case):
    """Else the other tests would pass in a world without secrets."""
    desk = Client()
    desk.force_login(make_desk("desk.run", "desk.read").account)
    found = {secret for _name, path in addresses(case) for secret in told(case, read(desk, path))}

    assert found == set(SECRETS)


def test_what_a_member_declared_of_herself_is_read_by_nobody_else(case):
    clients = {role: client_of(case, role) for role in ROLES}
    clients["desk"] = Client()
    clients["desk"].force_login(make_desk("desk.run", "desk.read", "audit.read").account)
    seen = {
        (role, name)
        for role, client in clients.items()
        for name, path in [*addresses(case), *people(case)]
        if PRIVATE in read(client, path)
    }

    assert seen == set()
    assert PRIVATE in read(client_of(case, "declarer"), reverse("my_relations:relations"))


def people(case):
    """What the desk reads of her who declared it."""
    number = case.people["declarer"].ref.number
    return [("desk_people:person", reverse("desk_people:person", args=[number]))]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_tells(case, role):
    client, leaks = client_of(case, role), {}
    for name, path in addresses(case):
        words = read(client, path)
        found = told(case, words)
        if name.startswith("desk_review:") and case.item.ref.number in words:
            found.append("the case")
        if found:
            leaks[name] = found

    assert leaks == {}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "stranger"])
def test_no_operation_tells(case, role):
    person, leaks = case.people[role], {}
    actor = actor_for(account_id=person.account_id, person_id=person.pk, on=timezone.localdate(), door="page")
    with transaction.atomic():
        made = {"name": "A", "scopes": scopes_open_to(actor), "days": 9}
        _token, secret = make_token(**made, actor=actor, now=timezone.now())
        client = Client(headers={"authorization": f"Bearer {secret}"})
        for name, path in operations(case):
            if found := told(case, read(client, path)):
                leaks[name] = found
        transaction.set_rollback(True)

    assert leaks == {}


def operations(case):
    """Every operation that reads, about the case and about its meeting, its ballot and its minutes."""
    for space in ("", "_meetings", "_ballots", "_minutes"):
        known = defaultdict(lambda: "none", arguments_of(case, space), call=case.call.key)
        for path, methods in description()["paths"].items():
            if "get" in methods and ("{" in path or not space):
                yield f"{methods['get']['operationId']}{space}", path.format_map(known)


@pytest.mark.parametrize("role", ROLES)
def test_no_search_finds_it(case, role):
    client, leaks = client_of(case, role), {}
    for name in ("site:search", "my_search:search", "desk_search:search"):
        for secret in SECRETS:
            words = read(client, f"{reverse(name)}?q={secret}").replace(secret, "", 9)
            if case.item.ref.number in words or case.minutes.ref.number in words:
                leaks[name] = secret

    assert leaks == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_list_taken_out_tells(case, role):
    client, leaks = client_of(case, role), {}
    known = dict(addresses(case))
    for name in sorted(set(declared("EXPORTS").values()) & set(known)):
        for kind in ("csv", "xlsx"):
            if found := told(case, read(client, f"{known[name]}?export={kind}")):
                leaks[f"{name} {kind}"] = found

    assert leaks == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_notice_and_no_copy_of_her_data_tells(case, role):
    person = case.people[role]
    with transaction.atomic():
        actor = Actor(person.account_id, person.pk)
        export = ask_export(actor=actor, now=timezone.now())
        make_export(export_id=export.pk, actor=SYSTEM, now=timezone.now())
        export.refresh_from_db()
        with default_storage.open(export.storage_key, "rb") as copy:
            words = unpacked(copy.read())
        told_of = [json.dumps(notice.data) for notice in Notice.objects.filter(account=person.account)]
        transaction.set_rollback(True)

    assert words
    assert told(case, words + " ".join(told_of)) == []


def test_what_is_rung_says_nothing():
    """What is live carries identifiers; content is asked for, and answered by the pages above."""
    rung = []

    def heard(execute, sql, params, many, context):
        rung.extend(params[1] if "pg_notify" in sql else ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(heard):
        make_case()

    assert rung
    assert [secret for secret in SECRETS if secret in " ".join(rung)] == []


@pytest.mark.parametrize("role", ["chair", "member"])
def test_no_page_tells_how_the_vote_on_it_went(case, role):
    client, number = client_of(case, role), case.ballot.ref.number
    result = case.ballot.result
    words = {
        name: read(client, reverse(f"my_ballots:{name}", args=[number] if name != "ballots" else []))
        for name in ("ballots", "ballot", "tally")
    }

    assert result.outcome == "adopted"
    assert number in words["ballot"]
    assert [name for name, text in words.items() if "dopted" in text or "tally-yes" in text] == []
    assert client.get(reverse("desk_ballots:ballot", args=[number])).status_code == 404

"""A copy of one's data has everything of hers and nothing of others, and is hers alone for a week."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed, WrongState
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.privacy.actions import ask_export, expire_exports, make_export
from secretariat.foundation.privacy.actions.exporting import give_up_export
from secretariat.foundation.privacy.copying import MAKE, write_copy
from secretariat.foundation.privacy.declarations import holdings
from secretariat.foundation.privacy.models import Export, Progress
from secretariat.foundation.privacy.queries import get_export_for, rows_of
from secretariat.foundation.privacy.subjects import subject_of
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.calls import make_open_call
from tests.factories.jobs import waiting
from tests.factories.privacy import ADDRESS, LATER, MARK, make_marked_person, make_traces
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def copy_of(person, progress=lambda done, total: None):
    stream = io.BytesIO()
    write_copy(stream, subject_of(person=person.pk), LATER, progress)
    return zipfile.ZipFile(stream)


def told(archive):
    return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


def test_it_has_every_row_of_hers():
    person, actor = make_marked_person()
    make_traces(person, actor)
    subject = subject_of(person=person.pk)
    expected = {
        f"{holding.model.lower()}.json": {
            str(pk) for pk in rows_of(holding, subject).values_list("pk", flat=True)
        }
        for holding in holdings()
        if rows_of(holding, subject).exists()
    }

    found = told(copy_of(person))

    assert {name: {str(row["id"]) for row in kind["rows"]} for name, kind in found.items()} == expected
    assert len(expected) > 12


def test_it_says_her_values_and_what_they_mean():
    person, actor = make_marked_person()
    make_traces(person, actor)
    found = told(copy_of(person))

    kept = found["people.person.json"]
    assert kept["rows"][0]["family_name"] == MARK
    assert kept["fields"]["family_name"] == "family name"
    assert kept["purpose"] and kept["ground"] and kept["kept"] and kept["when_erased"]
    assert found["accounts.account.json"]["rows"][0]["email"] == ADDRESS
    assert found["calls.version.json"]["rows"][0]["content"]["summary"]["en"] == f"By {MARK}"
    assert found["people.affiliation.json"]["rows"][0]["role"] == {"value": "staff", "meaning": "staff"}


def test_it_has_her_files():
    person, actor = make_marked_person()
    make_traces(person, actor)
    archive = copy_of(person)

    [file] = [name for name in archive.namelist() if name.startswith("files/")]
    assert file.endswith(f"-{MARK}.txt") and archive.read(file) == MARK.encode()
    assert archive.testzip() is None


def test_it_has_nothing_of_others():
    """Two people in one call: neither's copy says a word of the other."""
    person, actor = make_marked_person()
    call = make_open_call()
    make_traces(person, actor, call)
    play = make_selection("published")
    for other in (play.submissions[0].person, play.reviewers[0]):
        archive = copy_of(other)
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
        assert MARK not in everything and ADDRESS not in everything
        strangers = Account.objects.exclude(pk=other.account_id).values_list("email", flat=True)
        assert not [email for email in strangers if email in everything]


def test_secrets_are_named_and_not_shown():
    person, _actor = make_marked_person()
    person.account.set_password("correct horse battery staple")
    person.account.save()

    row = told(copy_of(person))["accounts.account.json"]["rows"][0]
    assert row["password"] == "a secret, not shown"


def test_it_tells_how_far_it_is():
    person, _actor = make_marked_person()
    seen = []
    copy_of(person, lambda done, total: seen.append((done, total)))

    assert seen == [(at, len(holdings()) + 1) for at in range(1, len(holdings()) + 2)]


def test_asking_makes_a_job_and_one_at_a_time():
    _person, actor = make_marked_person()
    export = ask_export(actor=actor, now=NOW)

    assert waiting(MAKE) == [{"export_id": str(export.pk)}]
    assert Progress.objects.filter(export=export, done=0).exists()
    with pytest.raises(WrongState):
        ask_export(actor=actor, now=NOW)
    assert Act.objects.get(verb="export_asked").subject_id == export.pk


def test_it_is_made_once_and_told():
    person, actor = make_marked_person()
    export = ask_export(actor=actor, now=NOW)

    assert make_export(export_id=export.pk, actor=SYSTEM, now=LATER)
    assert not make_export(export_id=export.pk, actor=SYSTEM, now=LATER)
    export.refresh_from_db()
    assert (export.state, export.expires_at) == ("ready", LATER + timedelta(days=7))
    assert default_storage.size(export.storage_key) == export.size > 0
    assert Notice.objects.filter(account=person.account, kind="export_ready").count() == 1


def test_it_is_hers_alone_for_a_week():
    _person, actor = make_marked_person()
    export = ask_export(actor=actor, now=NOW)
    make_export(export_id=export.pk, actor=SYSTEM, now=NOW)
    last = NOW + timedelta(days=7)

    assert get_export_for(actor, export.pk, last - timedelta(seconds=1)) == export
    others = (make_actor("desk.run", account=make_account()), replace(actor, acting_for_id=actor.account_id))
    for who, when in [(actor, last), *((other, NOW) for other in others)]:
        with pytest.raises(Export.DoesNotExist):
            get_export_for(who, export.pk, when)


def test_it_leaves_after_a_week_or_for_the_next(django_capture_on_commit_callbacks):
    _person, actor = make_marked_person()
    first = ask_export(actor=actor, now=NOW)
    make_export(export_id=first.pk, actor=SYSTEM, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        second = ask_export(actor=actor, now=NOW)
    assert not default_storage.exists(first.storage_key)
    make_export(export_id=second.pk, actor=SYSTEM, now=NOW)
    assert expire_exports(actor=SYSTEM, now=NOW + timedelta(days=6)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert expire_exports(actor=SYSTEM, now=NOW + timedelta(days=7)) == 1

    assert not default_storage.exists(second.storage_key)
    assert set(Export.objects.values_list("state", flat=True)) == {"gone"}


def test_another_can_be_asked_for_where_one_failed():
    _person, actor = make_marked_person()
    give_up_export(export_id=ask_export(actor=actor, now=NOW).pk, actor=SYSTEM, now=NOW)

    assert ask_export(actor=actor, now=NOW).state == "asked"


def test_nobody_is_handed_the_data_of_another():
    for who in (make_actor(), make_actor(account=make_account(), acting_for_id=make_account().pk)):
        with pytest.raises(NotAllowed):
            ask_export(actor=who, now=NOW)

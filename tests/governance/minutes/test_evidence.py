"""Files that show that an action of a resolution was carried out: who hands them in, and who reads them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import readable_files
from secretariat.governance.minutes.actions import close_action, publish_resolution
from secretariat.governance.minutes.models import Evidence
from tests.factories.accounts import INSTALLER, make_account, make_actor
from tests.factories.ballots import as_voter, make_council
from tests.factories.bodies import make_body
from tests.factories.meetings import as_member
from tests.factories.minutes import make_action, make_evidence, make_resolution
from tests.factories.people import make_person
from tests.governance.minutes.test_pages import at, browser_of, desk, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def shown(now):
    """A resolution, an action of which was closed with a file; who sits in its body, and whose the action was."""
    body, people = make_council(2)
    owner = make_person(account=make_account())
    row = make_resolution(body, people, now=now)
    return row, make_evidence(row, owner, now=now), people, owner


def test_the_owner_hands_in_a_file_and_the_body_reads_it(now):
    body, people = make_council(2)
    row, owner = make_resolution(body, people, now=now), make_person(account=make_account())
    task, client = make_action(row, owner, now=now), browser_of(owner)
    sent = {"outcome": "Done.", "file": SimpleUploadedFile("letters.txt", b"140 letters")}
    assert client.post(at("my_minutes:done", row, task.ref.number), sent).status_code == 302

    file = Evidence.objects.get(task=task).file
    assert (file.name, file.is_private, file.uploaded_by_id) == ("letters.txt", True, owner.account_id)
    path = at("my_minutes:evidence", row, file.pk)
    member = browser_of(people[1])
    assert path in read(member, "my_minutes:resolution", row)
    answer = member.get(path)
    assert b"".join(answer.streaming_content) == b"140 letters"
    assert 'filename="letters.txt"' in answer.headers["Content-Disposition"]


def test_who_keeps_the_register_closes_with_a_file_too(now):
    row = make_resolution(now=now)
    task, staff = make_action(row, now=now), desk("desk.read", "desk.run")
    path = at("desk_minutes:action", row, task.ref.number, "close")
    empty = staff.post(path, {"outcome": "Done.", "file": SimpleUploadedFile("empty.txt", b"")})
    assert empty.status_code == 422 and not Evidence.objects.exists()
    staff.post(path, {"outcome": "Done.", "file": SimpleUploadedFile("report.txt", b"So.")})
    file = Evidence.objects.get().file
    assert at("desk_minutes:evidence", row, file.pk) in read(staff, "desk_minutes:resolution", row)
    assert b"".join(staff.get(at("desk_minutes:evidence", row, file.pk)).streaming_content) == b"So."


def test_what_is_refused_leaves_no_file_behind(now):
    row, owner = make_resolution(now=now), make_person(account=make_account())
    task = make_action(row, owner, now=now)
    sent = {"outcome": " ", "file": SimpleUploadedFile("letters.txt", b"140 letters")}
    assert browser_of(owner).post(at("my_minutes:done", row, task.ref.number), sent).status_code == 422
    assert not File.objects.exists()


def test_who_reads_the_file_and_who_does_not(shown, now):
    row, file, people, owner = shown
    stranger, given = make_person(account=make_account()), make_person(account=make_account())
    make_action(row, given, now=now)
    other, [elsewhere] = make_council(1)
    readers = {
        "body": as_member(people[1], body=row.body), "owner": as_voter(owner), "given another": as_voter(given),
        "desk": make_actor("desk.read"), "auditor": make_actor("audit.read"), "stranger": as_voter(stranger),
        "another body": as_member(elsewhere, body=other), "nobody": make_actor(),
    }  # fmt: skip
    for published in (False, True):
        if published:
            publish_resolution(resolution=row, actor=INSTALLER, now=now)
        reading = {name for name, actor in readers.items() if readable_files(actor, [file])}
        assert reading == {"body", "owner", "given another", "desk", "auditor"}

    client = browser_of(stranger)
    assert file.name not in read(client, "my_minutes:resolution", row)
    assert client.get(at("my_minutes:evidence", row, file.pk)).status_code == 404


def test_a_file_is_reached_by_its_own_resolution_alone(shown, now):
    row, file, people, _owner = shown
    other, client = make_resolution(row.body, people, now=now), browser_of(people[1])
    assert client.get(at("my_minutes:evidence", other, file.pk)).status_code == 404


def test_nobody_shows_an_action_with_a_file_of_another(shown, now):
    row, file, _people, _owner = shown
    another = make_person(account=make_account())
    task = make_action(row, another, now=now)
    with pytest.raises(NotAllowed):
        close_action(resolution=row, task=task, outcome="Done.", file=file, actor=as_voter(another), now=now)


def test_a_number_and_a_file_are_two_rows_and_one_row_is_one_thing(now):
    row, owner = make_resolution(now=now), make_person(account=make_account())
    task, actor = make_action(row, owner, now=now), as_voter(owner)
    file = store_file(stream=io.BytesIO(b"x"), name="x.txt", allowed_types=(), limit=9, actor=actor, now=now)
    close_action(
        resolution=row, task=task, outcome="Done.", shown_by=make_body().ref, file=file, actor=actor, now=now
    )
    assert [bool(each.file) for each in Evidence.objects.order_by("at", "pk")] == [False, True]
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(resolution=row, task=task, at=now)


def test_the_api_tells_the_files_inside_and_not_outside(shown, client, now):
    row, file, people, _owner = shown
    publish_resolution(resolution=row, actor=INSTALLER, now=now)
    inside = browser_of(people[1]).get(f"/api/v1/my/resolutions/{row.ref.number}").json()
    assert [each["id"] for each in inside["actions"][0]["files"]] == [str(file.pk)]
    outside = client.get(f"/api/v1/resolutions/{row.ref.number}").json()
    assert outside["actions"][0]["files"] == []

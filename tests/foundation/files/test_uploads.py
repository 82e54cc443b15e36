import hashlib
from datetime import timedelta

import pytest

from secretariat.foundation.accounts.actor import SYSTEM, Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.files import queries
from secretariat.foundation.files.actions import (
    FileRefused,
    append_piece,
    begin_upload,
    expire_uploads,
    finish_upload,
)
from secretariat.foundation.files.actions.uploads import AT_ONCE, LIFETIME
from secretariat.foundation.files.logic import content_range
from secretariat.foundation.files.models import File, Upload
from tests.factories.accounts import NOW, make_account, make_actor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"A long paper. " * 100
SIZE = len(PDF)
SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    return tmp_path


@pytest.fixture
def actor():
    return make_actor(account=make_account())


def begin(actor, *, name="paper.pdf", size=SIZE, modified=1, now=NOW):
    return begin_upload(name=name, size=size, modified=modified, actor=actor, now=now)


def send(upload, first, last, actor, now=NOW):
    return append_piece(pk=upload.pk, first=first, piece=PDF[first:last], actor=actor, now=now)


def finish(upload, actor, sha256=SHA256, now=NOW):
    return finish_upload(pk=upload.pk, sha256=sha256, actor=actor, now=now)


def test_a_file_comes_in_pieces_and_is_kept(actor, folder, django_capture_on_commit_callbacks):
    upload = begin(actor)
    send(upload, 0, 500, actor)
    send(upload, 500, len(PDF), actor)

    with django_capture_on_commit_callbacks(execute=True):
        file = finish(upload, actor)

    upload.refresh_from_db()
    assert (file.sha256, file.size, file.media_type) == (SHA256, len(PDF), "application/pdf")
    assert (file.uploaded_by_id, upload.file_id, upload.state) == (actor.account_id, file.pk, "kept")
    assert list((folder / "uploads").iterdir()) == []
    assert list(Act.objects.order_by("pk").values_list("verb", flat=True))[-3:] == [
        "upload_begun",
        "upload_finished",
        "file_stored",
    ]


def test_the_same_file_goes_on_where_it_stopped(actor):
    upload = begin(actor)
    send(upload, 0, 500, actor)

    again = begin(actor, now=NOW + timedelta(hours=5))

    assert again == upload
    assert queries.received(again) == 500


@pytest.mark.parametrize("other", [{"name": "other.pdf"}, {"size": 10}, {"modified": 2}])
def test_another_file_begins_anew(actor, other):
    upload = begin(actor)

    assert begin(actor, **other) != upload


def test_a_piece_that_begins_elsewhere_changes_nothing(actor):
    upload = begin(actor)
    send(upload, 0, 500, actor)

    for first, last in ((0, 500), (600, 700)):
        send(upload, first, last, actor)

    assert queries.received(upload) == 500


def test_a_piece_beyond_the_size_is_refused(actor):
    upload = begin(actor, size=100)

    with pytest.raises(FileRefused, match=r"“paper\.pdf” is larger than it said"):
        send(upload, 0, 101, actor)
    assert queries.received(upload) == 0


def test_what_has_not_all_arrived_is_not_kept(actor):
    upload = begin(actor)
    send(upload, 0, 500, actor)

    with pytest.raises(WrongState, match=r"Not all of “paper\.pdf” has arrived"):
        finish(upload, actor)
    assert not File.objects.exists()


def test_what_was_damaged_on_its_way_begins_anew(actor):
    upload = begin(actor)
    send(upload, 0, len(PDF), actor)

    with pytest.raises(FileRefused, match=r"“paper\.pdf” was damaged on its way\. Please send it again"):
        finish(upload, actor, sha256="0" * 64)
    assert queries.received(upload) == 0
    assert not File.objects.exists()


def test_finished_twice_it_is_one_file(actor):
    upload = begin(actor)
    send(upload, 0, len(PDF), actor)

    first, second = finish(upload, actor), finish(upload, actor, now=NOW + 2 * LIFETIME)

    assert first == second
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "The file has no name."),
        ({"size": 0}, "“paper.pdf” is empty."),
        ({"size": 50 * 1024 * 1024 + 1}, "“paper.pdf” is larger than the 50 MiB allowed."),
    ],
)
def test_what_could_never_be_kept_is_refused_at_once(actor, wrong, words):
    with pytest.raises(FileRefused) as refused:
        begin(actor, **wrong)

    assert str(refused.value) == words
    assert not Upload.objects.exists()


def test_too_many_unfinished_uploads_are_refused(actor):
    for number in range(AT_ONCE):
        begin(actor, modified=number)

    with pytest.raises(FileRefused, match="Too many uploads are unfinished"):
        begin(actor, modified=AT_ONCE)
    assert begin(make_actor(account=make_account()), modified=AT_ONCE)


def test_nobody_goes_on_with_anothers_upload(actor):
    upload = begin(actor)
    other = make_actor("desk.run", account=make_account())

    for step in (lambda: send(upload, 0, 10, other), lambda: finish(upload, other)):
        with pytest.raises(NotAllowed):
            step()
    with pytest.raises(NotAllowed):
        begin(Actor())
    assert queries.own_upload(other, upload.pk) is None
    assert queries.own_upload(actor, upload.pk) == upload


def test_an_upload_expires(actor, folder):
    upload, kept = begin(actor), begin(actor, name="kept.pdf")
    send(upload, 0, 500, actor)
    send(kept, 0, len(PDF), actor)
    finish(kept, actor)
    late = NOW + LIFETIME

    assert expire_uploads(actor=SYSTEM, now=late - timedelta(seconds=1)) == 0
    assert expire_uploads(actor=SYSTEM, now=late) == 1
    assert set(Upload.objects.values_list("pk", "state")) == {(upload.pk, "expired"), (kept.pk, "kept")}
    assert not queries.part(upload).exists()
    with pytest.raises(WrongState, match="This upload is over"):
        send(upload, 500, 600, actor, now=late)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes 0-99/200", (0, 99, 200)),
        ("bytes 5-5/6", (5, 5, 6)),
        ("bytes 100-99/200", None),
        ("bytes 0-200/200", None),
        ("bytes 0-99/*", None),
        ("bytes=0-99", None),
        ("", None),
    ],
)
def test_a_content_range_is_read(header, span):
    assert content_range(header) == span

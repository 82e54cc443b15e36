import io
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage, storages

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.foundation.files import queries
from secretariat.foundation.files.actions import FileRefused, store_file
from secretariat.foundation.files.logic import CHUNK
from secretariat.foundation.files.models import File
from tests.factories.accounts import NOW, make_account, make_actor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nA paper.\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A storage folder of its own for each test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


def store(content=PDF, name="paper.pdf", allowed=("application/pdf",), limit=1000, actor=None, **kw):
    return store_file(
        stream=io.BytesIO(content), name=name, allowed_types=allowed, limit=limit, actor=actor or make_actor(),
        now=NOW, **kw,
    )  # fmt: skip


def contents(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_kept_under_its_hash_and_read_back(folder):
    account = make_account()
    actor = make_actor(account=account)

    file = store(actor=actor)

    file.refresh_from_db()
    assert (file.name, file.media_type, file.size, file.is_private) == (
        "paper.pdf",
        "application/pdf",
        18,
        True,
    )
    assert file.uploaded_by_id == account.pk
    assert file.storage_key == f"{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}"
    assert contents(folder) == {file.storage_key}
    with queries.open_file(actor, file) as stream:
        assert stream.read() == PDF
    act = Act.objects.get(verb="file_stored")
    assert (act.subject_id, act.detail) == (file.pk, {"sha256": file.sha256, "size": 18})


def test_the_same_content_is_stored_once(folder):
    first, second = store(name="one.pdf"), store(name="two.pdf")

    assert {first.name, second.name} == {"one.pdf", "two.pdf"}
    assert contents(folder) == {first.storage_key} == {second.storage_key}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"content": b""}, "“paper.pdf” is empty."),
        ({"limit": 17}, "“paper.pdf” is larger than the 17 B allowed."),
        (
            {"content": b"<html><script>alert(1)</script>"},
            "“paper.pdf” is a file of the type text/html; these are accepted: application/pdf.",
        ),
        ({"name": "../"}, "The file has no name."),
    ],
)
def test_what_is_refused_leaves_nothing_behind(folder, given, message):
    with pytest.raises(FileRefused) as refusal:
        store(**given)

    assert str(refusal.value) == message
    assert not File.objects.exists()
    assert contents(folder) == set()


def test_nothing_is_read_beyond_the_limit():
    stream = io.BytesIO(bytes(10 * CHUNK))

    with pytest.raises(FileRefused):
        store_file(stream=stream, name="big", allowed_types=(), limit=1, actor=make_actor(), now=NOW)

    assert stream.tell() == CHUNK


def test_a_stream_that_breaks_leaves_nothing_behind(folder):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError("the line is cut")
            return super().read(5)

    with pytest.raises(OSError, match="the line is cut"):
        store_file(
            stream=Broken(PDF), name="paper.pdf", allowed_types=(), limit=99, actor=make_actor(), now=NOW
        )

    assert (File.objects.count(), contents(folder)) == (0, set())


def test_the_torn_rest_of_a_crash_is_replaced(folder):
    key = store().storage_key
    (folder / key).chmod(0o600)
    (folder / key).write_bytes(PDF[:5])

    file = store()

    assert (folder / file.storage_key).read_bytes() == PDF
    assert contents(folder) == {key}


def test_a_storage_without_a_disk_of_its_own_keeps_files_too(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    assert isinstance(storages["default"], InMemoryStorage)
    actor = make_actor(account=make_account())

    file = store(actor=actor)

    with queries.open_file(actor, file) as stream:
        assert stream.read() == PDF


def test_a_stranger_may_not_open_a_private_file():
    file = store(actor=make_actor(account=make_account()))

    with pytest.raises(NotAllowed, match=r"paper\.pdf"):
        queries.open_file(make_actor(account=make_account()), file)

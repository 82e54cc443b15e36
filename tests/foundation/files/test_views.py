import hashlib

import pytest
from django.urls import reverse

from secretariat.foundation.files import queries
from secretariat.foundation.files.models import File, Upload
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
TEXT = b"A line of a paper.\n" * 60
SIZE = len(TEXT)


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


@pytest.fixture
def owner(client):
    account = make_account()
    client.force_login(account)
    return account


def begin(client, **told):
    return client.post(reverse("my_files:begin"), {"name": "paper.txt", "size": SIZE, "modified": 1, **told})


def put(client, path, first, last, piece=None, whole=SIZE):
    return client.put(
        path, TEXT[first : last + 1] if piece is None else piece, content_type="application/octet-stream",
        headers={"Content-Range": f"bytes {first}-{last}/{whole}"},
    )  # fmt: skip


def test_a_file_goes_its_way_in_pieces(client, owner):
    begun = begin(client)
    path = begun.json()["path"]
    first = put(client, path, 0, 499)
    rest = put(client, path, 500, SIZE - 1)
    kept = client.post(path, {"sha256": hashlib.sha256(TEXT).hexdigest()})

    assert (begun.status_code, first.json()["received"], rest.json()["received"]) == (201, 500, SIZE)
    file = File.objects.get()
    assert kept.json() == {"file": str(file.pk), "name": "paper.txt", "size": SIZE, "sha256": file.sha256}
    assert file.uploaded_by == owner


def test_a_lost_answer_is_made_good(client, owner):
    path = begin(client).json()["path"]
    put(client, path, 0, 499)

    twice = put(client, path, 0, 499)

    assert (twice.status_code, twice.json()["received"]) == (409, 500)
    assert client.get(path).json()["received"] == 500


@pytest.mark.parametrize(
    "wrong", [{"piece": b"short"}, {"whole": 7000}, {"last": SIZE}], ids=["length", "whole", "beyond"]
)
def test_a_piece_that_lies_about_itself_is_refused(client, owner, wrong):
    path = begin(client).json()["path"]

    answer = put(client, path, 0, wrong.pop("last", 99), **wrong)

    assert answer.status_code == 400
    assert queries.received(Upload.objects.get()) == 0


def test_a_refusal_says_why(client, owner):
    refused = begin(client, size="many")

    assert (refused.status_code, refused.json()) == (422, {"message": "“paper.txt” is empty."})
    path = begin(client).json()["path"]
    assert client.post(path).json() == {"message": "Not all of “paper.txt” has arrived."}


def test_a_foreign_upload_is_not_there_and_a_stranger_signs_in(client, owner):
    path = begin(client).json()["path"]
    client.force_login(make_account())
    assert {client.get(path).status_code, put(client, path, 0, 9).status_code} == {404}
    assert client.post(path).status_code == 404

    client.logout()
    assert [client.get(path).status_code, begin(client).status_code] == [302, 302]
    assert queries.received(Upload.objects.get()) == 0

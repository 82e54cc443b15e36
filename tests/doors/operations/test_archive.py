import io
import tarfile
from datetime import UTC, datetime

import pytest

from secretariat.doors.operations.archive import keys
from secretariat.doors.operations.archive.manifest import NAME, Manifest
from secretariat.doors.operations.archive.reading import NoBackup, findings, read_manifest
from secretariat.doors.operations.archive.writing import Writer

MADE = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


def manifest(members, **kw):
    told = {
        "made_at": MADE, "version": "0.1.0", "postgresql": "18.6", "origin": "example.org/log", "log_size": 0,
        "log_head": "", "migrations": [], "rows": {}, "files": 0,
    }  # fmt: skip
    return Manifest(**{**told, **kw}, members=members)


@pytest.fixture
def archive(tmp_path):
    """A small backup without a database: two members and their manifest."""
    with Writer(tmp_path / "a.tar", MADE.timestamp()) as writer:
        writer.add("files/ab/cd/abcd", b"x" * 1000)
        writer.add_stream("files/ef/gh/efgh", io.BytesIO(b"y" * 3_000_000))
        writer.add(NAME, manifest(list(writer.members)).to_json())
    return tmp_path / "a.tar"


def test_what_was_written_is_a_tar_that_everybody_reads(archive):
    with tarfile.open(archive) as tar:
        found = {info.name: (info.size, info.mode, info.mtime) for info in tar}
        assert tar.extractfile("files/ef/gh/efgh").read() == b"y" * 3_000_000

    assert set(found) == {"files/ab/cd/abcd", "files/ef/gh/efgh", NAME}
    assert found["files/ab/cd/abcd"] == (1000, 0o600, MADE.timestamp())
    assert archive.stat().st_mode & 0o777 == 0o600
    assert list(findings(archive)) == []


def test_a_backup_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="full"), Writer(tmp_path / "a.tar", 0.0) as writer:
        writer.add("one", b"1")
        raise OSError("full")

    assert list(tmp_path.iterdir()) == []


def test_a_changed_byte_is_found(archive):
    content = bytearray(archive.read_bytes())
    content[600] ^= 1
    archive.write_bytes(content)

    assert list(findings(archive)) == ["files/ab/cd/abcd has another hash than its manifest says"]


def test_an_end_that_is_missing_is_found(archive):
    archive.write_bytes(archive.read_bytes()[:2000])

    assert list(findings(archive)) == ["a.tar is no backup, or its end is missing."]
    with pytest.raises(NoBackup):
        read_manifest(archive)


def test_what_was_put_in_or_taken_out_is_found(tmp_path):
    with Writer(tmp_path / "a.tar", 0.0) as writer:
        writer.add("files/one", b"1")
        writer.add("smuggled", b"2")
        told = [writer.members[0], {"name": "files/two", "size": 1, "sha256": "0"}]
        writer.add(NAME, manifest(told, damaged=["ab/cd"]).to_json())

    assert list(findings(tmp_path / "a.tar")) == [
        "smuggled is in the file and not in its manifest",
        "files/two is missing",
        "ab/cd was missing or wrong when the backup was made",
    ]


def test_a_dump_that_postgresql_cannot_read_is_found(tmp_path):
    with Writer(tmp_path / "a.tar", 0.0) as writer:
        writer.add("database.dump", b"this is no dump" * 100)
        writer.add(NAME, manifest(list(writer.members)).to_json())

    (found,) = findings(tmp_path / "a.tar")
    assert found.startswith("database.dump cannot be read: pg_restore failed")


@pytest.mark.parametrize(
    "text", [b"{}", b"[]", b"no json", b'{"format": 2}', b'{"format": 1, "made_at": "x"}']
)
def test_a_manifest_nobody_knows_is_refused(tmp_path, text):
    with Writer(tmp_path / "a.tar", 0.0) as writer:
        writer.add(NAME, text)

    with pytest.raises(NoBackup, match=r"a\.tar"):
        read_manifest(tmp_path / "a.tar")


def test_a_manifest_comes_back_as_it_was():
    told = manifest([{"name": "keys.sealed", "size": 1, "sha256": "0"}], rows={"t": 3})

    assert Manifest.from_json(told.to_json()) == told
    assert told.has_keys


def test_sealed_keys_open_with_their_passphrase_alone():
    packed = keys.pack({"log.pem": b"\x00hidden\xff", "log.pub": b"public"})
    sealed = keys.seal(packed, "right")

    assert b"log.pem" not in sealed
    assert keys.seal(packed, "right") != sealed
    assert keys.unpack(keys.unseal(sealed, "right")) == {"log.pem": b"\x00hidden\xff", "log.pub": b"public"}
    for wrong in (sealed, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", sealed[:40]):
        with pytest.raises(keys.WrongPassphrase):
            keys.unseal(wrong, "wrong" if wrong is sealed else "right")


def test_a_key_stays_in_its_folder():
    with pytest.raises(ValueError, match="path"):
        keys.unpack(keys.pack({"../escaped": b""}))


def test_the_keys_of_an_installation_are_all_of_its_folder_and_the_log_key(tmp_path):
    folder, elsewhere = tmp_path / "keys", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "other.pem").write_bytes(b"1")
    (elsewhere / "log.pem").write_bytes(b"2")
    (elsewhere / "log.pub").write_bytes(b"3")

    assert keys.collect(folder, elsewhere / "log.pem") == {
        "other.pem": b"1",
        "log.pem": b"2",
        "log.pub": b"3",
    }

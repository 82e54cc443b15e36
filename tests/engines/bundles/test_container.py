import hashlib
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.bundles import container
from secretariat.engines.bundles.container import (
    BundleError,
    bundle_digest,
    inspect_bundle,
    read_bundle,
    write_bundle,
)
from secretariat.engines.sealed.canonical import canonical

FILES = {
    "selection.json": {"title": "乌镇", "collected": 257},
    "stages/01-reading.json": [1.5, None, True],
    "log/head.txt": "example.org/log\n27\n",
}


def rezip(path, change):
    """Write a zip again with its members changed: a list of (name, data) in, a list out."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in change(members):
            archive.writestr(name, data)


@pytest.fixture(params=["bundle", "bundle.zip"])
def path(request, tmp_path):
    return tmp_path / request.param


@pytest.fixture
def archive(tmp_path):
    write_bundle(tmp_path / "bundle.zip", FILES)
    return tmp_path / "bundle.zip"


@pytest.fixture
def folder(tmp_path):
    write_bundle(tmp_path / "bundle", FILES)
    return tmp_path / "bundle"


def test_what_is_written_reads_back(path):
    write_bundle(path, FILES)

    bundle = read_bundle(path)

    assert bundle.files == FILES
    assert bundle.faults == ()
    assert os.listdir(path.parent) == [path.name]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
names = st.from_regex(r"\A([a-z0-9]{1,3}/)?[a-z0-9][a-z0-9_-]{0,3}\.json\Z").filter(
    lambda name: name != "manifest.json"
)


@given(st.dictionaries(names, values, max_size=4))
def test_the_same_files_give_the_same_zip_in_whatever_order(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("bundles")

    write_bundle(folder / "one.zip", files)
    write_bundle(folder / "two.zip", dict(reversed(files.items())))

    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
    assert read_bundle(folder / "one.zip").files == files


def test_the_bytes_of_a_zip_are_fixed(archive):
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == bundle_digest(archive)
    with zipfile.ZipFile(archive) as opened:
        assert [info.filename for info in opened.infolist()] == [
            "manifest.json",
            "log/head.txt",
            "selection.json",
            "stages/01-reading.json",
        ]
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}


def test_the_digest_of_a_folder_is_that_of_its_manifest(folder):
    manifest = (folder / "manifest.json").read_bytes()

    assert bundle_digest(folder) == hashlib.sha256(manifest).hexdigest()


def test_a_zip_is_replaced_and_a_folder_is_not(archive, folder):
    write_bundle(archive, {"other.json": 1})
    assert read_bundle(archive).files == {"other.json": 1}

    with pytest.raises(BundleError, match="bundle already exists"):
        write_bundle(folder, {"other.json": 1})
    assert read_bundle(folder).files == FILES


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"../up.json": 1}, r"\.\./up\.json: not a name for a file of a bundle"),
        ({"/root.json": 1}, "not a name"),
        ({"Upper.json": 1}, "not a name"),
        ({"a.csv": "x"}, "not a name"),
        ({"manifest.json": 1}, "not a name"),
        ({"a.json": float("nan")}, r"a\.json: \$: nan is not a number of JSON"),
        ({"a.txt": {"no": "text"}}, r"a\.txt: a text file takes a str"),
    ],
)
def test_what_a_bundle_cannot_hold_leaves_nothing_behind(files, message, path):
    with pytest.raises(BundleError, match=message):
        write_bundle(path, {"good.json": 1, **files})

    assert os.listdir(path.parent) == []


def test_a_write_that_fails_leaves_no_part_behind(tmp_path):
    (tmp_path / "taken.zip").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_bundle(tmp_path / "taken.zip", FILES)

    assert os.listdir(tmp_path) == ["taken.zip"]


def test_every_departure_from_the_manifest_is_named(folder):
    (folder / "selection.json").write_bytes(b'{"title":"changed"}')
    (folder / "log" / "head.txt").unlink()
    (folder / "notes.md").write_text("by the way")

    bundle = inspect_bundle(folder)

    assert bundle.faults == (
        "notes.md is not in the manifest",
        "log/head.txt is missing",
        "selection.json was changed",
    )
    assert bundle.files == {
        "selection.json": {"title": "changed"},
        "stages/01-reading.json": [1.5, None, True],
    }
    with pytest.raises(BundleError, match=r"notes\.md is not in the manifest; log/head\.txt is missing"):
        read_bundle(folder)


def test_another_spelling_of_the_same_value_is_a_fault(folder):
    data = b'{ "title": "x" }'
    entry = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    (folder / "selection.json").write_bytes(data)
    (folder / "manifest.json").write_bytes(canonical({"bundle": 1, "files": {"selection.json": entry}}))

    assert "selection.json is not in canonical form" in inspect_bundle(folder).faults


@pytest.mark.parametrize(
    "name", ["../evil.json", "/etc/evil.json", "a\\evil.json", "c:evil.json", "a/../../evil.json"]
)
def test_a_name_that_leads_out_of_the_bundle_is_refused(name, archive):
    rezip(archive, lambda members: [*members, (name, b"1")])

    with pytest.raises(BundleError, match="the name leads out of the bundle"):
        inspect_bundle(archive)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_in_the_zip_twice_is_refused(archive):
    rezip(archive, lambda members: [*members, members[1]])

    with pytest.raises(BundleError, match=r"log/head\.txt: stands in the zip twice"):
        inspect_bundle(archive)


def test_a_zip_made_again_with_folders_and_compression_is_the_same_bundle(archive):
    with zipfile.ZipFile(archive) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.mkdir("log")
        for name, data in members.items():
            opened.writestr(name, data)

    assert read_bundle(archive).files == FILES


def test_a_zip_packed_in_an_unusual_way_is_refused(archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("manifest.json", b"{}")

    with pytest.raises(BundleError, match=r"manifest\.json: is packed in a way that is not read here"):
        inspect_bundle(archive)


def test_a_link_in_a_folder_is_refused(folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (folder / "link.json").symlink_to(tmp_path / "secret")

    with pytest.raises(BundleError, match=r"link\.json: a bundle holds plain files only"):
        inspect_bundle(folder)


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("MOST_BYTES_A_FILE", 10, "larger than 10 bytes"),
        ("MOST_BYTES", 100, "larger than 100 bytes"),
        ("MOST_FILES", 3, "more than 3 files"),
    ],
)
def test_a_bundle_beyond_a_limit_is_refused(limit, value, message, path, monkeypatch):
    write_bundle(path, FILES)
    monkeypatch.setattr(container, limit, value)

    with pytest.raises(BundleError, match=message):
        inspect_bundle(path)
    with pytest.raises(BundleError, match=message):
        write_bundle(path.parent / "again.zip", FILES)


def test_a_zip_that_holds_more_than_it_says_is_not_read_to_its_end(archive):
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("big.json", b" " * 1_000_000)
    small = archive.read_bytes().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    archive.write_bytes(small)

    with pytest.raises(BundleError):
        inspect_bundle(archive)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a readable zip"),
        (b"PK\x03\x04 nothing", "not a readable zip"),
        (None, "No such file or directory"),
    ],
)
def test_what_is_no_zip_is_refused(data, message, tmp_path):
    if data is not None:
        (tmp_path / "x.zip").write_bytes(data)

    with pytest.raises(BundleError, match=message):
        inspect_bundle(tmp_path / "x.zip")


@given(st.data())
def test_a_zip_with_any_byte_changed_is_refused_or_found_out(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bundle") / "b.zip"
    write_bundle(path, {"a.json": {"rank": 1}})
    honest = path.read_bytes()
    place = data.draw(st.integers(0, len(honest) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != honest[place]))
    path.write_bytes(honest[:place] + bytes([byte]) + honest[place + 1 :])

    try:
        bundle = inspect_bundle(path)
    except BundleError:
        return
    # Bytes that only say when and by whom the zip was made may differ.
    assert bundle.faults or bundle.files == {"a.json": {"rank": 1}}


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (b"[]", r"manifest\.json: not the manifest of a bundle of version 1"),
        (b'{"bundle":2,"files":{}}', "not the manifest of a bundle of version 1"),
        (b'{"bundle":1,"files":[]}', "'files' is not an object of objects"),
        (b'{"bundle":1,"files":{"a.json":1}}', "'files' is not an object of objects"),
        (b'{"bundle":1,"files":{"../a.json":{}}}', "is not a name for a file of a bundle"),
        (b'{"bundle":1,', r"manifest\.json: line 1, column 13"),
    ],
)
def test_a_manifest_that_is_none_is_refused(manifest, message, folder):
    (folder / "manifest.json").write_bytes(manifest)

    with pytest.raises(BundleError, match=message):
        inspect_bundle(folder)


def test_a_bundle_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(BundleError, match=r"there is no manifest\.json"):
        inspect_bundle(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("selection.json", b"{", r"selection\.json: line 1, column 2"),
        (
            "selection.json",
            b"[" * 100_000,
            r"selection\.json: the text is nested too deeply",
        ),
        ("log/head.txt", b"\xff", r"log/head\.txt: byte 1 is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_place(name, data, message, folder):
    (folder / name).write_bytes(data)

    with pytest.raises(BundleError, match=message):
        inspect_bundle(folder)

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.foundation.files.logic import UNKNOWN, clean_name, readable_size, sniff, storage_key


def package(*names, first=None):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        if first is not None:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = [
    (b"%PDF-1.7\n1 0 obj", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    (b"GIF89a\x01\0\x01\0", "image/gif"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    (b"ID3\x03\0\0\0\0\0\0", "audio/mpeg"),
    (package("[Content_Types].xml", "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
    (package("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
    (package("[Content_Types].xml", "ppt/presentation.xml"), f"{OFFICE}.presentationml.presentation"),
    (package("content.xml", first="application/vnd.oasis.opendocument.text"),
     "application/vnd.oasis.opendocument.text"),
    (package("a.txt"), "application/zip"),
    (b"PK\x03\x04 and then nothing of a package", UNKNOWN),
    ("Plain words, 也有汉字\r\n".encode(), "text/plain"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>\n<feed/>", "application/xml"),
    (b"<?xml version='1.0'?><!-- drawn --><svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    (b"<?xml version='1.0'?><report><svg/></report>", "application/xml"),
    (b"\n<!DOCTYPE html><title>x</title>", "text/html"),
    (b'{"kind": "list"}', "application/json"),
    (b"[not json", "text/plain"),
    (b"[" * 200_000, "text/plain"),
    (b"\xff\xfe\x00\x01\x02", UNKNOWN),
    ("汉".encode()[:2], UNKNOWN),
    (b"MZ" + bytes(100), "application/octet-stream"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "media_type"), KINDS, ids=[kind for _, kind in KINDS])
def test_the_bytes_say_what_a_file_is(content, media_type):
    assert sniff(io.BytesIO(content), "report.pdf") == media_type


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.csv", "text/csv"), ("a.CSV", "text/csv"), ("a.md", "text/markdown"), ("a", "text/plain")],
)
def test_the_name_chooses_only_among_plain_texts(name, media_type):
    assert sniff(io.BytesIO(b"item,score\n1,2\n"), name) == media_type
    assert sniff(io.BytesIO(b"%PDF-1.7"), name) == "application/pdf"


def test_a_control_character_late_in_a_long_text_is_found():
    assert sniff(io.BytesIO(b"a" * (3 << 20) + b"\0")) == UNKNOWN


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_one_kind(content, name):
    first = sniff(io.BytesIO(content), name)

    assert first and first == sniff(io.BytesIO(content), name)


@given(
    st.recursive(st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_every_json_container_is_json(value):
    content = json.dumps({"value": value}).encode()

    assert sniff(io.BytesIO(content)) == "application/json"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\年报.pdf", "年报.pdf"),
        ("a\r\nb\0.txt", "ab.txt"),
        (" .hidden. ", "hidden"),
        ("folder/", "folder"),
        ("..", ""),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_a_name_is_one_printable_line(name, cleaned):
    assert clean_name(name) == cleaned


def test_content_lives_under_its_hash():
    assert storage_key("abcdef" + "0" * 58) == "ab/cd/abcdef" + "0" * 58


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (50 << 20, "50 MiB"), (5 << 40, "5120 GiB")],
)
def test_sizes_are_read_in_the_largest_unit(size, text):
    assert readable_size(size) == text

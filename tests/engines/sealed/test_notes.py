import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from secretariat.engines.sealed import notes

# A key pair and a note that implementations of the format share (first published with Go's sumdb).
SHARED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SHARED_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
SHARED_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
SHARED_NOTE = (
    f"{SHARED_TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


@pytest.fixture
def key():
    return notes.SigningKey.from_pem("log.example", notes.generate_pem())


def test_the_shared_note_is_made_to_the_letter():
    key = notes.SigningKey("PeterNeumann", ed25519.Ed25519PrivateKey.from_private_bytes(SHARED_SEED))

    assert str(key.verifier) == SHARED_KEY
    assert notes.sign(SHARED_TEXT, key) == SHARED_NOTE


def test_the_shared_note_verifies():
    assert notes.verified_text(SHARED_NOTE, notes.VerifierKey.parse(SHARED_KEY)) == SHARED_TEXT


def test_a_changed_text_is_refused(key):
    note = notes.sign("size 3\n", key)

    with pytest.raises(notes.NoteError, match=r"the signature of log\.example does not belong to this text"):
        notes.verified_text(note.replace("3", "4", 1), key.verifier)


def test_a_note_of_another_key_of_the_same_name_is_refused(key):
    impostor = notes.SigningKey.from_pem("log.example", notes.generate_pem())

    with pytest.raises(notes.NoteError, match=r"it is not signed by log\.example with the key"):
        notes.verified_text(notes.sign("size 3\n", impostor), key.verifier)


def test_signatures_of_strangers_are_passed_over(key):
    witness = notes.SigningKey.from_pem("witness.example", notes.generate_pem())
    witnessed = notes.sign("size 3\n", key) + notes.sign("size 3\n", witness).rpartition("\n\n")[2]

    assert notes.verified_text(witnessed, key.verifier) == "size 3\n"
    assert notes.verified_text(witnessed, witness.verifier) == "size 3\n"


def test_a_text_may_have_empty_lines(key):
    text = "one\n\ntwo\n"

    assert notes.verified_text(notes.sign(text, key), key.verifier) == text


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no signature\n",
        "text\n\n",
        "text\n\n— log.example AAAA",
        "text\n\n- log.example AAAAAAAA\n",
        "text\n\n— log.example not-base64\n",
        "text\n\n— log.example AAAA\n",
        "te\rxt\n\n— log.example AAAAAAAA\n",
        "text\n\n" + "— log.example AAAAAAAA\n" * 17,
    ],
)
def test_what_is_no_note_is_refused(broken):
    with pytest.raises(notes.NoteError):
        notes.text_of(broken)


@pytest.mark.parametrize("text", ["no newline", "tab\there\n", "x" * 100_000 + "\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text, key):
    with pytest.raises(notes.NoteError):
        notes.sign(text, key)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann",
        SHARED_KEY.replace("c74f20a3", "c74f20a4"),
        SHARED_KEY.replace("PeterNeumann", "Peter Neumann"),
        SHARED_KEY.replace("+ARpc", "+AhpcA"),
        SHARED_KEY[:-4],
    ],
)
def test_a_key_line_that_does_not_add_up_is_refused(line):
    with pytest.raises(notes.NoteError):
        notes.VerifierKey.parse(line)


def test_only_an_unencrypted_ed25519_key_is_loaded():
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    with pytest.raises(notes.NoteError, match="not an Ed25519 key"):
        notes.SigningKey.from_pem("log.example", pem)
    with pytest.raises(notes.NoteError, match="not an unencrypted private key in PEM"):
        notes.SigningKey.from_pem("log.example", b"-----BEGIN NOTHING-----")

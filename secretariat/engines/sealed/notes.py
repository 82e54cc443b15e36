"""Signed notes: a text a person can read, and under it Ed25519 signatures (C2SP signed-note, RFC 8032).

A note is the text, an empty line, and one or more lines ``— NAME BASE64``, where the base64 holds the
four-byte id of the key and the 64-byte signature of the text.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_ED25519 = b"\x01"
_MOST_SIGNATURES = 16
_MOST_CHARACTERS = 100_000


class NoteError(ValueError):
    """A note or a key cannot be read, or a signature is not good; the message says which and why."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What checks signatures: the name of the signer and its Ed25519 public key (32 bytes)."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() or ord(c) < 0x20 for c in self.name):
            raise NoteError(f"the key name {self.name!r} is empty or has a space or a plus sign in it")
        if len(self.public) != 32:
            raise NoteError(f"an Ed25519 public key has 32 bytes, not {len(self.public)}")

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys apart; they are no protection, the signature is."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """One line, ``NAME+ID+BASE64``, to be published where the signer's heads are not."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key of a line ``NAME+ID+BASE64``. Raises NoteError if it is not one, or the id does not fit."""
        name, _, rest = text.strip().partition("+")
        identity, _, encoded = rest.partition("+")
        key_bytes = _from_base64(encoded)
        if key_bytes is None or key_bytes[:1] != _ED25519:
            raise NoteError("not an Ed25519 key of the form NAME+ID+BASE64")
        key = cls(name, key_bytes[1:])
        if identity != key.id.hex():
            raise NoteError(f"the key of {name} has the id {key.id.hex()}, not {identity}")
        return key

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key signed exactly this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What makes signatures: the name of the signer and its private key."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def from_pem(cls, name: str, pem: bytes) -> Self:
        """The key of an unencrypted PKCS #8 PEM. Raises NoteError if it is not an Ed25519 key."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise NoteError("not an unencrypted private key in PEM") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise NoteError("the private key is not an Ed25519 key")
        return cls(name, private)

    @property
    def verifier(self) -> VerifierKey:
        """The public half, under the same name."""
        return VerifierKey(self.name, self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def generate_pem() -> bytes:
    """A new Ed25519 private key: PKCS #8 PEM, not encrypted, to be kept where only the sealer reads."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def sign(text: str, key: SigningKey) -> str:
    """The note: the text with the key's signature under it. The same text and key give the same note.

    Raises NoteError unless the text ends with a newline and has no other control character.
    """
    _check_text(text)
    encoded = base64.b64encode(key.verifier.id + key.private.sign(text.encode())).decode()
    return f"{text}\n— {key.name} {encoded}\n"


def text_of(note: str) -> str:
    """The text of a note, **not verified**. Raises NoteError if this is not a signed note."""
    return _taken_apart(note)[0]


def verified_text(note: str, key: VerifierKey) -> str:
    """The text of a note, once the key's signature under it has been found good.

    Signatures of other keys are passed over. Raises NoteError if the key did not sign, or did not sign this.
    """
    text, signatures = _taken_apart(note)
    own = [signature for name, signature in signatures if name == key.name and signature[:4] == key.id]
    if not own:
        raise NoteError(f"it is not signed by {key.name} with the key {key.id.hex()}")
    if not all(key.verifies(text, signature[4:]) for signature in own):
        raise NoteError(f"the signature of {key.name} does not belong to this text")
    return text


def _taken_apart(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, gap, foot = note.rpartition("\n\n")
    lines = foot.splitlines()
    if not gap or not note.endswith("\n") or not 1 <= len(lines) <= _MOST_SIGNATURES:
        raise NoteError("not a signed note: a text, an empty line, and signatures under it")
    _check_text(text + "\n")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    signature = _from_base64(encoded)
    if dash != "—" or not name or signature is None or len(signature) < 5:
        raise NoteError(f"not a signature line: {line[:60]!r}")
    return name, signature


def _check_text(text: str) -> None:
    if not text.endswith("\n") or len(text) > _MOST_CHARACTERS:
        raise NoteError("the text of a note ends with a newline and is not longer than 100,000 characters")
    if any(ord(character) < 0x20 and character != "\n" for character in text):
        raise NoteError("the text of a note has no control characters but newlines")


def _from_base64(text: str) -> bytes | None:
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    # A second spelling of the same bytes (stray bits at the end) would make two notes of one.
    return decoded if base64.b64encode(decoded).decode() == text else None

"""The keys inside a backup: as they are, or sealed with a passphrase (scrypt, then AES-256 in GCM)."""

import base64
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SALT, NONCE = 16, 12
MARK = b"secretariat keys 1\n"
COST = 2**15  # about a tenth of a second and 32 MiB for each guess


class WrongPassphrase(ValueError):
    """The passphrase does not open the keys, or they were changed."""


def collect(folder: Path, log_key: Path) -> dict[str, bytes]:
    """Return the keys of an installation by name: everything in its folder, and the log's key wherever it stands."""
    found = {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}
    for path in (log_key, log_key.with_suffix(".pub")):
        if path.exists():
            found[path.name] = path.read_bytes()
    return found


def pack(keys: dict[str, bytes]) -> bytes:
    """Return the keys as one text."""
    return json.dumps({name: base64.b64encode(content).decode() for name, content in keys.items()}).encode()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the keys of a text; a name that leads out of their folder is refused."""
    keys = {name: base64.b64decode(text) for name, text in json.loads(content).items()}
    if any(Path(name).name != name for name in keys):
        raise ValueError("A key has the name of a path.")
    return keys


def seal(content: bytes, passphrase: str) -> bytes:
    """Return the content so that only the passphrase opens it."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MARK + salt + nonce + AESGCM(_derive(passphrase, salt)).encrypt(nonce, content, MARK)


def unseal(content: bytes, passphrase: str) -> bytes:
    """Return what was sealed.

    Raises:
        WrongPassphrase: it was sealed with another one, or changed since.
    """
    body = content.removeprefix(MARK)
    salt, nonce, secret = body[:SALT], body[SALT : SALT + NONCE], body[SALT + NONCE :]
    try:
        return AESGCM(_derive(passphrase, salt)).decrypt(nonce, secret, MARK)
    except (InvalidTag, ValueError):
        raise WrongPassphrase("The passphrase does not open the keys of this backup.") from None


def _derive(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())

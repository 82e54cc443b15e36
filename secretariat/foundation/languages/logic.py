import hashlib


def text_digest(text: str) -> str:
    """Return the SHA-256 of a source text, white space at its ends and line ends apart (64 hexadecimal digits)."""
    plain = text.strip().replace("\r\n", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()

"""One value, one spelling: canonical JSON (RFC 8785), its digest, and commitments that hide a value."""

import hashlib
import json
import math
import secrets
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

LARGEST_INTEGER = 2**53 - 1
SALT_BYTES = 32
COMMITMENT_SCHEME = "secretariat/commitment/1"
"""The name of the way ``commit`` works, to be published beside its commitments."""


class CanonicalError(ValueError):
    """A value or a text has no canonical form; the message says where in it and why."""


def canonical(value: object) -> bytes:
    """The one spelling of ``value``: JSON in UTF-8 without spaces, keys sorted, as RFC 8785 lays down.

    Takes None, bool, int, float, str, list or tuple, and mappings with string keys. Integers reach to
    ±(2⁵³ − 1), as every JSON reader keeps these exactly; exact decimals are given as strings.

    Raises CanonicalError for anything else: NaN, infinities, lone surrogates, a key that is no string.
    """
    try:
        if _is_plain(value):
            return _PLAIN.encode(value).encode()
        return "".join(_pieces(value, "$")).encode()
    except UnicodeEncodeError as error:
        raise CanonicalError(f"a text holds the lone surrogate {error.object[error.start]!r}") from None
    except RecursionError:
        raise CanonicalError("the value is nested too deeply") from None


def parse(data: bytes) -> Any:
    """The value of a JSON text in UTF-8, read strictly.

    Raises CanonicalError for a text that is not JSON or that two readers could understand differently:
    a key twice in one object, NaN, half a surrogate pair, a number that would lose digits. Spaces and the
    order of keys are free: compare ``canonical(parse(data))`` with ``data`` to demand the canonical spelling.
    """
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_double,
        )
        # Only an escape can smuggle in half a surrogate pair, which no canonical form has.
        if b"\\ud" in data.lower():
            canonical(value)
        return value
    except CanonicalError:
        raise
    except UnicodeDecodeError as error:
        raise CanonicalError(f"byte {error.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise CanonicalError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise CanonicalError("the text is nested too deeply") from None


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits. Raises CanonicalError as ``canonical``."""
    return hashlib.sha256(canonical(value)).hexdigest()


def new_salt() -> bytes:
    """Thirty-two random bytes for one commitment. Never use a salt twice."""
    return secrets.token_bytes(SALT_BYTES)


def commit(value: object, salt: bytes) -> str:
    """A commitment to ``value``: 64 hexadecimal digits that bind to it and say nothing about it.

    SHA-256 over the name of the scheme and a newline, the salt, and the canonical form. Whoever has value and
    salt can check it; when the salt is destroyed nobody can, nor guess the value from it, and what was
    published still stands.

    Raises ValueError unless the salt has exactly 32 bytes: a fixed length keeps two pairs of salt and value
    from running together into the same bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(f"{COMMITMENT_SCHEME}\n".encode() + salt + canonical(value)).hexdigest()


def opens(commitment: str, value: object, salt: bytes) -> bool:
    """Whether ``value`` and ``salt`` are what the commitment was made of."""
    return secrets.compare_digest(commitment.encode(), commit(value, salt).encode())


# What the standard library writes in C is the canonical form already, for values without numbers that need care
# and without keys that it would sort otherwise.
_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_LAST_BELOW_SURROGATES = "\ud7ff"


def _is_plain(value: object) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is dict:
        return all(
            type(key) is str and (not key or max(key) <= _LAST_BELOW_SURROGATES) and _is_plain(held)
            for key, held in value.items()  # type: ignore[attr-defined]
        )
    if kind is list:
        return all(map(_is_plain, value))  # type: ignore[call-overload]
    return kind is int and -LARGEST_INTEGER <= value <= LARGEST_INTEGER  # type: ignore[operator]


def _pieces(value: object, path: str) -> Iterator[str]:
    match value:
        case None:
            yield "null"
        case bool():
            yield "true" if value else "false"
        case str():
            yield json.dumps(value, ensure_ascii=False)
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise CanonicalError(f"{path}: the integer {value} is beyond 2**53 - 1; give it as a string")
            yield str(int(value))
        case float():
            yield _number(value, path)
        case Mapping():
            yield from _object_pieces(value, path)
        case list() | tuple():
            yield "["
            for position, item in enumerate(value):
                yield "," if position else ""
                yield from _pieces(item, f"{path}[{position}]")
            yield "]"
        case _:
            raise CanonicalError(f"{path}: a value of type {type(value).__name__} has no canonical form")


def _object_pieces(value: Mapping[Any, object], path: str) -> Iterator[str]:
    for key in value:
        if not isinstance(key, str):
            raise CanonicalError(f"{path}: the key {key!r} is not a string")
    yield "{"
    for position, key in enumerate(sorted(value, key=_utf16)):
        yield f"{',' if position else ''}{json.dumps(key, ensure_ascii=False)}:"
        yield from _pieces(value[key], f"{path}.{key}")
    yield "}"


def _utf16(key: str) -> bytes:
    # RFC 8785 section 3.2.3 sorts by UTF-16 code units, which differs from code points beyond U+FFFF.
    return key.encode("utf-16-be", "surrogatepass")


def _number(value: float, path: str) -> str:
    """The number as ECMAScript writes it (ECMA-262 section 6.1.6.1.20), which RFC 8785 prescribes."""
    if not math.isfinite(value):
        raise CanonicalError(f"{path}: {value} is not a number of JSON")
    if value == 0:
        return "0"
    # repr gives the shortest digits that read back as the same double: the digits ECMAScript asks for.
    sign, figures, exponent = Decimal(repr(value)).as_tuple()
    digits = "".join(map(str, figures)).rstrip("0")
    point = len(figures) + int(exponent)
    if len(digits) <= point <= 21:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return "-" + text if sign else text


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise CanonicalError(f"the key {twice!r} stands twice in one object")
    return found


def _refuse_constant(text: str) -> None:
    raise CanonicalError(f"{text} is not a number of JSON")


def _double(text: str) -> float:
    if math.isinf(float(text)):
        raise CanonicalError(f"the number {text[:22]} is too large")
    return float(text)


def _integer(text: str) -> int | float:
    # The length first: Python refuses to read thousands of digits, and with another message.
    if len(text) <= 22:
        if abs(int(text)) <= LARGEST_INTEGER:
            return int(text)
        # A double beyond 2**53 is written without a point too: let it pass if no digit of it would be lost.
        if _number(float(text), "$") == text:
            return float(text)
    raise CanonicalError(f"the integer {text[:22]} is beyond 2**53 - 1")

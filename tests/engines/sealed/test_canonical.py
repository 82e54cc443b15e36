import hashlib
import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.sealed.canonical import (
    LARGEST_INTEGER,
    CanonicalError,
    canonical,
    commit,
    digest,
    new_salt,
    opens,
    parse,
)

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

# RFC 8785, appendix B: the bits of a double and its spelling.
RFC_8785_NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize(("bits", "spelling"), RFC_8785_NUMBERS.items())
def test_numbers_are_spelled_as_in_appendix_b(bits, spelling):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))

    assert canonical(number) == spelling.encode()


def test_keys_are_sorted_by_utf16_as_in_section_3_2_3():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    written = canonical(dict.fromkeys(keys))

    assert list(json.loads(written)) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_texts_are_escaped_only_where_json_must():
    assert canonical("€$\u000f\nA'B\"\\/\x7f乌镇") == '"€$\\u000f\\nA\'B\\"\\\\/\x7f乌镇"'.encode()


def test_an_ordinary_object_has_one_spelling():
    value = {"rank": 2, "ref": "WIC-2022-017", "high": 4.5, "withdrawn": False, "levels": (), "by": None}

    assert canonical(value) == (
        b'{"by":null,"high":4.5,"levels":[],"rank":2,"ref":"WIC-2022-017","withdrawn":false}'
    )
    assert digest(value) == hashlib.sha256(canonical(value)).hexdigest()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [1, math.nan]}, "$.a[1]: nan is not a number of JSON"),
        (math.inf, "$: inf is not a number of JSON"),
        ({"n": 2**53}, "$.n: the integer 9007199254740992 is beyond 2**53 - 1; give it as a string"),
        ({1: "a"}, "$: the key 1 is not a string"),
        ([b"raw"], "$[0]: a value of type bytes has no canonical form"),
        (["\ud800"], "a text holds the lone surrogate '\\ud800'"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value, message):
    with pytest.raises(CanonicalError) as refusal:
        canonical(value)

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'{"a":1,"a":2}', "the key 'a' stands twice in one object"),
        (b"[NaN]", "NaN is not a number of JSON"),
        (b"[1e99", "line 1, column 6: Expecting ',' delimiter"),
        (b"9007199254740993", "the integer 9007199254740993 is beyond 2**53 - 1"),
        (b"9" * 10_000, "the integer 9999999999999999999999 is beyond 2**53 - 1"),
        (b'"\xff"', "byte 2 is not UTF-8"),
        (b"[1e999]", "the number 1e999 is too large"),
        (b'["\\uD800"]', "a text holds the lone surrogate '\\ud800'"),
        (b"[" * 200_000, "the text is nested too deeply"),
    ],
)
def test_ambiguous_text_is_refused(text, message):
    with pytest.raises(CanonicalError) as refusal:
        parse(text)

    assert str(refusal.value) == message


def test_a_value_nested_beyond_reason_is_refused():
    value = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(CanonicalError, match="nested too deeply"):
        canonical(value)


@given(values)
def test_what_is_written_reads_back_and_is_written_the_same(value):
    written = canonical(value)

    assert parse(written) == value
    assert canonical(parse(written)) == written


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_the_order_of_keys_does_not_matter(value):
    assert digest(dict(reversed(value.items()))) == digest(value)


@given(values, values)
def test_a_commitment_opens_with_its_own_value_and_salt_only(value, other):
    salt, other_salt = new_salt(), new_salt()

    commitment = commit(value, salt)

    assert opens(commitment, value, salt)
    assert not opens(commitment, value, other_salt)
    assert opens(commitment, other, salt) == (canonical(other) == canonical(value))


def test_equal_values_have_different_commitments():
    assert commit("yes", new_salt()) != commit("yes", new_salt())


@pytest.mark.parametrize("salt", [b"", b"short", bytes(33)])
def test_a_salt_of_another_length_is_refused(salt):
    with pytest.raises(ValueError, match=f"a salt has 32 bytes, not {len(salt)}"):
        commit("value", salt)

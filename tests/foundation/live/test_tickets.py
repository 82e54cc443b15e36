import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.foundation.live.tickets import Ticket, derive_key, issue, read

KEY = derive_key("secret")


def test_a_ticket_says_what_was_issued_until_it_runs_out():
    text = issue("ada", ["desk", "call:1"], expires=100.0, key=KEY)

    assert read(text, key=KEY, now=99.9) == Ticket("ada", frozenset({"desk", "call:1"}), 100.0)
    assert read(text, key=KEY, now=100.0) is None
    assert read(text, key=derive_key("other"), now=1.0) is None


def test_the_key_is_not_the_secret_itself():
    assert KEY not in (b"secret", b"secret".hex().encode())
    assert len(KEY) == 32


@given(st.data())
def test_a_changed_ticket_is_none(data):
    text = issue("ada", ["account:1"], expires=100.0, key=KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    changed = (
        text[:at] + data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[at])) + text[at + 1 :]
    )
    found = read(changed, key=KEY, now=1.0)

    # The last character of each half has bits that mean nothing.
    assert found is None or found == read(text, key=KEY, now=1.0)


@pytest.mark.parametrize("text", ["", ".", "a", "a.b.c", "é.é", "=.="])
def test_nonsense_is_no_ticket(text):
    assert read(text, key=KEY, now=1.0) is None

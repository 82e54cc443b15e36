import pytest

from secretariat.record.mailings.logic import filled, unknown_placeholders, uses


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dear {name},", "Dear Ana,"),
        ("{name} {name}", "Ana Ana"),
        ("{nobody} {", "{nobody} {"),
        ("{reference}", "{name}"),
        ("%(name)s", "%(name)s"),
    ],
)
def test_places_are_filled_once_and_nothing_else_is_read(text, shown):
    assert filled(text, {"name": "Ana", "reference": "{name}"}) == shown


def test_unknown_places_are_named_once_in_their_order():
    assert unknown_placeholders("{b} {name}", "{a} {b}") == ["b", "a"]


def test_a_text_uses_what_stands_in_braces():
    assert uses("deadline", "by {deadline}") and not uses("deadline", "by deadline")

"""A form over what there is: one's own changes, somebody else's, and both."""

import json

import pytest
from django import forms

from secretariat.foundation.ui.changing import ChangeForm, NamesField, WordsField


class Record(ChangeForm):
    name = forms.CharField()
    note = forms.CharField(required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Alpha"), ("b", "Beta")])


THERE = {"name": "Ana", "note": "", "kind": "a"}


def sent(begun, *, now=None, **typed):
    """The form as it comes back: opened on ``begun``, while ``now`` stands there."""
    return Record({**begun, **typed, "was": json.dumps(begun)}, current=now or begun)


def test_only_what_was_changed_is_a_change_and_it_is_told():
    form = sent(THERE, kind="b")

    assert form.is_valid() and form.changes() == {"kind": "b"}
    assert form.told() == "Kind: Alpha → Beta"


def test_what_somebody_else_changed_meanwhile_stays():
    form = sent(THERE, now={**THERE, "note": "hers"}, kind="b")

    assert form.is_valid() and form.changes() == {"kind": "b"}


def test_both_alike_is_no_conflict():
    form = sent(THERE, now={**THERE, "kind": "b"}, kind="b")

    assert form.is_valid() and form.changes() == {}


def test_what_both_changed_is_shown_and_may_then_be_replaced():
    now = {**THERE, "note": "hers", "kind": "b"}
    form = sent(THERE, now=now, note="mine")

    assert not form.is_valid() and list(form.errors) == ["note"] and "“hers”" in str(form.errors["note"])
    assert form["note"].value() == "mine"

    again = Record({**THERE, "note": "mine", "was": form["was"].value()}, current=now)
    assert again.is_valid() and again.changes() == {"note": "mine"}


def test_emptied_fields_are_changes():
    form = sent({**THERE, "note": "old"}, note="")

    assert form.is_valid() and form.changes() == {"note": ""}


@pytest.mark.parametrize("was", ["", "nonsense", "[1]"])
def test_without_what_was_there_everything_typed_counts(was):
    form = Record({**THERE, "note": "mine", "was": was}, current=THERE)

    assert form.is_valid() and form.changes() == {"note": "mine"}


def test_something_new_is_all_changes():
    form = Record({"name": "Bo", "note": "", "kind": "a"})

    assert form.is_valid() and form.changes() == {"name": "Bo", "note": "", "kind": "a"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("en, zh-hans", ["en", "zh-hans"]),
        (" a; b ", ["a", "b"]),
        ("甲、乙，丙", ["甲", "乙", "丙"]),
        ("", []),
    ],
)
def test_words_stand_between_commas(text, words):
    assert WordsField(required=False).clean(text) == words


def test_names_stand_after_their_language():
    field = NamesField(required=False)

    assert field.clean("ar: اسم\n\n FR： Nom  long ") == {"ar": "اسم", "fr": "Nom long"}
    with pytest.raises(forms.ValidationError):
        field.clean("only a name")

"""What stands in the way of opening a call."""

import pytest

from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.opening import Condition, Obstacle, of_conditions, of_fields

TITLE = FieldSpec("title", "short_text", "Title", "名称", required=True)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (FieldSpec("note", "short_text", "Note", ""), ["“Note” has no Chinese text."]),
        (FieldSpec("note", "short_text", " ", "附注"), ["“ ” has no English text."]),
        (FieldSpec("area", "choice", "Area", "领域"), []),
        (
            FieldSpec("area", "choice", "Area", "领域", required=True),
            ["“Area” offers nothing to choose from."],
        ),
        (FieldSpec("area", "choice", "Area", "领域", True, params={"options": ["a"]}), []),
        (FieldSpec("area", "choice", "Area", "领域", True, params={"scheme": "cases"}), []),
        (
            FieldSpec("area", "choice", "Area", "领域", params={"scheme": "gone"}),
            ["“Area” offers the list “gone”, which there is not."],
        ),
        (
            FieldSpec("topic", "choice", "Field", "领域", params={"options": ["a"]}),
            ["The field “topic” has to be a choice from a list of topics."],
        ),
        (
            FieldSpec("countries", "number", "Countries", "国家"),
            ["The field “countries” has to ask for countries and regions."],
        ),
    ],
)
def test_what_is_wrong_with_a_field_is_told_with_its_name(field, told):
    assert of_fields([TITLE, field], ["cases"]) == [Obstacle("fields", field.key, why) for why in told]


def test_a_form_asks_for_a_title_and_requires_it():
    other = FieldSpec("note", "short_text", "Note", "附注")
    optional = FieldSpec("title", "short_text", "Title", "名称")

    assert [o.key for o in of_fields([optional], [])] == ["title"]
    assert [o.message for o in of_fields([other], [])] == [
        "No field has the key “title”: a submission would have no name."
    ]
    assert [o.message for o in of_fields([], [])] == ["The form asks nothing yet."]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            Condition("c", "languages_filled", {"fields": ["title"], "languages": ["en"]}, "Both.", "两种。"),
            [],
        ),
        (
            Condition("c", "languages_filled", {"fields": ["title"], "languages": ["en"]}, "Both.", ""),
            ["“Both.” has no Chinese text."],
        ),
        (
            Condition("c", "date_before", {"field": "title", "before": "2022-01-01"}, "Early.", "早。"),
            ["“Early.” asks about the field “title”, which there is not in the form, or not of this kind."],
        ),
        (
            Condition("c", "count_between", {"field": "gone", "minimum": 1, "maximum": 2}, "Some.", "若干。"),
            ["“Some.” asks about the field “gone”, which there is not in the form, or not of this kind."],
        ),
    ],
)
def test_what_is_wrong_with_a_condition_is_told_with_its_reason(condition, told):
    assert of_conditions([condition], [TITLE]) == [Obstacle("conditions", "c", why) for why in told]

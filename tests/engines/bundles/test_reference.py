"""The reference page and the types say the same."""

import re
from pathlib import Path
from typing import get_args, get_type_hints, is_typeddict

from secretariat.engines.bundles import input_steps, log_steps, reading, selection, stage_steps, verify

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "selection-bundle.md").read_text()
CODE = set(re.findall(r"`([^`\n]+)`", PAGE))


def typed_dicts():
    return [kind for kind in vars(selection).values() if is_typeddict(kind)]


def test_every_file_has_its_place_on_the_page():
    named = re.findall(r"[a-z/]+\.(?:json|txt)", PAGE)

    assert {*reading.FILES, *reading.OPTIONAL_FILES} <= set(named)


def test_every_key_is_explained():
    keys = {key for kind in typed_dicts() for key in kind.__annotations__}

    assert keys - CODE == set()


def test_every_choice_is_named():
    choices = {
        str(choice)
        for kind in typed_dicts()
        for hint in get_type_hints(kind).values()
        for choice in get_args(hint)
        if isinstance(choice, str)
    }

    assert choices - CODE == set()


def test_every_step_is_in_the_table():
    titles = {
        value
        for module in (verify, log_steps, input_steps, stage_steps)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and " " in value
    }
    titles |= {
        title("STAGE")
        for title in (
            log_steps.list_step,
            stage_steps.entrants_step,
            stage_steps.basis_step,
            stage_steps.recount_step,
            stage_steps.places_step,
            stage_steps.moves_step,
            stage_steps.decision_step,
        )
    }
    table = PAGE.partition("## The steps")[2]

    assert titles == {
        row.split(" | ")[0].removeprefix("| ") for row in table.splitlines() if row.startswith("| ")
    } - {
        "step",
        "---",
    }

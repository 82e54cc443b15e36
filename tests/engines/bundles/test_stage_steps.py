import copy

import pytest

from secretariat.engines.bundles import stage_steps
from tests.engines.bundles.factory import Maker, failed, found

HONEST = Maker()
READING = "stages/02-reading.json"
LEVELS = "stages/04-honours.json"


@pytest.fixture
def files():
    return copy.deepcopy(HONEST.files())


def test_a_list_of_before_cannot_stand_without_its_decision(files):
    files[READING]["decision"] = None
    files["log/entries.json"] = [
        entry
        for entry in files["log/entries.json"]
        if (entry["payload"]["kind"], entry["payload"]["stage"]) != ("decision", "reading")
    ]

    assert stage_steps.entrants_step("finals") in failed(files)
    assert "still waits for the decision of Secretary-General" in found(
        files, stage_steps.entrants_step("finals")
    )


def test_honours_before_the_final_list_are_refused(files):
    del files[LEVELS]

    assert stage_steps.HONOURS in failed(files)

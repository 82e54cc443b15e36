"""Our check of ROR ids against records of the registry itself, read in place."""

import re
from pathlib import Path

import pytest

from secretariat.registry.organisations.logic import clean_ror

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDS = REPOSITORY.parent / "shared" / "data" / "ror" / "data"

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="../shared/data/ror is not here")


def test_every_id_of_the_registry_is_accepted():
    text = "".join(path.read_text() for path in sorted(RECORDS.glob("*.json")) if "schema" not in path.name)
    ids = set(re.findall(r"https://ror\.org/(0[a-z0-9]{8})\b", text))

    assert len(ids) == 17
    assert {clean_ror(f"https://ror.org/{bare}") for bare in ids} == ids

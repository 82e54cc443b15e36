"""The profile, its simulation and one small set of invented organisations and people."""

from pathlib import Path
from random import Random

import pytest

from secretariat.simulation.names import make_organisations, make_people
from secretariat.simulation.phrases import load_simulation
from secretariat.simulation.profile import load_profile

PROFILE = Path(__file__).resolve().parents[2] / "profiles" / "wic"


@pytest.fixture(scope="session")
def profile():
    return load_profile(PROFILE)


@pytest.fixture(scope="session")
def simulation(profile):
    return load_simulation(PROFILE, profile)


@pytest.fixture(scope="session")
def cast(simulation):
    """(organisations, people) of each series, as a demo would make them."""

    def make(series):
        rng = Random(f"cast-{series}")
        organisations = make_organisations(150, rng, countries=simulation.applicants[series], start=201)
        return organisations, make_people(420, organisations, rng, start=101)

    return {series: make(series) for series in simulation.applicants}

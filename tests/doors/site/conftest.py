import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories.organisations import make_organisation


@pytest.fixture(autouse=True)
def no_cached_bundles():
    """The cache is the process's own: a bundle must not outlive its test."""
    cache.clear()


@pytest.fixture(autouse=True)
def own_language():
    """A request leaves its language behind in the thread; the next test begins without it."""
    yield
    translation.deactivate()


@pytest.fixture
def host(db):
    from secretariat.registry.organisations.actions import name_host
    from tests.factories.accounts import INSTALLER, NOW

    return name_host(
        organisation=make_organisation("Example Conference", name_zh="示例大会"),
        disclaimer={"en": "Not affiliated.", "zh": "没有隶属关系。"},
        simulated={"en": "Simulated: invented names.", "zh": "模拟数据。"},
        actor=INSTALLER,
        now=NOW,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def quiet_requests(caplog):
    """Pages that are not there are what these tests ask for."""
    import logging

    caplog.set_level(logging.ERROR, logger="django.request")

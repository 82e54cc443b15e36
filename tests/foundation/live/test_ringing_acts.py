import pytest

from secretariat.foundation.audit import actions as audit
from secretariat.foundation.live import receivers
from tests.factories.accounts import NOW, make_account, make_actor
from tests.foundation.live.conftest import rung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_rings(monkeypatch):
    monkeypatch.setattr(receivers, "_RINGS", {})


def act(verb, subject=None):
    with audit.act(verb, actor=make_actor(), now=NOW, subject=subject):
        pass


def test_an_act_rings_on_the_channels_its_app_named():
    account = make_account()
    receivers.register_rings(["greeted"], lambda subject: ["desk", f"account:{subject.pk}"])

    with rung() as channels:
        act("greeted", account)
        act("passed_by", account)

    assert channels == ["desk", f"account:{account.pk}"]


def test_an_act_rings_for_one_app():
    receivers.register_rings(["greeted"], receivers.to_the_desk)
    with pytest.raises(ValueError, match="greeted"):
        receivers.register_rings(["greeted"], receivers.to_the_desk)

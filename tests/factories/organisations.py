from itertools import count

from secretariat.registry.organisations.actions import register_organisation
from tests.factories.accounts import INSTALLER, NOW

_numbers = count(1)


def make_organisation(name_en=None, *, kind="enterprise", actor=INSTALLER, now=NOW, **kw):
    if name_en is None and not kw.get("name_zh"):
        name_en = f"Example Institute {next(_numbers):03d}"
    return register_organisation(name_en=name_en or "", kind=kind, actor=actor, now=now, **kw)

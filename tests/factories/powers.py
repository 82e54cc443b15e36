from datetime import date

from secretariat.governance.powers.actions import delegate, reserve_power
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.bodies import make_body

FIRST = date(2020, 1, 1)


def make_power(body=None, *, name="Adopt the budget", starts_on=FIRST, actor=INSTALLER, now=NOW, **kw):
    return reserve_power(
        body=body or make_body(), name_en=name, name_zh="通过预算", starts_on=starts_on, actor=actor, now=now,
        **{"rests_on": "Statutes, article 12", **kw},
    )  # fmt: skip


def make_delegation(power=None, to=None, *, starts_on=FIRST, actor=INSTALLER, now=NOW, **kw):
    return delegate(
        power=power or make_power(), to=to or make_body(), starts_on=starts_on, actor=actor, now=now,
        **{"rests_on": "Resolution 7", **kw},
    )  # fmt: skip

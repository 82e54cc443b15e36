"""What the invented categories ask and give, and how the invented members stand: most current, a few not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from secretariat.foundation.accounts.actor import SYSTEM, Actor
from secretariat.governance.membership.actions import lay_down_conditions, recompute_standings
from secretariat.governance.membership.models import Category
from secretariat.simulation.profile.reading import Table, read_toml

FIRST_LATE = 11  # the initiating members, numbered first, are never late


@dataclass(frozen=True)
class Terms:
    """The conditions of each category by its key, from a day on; how many members are late with their fee."""

    starts_on: date
    grace_days: int
    in_grace: int
    lapsed: int
    conditions: Mapping[str, Mapping[str, Any]]

    def paid_until(self, number: int, today: date) -> date:
        """Return until when the member with this number has paid: some have lapsed, the next are late."""
        late = number - FIRST_LATE
        if 0 <= late < self.lapsed:
            return today - timedelta(days=self.grace_days + 10 * (late + 1))
        if 0 <= late < self.lapsed + self.in_grace:
            return today - timedelta(days=3 * (late + 1))
        return today + timedelta(days=30 + number * 7 % 300)


def read_terms(folder: Path | str) -> Terms:
    """Read ``simulation/conditions.toml`` of a profile; ProfileError with file, key and reason if anything is wrong."""
    table = read_toml(Path(folder), "simulation/conditions.toml")
    shared = {
        "term_months": table.get("term_months", int), "grace_days": table.get("grace_days", int),
        "currency": table.get("currency", str),
    }  # fmt: skip
    terms = Terms(
        table.get("from", date), shared["grace_days"], table.get("in_grace", int), table.get("lapsed", int),
        {key: {**shared, **_conditions(row)} for key, row in table.entries("conditions")},
    )  # fmt: skip
    table.done()
    return terms


def _conditions(row: Table) -> dict[str, Any]:
    criteria, benefits = row.table("criteria").text(), row.table("benefits").text()
    found = {
        "fee": Decimal(row.get("fee", int)), "has_vote": bool(row.get("vote", int)),
        "takes_applications": bool(row.get("applications", int, 1)),
        "criteria_en": criteria.en, "criteria_zh": criteria.zh, "benefits_en": benefits.en, "benefits_zh": benefits.zh,
    }  # fmt: skip
    row.done()
    return found


def lay_down(terms: Terms, categories: Mapping[str, Category], actor: Actor, now: datetime) -> None:
    """Lay down the conditions of every category."""
    for key, said in terms.conditions.items():
        lay_down_conditions(category=categories[key], starts_on=terms.starts_on, **said, actor=actor, now=now)


def count_standings(now: datetime) -> None:
    """Let the count of the night run once, as of today."""
    recompute_standings(actor=SYSTEM, now=now)

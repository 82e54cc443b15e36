"""Rules of procedure as people read them: rule by rule in words, and beside the version before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.models import Procedure
from secretariat.registry.refs.panels import Line, Panel, Way


@dataclass(frozen=True)
class Rule:
    """One rule in words, and what it said before; empty where there was no version before."""

    label: Any
    now: str
    before: str = ""

    @property
    def is_changed(self) -> bool:
        return self.before not in ("", self.now)


def rules_in_words(row: Procedure) -> list[tuple[Any, str]]:
    """Return every rule of a version with its label, in the order in which rules of procedure are read."""
    share = {"parts": row.quorum_parts, "of": row.quorum_of}
    exceeds, reaches = (
        _("more than %(parts)s/%(of)s of those entitled"),
        _("%(parts)s/%(of)s of those entitled"),
    )
    quorum = exceeds if row.quorum_exceeds else reaches
    majority = str(row.get_majority_display())
    if row.majority != "simple":
        majority = f"{majority} {row.get_base_display()}"
    return [
        (_("Quorum"), f"{quorum % share}, {_('at least %(number)s') % {'number': row.quorum_least}}"),
        (_("Majority"), majority),
        (_("A tie"), _("the chair's vote ends it") if row.casting_vote else _("carries nothing")),
        (_("Notice of a meeting"), _days(row.notice_days)),
        (_("Papers before a meeting"), _days(row.papers_days)),
        (_("Silence procedure"), _days(row.silence_days)),
        (_("Proxies one person may hold"), str(row.proxies_each) if row.proxies_each else _("none")),
        (_("Attendance at a distance"), _("counts") if row.remote else _("does not count")),
        (_("When the chair is away or recused"), str(row.get_deputy_display())),
    ]


def _days(number: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def compared(row: Procedure, before: Procedure | None) -> list[Rule]:
    """Return the rules of a version beside those of the version before."""
    earlier = dict(rules_in_words(before)) if before else {}
    return [Rule(label, words, earlier.get(label, "")) for label, words in rules_in_words(row)]


def versions_of(body: UUID) -> list[Procedure]:
    """Return the versions of a body's rules of procedure, the latest first. One statement."""
    return list(Procedure.objects.filter(body=body).select_related("body__ref").order_by("-starts_on"))


def before(row: Procedure, versions: Sequence[Procedure]) -> Procedure | None:
    """Return the version before one, of those there are."""
    return next((each for each in versions if each.starts_on < row.starts_on), None)


def panel(body: UUID, _actor: Actor, on: date) -> Panel:
    """The versions of a body's rules of procedure on its page at the desk, with what each changed. One statement."""
    versions = versions_of(body)
    lines = []
    for row in versions:
        in_force = row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)
        changed = [str(rule.label) for rule in compared(row, before(row, versions)) if rule.is_changed]
        words = [
            _("in force") if in_force else "",
            f"{_('changed')}: {', '.join(changed)}" if changed else "",
        ]
        lines.append(
            Line(
                _("Rules of procedure"), reverse("desk_ballots:procedure", args=[row.pk]),
                " · ".join(filter(None, words)), "", row.starts_on, row.ends_on, not in_force and row.starts_on <= on,
            )
        )  # fmt: skip
    return Panel(
        _("Rules of procedure"),
        lines,
        Way(_("Lay down rules"), reverse("desk_ballots:lay_down", args=[body])),
    )

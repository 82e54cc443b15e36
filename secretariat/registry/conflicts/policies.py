"""A policy on conflicts as the rules of a call write it down."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.registry.conflicts.kinds import KINDS
from secretariat.registry.conflicts.queries import Policy

KEYS = ("years_back", "strengths", "firm")
STRENGTHS = ("bars", "discloses", "ignored")
# What nobody clears, where the rules do not say otherwise: one's own case.
FIRM = frozenset({"same_person"})
MOST_YEARS = 50


def policy_from(said: Mapping[str, Any]) -> Policy:
    """Return the policy that rules write down; what they leave out is as usual.

    ``years_back`` whole years; ``strengths`` kind -> "bars", "discloses" or "ignored"; ``firm`` kinds that nobody may
    clear. ValueError says what means nothing.
    """
    if odd := problems(said):
        raise ValueError(" ".join(odd))
    usual = Policy()
    return Policy(
        years_back=said.get("years_back", usual.years_back),
        strengths=dict(said.get("strengths", {})),
        firm=FIRM | frozenset(said.get("firm", ())),
    )


def problems(said: Mapping[str, Any]) -> list[str]:
    """Return what in the rules means nothing here, each said in full; empty where all is right."""
    odd = [
        _("Rules on conflicts say nothing of “%(key)s”.") % {"key": key} for key in said if key not in KEYS
    ]
    years = said.get("years_back", 0)
    if isinstance(years, bool) or not isinstance(years, int) or not 0 <= years <= MOST_YEARS:
        odd.append(
            _("Years to look back: a whole number from 0 to %(most)s, not “%(said)s”.")
            % {"most": MOST_YEARS, "said": years}
        )
    strengths, firm = said.get("strengths", {}), said.get("firm", [])
    odd += [
        _("There is no relation of the kind “%(kind)s”.") % {"kind": kind}
        for kind in [*strengths, *firm]
        if kind not in KINDS
    ]
    odd += [
        _("A relation bars, is disclosed or is ignored; “%(said)s” means nothing.") % {"said": strength}
        for strength in strengths.values()
        if strength not in STRENGTHS
    ]
    return odd


def policy_in_words(said: Mapping[str, Any]) -> list[str]:
    """Return a policy as somebody reads it who applies it or is judged under it, a sentence each."""
    policy = policy_from(said)
    lines = [
        ngettext(
            "A relation that has ended counts for %(n)s year more.",
            "A relation that has ended counts for %(n)s years more.",
            policy.years_back,
        )
        % {"n": policy.years_back}
        if policy.years_back
        else _("A relation that has ended counts no more.")
    ]
    templates = {
        "bars": _("Who %(relations)s is barred, whatever else holds."),
        "discloses": _("Who %(relations)s is barred until the chair has decided."),
        "ignored": _("It does not count whether somebody %(relations)s."),
    }
    for strength, template in templates.items():
        kinds = [kind for kind, says in policy.strengths.items() if says == strength]
        if kinds:
            lines.append(template % {"relations": listed(kinds)})
    lines.append(_("Nobody may clear it where somebody %(relations)s.") % {"relations": listed(policy.firm)})
    return lines


def listed(kinds: Iterable[str]) -> str:
    """Return kinds of relations in one phrase, in the order of their list."""
    chosen = set(kinds)
    labels = [str(kind.label) for key, kind in KINDS.items() if key in chosen]
    return _(" or ").join(labels)

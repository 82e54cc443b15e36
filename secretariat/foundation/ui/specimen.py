"""What the style guide shows: every component in its states, with words that name nobody."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.ui import charts, cloth, colours
from secretariat.foundation.ui.forms import CodeForm, SpecimenForm

# Token, and whether it is a ground; the rest is written or drawn on grounds.
COLOURS = (
    "paper", "paper-raised", "paper-sunk", "ink", "ink-soft", "line", "line-strong", "line-field", "accent",
    "accent-hover", "accent-pale", "on-accent", "cloth", "on-cloth", "urgent", "urgent-pale", "focus",
)  # fmt: skip
SPACES = range(1, 9)
SIZES = ("h1", "h2", "h3", "large", "text", "small")
# A digest of nothing (SHA-256 of no bytes): the one digest everybody can check.
DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def everything() -> dict[str, Any]:
    """Return the whole context of the page, in the reader's language."""
    shades = colours.tokens()
    return {
        "colours": [{"name": name, "shades": shades[name]} for name in COLOURS],
        "pairs": colours.pairs(),
        "text_bound": colours.TEXT,
        "edge_bound": colours.EDGE,
        "spaces": list(SPACES),
        "sizes": SIZES,
        "digits": [{"digit": digit, "path": cloth.stencil(digit)} for digit in "0123456789abcdef"],
        "digest": DIGEST,
        **_forms(),
        **_places(),
        **_texts(),
        "events": _events(),
        **_figures(),
    }


def _forms() -> dict[str, Any]:
    filled = {
        "title_en": "A ledger for village wells", "title_zh": "村庄水井台账", "field": "water", "since": "2025-03-01",
        "users": 41000, "kind": "organisation", "topics": ["access", "skills"],
        "summary": _("Each well reports its level once a day; a village sees when it will run dry."),
    }  # fmt: skip
    refused = {**filled, "title_zh": "", "users": "-3", "kind": "", "agreed": "on"}
    wrong = SpecimenForm({f"wrong-{name}": value for name, value in refused.items()}, prefix="wrong")
    locked = SpecimenForm(initial=filled, prefix="locked")
    for field in locked.fields.values():
        field.disabled = True
    return {
        "form": SpecimenForm(initial=filled, prefix="filled"),
        "wrong": wrong,
        "locked": locked,
        "code": CodeForm(prefix="code"),
    }


def _places() -> dict[str, Any]:
    here = "#components"
    return {
        "crumbs": [
            {"label": pgettext("of the whole site", "Calls"), "path": here},
            {"label": _("Practice cases"), "path": here},
            {"label": _("Numbers")},
        ],
        "tabs": [
            {"label": _("Overview"), "path": here, "is_current": True},
            {"label": _("Submissions"), "path": here, "count": 213},
            {"label": _("Stages"), "path": here, "count": 4},
            {"label": _("Log"), "path": here},
        ],
        "steps": [
            {"label": _("Eligibility"), "path": here, "state": "done"},
            {"label": _("Write"), "path": here, "state": "error", "note": _("two fields to correct")},
            {"label": _("Approve"), "path": here, "state": "current", "note": _("by your organisation")},
            {"label": _("Hand in"), "path": "", "state": "todo"},
        ],
        "facts": [
            {"label": _("Number"), "value": "OC-2027-041"},
            {"label": _("Closes"), "value": _("27 January 2027, 18:00 China Standard Time")},
            {"label": _("Cloth"), "value": DIGEST[:12], "path": "#cloth"},
        ],
    }


def _texts() -> dict[str, str]:
    return {
        "before": _("Each well reports its level once a week. The village council reads a list on paper."),
        "after": _("Each well reports its level once a day. The village council reads it on any phone."),
        "before_zh": "每口水井每周上报一次水位，由村委会查阅纸质清单。",
        "after_zh": "每口水井每天上报一次水位，村委会可在任何手机上查阅。",
    }


def _events() -> list[dict[str, Any]]:
    return [
        {
            "at": datetime(2027, 1, 14, 9, 12, tzinfo=UTC), "title": _("Handed in"),
            "who": _("by the person in charge"), "text": _("Receipt OC-2027-041, version 1."),
        },
        {
            "at": datetime(2027, 1, 16, 7, 30, tzinfo=UTC), "title": _("Changed"),
            "who": _("by the person in charge"),
            "changes": [{"label": _("Summary"), "before": _("once a week"), "after": _("once a day")}],
        },
        {
            "at": datetime(2027, 1, 20, 8, 0, tzinfo=UTC), "title": _("A question from the desk"), "kind": "urgent",
            "text": _("The paper has no date. Answer by 27 January."), "path": "#components",
        },
        {"when": _("now"), "title": _("Eligibility is being checked"), "kind": "now"},
        {"when": _("February 2027"), "title": _("Review by three reviewers"), "kind": "next"},
        {"when": _("March 2027"), "title": _("The committee recommends"), "kind": "next"},
    ]  # fmt: skip


def _figures() -> dict[str, Any]:
    topics = [
        (_("Access"), 61, 48, "/style/"),
        (_("Trust and security"), 44, 51, ""),
        (_("Skills"), 29, 22, ""),
    ]
    parts = [
        (_("Reviewed"), 148, "done"),
        (_("begun"), 31, "going"),
        (_("waiting"), 30, "waiting"),
        (_("late"), 4, "urgent"),
    ]
    this = [(60, 2), (50, 9), (41, 22), (33, 47), (25, 68), (19, 97)]
    before = [(60, 4), (47, 12), (38, 19), (30, 31), (21, 55), (14, 88), (7, 141), (2, 198), (0, 213)]
    return {
        "bars": charts.Bars([charts.Bar(*bar[:3], path=bar[3]) for bar in topics]),
        "stack": charts.Stack([charts.Part(*part) for part in parts]),
        "growth": charts.Progress(this=this, before=before),
        "spread": charts.Histogram([4.1, 5.2, 5.6, 6.1, 6.2, 6.4, 6.8, 7.0, 7.1, 7.7, 8.3, 9.2], range(11)),
        "spark": charts.Spark([3, 5, 4, 9, 12, 11, 18, 24]),
    }

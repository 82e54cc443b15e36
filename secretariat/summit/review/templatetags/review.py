from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.apps import apps
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from secretariat.engines.calibration.habits import Habit, Habits
from secretariat.engines.calibration.ranking import BAND
from secretariat.foundation.ui.drawing import chances_svg
from secretariat.registry.conflicts.kinds import KINDS
from secretariat.summit.calls.models import Criterion, Stage
from secretariat.summit.review import logic
from secretariat.summit.review.models import Assignment
from secretariat.summit.review.queries import CutLine, Ranking, Standing
from secretariat.summit.review.queries.ranking import Place

register = template.Library()

RULES = {
    "organisation": gettext_lazy("One reader of an organisation on an item"),
    "country": gettext_lazy("One reader of a country or region on an item"),
    "language": gettext_lazy("Language of the item"),
    "experienced": gettext_lazy("Experienced readers on each item"),
    "forced": gettext_lazy("Pairs that must be"),
    "ruled_out": gettext_lazy("Pairs that must not be"),
    "cap": gettext_lazy("Greatest probability of a pair"),
    "min_load": gettext_lazy("Fewest items for a reader"),
    "max_load": gettext_lazy("Most items for a reader (against one more)"),
}
SOON = 7  # days: from then on what is left is told in vermilion


@register.filter
def rule(stage: Stage) -> str:
    """The rule of a stage in one sentence of the reader's language."""
    if stage.kind == "eligibility":
        return _("All that meet the formal conditions.")
    if stage.kind == "levels":
        counts = " + ".join(str(level["count"]) for level in stage.levels)
        return _("The first %(counts)s of the list before.") % {"counts": counts}
    first = _("The first %(keep)d by calibrated score.") % {"keep": stage.keep}
    if not stage.readers:
        return first
    more = ngettext(
        "Each item has %(n)d further reader.", "Each item has %(n)d further readers.", stage.readers
    ) % {"n": stage.readers}  # fmt: skip
    return f"{first} {more}"


@register.filter
def rule_name(key: str) -> str:
    """A rule of a matching, as its price is listed."""
    return str(RULES.get(key, key))


@register.filter
def objective_name(key: str) -> str:
    """What counted in a matching, in a word."""
    return {"fair": _("fair"), "total": _("total"), "random": _("by lot")}.get(key, key)


@register.filter
def field_reason(nearness: float) -> str:
    """How near a reader's fields are to an item's."""
    if nearness >= logic.SAME:
        return _("her field")
    return _("a field near hers") if nearness >= logic.NEAR else _("another field")


@register.filter
def language_names(codes: Sequence[str]) -> str:
    """The languages of an item that a reader reads, in words."""
    names = [str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"]) for code in codes
             if code in ("en", "zh")]  # fmt: skip
    return ", ".join([*names, *(code for code in codes if code not in ("en", "zh"))])


@register.simple_tag
def load_columns(loads: Sequence[tuple[int, int]]) -> SafeString:
    """Draw how many readers have how many items: a column for each load, its height their number."""
    if not loads:
        return SafeString("")
    last, most = max(load for load, _n in loads), max(n for _load, n in loads)
    step = 100 / (last + 1)
    columns = format_html_join(
        "",
        '<rect class="histogram-column" x="{}%" y="{}%" width="{}%" height="{}%"><title>{}</title></rect>',
        (
            (f"{load * step:.2f}", f"{100 - 100 * n / most:.1f}", f"{step:.2f}", f"{100 * n / most:.1f}",
             ngettext("%(load)d items: %(n)d reader", "%(load)d items: %(n)d readers", n) % {"load": load, "n": n})
            for load, n in loads
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="load-columns" role="img" aria-label="{}">{}</svg>', _("Loads of the readers"), columns
    )


@register.filter
def time_left(due_at: datetime | None, now: datetime) -> str:
    """How much time is left until a day, or that it is over; empty without a day."""
    if due_at is None:
        return ""
    days = (due_at - now).days
    if due_at < now:
        return _("The day has passed")
    if days == 0:
        return _("Less than a day left")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


@register.filter
def is_soon(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and (due_at - now).days < SOON


@register.filter
def relation_kind(kind: str) -> object:
    """What a person is to a party, in words; the key itself where no provider knows it any more."""
    return KINDS[kind].label if kind in KINDS else kind


@register.filter
def record_kind(label: str) -> str:
    """The kind of record a relation was found in, in words: a person's affiliation, a term in a body."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return ""


@register.filter
def score_of(scores: dict[str, int], key: str) -> int | None:
    """The score given on one criterion."""
    return scores.get(key)


@register.filter
def anchors(criterion: Criterion) -> list[tuple[str, dict[str, str]]]:
    """What some scores of a criterion mean, the lowest first."""
    return sorted(criterion.anchors.items(), key=lambda row: int(row[0]))


@register.filter
def are_invented(said: list[tuple[str, dict[str, Any]]]) -> bool:
    """Whether what is said of the scores is ours, not the organisation's."""
    return any(words.get("invented") for _score, words in said)


@register.filter
def draft_score(assignment: Assignment, key: str) -> int | None:
    """The score of a handed-in review on one criterion."""
    return assignment.review.scores.get(key)


@register.simple_tag
def spreads(drawn: CutLine) -> str:
    """How far items, readers and the noise of one review move a score, in a sentence; empty where nothing is known."""
    if drawn.variances is None:
        return ""
    shown = {
        name: number_format(getattr(drawn.variances, name) ** 0.5, 2)
        for name in ("item", "reviewer", "noise")
        if getattr(drawn.variances, name) is not None
    }
    if "reviewer" not in shown:
        return _("Items differ by %(item)s points, and chance moves a single review by %(noise)s.") % shown
    return (
        _(
            "Items differ by %(item)s points, readers by %(reviewer)s in strictness, and chance moves a single "
            "review by %(noise)s (standard deviations)."
        )
        % shown
    )


@register.simple_tag
def chance(drawn: CutLine) -> SafeString:
    """Draw the probabilities to belong above the line, by place."""
    return SafeString(chances_svg([row.p_above for row in drawn.rows], drawn.keep, BAND))


@register.simple_tag
def strip(place: Place | Standing, ranking: Ranking | CutLine, lineless: bool = False) -> SafeString:
    """Draw the calibrated score of one place with its interval, on the scale of its list, against the line."""
    if place.score is None or place.low is None or place.high is None:
        return SafeString("")
    start, end = ranking.bounds
    span = (end - start) or 1.0

    def at(value: float) -> str:
        return f"{2 + 96 * min(1.0, max(0.0, (value - start) / span)):.2f}%"

    line: Any = ""
    if ranking.line is not None and not lineless:
        line = format_html('<line class="interval-line" x1="{0}" x2="{0}" y1="0" y2="20"/>', at(ranking.line))
    return format_html(
        '<svg class="interval strip-drawn" width="100%" height="20" aria-hidden="true" focusable="false">{}'
        '<line class="interval-span" x1="{}" x2="{}" y1="10" y2="10"/>'
        '<circle class="interval-score" cx="{}" cy="10" r="5"/></svg>',
        line, at(place.low), at(place.high), at(place.score),
    )  # fmt: skip


@register.filter
def signed(value: float) -> str:
    """A number with its sign, to two places: what lies above and below nothing."""
    return ("+" if value > 0 else "−" if value < 0 else "") + number_format(abs(value), 2)


@register.simple_tag
def bias_strip(row: Habit, drawn: Habits) -> SafeString:
    """Draw the bias of a reader with its interval, against the average reader in the middle."""
    reach = max(max(-each.low, each.high) for each in drawn.reviewers) or 1.0

    def at(value: float) -> str:
        return f"{50 + 48 * value / reach:.2f}%"

    return format_html(
        '<svg class="interval strip-drawn" width="100%" height="20" aria-hidden="true" focusable="false">'
        '<line class="interval-line" x1="50%" x2="50%" y1="0" y2="20"/>'
        '<line class="interval-span" x1="{}" x2="{}" y1="10" y2="10"/>'
        '<circle class="interval-score" cx="{}" cy="10" r="5"/></svg>',
        at(row.low), at(row.high), at(row.bias),
    )  # fmt: skip

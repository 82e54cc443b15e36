"""A call as its page says it: what is asked, of whom, how it is judged, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.doors.site.conditions import LANGUAGES, conditions_of, languages_named
from secretariat.doors.site.selections import Selection, public_call, selections_of
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Call, Criterion
from secretariat.summit.calls.queries import field_specs
from secretariat.summit.calls.states import FieldKind

MEGA = 1_000_000


@dataclass(frozen=True)
class Question:
    """A question of the form: its kind and its bounds in words."""

    spec: FieldSpec
    notes: Sequence[str]


@dataclass(frozen=True)
class CallPage:
    """A call with its rules in words. ``topics`` are the fields an answer may choose from."""

    selection: Selection
    questions: Sequence[Question]
    conditions: Sequence[str]
    criteria: Sequence[Criterion]
    topics: Sequence[Topic]

    @property
    def call(self) -> Call:
        return self.selection.call

    @property
    def languages(self) -> str:
        return languages_named(self.call.languages)

    @property
    def weight(self) -> int:
        return sum(criterion.weight for criterion in self.criteria)


def takes_answers(call: Call, now: datetime) -> bool:
    """Whether something can be handed in at this moment."""
    return call.state == "open" and call.opens_at <= now < call.closes_at


def call_page(key: str) -> CallPage | None:
    """Return the page of a call that was opened; None for any other. The statements do not depend on its length."""
    call = public_call(key)
    if call is None:
        return None
    specs = field_specs(call)
    schemes = {spec.params["scheme"] for spec in specs if spec.params.get("scheme")}
    return CallPage(
        selections_of([call])[0],
        [Question(spec, notes_of(spec)) for spec in specs],
        conditions_of(call.eligibilityrules.order_by("position"), specs),
        list(call.criterions.order_by("position")),
        list(Topic.objects.filter(schemes__key__in=schemes).distinct()),
    )


def notes_of(spec: FieldSpec) -> list[str]:
    """Return the kind of a question and its bounds."""
    notes = [str(FieldKind(spec.kind).label)]
    notes += [
        ngettext(
            "at most %(limit)d character in %(language)s",
            "at most %(limit)d characters in %(language)s",
            limit,
        )
        % {"limit": limit, "language": LANGUAGES.get(language, language)}
        for language, limit in spec.limits.items()
    ]
    maximum = spec.params.get("maximum")
    if maximum and spec.kind == "file":
        notes.append(_("at most %(size)d MB") % {"size": maximum // MEGA})
    elif maximum and spec.kind in {"country", "contributors"}:
        notes.append(_("at most %(count)d") % {"count": maximum})
    return notes

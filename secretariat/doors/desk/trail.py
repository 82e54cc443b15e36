"""The audit trail as a list: who did what to what, when, through which door and acting for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.audit.models import Act, Change
from secretariat.foundation.audit.words import in_words, verbs
from secretariat.foundation.tokens.queries import programs_of
from secretariat.foundation.ui.tables import Column, DateFilter, MultiChoiceFilter, Table, TextFilter
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import named

DOORS = [
    ("page", gettext_lazy("pages")),
    ("api", gettext_lazy("API")),
    ("command", gettext_lazy("command line")),
    ("task", gettext_lazy("the system")),
    ("import", gettext_lazy("import")),
]


def verb_choices() -> list[tuple[str, str | Promise]]:
    return sorted(verbs().items(), key=lambda pair: str(pair[1]))


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of thing there is, by the label that acts keep."""
    models = [model._meta for model in apps.get_models() if model.__module__.startswith("secretariat.")]
    return sorted(
        ((meta.label_lower, capfirst(meta.verbose_name)) for meta in models), key=lambda pair: pair[1]
    )


def by_somebody_named(word: str) -> Q:
    """The condition that somebody of this name acted, or was acted for."""
    accounts = Person.objects.filter(named(word)).values("account")
    return Q(account_id__in=accounts) | Q(acting_for_id__in=accounts)


class TrailTable(Table):
    key = "audit.trail"
    label = gettext_lazy("Audit trail")
    columns = [
        Column("at", gettext_lazy("When"), order="pk"),
        Column(
            "act", gettext_lazy("Act"), of=lambda act: in_words(act.verb), order="verb", heading=True,
            path=lambda act: reverse("desk:act", args=[act.pk]),
        ),
        Column("who", gettext_lazy("Who"), of=lambda act: act.who),
        Column("acting_for", gettext_lazy("For"), of=lambda act: act.whom),
        Column("kind", gettext_lazy("On what"), of=lambda act: kind_in_words(act.subject_kind), order="subject_kind"),
        Column("door", gettext_lazy("Door"), of=lambda act: str(dict(DOORS).get(act.door, act.door)), order="door"),
        Column("reason", gettext_lazy("Reason"), of=lambda act: str(act.detail.get("reason") or "")),
        Column("number", gettext_lazy("Number in the trail"), of="pk", order="pk", align="end", hidden=True),
    ]  # fmt: skip
    filters = [
        TextFilter("q", gettext_lazy("Search by who acted"), condition=by_somebody_named),
        MultiChoiceFilter("verb", gettext_lazy("Act"), choices=verb_choices, skips_empty=True),
        MultiChoiceFilter(
            "kind", gettext_lazy("On what"), "subject_kind", choices=kind_choices, skips_empty=True
        ),
        MultiChoiceFilter("door", gettext_lazy("Door"), choices=DOORS),
        DateFilter("when", gettext_lazy("When"), "at", moments=True),
    ]
    order = "-at"
    empty_title = gettext_lazy("Nothing has been done yet.")

    def prepare(self, rows: Sequence[Any]) -> None:
        """Give every act the names of who acted and for whom. One statement, and one where programs acted."""
        programs = programs_of(rows)
        names = names_of({key for act in rows for key in (act.account_id, act.acting_for_id) if key})
        for act in rows:
            act.who = programs.get(act.pk) or name_of(act.account_id, names)
            act.whom = name_of(act.acting_for_id, names, nobody="")


def name_of(account: UUID | None, names: dict[UUID, str], nobody: str | None = None) -> str:
    """Return what an account is called in the trail."""
    if account is None:
        return _("the system") if nobody is None else nobody
    return names.get(account) or _("an account without a person")


def kind_in_words(label: str) -> str:
    """Return what a kind of things is called; its label where nobody knows it any more."""
    try:
        return capfirst(apps.get_model(label)._meta.verbose_name) if label else ""
    except (LookupError, ValueError):
        return label


@dataclass(frozen=True)
class Value:
    """One value of a changed row. A personal one is not shown: history keeps a commitment to it."""

    name: str
    before: str
    after: str
    is_personal: bool


@dataclass(frozen=True)
class Changed:
    """One row that an act changed, with the values that differ."""

    kind: str
    operation: str
    values: Sequence[Value]


OPERATIONS = {
    "INSERT": gettext_lazy("made"),
    "UPDATE": gettext_lazy("changed"),
    "DELETE": gettext_lazy("removed"),
}


def changes_of(act: Act, limit: int = 200) -> list[Changed]:
    """Return what an act changed, row by row. One statement."""
    models = {model._meta.db_table: model._meta for model in apps.get_models()}
    rows = Change.objects.filter(act_id=act.pk).order_by("pk")[:limit]
    return [_changed(row, models.get(row.table)) for row in rows]


def _changed(row: Change, meta: Any) -> Changed:
    before, after = row.before or {}, row.after or {}
    fields = {field.column: field for field in meta.fields} if meta else {}
    values = [
        Value(
            str(fields[name].verbose_name) if name in fields else name, _plain(before.get(name)),
            _plain(after.get(name)), _is_personal(before.get(name)) or _is_personal(after.get(name)),
        )
        for name in {**before, **after}
        if before.get(name) != after.get(name) and name not in {"id", "created_at"}
    ]  # fmt: skip
    operation = str(OPERATIONS.get(row.operation, row.operation))
    return Changed(capfirst(meta.verbose_name) if meta else row.table, operation, values)


def _plain(value: Any) -> str:
    return "" if value in (None, "") or _is_personal(value) else str(value)


def _is_personal(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"commitment"}

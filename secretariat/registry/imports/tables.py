from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import ChoiceFilter, Column, DateFilter, Table, TextFilter
from secretariat.registry.imports.importers import importers
from secretariat.registry.imports.importers import label_of as label_of_importer
from secretariat.registry.imports.models import Import, Row
from secretariat.registry.imports.states import ImportState, Outcome

TONES = {"applied": "done", "failed": "urgent", "checked": "urgent", "undone": "quiet"}
ROW_TONES = {"new": "done", "changed": "done", "refused": "urgent", "same": "quiet"}


def path_of(found: Import) -> str:
    return reverse("desk_imports:import", args=[found.ref.number])


def label_of(found: Import) -> Any:
    return label_of_importer(found.importer)


def importer_choices() -> list[tuple[str, Any]]:
    return [(importer.key, importer.label) for importer in importers()]


def told(row: Row) -> str:
    """What a row changed, before and after, in one line."""
    return "; ".join(f"{field}: {before or '—'} → {after or '—'}" for field, before, after in row.changes)


class ImportsTable(Table):
    key = "imports.imports"
    label = _("Imports")
    columns = [
        Column("number", _("Number"), of="ref.number", order="ref__number", path=path_of, heading=True),
        Column("what", _("What it brings in"), of=lambda found: str(label_of(found)), order="importer"),
        Column("file", _("File"), of="file.name"),
        Column("state", _("State"), order="state", tone=lambda found: TONES.get(found.state, "")),
        Column("new", _("New"), of=lambda found: found.counts.get("new"), align="end"),
        Column("changed", _("Changed"), of=lambda found: found.counts.get("changed"), align="end"),
        Column("refused", _("Refused"), of=lambda found: found.counts.get("refused"), align="end"),
        Column("recorded", _("Handed in"), of="created_at", order="created_at"),
    ]
    filters = [
        TextFilter("q", _("Search imports"), fields=("ref__number", "file__name"), hint=_("Number or file")),
        ChoiceFilter("what", _("What it brings in"), "importer", choices=importer_choices),
        ChoiceFilter("state", _("State"), choices=ImportState.choices),
        DateFilter("recorded", _("Handed in"), "created_at", moments=True),
    ]
    order = "-recorded"
    empty_title = _("Nothing has been imported yet.")
    empty_text = _("A list in CSV or XLSX is checked row by row before anything is changed.")


class RowsTable(Table):
    key = "imports.rows"
    label = _("Rows")
    columns = [
        Column("number", _("Row"), order="number", align="end"),
        Column("name", _("Name"), path=lambda row: row.path, heading=True),
        Column("outcome", _("Outcome"), order="outcome", tone=lambda row: ROW_TONES.get(row.outcome, "")),
        Column("column", _("Column"), order="column"),
        Column("reason", _("Reason")),
        Column("changes", _("Changes"), of=told),
    ]
    filters = [
        TextFilter("q", _("Search rows"), fields=("name", "reason"), hint=_("Name or reason")),
        ChoiceFilter("outcome", _("Outcome"), choices=Outcome.choices),
    ]
    order = "number"
    empty_title = _("No row has been read yet.")

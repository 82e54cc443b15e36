from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.forms import HandedInField
from secretariat.registry.imports.importers import Importer, importers
from secretariat.registry.imports.logic import ENCODINGS
from secretariat.registry.imports.models import Import
from secretariat.registry.imports.states import Mode

SIGNS = ((",", ","), (";", ";"), ("\t", gettext_lazy("tabulator")), ("|", "|"))
ORDERS = (
    ("", gettext_lazy("refuse what may be two days")), ("dmy", gettext_lazy("day first: 31/12/2024")),
    ("mdy", gettext_lazy("month first: 12/31/2024")),
)  # fmt: skip


class FileForm(forms.Form):
    """What is brought in, and the file."""

    importer = forms.ChoiceField(label=gettext_lazy("What it brings in"), widget=forms.RadioSelect)
    file = HandedInField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, the heads of the columns in the first row."),
    )

    def __init__(self, *args: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["file"].actor = actor
        self.fields["importer"].choices = [(each.key, each.label) for each in importers()]


class MatchForm(forms.Form):
    """Which column of the file is which field, and how the file is written."""

    def __init__(self, data: Any = None, *, found: Import, importer: Importer, heads: Sequence[str]) -> None:
        super().__init__(data)
        places = [
            ("", "—"),
            *(
                (str(at), head or _("column %(number)s") % {"number": at + 1})
                for at, head in enumerate(heads)
            ),
        ]
        for field in importer.fields:
            self.fields[f"column_{field.key}"] = forms.TypedChoiceField(
                label=field.label, choices=places, coerce=int, empty_value=None, required=field.is_required,
                initial=found.columns.get(field.key, ""), help_text=field.hint,
            )  # fmt: skip
        self.fields["day_order"] = forms.ChoiceField(
            label=_("Days such as 03/04/2024"), choices=ORDERS, required=False, initial=found.day_order
        )
        if found.encoding:
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Characters of the file"), choices=[(each, each.upper()) for each in ENCODINGS],
                initial=found.encoding, help_text=_("Choose another where the rows below look wrong."),
            )  # fmt: skip
            self.fields["delimiter"] = forms.ChoiceField(
                label=_("Between the columns"), choices=SIGNS, initial=found.delimiter
            )
        self.fields["mode"] = forms.ChoiceField(
            label=_("Where a row is refused"),
            choices=Mode.choices,
            widget=forms.RadioSelect,
            initial=found.mode,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        taken: dict[int, str] = {}
        for name, at in list(cleaned.items()):
            if name.startswith("column_") and at is not None:
                if at in taken:
                    self.add_error(
                        name, _("This column is taken for “%(field)s” already.") % {"field": taken[at]}
                    )
                taken.setdefault(at, str(self.fields[name].label))
        return cleaned

    def asked(self) -> dict[str, Any]:
        """Return what the action takes."""
        values = self.cleaned_data
        columns = {
            name.removeprefix("column_"): at
            for name, at in values.items()
            if name.startswith("column_") and at is not None
        }
        rest = {name: values.get(name, "") for name in ("mode", "encoding", "delimiter", "day_order")}
        return {"columns": columns, **rest}

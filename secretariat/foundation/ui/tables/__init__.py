"""Lists of rows, done once. A feature declares a table; see README of ui."""

from secretariat.foundation.ui.tables.acts import Act, register_act
from secretariat.foundation.ui.tables.columns import Column, Label
from secretariat.foundation.ui.tables.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateFilter,
    Filter,
    MultiChoiceFilter,
    TextFilter,
)
from secretariat.foundation.ui.tables.mass import Mass
from secretariat.foundation.ui.tables.table import Table

__all__ = [
    "Act",
    "BooleanFilter",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Filter",
    "Label",
    "Mass",
    "MultiChoiceFilter",
    "Table",
    "TextFilter",
    "register_act",
]

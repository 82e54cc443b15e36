"""Lists of rows, done once. A feature declares a table; see README of ui."""

from secretariat.foundation.ui.tables.columns import Column
from secretariat.foundation.ui.tables.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateFilter,
    Filter,
    MultiChoiceFilter,
    TextFilter,
)
from secretariat.foundation.ui.tables.page import Act
from secretariat.foundation.ui.tables.table import Table

__all__ = [
    "Act",
    "BooleanFilter",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Filter",
    "MultiChoiceFilter",
    "Table",
    "TextFilter",
]

"""Tables done once: a feature says its columns and filters, a view answers with ``respond``."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables.acts import Act, acts_of
from secretariat.foundation.ui.tables.asking import OWN, Asked, read
from secretariat.foundation.ui.tables.columns import Column, Label
from secretariat.foundation.ui.tables.exports import FORMATS
from secretariat.foundation.ui.tables.filters import Filter
from secretariat.foundation.ui.tables.markup import body_of
from secretariat.foundation.ui.tables.ordering import Page, arranged, page_of
from secretariat.foundation.ui.tables.page import Cell, Control, Head, Paging, Row, TablePage, Told
from secretariat.foundation.ui.tables.saved import View, keeper

COUNT_LIMIT = 10_000  # beyond it nobody reads the number, and counting on would cost every page
CHUNK = 500
_LABELS: dict[str, Label] = {}
ALL = "view=all"  # asks for everything, where the empty query asks for somebody's usual view


class Table:
    """A list with filters, order, pages, a choice of columns, saved views and exports.

    A subclass names its ``columns`` and ``filters``, or sets them on the instance where they depend on something.
    ``order`` is the name of a column, with "-" for the other way round. The rows given are all that may be seen:
    nothing in a query string leads beyond them.
    """

    key: ClassVar[str]
    label: Label = ""  # what the list holds, for a screen reader
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    order: str = ""
    acts: Sequence[
        Act
    ] = ()  # what can be done to chosen rows; further ones are registered by the table's key
    empty_title: Label = _("There is nothing here yet.")
    empty_text: Label = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "key" in vars(cls):
            _LABELS[cls.key] = cls.label

    def __init__(self, rows: QuerySet, acts: Sequence[Act] = ()) -> None:
        self.rows = rows
        self.acts = [*self.acts, *acts]

    @property
    def id(self) -> str:
        return f"table-{self.key.replace('.', '-')}"

    def respond(
        self, request: HttpRequest, template: str, context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Answer with the page, with the part of it that changed (to htmx), or with a file (``?export=csv``)."""
        views = self._views_of(request)
        usual = next((view for view in views if view.is_default), None)
        if usual and usual.query and not request.GET:
            return HttpResponseRedirect(f"{request.path}?{usual.query}")
        if (export := FORMATS.get(request.GET.get("export", ""))) is not None:
            columns, rows = self.exported(request.GET)
            self.taken_out(request, self._narrowed(self._read(request.GET)))
            return export(columns, rows, f"{self.key.replace('.', '-')}-{localdate():%Y-%m-%d}")
        self.acts = [act for act in (*self.acts, *acts_of(self.key)) if act.shown(request.actor)]
        is_part = request.headers.get("HX-Target") == f"{self.id}-results"
        page = self.page(request.GET, path=request.path, views=views)
        shown = {**(context or {}), "table": page}
        response = render(request, "ui/table_part.html" if is_part else template, shown)
        if is_part:
            response["HX-Push-Url"] = f"{request.path}?{page.asked.place()}"
        patch_vary_headers(response, ["HX-Target"])
        return response

    def _views_of(self, request: HttpRequest) -> Sequence[View]:
        kept = keeper()
        return kept.views_of(request.actor, self.key) if kept else ()

    def page(self, query: QueryDict, *, path: str = "", views: Sequence[View] = ()) -> TablePage:
        """Return what the query string asks for, ready to be shown."""
        asked = self._read(query, ALL if any(view.is_default for view in views) else "")
        narrowed, kept = self._narrowed(asked), keeper()
        rows, terms = self._arranged(narrowed, asked)
        base, _terms = self._arranged(self.rows, asked)
        found = page_of(rows, terms, asked.size, asked.after, asked.before, base)
        self.prepare(found.rows)
        shown = [_row(row, asked) for row in found.rows]
        return TablePage(
            table=self,
            path=path,
            asked=asked,
            heads=[_head(column, asked) for column in asked.columns],
            rows=shown,
            body=body_of(asked.columns, shown, f"{self.id}-acts" if self.acts else ""),
            controls=[self._control(each, asked) for each in asked.filters],
            told=[
                Told(each.label, words, asked.query(without=pairs))
                for each, value in asked.values
                for words, pairs in each.told(value)
            ],
            paging=_paging(found, asked, narrowed),
            has_times=_has_times(found.rows, asked.columns),
            views=views,
            save_path=kept.save_path() if kept else "",
            manage_path=kept.manage_path() if kept else "",
        )

    def exported(self, query: QueryDict) -> tuple[Sequence[Column], Iterator[Any]]:
        """Return the columns and all the rows of what the query string asks for; the rows come by and by."""
        asked = self._read(query)
        rows, terms = self._arranged(self._narrowed(asked), asked)
        return asked.columns, self._by_and_by(
            rows.order_by(*(term.ordered(backwards=False) for term in terms))
        )

    def _by_and_by(self, rows: QuerySet) -> Iterator[Any]:
        found = rows.iterator(chunk_size=CHUNK)
        while some := list(islice(found, CHUNK)):
            self.prepare(some)
            yield from some

    def prepare(self, rows: Sequence[Any]) -> None:
        """Load for all of these rows at once what no join gives; a table that needs it says how."""

    def taken_out(self, request: HttpRequest, rows: QuerySet) -> None:
        """Called before these rows leave as a file; a table of what is not for everybody keeps whom it was shown to."""

    def chosen(self, posted: QueryDict) -> QuerySet:
        """Return the rows a form of this table was sent for: those ticked, or all that its filters leave.

        What the actor may not see is not among them.
        """
        if posted.get("all"):
            return self._narrowed(self._read(QueryDict(posted.get("query", ""))))
        return self.rows.filter(
            pk__in=[key for key in map(self._key, posted.getlist("row")) if key is not None]
        )

    def _key(self, text: str) -> Any:
        try:
            return self.rows.model._meta.pk.to_python(text)
        except ValidationError:
            return None

    def _read(self, query: QueryDict, nothing: str = "") -> Asked:
        if clash := OWN & {name for each in self.filters for name in each.names()}:
            raise ValueError(f"A table reads these for itself, no filter may be called so: {sorted(clash)}")
        return read(self, query, nothing)

    def _narrowed(self, asked: Asked, leaving_out: str = "") -> QuerySet:
        rows = self.rows
        for each, value in asked.values:
            if each.name != leaving_out:
                rows = each.narrow(rows, value)
        return rows

    def _arranged(self, rows: QuerySet, asked: Asked) -> tuple[QuerySet, list[Any]]:
        by = next((column for column in self.columns if column.name == asked.sorted_by), None)
        return arranged(rows, by.order if by else "", asked.descending)

    def _control(self, each: Filter, asked: Asked) -> Control:
        value = asked.value_of(each.name)
        return Control(each, value, each.options(value, self._narrowed(asked, leaving_out=each.name)))


def label_of(key: str) -> Label:
    """Return what the list with this key holds; the key itself where nobody knows it any more."""
    return _LABELS.get(key) or key


def _head(column: Column, asked: Asked) -> Head:
    if not column.order:
        return Head(column)
    is_sorted = asked.sorted_by == column.name
    turned = column.name if not is_sorted or asked.descending else f"-{column.name}"
    direction = ("descending" if asked.descending else "ascending") if is_sorted else ""
    return Head(column, asked.query(sort=turned), direction)


def _row(row: Any, asked: Asked) -> Row:
    cells = [
        Cell(
            column, column.shown(row), column.path(row) if column.path else "",
            column.tone(row) if column.tone else None,
        )
        for column in asked.columns
    ]  # fmt: skip
    names = [cell.text for cell in cells if cell.column.heading]
    return Row(str(row.pk), " ".join(names) or cells[0].text, cells)


def _paging(found: Page, asked: Asked, narrowed: QuerySet) -> Paging:
    total = narrowed.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    start, rows = asked.at if found.has_previous else 0, found.rows
    return Paging(
        first=start + 1,
        shown=len(rows),
        total=min(total, COUNT_LIMIT),
        is_capped=total > COUNT_LIMIT,
        previous_query=asked.query(before=rows[0].pk, at=max(0, start - asked.size))
        if found.has_previous and rows
        else "",
        next_query=asked.query(after=rows[-1].pk, at=start + len(rows)) if found.has_next else "",
    )


def _has_times(rows: Sequence[Any], columns: Sequence[Column]) -> bool:
    first = rows[:1]
    return any(isinstance(column.value(row), datetime) for row in first for column in columns)

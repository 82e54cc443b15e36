"""The order of a table, and the page after a row or before it: a comparison instead of counting rows off.

So the last page of 100,000 rows costs no more than the first. Where a value is missing its row stands last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

from secretariat.foundation.ui.tables.columns import Order


@dataclass(frozen=True)
class Term:
    """One part of an order: a field's path or an annotation's name."""

    path: str
    descending: bool
    nullable: bool

    def ordered(self, backwards: bool) -> OrderBy:
        """Return how the database orders by it; read backwards, what stands last comes first."""
        place = {("nulls_first" if backwards else "nulls_last"): True} if self.nullable else {}
        by = F(self.path)
        return by.desc(**place) if self.descending != backwards else by.asc(**place)

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any, backwards: bool) -> Q | None:
        """The condition that a row stands beyond one with this value; None if none can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else None
        found = Q(**{f"{self.path}__{'gt' if self.descending == backwards else 'lt'}": value})
        return found if backwards or not self.nullable else found | Q(**{f"{self.path}__isnull": True})


def arranged(rows: QuerySet, order: Order, descending: bool) -> tuple[QuerySet, list[Term]]:
    """Return the rows with what their order needs, and its terms; the primary key is the last of them."""
    while callable(order):
        order = order()
    parts = order if isinstance(order, Sequence) and not isinstance(order, str) else [order]
    terms, made = [], {}
    for at, part in enumerate(part for part in parts if part != ""):
        if isinstance(part, str):
            path = part.removeprefix("-")
            terms.append(Term(path, descending != part.startswith("-"), is_nullable(rows, path)))
        else:
            made[f"order_{at}"] = part
            terms.append(Term(f"order_{at}", descending, True))
    last = [] if any(term.path == "pk" for term in terms) else [Term("pk", descending, False)]
    return rows.annotate(**made), [*terms, *last]


def is_nullable(rows: QuerySet, path: str) -> bool:
    """Whether a path may lead to nothing; an annotation may."""
    if path in rows.query.annotations:
        return True
    model: type[Model] = rows.model
    for part in path.split("__"):
        if model is None:
            return True  # inside a JSON value
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if field.null or field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False


def beyond(terms: Sequence[Term], values: Sequence[Any], backwards: bool) -> Q:
    """The condition that a row stands after one with these values, or before it."""
    found, same = [], Q()
    for term, value in zip(terms, values, strict=True):
        further = term.beyond(value, backwards)
        if further is not None:
            found.append(same & further)
        same &= term.same(value)
    condition = reduce(or_, found)
    first, value = terms[0], values[0]
    if value is None or (first.nullable and not backwards):
        return condition
    # Said again for the index: the range in which all of this lies.
    return Q(**{f"{first.path}__{'gte' if first.descending == backwards else 'lte'}": value}) & condition


@dataclass(frozen=True)
class Page:
    """A page of rows, and whether there are others on its sides."""

    rows: list[Any]
    has_previous: bool
    has_next: bool


def page_of(
    rows: QuerySet,
    terms: Sequence[Term],
    size: int,
    after: str = "",
    before: str = "",
    base: QuerySet | None = None,
) -> Page:
    """Return the rows after the row with the key ``after``, or before ``before``; the first ones without either.

    The row is looked up in ``base``, as it may have left the filter meanwhile. A key that is none, or of a row that is
    not there, means the first page. One statement, one more on a later page.
    """
    backwards, key = not after and bool(before), after or before
    values = _values_of(base if base is not None else rows, terms, key) if key else None
    if values is None:
        found = _take(rows, terms, size, backwards=False)
        return Page(found[:size], False, len(found) > size)
    found = _take(rows.filter(beyond(terms, values, backwards)), terms, size, backwards)
    if not backwards:
        return Page(found[:size], True, len(found) > size)
    if len(found) <= size:  # the beginning is reached: a whole first page is better than its part
        return page_of(rows, terms, size)
    return Page(found[:size][::-1], True, True)


def _take(rows: QuerySet, terms: Sequence[Term], size: int, backwards: bool) -> list[Any]:
    return list(rows.order_by(*(term.ordered(backwards) for term in terms))[: size + 1])


def _values_of(base: QuerySet, terms: Sequence[Term], key: str) -> tuple[Any, ...] | None:
    try:
        pk = base.model._meta.pk.to_python(key)
    except ValidationError:
        return None
    return base.filter(pk=pk).order_by().values_list(*(term.path for term in terms)).first()
